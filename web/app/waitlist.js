// Waiting for an earlier time: a place in the line, and a time that is kept for who
// is first in it.

import { action } from './action.js';
import { h } from './dom.js';
import { t } from './texts.js';
import { call, read } from './api.js';
import { uuid7 } from './uuid.js';
import { sayNext } from './frame.js';
import { dateIn, nearDay, timeIn } from './clocks.js';
import { whenPart } from './visitview.js';

// places are what the patient waits for. Family and friends do not see them.
export const places = async (ctx) => (ctx.me.role === 'supporter' ? [] : (await read(ctx.api('waitlist'))).items);

const until = (at) => (dateIn(at) === dateIn(new Date()) ? timeIn(at) : `${nearDay(at)}, ${timeIn(at)}`);

// offersPart shows the times that are kept right now.
export const offersPart = (list, zones, ctx) => list.filter((place) => place.offer).map(({ id, offer }) => h('section.card.offer',
  h('h2', t('wait.offer')), whenPart(offer, zones), h('p.note', t('wait.until', { time: until(offer.until) })),
  h('div.actions',
    action(t('wait.take'), async () => {
      const visit = (await call('POST', ctx.api(`waitlist/${id}/accept`))).data;
      sayNext(t('wait.taken'));
      ctx.go(ctx.at(`visits/${visit.id}`));
    }),
    action(t('wait.pass'), async () => {
      await call('POST', ctx.api(`waitlist/${id}/decline`));
      sayNext(t('wait.passed'));
      await ctx.again();
    }, { kind: 'quiet' }))));

// waitPart is where somebody joins the line for a visit that they have, or leaves it.
export function waitPart(visit, list, ctx) {
  if (visit.status !== 'booked' || Date.parse(visit.start) < Date.now() || !visit.moves) return null;
  const mine = list.find((place) => place.instead === visit.id);
  const join = async () => {
    await call('POST', ctx.api('waitlist'), { body: { id: uuid7(), instead: visit.id } });
    sayNext(t('wait.joined'));
    await ctx.again();
  };
  const leave = async () => {
    await call('DELETE', ctx.api(`waitlist/${mine.id}`));
    sayNext(t('wait.left'));
    await ctx.again();
  };
  return mine
    ? h('div.card', h('p', t('wait.waiting')), h('div.actions', action(t('wait.leave'), leave, { kind: 'quiet' })))
    : h('div.actions', action(t('wait.join'), join, { kind: 'quiet' }));
}
