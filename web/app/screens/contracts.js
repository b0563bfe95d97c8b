// A contract: what a person asks of somebody who keeps them to their word, and where that
// ends. The patient writes it, changes it and ends it; the partner reads exactly these
// words and says yes or no.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call, read } from '../api.js';
import { form, required, selectField, textField } from '../forms.js';
import { date } from '../format.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';

const often = ['daily', 'some-days', 'weekly', 'when-i-ask'];
const parts = ['ask', 'mayAsk', 'never'];

export default async function contractsScreen(ctx) {
  return ctx.me.role === 'patient' ? ownScreen(ctx) : partnerScreen(ctx);
}

const wordsPart = (c, side) => [parts.map((part) => c.terms[part].length > 0 && [h('h3', t(`contract.${side}.${part}`)), h('ul.dots', c.terms[part].map((line) => h('li', { dir: 'auto' }, line)))]),
  h('p', t(side === 'theirs' && c.terms.often === 'when-i-ask' ? 'contract.often.when-they-ask' : `contract.often.${c.terms.often}`))];

async function ownScreen(ctx) {
  const [list, circle, peers] = await Promise.all([all(ctx.api('contracts')), all(ctx.api('supporters')), read(ctx.api('peers'))]);
  const open = list.filter((c) => c.status !== 'ended');
  const people = [...circle.map((s) => [s.accountId, s.name]), ...peers.matches.filter((m) => m.status === 'together').map((m) => [m.peerId, m.peerName])]
    .filter(([id]) => !open.some((c) => c.partnerId === id && c.status !== 'declined'));
  return {
    title: t('contract.title'), lead: t('contract.lead'), back: [t('menu.more'), '#/more'],
    body: [open.map((c) => h('section.card', h('h2', h('bdi', c.partnerName)), h('p', h('b', t(`contract.status.${c.status}`))), wordsPart(c, 'own'),
      h('div.actions', endButton(ctx, ctx.api(`contracts/${c.id}/end`), c.partnerName)),
      h('details', h('summary', `${t('contract.change')}: ${c.partnerName}`), h('p', t('contract.change.lead')), termsForm(c.terms, [], async (body) => {
        const { etag } = await call('GET', ctx.api(`contracts/${c.id}`));
        await call('PUT', ctx.api(`contracts/${c.id}`), { etag, body });
      }, ctx)))),
    people.length === 0 ? h('p.card', t('contract.nobody')) : newPart(people, ctx)],
  };
}

function newPart(people, ctx) {
  const partner = selectField('partnerId', t('contract.partner'), people);
  const id = uuid7();
  return h('section.card', h('h2', t('contract.new')), h('p', t('contract.new.lead')),
    termsForm({ ask: [], mayAsk: [], never: [], often: 'when-i-ask' }, [partner], (body) => call('POST', ctx.api('contracts'), { body: { id, partnerId: partner.read(), ...body } }), ctx));
}

function termsForm(terms, before, send, ctx) {
  const fields = parts.map((part) => textField(part, t(`contract.own.${part}`), { area: true, hint: t('contract.lines'), value: terms[part].join('\n'), dir: 'auto' }));
  const how = selectField('often', t('contract.often'), often.map((o) => [o, t(`contract.often.${o}`)]), { value: terms.often });
  return form([...before, ...fields, how], async () => {
    const body = Object.fromEntries(parts.map((part, i) => [part, fields[i].read().split('\n').map((l) => l.trim()).filter(Boolean)]));
    await send({ ...body, often: how.read() });
    sayNext(t('contract.asked'));
    await ctx.again();
  }, { submit: t('contract.send'), check: () => required(fields[0]) });
}

const endButton = (ctx, path, name) => action(t('contract.end'), async () => {
  await call('POST', path);
  sayNext(t('contract.ended'));
  await ctx.again();
}, { kind: 'danger', 'aria-label': `${t('contract.end')}: ${name}` });

async function partnerScreen(ctx) {
  const list = await all('/v1/me/contracts');
  const say = (c, yes) => action(t(yes ? 'contract.yes' : 'contract.no'), async () => {
    await call('POST', `/v1/me/contracts/${c.id}/answer`, { body: { number: c.number, yes } });
    sayNext(t('place.saved'));
    await ctx.again();
  }, { kind: yes ? 'main' : 'quiet', 'aria-label': `${t(yes ? 'contract.yes' : 'contract.no')}: ${c.patientName}` });
  return {
    title: t('contract.asked-of-me'), lead: t('contract.asked-of-me.lead'), back: [t('menu.more'), '#/more'],
    body: list.length === 0 ? h('p.card', t('contract.none')) : list.map((c) => h('section.card', h('h2', h('bdi', c.patientName)), h('p', h('b', t(`contract.status.${c.status}`)), ' ', h('span.note', date(c.writtenAt))), wordsPart(c, 'theirs'),
      h('div.actions', c.status === 'asked' && [say(c, true), say(c, false)], c.status === 'together' && endButton(ctx, `/v1/me/contracts/${c.id}/end`, c.patientName)))),
  };
}
