// Goals that family and friends propose: the patient alone reads them and decides, and a
// no is told to nobody.
// Operations: listMyGoalProposals, suggestGoal.

import { action } from './action.js';
import { h } from './dom.js';
import { t } from './texts.js';
import { all, call } from './api.js';
import { form, required, selectField, textField } from './forms.js';
import { sayNext } from './frame.js';
import { uuid7 } from './uuid.js';

const domains = ['mental-health', 'substance-use', 'health', 'relationships', 'housing', 'work', 'legal', 'other'];

// proposedToMe is what waits for the patient's word.
export async function proposedToMe({ api, again }) {
  const found = await all(api('goal-proposals')).catch(() => []);
  return found.length > 0 && h('section', h('h2', t('proposals.title')), h('p.note', t('proposals.lead')), h('ul.cards', found.map((p) => h('li.card', one(p, api, again)))));
}

function one(p, api, again) {
  const domain = selectField('domain', t('newgoal.domain'), domains.map((d) => [d, t(`goal.domain.${d}`)]), { value: 'relationships' });
  const answer = async (body) => {
    await call('POST', api(`goal-proposals/${p.id}/answer`), { body });
    again();
  };
  return [h('h3', { dir: 'auto' }, p.title), h('p.note', t('proposals.from', { name: p.by.name })), p.why && h('p', { dir: 'auto' }, p.why),
    form([domain], () => answer({ answer: 'taken', domain: domain.read() }), { submit: t('proposals.take') }),
    action(t('proposals.leave'), () => answer({ answer: 'left' }), { kind: 'quiet', 'aria-label': t('proposals.leave-named', { title: p.title }) })];
}

// proposing is the other side: what somebody proposed, and a new one.
export async function proposing(path, again) {
  const mine = await all(`${path}/goal-proposals`).catch(() => []);
  const id = uuid7();
  const title = textField('title', t('proposals.what'), { maxlength: '200', dir: 'auto' });
  const why = textField('why', t('proposals.why'), { area: true, maxlength: '1000', dir: 'auto' });
  return h('section.card', h('h2', t('proposals.mine')), h('p.note', t('proposals.mine.lead')),
    mine.length > 0 && h('ul.dots', mine.map((p) => h('li', h('bdi', p.title), p.answer === 'taken' && h('span.tag', t('proposals.taken'))))),
    form([title, why], async () => {
      await call('POST', `${path}/goal-proposals`, { body: { id, title: title.read(), why: why.read() || undefined } });
      sayNext(t('proposals.sent'));
      again();
    }, { submit: t('proposals.send'), check: () => required(title) }));
}
