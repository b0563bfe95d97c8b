// The patient's tablets of today and tomorrow, as a prescriber wrote them, and whether
// they were taken. An old copy says so first, in large words.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { action } from '../action.js';
import { dateTime } from '../format.js';
import { dateIn } from '../clocks.js';
import { sayNext } from '../frame.js';
import { ownTablets, tellTaken } from '../kepttablets.js';
import { callPart, dayPart } from '../tabletview.js';

// after is the next date of the calendar: a night on which clocks change is not 24 hours.
const after = (on) => new Date(Date.parse(`${on}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

export default async function tabletsScreen(ctx) {
  const kept = await ownTablets();
  const { plans, lines } = kept.tablets;
  const today = dateIn(Date.now());
  const tomorrow = after(today);
  return {
    title: t('tablets.title'),
    back: [t('menu.today'), '#/today'],
    body: [
      kept.old && oldPart(kept),
      !kept.hidden && plans.length === 0 && h('p.card', t('tablets.none')),
      !kept.hidden && plans.map((p) => planPart(p, [['when.today', today], ['when.tomorrow', tomorrow]])),
      !kept.hidden && takenPart(kept.tablets, today, ctx),
      !kept.old && lines.length > 0 && h('section.card', h('h2', t('tablets.late')), h('ul.dots', lines.map((l) => h('li', h('b', l.name), ' ', t(`tablets.late.${l.late}`))))),
      h('div.actions', h('a.button.quiet', { href: '#/medicines' }, t('more.medicines')), h('a.button.quiet', { href: '#/refills' }, t('refills.title')), h('a.button.quiet', { href: '#/tapers' }, t('tapers.title'))),
    ],
  };
}

// oldPart is what comes before everything else: how old this is, and whom to call.
function oldPart({ savedAt, superseded, hidden, tablets }) {
  const callers = [...new Map(tablets.plans.map((p) => [p.call.phone, p.call])).values()];
  return h('section.card.warn', { role: 'alert' }, h('h2', t(hidden ? 'tablets.too-old' : superseded ? 'tablets.changed' : 'tablets.old', { time: dateTime(savedAt) })),
    h('p', h('b', t('tablets.call-first'))), callers.map(callPart), callers.length === 0 && h('p', t('tablets.call-team')));
}

const planPart = (p, days) => h('section.card', h('h2', p.name),
  days.map(([words, on]) => [words, p.days.find((d) => d.on === on)]).map(([words, d]) => (d ? dayPart(t(words), d) : h('p', t('tablets.nothing', { day: t(words) })))),
  p.words && h('p.quote', p.words), p.paused && h('p.note', t('tablets.paused')),
  h('p.note', t('tablets.signed', { name: p.signedBy, time: dateTime(p.signedAt) })), callPart(p.call));

// takenPart asks once: what was told here or in the check-in is not asked again.
function takenPart({ plans, lines, told, checkIns }, today, ctx) {
  if (lines.length === 0) return false;
  const said = checkIns.find((c) => c.on === today && c.says !== 'some');
  if (said) return h('section.card', h('h2', t('tablets.taken.ask')), h('p', t(`tablets.check-in.${said.says}`)));
  const asked = lines.flatMap((l) => {
    const times = plans.filter((p) => p.medicineId === l.medicineId).flatMap((p) => p.days.find((d) => d.on === today)?.doses ?? []);
    return times.length > 0 ? times.map((d) => [l, d.at]) : [[l, '']];
  });
  const tell = (l, at, state) => async () => {
    const sent = await tellTaken(ctx.me, { medicineId: l.medicineId, on: today, at, state });
    sayNext(t(sent ? 'tablets.taken.thanks' : 'tablets.taken.kept'));
    await ctx.again();
  };
  return h('section.card', h('h2', t('tablets.taken.ask')), asked.map(([l, at]) => {
    const was = told.find((d) => d.medicineId === l.medicineId && d.on === today && (d.at ?? '') === at) ?? told.find((d) => d.medicineId === l.medicineId && d.on === today && !d.at);
    return h('div', h('h3', l.name, at && ' · ', at && h('bdi', at)), was ? h('p', t(`tablets.state.${was.state}`)) : h('div.actions',
      action(t('tablets.yes'), tell(l, at, 'taken'), { kind: 'quiet' }), action(t('tablets.no'), tell(l, at, 'skipped'), { kind: 'quiet' })));
  }));
}
