// An interpreter's visits: when, for whom, in which language and how, and the way in.
// They see nothing else of anybody.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call, read } from '../api.js';
import { dateTime, languageName } from '../format.js';
import { comingVisits } from '../keptvisits.js';
import { doorState, joinButton } from '../visitdoor.js';
import { site } from '../numbers.js';
import { sayNext } from '../frame.js';
import { live, statusTag, whenPart } from '../visitview.js';

const GRACE = 2 * 3600 * 1000; // milliseconds after its end in which a visit can still go on

export default async function interpretingScreen({ again }) {
  const [people, calendar, clinic] = await Promise.all([all('/v1/patients'), read('/v1/site-calendar'), site()]);
  const lists = await Promise.all(people.map(async (p) => (await comingVisits(p.id, Date.now() - GRACE)).map((visit) => ({ visit, person: p }))));
  const visits = lists.flat().sort((a, b) => a.visit.start.localeCompare(b.visit.start));
  return {
    title: t('interpreting.title'),
    lead: t('interpreting.lead'),
    body: visits.length === 0 ? h('p.card', t('interpreting.none'))
      : h('ul.cards', visits.map((v) => card(v, calendar.sites, clinic?.zone, again))),
  };
}

function card({ visit, person }, sites, zone, again) {
  const { language, modality, site: at } = visit.interprets ?? {};
  const place = modality === 'in-person' && sites.find((s) => s.id === at);
  const mine = { ...visit, ...visit.interprets }; // the time of one's own part
  return h('li.card.visit', h('h2', h('bdi', person.name)),
    statusTag(visit), whenPart(mine, [zone, visit.local?.zone]),
    language && h('p', t('interpreting.language', { language: languageName(language) })),
    modality && h('p.note', t(`visit.how.${modality}`)),
    place && h('p.note', place.name, place.address && `, ${place.address}`),
    live(visit) && doorState(visit) === 'early' && h('p.note', t('join.opens', { time: dateTime(visit.door.opens) })),
    live(visit) && joinButton(visit, `#/p/${person.id}/visits/${visit.id}/join`),
    live(visit) && Date.parse(visit.start) > Date.now() && cannotPart(visit, person, again));
}

// cannotPart takes two taps: a no can't be taken back here.
function cannotPart(visit, person, again) {
  const no = async () => {
    await call('PUT', `/v1/patients/${person.id}/appointments/${visit.id}/answer`, { body: { answer: 'declined' } });
    sayNext(t('interpreting.declined'));
    await again();
  };
  return h('details', h('summary', t('interpreting.cannot')), h('p', t('interpreting.cannot.more')), action(t('interpreting.cannot.yes'), no, { kind: 'danger' }));
}
