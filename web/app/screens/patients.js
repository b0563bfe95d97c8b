// The charts that this person may open.

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { all } from '../api.js';
import { dateTime, number } from '../format.js';
import { isMedical } from './emergency.js';
import { waysOffer } from '../waysoffer.js';
import { newsOf, newsWords, urgency } from '../whatwaits.js';

const LONG = 50; // rows

export default async function patientsScreen({ me }) {
  const [patients, news] = await Promise.all([all('/v1/patients'), me.role === 'clinician' ? newsOf(me) : new Map()]);
  patients.sort((a, b) => urgency(news.get(b.id)) - urgency(news.get(a.id)) || Math.sign(b.changes ?? 0) - Math.sign(a.changes ?? 0));
  const office = me.role === 'coordinator' || me.role === 'administrator';
  const kind = ['supporter', 'guardian'].includes(me.role) ? 'people' : office ? 'team' : 'patients';
  // Who only keeps names and teams in order opens no chart.
  const href = (p) => (p.why === 'operations' ? `#/p/${p.id}/team` : `#/p/${p.id}`);
  return {
    title: t(`menu.${kind}`),
    lead: t(`patients.lead.${me.role === 'guardian' ? 'guardian' : kind}`),
    body: [me.role === 'supporter' && h('section.card', h('h2', t('worry.title')), h('p', t('worry.lead')), h('a.button.main', { href: '#/worry' }, t('worry.open'))), patients.length === 0
      ? h('p.card', t('patients.none'))
      : h(patients.length > LONG ? 'ul.rows.long' : 'ul.rows', patients.map((p) => h('li', h('a.row', { href: href(p) },
        h('span', p.name, p.why !== 'care-team' && h('span.note', t(`basis.${p.why}`)), p.restricted && h('span.note', t('closed.mark')), newsWords(news.get(p.id)), changed(p)), icon('on'))))),
    isMedical(me) && h('a.button.quiet', { href: '#/emergency' }, t('glass.link')), waysOffer(me)],
  };
}

const MOST = 50; // what the server counts

// changed says how many things others changed since this person looked, and when the newest was.
const changed = (p) => p.changes > 0 && h('span.note', t(p.changes === 1 ? 'patients.changed.one' : p.changes < MOST ? 'patients.changed' : 'patients.changed.many',
  { n: number(p.changes), time: dateTime(p.changedAt) }));
