// The visits of a patient: what comes first, then what was.

import { h } from '../dom.js';
import { action } from '../action.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { read } from '../api.js';
import { chartBack } from '../chartback.js';
import { site } from '../numbers.js';
import { dateTime } from '../format.js';
import { offersPart, places } from '../waitlist.js';
import { comingVisits, kindsAndSites, ownVisits } from '../keptvisits.js';
import { joinButton } from '../visitdoor.js';
import { factsPart, isHold, kindName, statusTag, whenPart, zonesOf } from '../visitview.js';

export default async function visitsScreen(ctx) {
  if (ctx.me.role === 'interpreter') return void ctx.go('#/interpreting');
  const kept = ctx.own ? await ownVisits() : await othersVisits(ctx.patientId);
  const visits = kept.visits.filter((v) => v.status !== 'entered-in-error');
  const mayBook = !['supporter', 'guardian'].includes(ctx.me.role);
  const offers = kept.old ? [] : await places(ctx);
  return {
    title: t(ctx.own ? 'visits.title' : 'chart.visits'),
    back: await chartBack(ctx),
    body: [
      kept.old && h('p.card.warn', t('visits.saved', { time: dateTime(kept.savedAt) })),
      offersPart(offers, [(await site())?.zone], ctx),
      mayBook && !kept.old && h('a.button.main', { href: ctx.at('visits/new') }, icon('visits'), t('visits.book')),
      visits.length === 0 ? h('p.card', t('visits.none')) : h('ul.cards', await Promise.all(visits.map((v) => card(v, kept, ctx)))),
      !kept.old && (await pastPart(ctx, kept)),
    ],
  };
}

const othersVisits = async (patientId) => {
  const [visits, names] = await Promise.all([comingVisits(patientId), kindsAndSites()]);
  return { visits, ...names, old: false };
};

// card is the whole visit as one link: its heading is the kind.
async function card(visit, names, ctx) {
  return h('li', h('a.card.visit', { href: ctx.at(`visits/${visit.id}`) },
    h('h2', isHold(visit) ? t('visit.held', { kind: kindName(visit, names) }) : kindName(visit, names)),
    statusTag(visit), whenPart(visit, await zonesOf(visit, names)), factsPart(visit, names)),
  joinButton(visit, ctx.at(`visits/${visit.id}/join`)));
}

async function pastPart(ctx, names) {
  const list = h('ul.rows');
  const more = h('div');
  const path = ctx.api(`appointments?limit=20&order=latest&to=${encodeURIComponent(new Date().toISOString())}`);
  const page = async (cursor) => {
    const { items, next } = await read(path + (cursor && `&cursor=${encodeURIComponent(cursor)}`));
    list.append(...items.filter((v) => Date.parse(v.end) <= Date.now()).map((v) => pastRow(v, names, ctx)));
    more.replaceChildren(...(next ? [action(t('list.more'), () => page(next), { kind: 'quiet' })] : []));
  };
  await page('');
  return list.childElementCount > 0 && h('section', h('h2', t('visits.past')), list, more);
}

const pastRow = (visit, names, ctx) => h('li', h('a.row', { href: ctx.at(`visits/${visit.id}`) },
  h('span', kindName(visit, names), h('span.note', h('time', { datetime: visit.start }, dateTime(visit.start)), ` · ${t(`visit.status.${visit.status}`)}`)),
  icon('on')));
