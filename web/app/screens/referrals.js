// What a person needs beside care, and the partners who are asked to help: exactly what
// goes to them, the signature without which nothing goes, and what came of it.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read, all } from '../api.js';
import { chartBack } from '../chartback.js';
import { checkField, choiceField, form, required, selectField, textField } from '../forms.js';
import { date, dateTime } from '../format.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';

export const needs = ['housing', 'food', 'work', 'legal', 'transport', 'safety', 'company'];
export const needWords = (need) => t(`referral.need.${need}`);
export const statusWords = (status) => t(`referral.status.${status}`);

export default async function referralsScreen(ctx) {
  const staff = !ctx.own;
  const [around, { data: said, etag }, partners] = await Promise.all([read(ctx.api('around')), call('GET', ctx.api('social-needs')), staff ? all('/v1/partners') : []]);
  return {
    title: t('referral.title'), lead: ctx.own && t('referral.lead'), back: ctx.own ? [t('menu.more'), '#/more'] : await chartBack(ctx),
    body: [
      staff && proposed(ctx, around),
      around.referrals.length === 0 ? h('p.card', t('referral.none')) : h('ul.cards', around.referrals.map((r) => card(ctx, r))),
      needsForm(ctx, said, etag),
      staff && newReferral(ctx, partners.filter((p) => !p.endedAt && p.taken < p.capacity), around.open[0]),
      h('section', h('h2', t('referral.around')), h('ul.dots', [...around.team, ...around.family].map((m) => h('li', { dir: 'auto' }, m.name, ' · ', t(m.discipline ? `discipline.${m.discipline}` : `role.${m.role}`))))),
    ],
  };
}

// proposed are the needs with which help is wanted and that no open referral is about.
const proposed = (ctx, around) => around.open.length > 0 && h('section.card', h('h2', t('referral.wanted')),
  h('ul.dots', around.needs.filter((n) => around.open.includes(n.need)).map((n) => h('li', needWords(n.need), n.words && h('q', { dir: 'auto' }, n.words),
    n.checkInId && [' ', h('a.link', { href: ctx.at('check-ins') }, t('referral.wanted.check-in'))]))));

function needsForm(ctx, said, etag) {
  const wants = said.needs.filter((n) => n.wants === 'help').map((n) => n.need);
  const field = choiceField('needs', t(ctx.own ? 'referral.needs' : 'referral.needs.team'), needs.map((n) => [n, needWords(n)]), { value: wants, many: true });
  const send = async () => {
    const chosen = field.read();
    const words = Object.fromEntries(said.needs.map((n) => [n.need, n.words]));
    const was = Object.fromEntries(said.needs.map((n) => [n.need, n.wants]));
    await call('PUT', ctx.api('social-needs'), { etag, body: { needs: needs.filter((n) => chosen.includes(n) || n in words).map((need) => ({ need, wants: chosen.includes(need) ? 'help' : was[need] === 'later' ? 'later' : 'fine', words: words[need] })) } });
    sayNext(t('place.saved'));
    ctx.again();
  };
  return h('div.card', form([field], send));
}

// sentPart is exactly what goes out, or went.
export const sentPart = (sent) => h('ul.dots',
  h('li', needWords(sent.need)), h('li', { dir: 'auto' }, sent.words), sent.name && h('li', { dir: 'auto' }, sent.name), sent.phone && h('li', { dir: 'ltr' }, sent.phone),
  h('li', { dir: 'auto' }, t('referral.from', { name: sent.from })), h('li', { lang: 'en', dir: 'ltr' }, sent.notice));

function card(ctx, r) {
  const open = !['completed', 'cancelled', 'rejected', 'failed'].includes(r.status);
  const cancel = action(t('referral.cancel'), async () => {
    await call('POST', ctx.api(`referrals/${r.id}/cancel`), { body: {} });
    sayNext(t('referral.cancelled'));
    ctx.again();
  }, { kind: 'danger' });
  return h('li.card', h('h2', h('bdi', r.partnerName)), h('p', `${needWords(r.sent.need)} · ${statusWords(r.status)}`),
    h('details', { open: r.status === 'draft' }, h('summary', t('referral.sent')), sentPart(r.sent)),
    r.bookedFor && h('p', t('referral.booked', { time: dateTime(r.bookedFor) })),
    r.owner && h('p.note', t('referral.owner', { name: r.owner.name, date: date(r.dueAt) }), r.overdue && ` · ${t('referral.late')}`),
    r.outcome?.words && [h('p', t('referral.theirs')), h('p.quote', { dir: 'auto' }, r.outcome.words)],
    r.patientOutcome && [h('p', t('referral.helped'), ' ', t(`referral.helped.${r.patientOutcome.helped}`)), r.patientOutcome.words && h('p.quote', { dir: 'auto' }, r.patientOutcome.words)],
    ctx.own && r.status === 'draft' && signForm(ctx, r), ctx.own && r.consentId && !r.patientOutcome && tellForm(ctx, r),
    open && h('details', h('summary', t('referral.stop')), cancel));
}

function signForm(ctx, r) {
  const days = selectField('until', t('share.until'), ['30', '90', '180'].map((n) => [n, t('share.days', { n })]), { value: '90' });
  const statement = checkField('statements', t('share.statement.revocation'));
  const signature = textField('signature.name', t('share.sign'), { autocomplete: 'name' });
  const send = async () => {
    await call('POST', ctx.api(`referrals/${r.id}/sign`), { body: { until: new Date(Date.now() + Number(days.read()) * 86_400_000).toISOString(),
      statements: statement.read() ? ['revocation'] : [], signature: { name: signature.read(), method: 'typed' } } });
    sayNext(t('referral.signed'));
    ctx.again();
  };
  return [h('p.warn', t('referral.tells')), form([days, statement, signature], send, { submit: t('referral.sign'), check: () => required(statement, signature) })];
}

function tellForm(ctx, r) {
  const helped = choiceField('helped', t('referral.helped'), ['yes', 'partly', 'no'].map((w) => [w, t(`referral.helped.${w}`)]), {});
  const words = textField('words', t('referral.own-words'), { area: true, maxlength: '2000', dir: 'auto' });
  const send = async () => {
    await call('POST', ctx.api(`referrals/${r.id}/told`), { body: { helped: helped.read(), words: words.read() || undefined } });
    sayNext(t('place.saved'));
    ctx.again();
  };
  return h('details', h('summary', t('referral.tell')), form([helped, words], send, { check: () => required(helped) }));
}

function newReferral(ctx, partners, wanted) {
  if (partners.length === 0) return h('p.card', t('referral.no-partner'));
  const partner = selectField('partnerId', t('referral.partner'), partners.map((p) => [p.id, `${p.name}: ${p.needs.map(needWords).join(', ')}`]));
  const need = selectField('need', t('referral.need'), needs.map((n) => [n, needWords(n)]), { value: wanted });
  const words = textField('words', t('referral.words'), { area: true, maxlength: '2000', dir: 'auto' });
  const name = checkField('name', t('referral.with-name'));
  const phone = checkField('phone', t('referral.with-phone'));
  const id = uuid7();
  const send = async () => {
    await call('POST', ctx.api('referrals'), { body: { id, partnerId: partner.read(), need: need.read(), words: words.read(), name: name.read(), phone: phone.read() } });
    sayNext(t('referral.made'));
    ctx.again();
  };
  return h('div.card', h('h2', t('referral.new')), form([partner, need, words, name, phone], send, { submit: t('referral.write'), check: () => required(words) }));
}
