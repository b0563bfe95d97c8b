// The patient's first screen: today's check-in, what waits in the phone, the plan.
// No counts of days, no marks: a day without a check-in is just a day.

import { h, fill } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { get } from '../db.js';
import { hear } from '../bus.js';
import { day, localDay } from '../format.js';
import { keptPlan } from '../keptplan.js';
import { keptVisits } from '../keptvisits.js';
import { nearDay, rangeIn } from '../clocks.js';
import { joinButton } from '../visitdoor.js';
import { monitoringWords } from '../monitoring.js';
import { readers } from '../numbers.js';
import { standing } from '../outbox.js';
import { savedOn } from '../bundleview.js';
import { outboxPart } from '../outboxview.js';
import { keepOffer } from '../keeping.js';
import { waysOffer } from '../waysoffer.js';

export default async function todayScreen({ me }) {
  const box = h('div');
  const draw = async () => fill(box, outboxPart(await standing()));
  await draw();
  const stop = hear('outbox', () => (box.isConnected ? draw() : stop()));
  const kept = await keptPlan();
  const next = await nextVisit();
  const hasTablets = (await get('tablets'))?.tablets.plans.length > 0;
  const done = (await standing()).some((e) => !e.path && localDay(0, new Date(e.madeAt)) === localDay());
  return {
    title: t('menu.today'),
    lead: day(localDay(), { weekday: 'long', day: 'numeric', month: 'long' }),
    body: [
      h('section.card.greeting', h('h2', t(done ? 'today.done' : 'today.ask')),
        h('p.note', t(done ? 'today.done.more' : 'today.ask.more')),
        h(done ? 'a.button.quiet' : 'a.button.main', { href: '#/check-in' }, t(done ? 'today.again' : 'today.start'))),
      box,
      next && joinButton(next, `#/visits/${next.id}/join`),
      h('ul.rows', [next && [`#/visits/${next.id}`, 'visits', t('today.visit'), h('span.note', `${nearDay(next.start)}, ${rangeIn(next.start, next.end)}`)],
        hasTablets && ['#/tablets', 'check', t('tablets.title')], ['#/messages', 'text', t('messages.title')], ['#/plan', 'plan', t('today.plan'), kept && savedOn(kept)], ['#/goals', 'goals', t('today.goals')], ['#/learn', 'learn', t('learn.title')]].filter(Boolean)
        .map(([href, drawing, words, note]) => h('li', h('a.row', { href }, icon(drawing), h('span.grow', words, note), icon('on'))))),
      h('p.note', monitoringWords(await readers())),
      keepOffer(),
      waysOffer(me),
    ],
  };
}

// nextVisit comes from what this phone keeps: this screen never waits.
const nextVisit = async () => (await keptVisits())?.visits.find((v) => v.status === 'booked' && Date.parse(v.end) > Date.now());
