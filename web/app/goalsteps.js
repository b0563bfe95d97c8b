// The steps towards a goal. A day that went by is not marked as late: there is no
// blame in this list.
// Operations: addMilestone, editMilestone.

import { action } from './action.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { t } from './texts.js';
import { form, required, textField } from './forms.js';
import { day } from './format.js';
import { uuid7 } from './uuid.js';

// stepsPart shows the steps; change sends what is done with them.
export function stepsPart(goal, mayWrite, change) {
  const steps = goal.milestones.filter((m) => m.status !== 'dropped');
  if (steps.length === 0 && !mayWrite) return null;
  return h('section.card', h('h2', t('goal.steps')),
    steps.length === 0 && h('p.note', t('goal.steps.none')),
    h('ul.plain', steps.map((step) => h('li', stepRow(step, mayWrite, change)))),
    mayWrite && h('details', h('summary', t('goal.step.new')), newStep(change)));
}

function stepRow(step, mayWrite, change) {
  const done = step.status === 'done';
  const to = done ? 'reopen' : 'finish';
  const set = (status) => change('PUT', `/milestones/${step.id}`,
    { title: step.title, dueOn: step.dueOn, evidence: step.evidence, status }, t(`goal.step.is-${status}`));
  return [
    h('p.state', done && icon('check'), step.title),
    h('p.note', done ? t('goal.step.done') : step.dueOn ? t('goal.step.by', { day: day(step.dueOn) }) : t('goal.step.open')),
    mayWrite && action(t(`goal.step.${to}`), () => set(done ? 'open' : 'done'),
      { kind: 'quiet.small', 'aria-label': t(`goal.step.${to}-named`, { title: step.title }) }),
  ];
}

function newStep(change) {
  const title = textField('title', t('goal.step.title'), { maxlength: '200' });
  const due = textField('dueOn', t('goal.step.due'), { type: 'date', hint: t('goal.step.due.hint') });
  const id = uuid7();
  const send = () => change('POST', '/milestones', { id, title: title.read(), dueOn: due.read() || undefined }, t('goal.step.added'));
  return form([title, due], send, { submit: t('goal.step.add'), check: () => required(title) });
}
