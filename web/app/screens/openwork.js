// Somebody of the clinic leaves: what they have to do, and who takes it. Access ends at
// once when their account is stopped; what nobody has accepted by then goes to who leads
// each team, then to the fail-safe.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { dateTime } from '../format.js';
import { form, required, selectField } from '../forms.js';
import { sayNext } from '../frame.js';
import { whoTakes } from '../colleagues.js';
import { taskNote, taskWords } from './tasks.js';

export default async function openWorkScreen({ params, me, again }) {
  const path = `/v1/accounts/${encodeURIComponent(params.account)}`;
  const [work, { data: account, etag }, people] = await Promise.all([read(`${path}/open-work`), call('GET', path), whoTakes(null, me)]);
  const nothing = work.alerts.length + work.tasks.length + work.visits.length === 0;
  const others = people.filter(([id]) => id !== params.account);
  return {
    title: t('openwork.of', { name: work.name }),
    lead: t(work.active ? 'openwork.lead' : 'openwork.stopped'),
    back: [work.name, `#/office/${params.account}`],
    body: [
      nothing && h('p.card', t('openwork.none')),
      section('alerts', work.alerts, (a) => [a.patientName || t('myday.somebody'), t(`alert.tier.${a.tier}`), t(`alert.status.${a.status}`)].join(' · ')),
      section('tasks', work.tasks, (task) => [taskWords(task), taskNote(task), task.asked && t('task.asked', { name: task.asked.name })].filter(Boolean).join(' · ')),
      section('visits', work.visits, (v) => dateTime(v.start)),
      work.visits.length > 0 && h('p.note', t('openwork.visits.hint')),
      work.alerts.length + work.tasks.length > 0 && handOver(path, others, again),
      work.active && account.id !== me.accountId && action(t('openwork.stop', { name: work.name }), async () => {
        await call('PUT', `${path}/status`, { body: { status: 'suspended' }, etag });
        sayNext(t('account.now.suspended'));
        again();
      }, { kind: 'danger' }),
    ],
  };
}

const section = (name, list, words) => list.length > 0 && h('section', h('h2', t(`openwork.${name}`)), h('ul.dots', list.map((one) => h('li', words(one)))));

function handOver(path, others, again) {
  const to = selectField('to', t('openwork.to'), others, { hint: t('openwork.to.hint') });
  const send = async () => {
    const { data } = await call('POST', `${path}/open-work/hand-over`, { body: { to: to.read() } });
    sayNext(t(data.left > 0 ? 'openwork.some' : 'openwork.all', { n: data.left }));
    again();
  };
  return h('div.card', form([to], send, { submit: t('openwork.send'), check: () => required(to) }));
}
