// One task: what it is, who answers for it until when, what happened, and what to do.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { dateTime } from '../format.js';
import { form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { groupsFor, whoTakes } from '../colleagues.js';
import { taskWords } from './tasks.js';

const ended = (task) => task.status === 'completed' || task.status === 'cancelled';

export default async function taskScreen({ params, me, again }) {
  const path = `/v1/tasks/${params.task}`;
  const task = await read(path);
  return {
    title: taskWords(task),
    lead: task.patientName,
    back: [t('more.tasks'), '#/tasks'],
    body: [standing(task), !ended(task) && acts(task, path, again), !ended(task) && task.code !== 'peer-asked' && (task.mine || me.role === 'administrator') && (await handOver(task, path, me, again)),
      h('div.actions', leads(task)),
      h('h2', t('alert.history')), h('ul.dots', task.history.map(step))],
  };
}

// What ends with something else is done there.
const elsewhere = (task) => ['handoff', 'meeting-tell', 'intake-section', 'follow-up', 'peer-asked', 'team-end', 'minor-rule'].includes(task.code);

const standing = (task) => h('div.card', h('p', h('b', t(`task.status.${task.status}`)), task.overdue && h('span.tag', t('task.overdue'))),
  h('p', t('alert.owner', { name: task.owner.name })),
  task.asked && h('p', t('task.asked', { name: task.asked.name })),
  task.pool && h('p', t('task.pooled', { group: t(`task.pool.${task.pool}`) })),
  h('p', t('task.due', { time: dateTime(task.dueAt) })),
  !ended(task) && h('p.note', t('task.remind', { time: dateTime(task.remindAt) })),
  task.status === 'accepted' && task.shiftEnds && h('p.note', t('task.shift', { name: task.owner.name, time: dateTime(task.shiftEnds) })),
  h('p.note', t('task.from', { name: task.requester.name })),
  !task.whole && h('p.note', t('alert.not-whole')),
  task.outcome?.note && h('p.quote', task.outcome.note));

const leads = (task) => [
  task.whole && task.patientId && h('a.button.quiet', { href: `#/p/${task.patientId}` }, t('alert.chart')),
  task.focus?.type === 'alert-rule' && [h('p', h('b', task.focus.id)), h('a.button.main', { href: '#/alert-report' }, t('load.title'))],
  task.focus?.type === 'minor-rule' && h('a.button.main', { href: '#/office/minors' }, t('minors.open')),
  task.focus?.type === 'alert' && h('a.button.quiet', { href: `#/alerts/${task.focus.id}` }, t('alert.open')),
  ['medicine', 'use-medicine'].includes(task.focus?.type) && task.patientId && h('a.button.quiet', { href: `#/p/${task.patientId}/medicines` }, t('chart.medicines')),
  ['side-effect', 'use-side-effect'].includes(task.focus?.type) && task.patientId && h('a.button.quiet', { href: `#/p/${task.patientId}/medicines/side-effects/${task.focus.id}` }, t('effects.title')),
  ['prescribing-agreement', 'prescribing-duty'].includes(task.focus?.type) && task.patientId && h('a.button.quiet', { href: `#/p/${task.patientId}/medicines/agreements` }, t('agreement.title')),
  task.focus?.type === 'handoff' && task.patientId && h('a.button.main', { href: `#/p/${task.patientId}/handoffs/${task.focus.id}` }, t('handoff.open')),
  task.focus?.type === 'disagreement' && task.patientId && h('a.button.main', { href: `#/p/${task.patientId}/disagreements/${task.focus.id}` }, t('disagreement.open')),
  task.focus?.type === 'care-team' && task.patientId && h('a.button.main', { href: `#/p/${task.patientId}/team` }, t('team.open')),
  task.focus?.type === 'peer-match' && task.mine && h('a.button.main', { href: '#/peer' }, t('peer.open-requests')),
  task.focus?.type === 'EpisodeOfCare' && task.patientId && h('a.button.main', { href: `#/p/${task.patientId}/${task.code.startsWith('follow-up') ? 'way-out' : 'intake'}` }, t(task.code.startsWith('follow-up') ? 'wayout.open' : 'intake.open')),
  task.focus?.type === 'meeting' && task.patientId && h('a.button.main', { href: `#/p/${task.patientId}/meetings/${task.focus.id}` }, t('meeting.open')),
  (task.code === 'social-need' || task.focus?.type === 'referral') && task.patientId && h('a.button.main', { href: `#/p/${task.patientId}/referrals` }, t('referral.title')),
  task.code === 'decision' && task.patientId && h('a.button.quiet', { href: `#/p/${task.patientId}/meetings/${task.basedOn?.[0]?.id}` }, t('meeting.open')),
  task.focus?.type === 'appointment' && task.patientId && h('a.button.quiet', { href: `#/p/${task.patientId}/visits/${task.focus.id}` }, t('task.visit')),
];

const step = (s) => h('li', dateTime(s.at), ' · ', t(`task.did.${s.what}`), s.name && ` · ${s.name}`, s.to && ` → ${s.to}`,
  s.note && s.what !== 'pooled' && h('p.quote', s.note));

function acts(task, path, again) {
  const post = (part, body, said) => async () => {
    await call('POST', `${path}/${part}`, body && { body });
    sayNext(t(said));
    again();
  };
  const open = task.status === 'requested' || task.status === 'rejected';
  return [h('div.actions',
    !elsewhere(task) && (task.forMe || task.mine && open) && action(t('task.accept'), post('accept', null, 'task.accepted'), { kind: 'main' }),
    task.mayClaim && !(task.mine && open) && action(t('task.claim'), post('claim', null, 'task.accepted'), { kind: 'main' }),
    task.mine && !open && task.status !== 'in-progress' && action(t('task.start'), post('outcome', { status: 'in-progress' }, 'alert.saved'), { kind: 'quiet' })),
  task.forMe && reject(path, again),
  task.mine && !open && !elsewhere(task) && task.code !== 'disagreement' && finish(path, again)];
}

function reject(path, again) {
  const note = textField('note', t('task.reject.why'), { area: true, maxlength: '2000' });
  const send = async () => {
    await call('POST', `${path}/reject`, { body: { note: note.read() } });
    sayNext(t('task.rejected'));
    again();
  };
  return h('details', h('summary', t('task.reject')), form([note], send, { submit: t('task.reject.send'), check: () => required(note) }));
}

function finish(path, again) {
  const how = selectField('status', t('alert.end.how'), [['completed', t('task.status.completed')], ['cancelled', t('task.status.cancelled')]]);
  const note = textField('note', t('task.note'), { area: true, maxlength: '2000', hint: t('task.note.hint') });
  const send = async () => {
    await call('POST', `${path}/outcome`, { body: { status: how.read(), note: note.read() } });
    sayNext(t('alert.saved'));
    again();
  };
  return form([h('h2', t('alert.end')), how, note], send, { submit: t('alert.end.save'), check: () => (how.read() === 'cancelled' ? required(note) : []) });
}

async function handOver(task, path, me, again) {
  const people = (await whoTakes(task.patientId, me)).filter(([id]) => id !== task.owner.accountId);
  const options = [...people, ...groupsFor(task.patientId).filter(([id]) => id !== task.pool)];
  const to = selectField('to', t('handover.to'), options, { hint: t('handover.task.hint') });
  const send = async () => {
    const chosen = to.read();
    const body = people.some(([id]) => id === chosen) ? { to: chosen } : { pool: chosen };
    const { data } = await call('POST', `${path}/hand-over`, { body });
    sayNext(data.unreachable ? t('handover.unreachable', { name: data.asked.name }) : t('handover.asked'));
    again();
  };
  return h('details', h('summary', t('handover.title')), form([to], send, { submit: t('handover.send'), check: () => required(to) }));
}
