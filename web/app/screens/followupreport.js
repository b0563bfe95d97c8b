// How those who left in the last three months were seen after 7 and 30 days: counts by
// programme, of nobody by name, and none where somebody could tell who it is.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { read } from '../api.js';
import { number } from '../format.js';

const DAYS = 90;
const columns = ['left', 'inTime', 'late', 'reached', 'missed', 'open', 'overdue'];

export default async function followUpReportScreen({ me }) {
  const to = new Date(Date.now() + 60000);
  const from = new Date(to.getTime() - DAYS * 24 * 3600 * 1000);
  const { rows, unreadable } = await read(`/v1/follow-up-report?from=${encodeURIComponent(from.toISOString())}&to=${encodeURIComponent(to.toISOString())}`);
  return {
    title: t('followups.title'), lead: t('followups.lead'), back: me.role === 'administrator' ? [t('menu.more'), '#/more'] : [t('menu.myday'), '#/my-day'],
    body: [rows.length === 0 && h('p.card', t('followups.none')),
      rows.map((r) => h('section.card', h('h2', h('bdi', r.name || t('followups.no-programme')), ' · ', t('followups.day', { n: r.day })),
        r.few ? h('p', t('followups.few')) : h('dl', columns.map((c) => [h('dt', t(`followups.${c}`)), h('dd', number(r.counts[c]))])))),
      unreadable > 0 && h('p.card.warn', t('followups.unreadable', { n: unreadable }))],
  };
}
