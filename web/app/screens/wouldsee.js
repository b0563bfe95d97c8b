// What somebody sees of the patient's record: what the server would answer them now.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { dateTime } from '../format.js';

const parts = { 'warning-signs': 'warningSigns', 'internal-coping': 'internalCoping', 'social-distraction': 'socialDistraction',
  'crisis-support': 'crisisSupport', 'professional-support': 'professionalSupport', 'lethal-means-safety': 'lethalMeansSafety',
  'reason-for-living': 'reasonForLiving', naloxone: 'naloxone', 'tolerance-loss': 'toleranceLoss', 'never-use-alone': 'neverUseAlone',
  'drug-checking': 'drugChecking', 'post-overdose': 'postOverdose' };

export default async function wouldSeeScreen({ api, params }) {
  const [{ data }, people] = await Promise.all([call('POST', api('sharing-preview'), { body: { accountId: params.account } }), all(api('supporters'))]);
  const person = people.find((p) => p.accountId === params.account);
  return { title: t('wouldsee.title', { name: person?.name ?? '' }), lead: t('wouldsee.lead'), back: [t('family.title'), '#/family'], body: wouldSee(data) };
}

export function wouldSee(seen) {
  if (!seen.patient) return h('p.card', t('wouldsee.nothing'));
  const list = (title, items, draw) => h('section', h('h2', title), items ? items.length === 0 ? h('p', t('wouldsee.empty')) : h('ul.dots', items.map((i) => h('li', { dir: 'auto' }, draw(i)))) : h('p', t('wouldsee.closed')));
  return h('div.card', h('p', t('wouldsee.name', { name: seen.patient.name })),
    list(t('menu.visits'), seen.visits, (v) => dateTime(v.start)),
    list(t('menu.goals'), seen.goals, (g) => [g.title, g.milestones.length > 0 && h('ul', g.milestones.map((m) => h('li', m.title)))]),
    list(t('messages.title'), seen.threads, (one) => one.subject || t('messages.no-subject')),
    list(t('wouldsee.plan'), seen.crisisPlan?.sections, (s) => t(`plan.part.${parts[s]}`)));
}
