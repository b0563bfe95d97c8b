// Make a task: for oneself, for a colleague who is asked, or for a group of whom one
// claims it. It may be about a patient, and about an alert.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { nameOf } from '../chartback.js';
import { form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';
import { groupsFor, whoTakes } from '../colleagues.js';

export default async function newTaskScreen({ params, me, go }) {
  const patientId = params.patient;
  const [name, people] = await Promise.all([patientId && nameOf(patientId), whoTakes(patientId, me)]);
  const others = people.filter(([id]) => id !== me.accountId);
  const text = textField('text', t('newtask.what'), { area: true, maxlength: '2000' });
  const due = textField('dueAt', t('newtask.due'), { type: 'datetime-local' });
  const priority = selectField('priority', t('newtask.priority'), ['routine', 'urgent', 'asap'].map((p) => [p, t(`task.priority.${p}`)]));
  const to = selectField('to', t('newtask.who'), [['', t('newtask.me')], ...others, ...groupsFor(patientId)], { hint: t('handover.task.hint') });
  const id = uuid7();
  const send = async () => {
    const chosen = to.read();
    const body = { id, text: text.read(), priority: priority.read(), dueAt: new Date(due.read()).toISOString(), patientId };
    if (params.alert) body.focus = { type: 'alert', id: params.alert };
    if (others.some(([one]) => one === chosen)) body.to = chosen;
    else if (chosen) body.pool = chosen;
    await call('POST', '/v1/tasks', { body });
    sayNext(t('newtask.done'));
    go(`#/tasks/${id}`);
  };
  return {
    title: t('newtask.title'),
    lead: name || undefined,
    back: params.alert ? [t('alert.back'), `#/alerts/${params.alert}`] : patientId ? [name, `#/p/${patientId}`] : [t('more.tasks'), '#/tasks'],
    body: h('div.card', h('p.note', t('newtask.lead')), form([text, due, priority, to], send, { submit: t('newtask.send'), check: () => required(text, due) })),
  };
}
