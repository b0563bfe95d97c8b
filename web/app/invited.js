// What somebody says to a visit that they are in: yes, no, another time. And whom a
// patient, or their team, invites to it.

import { action } from './action.js';
import { h } from './dom.js';
import { t } from './texts.js';
import { all, call } from './api.js';
import { form, required, selectField, textField } from './forms.js';
import { dateTime } from './format.js';
import { sayNext } from './frame.js';

// invitedPart is the reader's own answer.
export function invitedPart(visit, ctx) {
  const mine = visit.invited;
  if (!mine || !['booked', 'pending'].includes(visit.status) || Date.parse(visit.start) < Date.now()) return null;
  const path = ctx.api(`appointments/${visit.id}/answer`);
  const say = (answer) => async () => {
    await call('PUT', path, { body: { answer } });
    sayNext(t(`invited.said.${answer}`));
    await ctx.again();
  };
  if (mine.answer === 'declined') return h('p.card', t('invited.said.declined'));
  const other = textField('otherTime', t('invited.other.when'), { type: 'datetime-local' });
  const send = async () => {
    await call('PUT', path, { body: { answer: 'tentative', otherTime: new Date(other.read()).toISOString() } });
    sayNext(t('invited.said.other'));
    await ctx.again();
  };
  return h('section.card', h('h2', t('invited.title')),
    mine.otherTime ? h('p', t('invited.asked', { time: dateTime(mine.otherTime) })) : mine.answer === 'accepted' && h('p', t('invited.said.accepted')),
    !mine.required && h('p.note', t('invited.optional')),
    h('div.actions', mine.answer !== 'accepted' && action(t('invited.yes'), say('accepted'))),
    h('details', h('summary', t('invited.other')), form([other], send, { submit: t('invited.other.send'), check: () => required(other) })),
    h('details', h('summary', t('invited.no')), h('p', t('invited.no.more')), action(t('invited.no.yes'), say('declined'), { kind: 'danger' })));
}

// otherTimes are what people of the visit asked for, with the way to move it.
export const otherTimes = (visit, ctx) => (visit.participants ?? []).filter((p) => p.otherTime).map((p) =>
  h('p.card', t('invited.asks', { name: p.name, time: dateTime(p.otherTime) }), ' ',
    visit.moves && h('a', { href: ctx.at(`visits/${visit.id}/move`) }, t('visit.reschedule'))));

// guestsPart invites people, and takes them off.
export async function guestsPart(visit, ctx) {
  if (!visit.moves || !['booked', 'pending'].includes(visit.status) || Date.parse(visit.end) < Date.now()) return null;
  const path = (id) => ctx.api(`appointments/${visit.id}/guests/${id}`);
  const there = visit.participants.filter((p) => p.kind === 'supporter' && !p.required);
  const more = (await all(ctx.api('possible-guests'))).filter((g) => !there.some((p) => p.who === g.accountId && p.status !== 'declined'));
  if (there.length + more.length === 0) return null;
  const change = (method, id, words) => async () => {
    await call(method, path(id));
    sayNext(t(words));
    await ctx.again();
  };
  const who = selectField('accountId', t('guests.who'), [['', t('share.choose')], ...more.map((g) => [g.accountId, g.name])], { hint: t('guests.hint') });
  return h('section.card', h('h2', t('guests.title')),
    there.map((p) => h('p', h('bdi', p.name), ' ', h('span.note', t(`guests.${p.status}`)), ' ', action(t('guests.remove', { name: p.name }), change('DELETE', p.who, 'guests.removed'), { kind: 'quiet.small' }))),
    more.length > 0 && form([who], async () => change('PUT', who.read(), 'guests.invited')(), { submit: t('guests.invite'), check: () => required(who) }));
}
