// How handoffs went in the last three months: counts, of nobody by name.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { read } from '../api.js';

const DAYS = 90;

export default async function handoffReportScreen() {
  const to = new Date(Date.now() + 60000);
  const from = new Date(to.getTime() - DAYS * 24 * 3600 * 1000);
  const r = await read(`/v1/handoff-report?from=${encodeURIComponent(from.toISOString())}&to=${encodeURIComponent(to.toISOString())}`);
  const rows = ['given', 'complete', 'accepted', 'inTime', 'wentUp', 'open', 'needReadBack', 'readBack', 'medianMinutes'];
  return {
    title: t('handoff.report'),
    lead: t('handoff.report.lead'),
    back: [t('menu.myday'), '#/my-day'],
    body: [h('dl.card', rows.map((row) => [h('dt', t(`handoff.report.${row}`)), h('dd', String(r[row]))])),
      Object.keys(r.missing).length > 0 && h('section', h('h2', t('handoff.report.missing')),
        h('ul.dots', Object.entries(r.missing).map(([element, n]) => h('li', `${t(`handoff.element.${element}`)}: ${n}`))))],
  };
}
