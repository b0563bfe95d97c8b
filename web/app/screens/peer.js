// Peers. A patient says what they want of a peer, sees who fits and asks one; a peer
// chooses what they share and says yes or no. Either ends it in one tap.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call, read } from '../api.js';
import { checkField, choiceField, form, required, selectField, textField } from '../forms.js';
import { date, languageName } from '../format.js';
import { sayNext } from '../frame.js';
import { helpBelow } from '../messaging.js';
import { uuid7 } from '../uuid.js';

const experiences = ['alcohol', 'opioids', 'other-drugs', 'depression', 'anxiety', 'voices', 'trauma', 'no-home', 'prison', 'parent', 'loss'];
const hours = ['mornings', 'afternoons', 'evenings', 'weekends'];
const genders = ['woman', 'man', 'another'];
const meetWords = (m) => t(hours.includes(m) ? `peer.hours.${m}` : `peer.shares.${m}`);
const sharesField = (value) => choiceField('shares', t('peer.shares'), experiences.map((e) => [e, t(`peer.shares.${e}`)]), { value, many: true });
const hoursField = (value) => choiceField('hours', t('peer.hours'), hours.map((e) => [e, t(`peer.hours.${e}`)]), { value, many: true });

export default async function peerScreen(ctx) {
  return ctx.me.role === 'patient' ? ownScreen(ctx) : peersScreen(ctx);
}

const endButton = (ctx, path, name) => action(t('peer.end'), async () => {
  await call('POST', path);
  sayNext(t('peer.ended'));
  await ctx.again();
}, { kind: 'danger', 'aria-label': `${t('peer.end')}: ${name}` });

async function ownScreen(ctx) {
  const page = await read(ctx.api('peers'));
  const open = page.matches.filter((m) => ['asked', 'together'].includes(m.status));
  return {
    title: t('peer.title'), lead: t('peer.lead'), back: [t('menu.more'), '#/more'],
    body: [
      open.map((m) => h('section.card', h('h2', h('bdi', m.peerName)), h('p', m.status === 'asked' ? t('peer.waits', { date: date(m.dueAt) }) : t('peer.together')), h('div.actions', endButton(ctx, ctx.api(`peer-matches/${m.id}/end`), m.peerName)))),
      page.matches.filter((m) => m.status === 'declined').slice(0, 1).map((m) => h('p.card', t('peer.declined', { name: m.peerName }))),
      h('details', { open: open.length === 0 && page.fits.length === 0 }, h('summary', t('peer.wish')), wishForm(page.wish, ctx)),
      h('section', h('h2', t('peer.fits')), page.fits.length === 0 ? h('p.card', t('peer.fits.none')) : page.fits.map((f) => fitCard(f, ctx))),
    ],
  };
}

function wishForm(wish, ctx) {
  const language = selectField('language', t('peer.language'), [['', t('peer.any')], ...['en', 'es', 'ar'].map((l) => [l, languageName(l)])], { value: wish.language ?? '' });
  const gender = selectField('gender', t('peer.gender'), [['', t('peer.any')], ...genders.map((g) => [g, t(`peer.gender.${g}`)])], { value: wish.gender ?? '' });
  const shares = sharesField(wish.shares);
  const when = hoursField(wish.hours);
  return form([language, gender, shares, when], async () => {
    await call('PUT', ctx.api('peers'), { body: { language: language.read() || undefined, gender: gender.read() || undefined, shares: shares.read(), hours: when.read() } });
    await ctx.again();
  }, { submit: t('peer.look') });
}

function fitCard(f, ctx) {
  const words = textField('words', t('peer.words'), { area: true, maxlength: '1000', dir: 'auto', hint: t('peer.words.hint') });
  const id = uuid7();
  return h('section.card', h('h3', h('bdi', f.name)), f.words && h('p', { dir: 'auto' }, f.words),
    h('p.note', f.languages.map(languageName).join(', ')), f.shares.length > 0 && h('p', `${t('peer.knows')} ${f.shares.map(meetWords).join(', ')}`),
    f.meets.length > 0 && h('p', t('peer.meets', { what: f.meets.map(meetWords).join(', ') })),
    h('details', h('summary', `${t('peer.ask')}: ${f.name}`), form([words, { el: helpBelow(ctx.me, words) }], async () => {
      await call('POST', ctx.api('peer-matches'), { body: { id, peerId: f.accountId, words: words.read() || undefined } });
      sayNext(t('peer.asked'));
      await ctx.again();
    }, { submit: t('peer.ask') })));
}

async function peersScreen(ctx) {
  const [{ data: profile, etag }, matches] = await Promise.all([call('GET', '/v1/me/peer-profile'), all('/v1/me/peer-matches')]);
  const open = matches.filter((m) => ['asked', 'together'].includes(m.status));
  const say = (m, yes) => action(t(yes ? 'peer.yes' : 'peer.no'), async () => {
    await call('POST', `/v1/me/peer-matches/${m.id}/answer`, { body: { yes } });
    sayNext(t('place.saved'));
    await ctx.again();
  }, { kind: yes ? 'main' : 'quiet', 'aria-label': `${t(yes ? 'peer.yes' : 'peer.no')}: ${m.patientName}` });
  return {
    title: t('peer.mine'), lead: t('peer.mine.lead'), back: [t('menu.more'), '#/more'],
    body: [
      open.length === 0 && h('p.card', t('peer.nobody')),
      open.map((m) => h('section.card', h('h2', h('bdi', m.patientName)), m.words && h('p.quote', { dir: 'auto' }, m.words),
        h('p', m.status === 'asked' ? t('peer.answer-by', { date: date(m.dueAt) }) : t('peer.together')),
        h('div.actions', m.status === 'asked' && [say(m, true), say(m, false)], m.status === 'together' && endButton(ctx, `/v1/me/peer-matches/${m.id}/end`, m.patientName)))),
      h('details', { open: !profile.open }, h('summary', t('peer.profile')), profileForm(profile, etag, ctx)),
    ],
  };
}

function profileForm(p, etag, ctx) {
  const open = checkField('open', t('peer.open'), { checked: p.open, hint: t('peer.open.hint') });
  const languages = choiceField('languages', t('peer.languages'), ['en', 'es', 'ar'].map((l) => [l, languageName(l)]), { value: p.languages, many: true });
  const gender = selectField('gender', t('peer.gender.mine'), [['', t('peer.unsaid')], ...genders.map((g) => [g, t(`peer.gender.${g}`)])], { value: p.gender ?? '' });
  const shares = sharesField(p.shares);
  const when = hoursField(p.hours);
  const words = textField('words', t('peer.about'), { area: true, maxlength: '1000', dir: 'auto', value: p.words ?? '' });
  const places = textField('places', t('peer.places'), { type: 'number', min: '0', max: '50', value: String(p.places) });
  return form([open, languages, gender, shares, when, words, places], async () => {
    await call('PUT', '/v1/me/peer-profile', { etag, body: { open: open.read(), languages: languages.read(), gender: gender.read() || undefined, shares: shares.read(), hours: when.read(), words: words.read() || undefined, places: Number(places.read()) } });
    sayNext(t('place.saved'));
    await ctx.again();
  }, { check: () => required(places) });
}
