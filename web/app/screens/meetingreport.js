// What became of the decisions of the last three months: counts, of nobody by name. A clinician's
// are of the patients whose care plan they may read.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { read } from '../api.js';

const DAYS = 90;
const rows = ['decided', 'done', 'notDone', 'open', 'late', 'withoutQuorum'];

export default async function meetingReportScreen({ me }) {
  const to = new Date(Date.now() + 60000);
  const from = new Date(to.getTime() - DAYS * 24 * 3600 * 1000);
  const r = await read(`/v1/meeting-report?from=${encodeURIComponent(from.toISOString())}&to=${encodeURIComponent(to.toISOString())}`);
  return {
    title: t('meeting.report'),
    lead: t('meeting.report.lead', { n: r.donePercent }),
    back: [t('menu.more'), '#/more'],
    body: [me.role === 'clinician' && h('p', t('meeting.report.yours')), h('dl.card', rows.map((row) => [h('dt', t(`meeting.report.${row}`)), h('dd', String(r[row]))]))],
  };
}
