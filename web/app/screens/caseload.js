// Who has how much: for an administrator of everybody, for who leads a team about its
// patients.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { read } from '../api.js';
import { dateTime } from '../format.js';

export default async function caseloadScreen({ me }) {
  const load = await read('/v1/caseload?limit=100').catch((problem) => {
    if (problem.status === 403) return null;
    throw problem;
  });
  return {
    title: t('caseload.title'),
    lead: t('caseload.lead'),
    back: me.role === 'administrator' ? [t('menu.office'), '#/office'] : [t('more.tasks'), '#/tasks'],
    body: !load ? h('p.card', t('caseload.not-lead')) : [
      load.pooled > 0 && h('p.card', t('caseload.pooled', { n: load.pooled })),
      load.items.length === 0 ? h('p.card', t('caseload.none')) : h('ul.cards', load.items.map((one) => person(one, me)))],
  };
}

const person = (one, me) => h('li.card', h('h2', one.name || t('caseload.unknown')),
  h('p', t('caseload.has', { alerts: one.alerts, tasks: one.tasks })),
  one.overdue > 0 && h('p.warn', t('caseload.overdue', { n: one.overdue })),
  one.oldest && h('p.note', t('caseload.oldest', { time: dateTime(one.oldest) })),
  me.role === 'administrator' && h('a.button.quiet.small', { href: `#/office/${one.accountId}/open-work` }, t('openwork.title')));
