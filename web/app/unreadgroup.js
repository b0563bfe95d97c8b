// Check-ins of one person that nobody has read and that no rule speaks of stand together on
// My day: eighty cards of one name hide the next person. What has a signal stands alone,
// and is read alone (readCheckIns).

import { action } from './action.js';
import { h } from './dom.js';
import { t } from './texts.js';
import { call } from './api.js';
import { reach } from './daylinks.js';
import { date } from './format.js';

const AT_ONCE = 20; // of one readCheckIns
const FEW = 4; // facts that stand open

const quiet = (w) => w.kind === 'check-in' && w.patientId && w.checkIn && w.tier === 'routine' && !w.checkIn.needsPerson && !w.checkIn.signals?.length;

// grouped puts quiet check-ins of a person together, where the first of them stands.
export function grouped(items) {
  const of = new Map();
  return items.filter((w) => {
    if (!quiet(w)) return true;
    const before = of.get(w.patientId);
    if (before) before.group.push(w);
    else of.set(w.patientId, w);
    return !before && (w.group = [w]);
  });
}

// groupPart is what stands on the card of several. factsOf gives the lines of one check-in.
export function groupPart({ group, patientId }, load, factsOf) {
  const inOrder = [...group].sort((a, b) => (a.at < b.at ? -1 : 1));
  const done = async () => {
    for (let from = 0; from < inOrder.length; from += AT_ONCE) {
      await call('POST', `/v1/patients/${patientId}/check-ins/read`, { body: { checkIns: inOrder.slice(from, from + AT_ONCE).map((w) => w.id) } });
    }
    /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
    await load();
  };
  const notable = inOrder.map((w) => [w, factsOf(w.checkIn)]).filter(([, lines]) => lines.length > 0).reverse();
  const lines = () => h('ul.dots', notable.map(([w, words]) => h('li', h('b', date(w.at)), ': ', words.join(' · '))));
  return h('div', h('p.note', t('myday.from-to', { from: date(inOrder[0].at), to: date(inOrder.at(-1).at) })),
    notable.length > FEW ? h('details', h('summary', t('myday.stands-out', { n: notable.length })), lines()) : notable.length > 0 && lines(),
    h('div.actions', h('a.button.quiet.small', { href: `#/p/${patientId}/check-ins` }, t('myday.read-all')),
      action(t('myday.mark-all'), done, { kind: 'quiet.small' })), reach(patientId));
}
