// One page of education for the office: how it reads, what a reviewer has to look at, its
// signature, and the editor for a text of the clinic's own.

import { h, fill, button } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { action } from '../action.js';
import { form, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { date, languageName } from '../format.js';
import { pageBody } from '../pagebody.js';
import { stateWords } from './texts.js';

const YEAR = 365 * 24 * 3600 * 1000; // milliseconds

export default async function textScreen({ params, me, again, go }) {
  const fresh = !params.module;
  const path = `/v1/education-texts/${params.module}/${params.language}`;
  const { data, etag } = fresh ? { data: null, etag: '"1"' } : await call('GET', path);
  const start = data?.draftText?.file ?? data?.file ?? (await example());
  const done = async (words) => {
    sayNext(words);
    await again();
  };
  return {
    title: fresh ? t('pages.new') : h('bdi', { lang: data.language }, data.title || data.id),
    back: [t('pages.title'), '#/texts'],
    lead: fresh ? t('pages.new.lead') : `${languageName(data.language)} · ${stateWords(data)}`,
    body: [
      data?.view && h('details.card', h('summary', t('pages.read')), h('article.module', { lang: data.language, dir: data.view.direction }, pageBody(data.view.html)),
        h('h3', data.view.question.text), h('ul.dots', data.view.question.answers.map((a) => h('li', a.text, h('span.note', ` ${a.feedback}`)))), h('p', data.view.try)),
      data?.confirm.length > 0 && h('section.card', h('h2', t('pages.confirm')), h('p.note', t('pages.confirm.more')), h('ul.dots', { lang: 'en', dir: 'ltr' }, data.confirm.map((line) => h('li', line)))),
      data && measures(data.measure, data.findings),
      data && ratings(data.rated),
      data && me.role === 'clinician' && signing(data, path, etag, done),
      editor(data, path, etag, { done, go, start }),
      data?.fingerprint && !data.withdrawn && withdrawing(data, path, etag, done),
    ],
  };
}

// example is a page that ships, under another id: a new one is written over it.
const example = async () => (await call('GET', '/v1/education-texts/values/en')).data.file.replace('id: values', 'id: our-page');

// signing is for the newest text, and for the draft where there is one: whoever signs
// has that one before them.
function signing(data, path, etag, done) {
  const next = textField('next', t('pages.next'), { type: 'date', value: new Date(Date.now() + YEAR).toISOString().slice(0, 10), hint: t('pages.next.hint') });
  const what = data.draftFingerprint || data.fingerprint;
  return h('section', h('h2', t('pages.sign')), h('p.note', t(data.draftFingerprint ? 'pages.sign.draft' : 'pages.sign.more')),
    form([next], async () => {
      await call('POST', `${path}/signature`, { etag, body: { fingerprint: what, next: next.read() } });
      await done(t('pages.sign.done'));
    }, { submit: t('pages.sign.yes') }));
}

function editor(data, path, etag, { done, go, start }) {
  const file = textField('file', t('pages.file'), { hint: t('pages.file.hint'), area: true, value: start, rows: '18', dir: 'auto', spellcheck: 'true' });
  const found = h('div', { 'aria-live': 'polite' });
  const check = async () => {
    const { data: says } = await call('POST', '/v1/education-texts/check', { body: { file: file.input.value } });
    fill(found, h('section.card', h('h3', t('pages.checked')),
      says.faults.length + says.missing.length + says.findings.length === 0 && h('p', t('pages.checked.fine')),
      faults(t('pages.faults'), says.faults), faults(t('pages.missing'), says.missing),
      says.measure && measures(says.measure, says.findings)));
  };
  const save = async () => {
    const own = /^id: *(\S+)$/m.exec(file.input.value)?.[1] ?? 'none';
    const language = /^language: *(\S+)$/m.exec(file.input.value)?.[1] ?? 'none';
    const to = data ? path : `/v1/education-texts/${encodeURIComponent(own)}/${encodeURIComponent(language)}`;
    await call('PUT', `${to}/draft`, { etag, body: { file: file.input.value } });
    if (!data) return go(`#/texts/${own}/${language}`);
    return done(t('pages.saved'));
  };
  const part = [form([file], save, { submit: t('pages.save'), after: action(t('pages.check'), check, { kind: 'quiet' }) }), found,
    data?.draftFingerprint && action(t('pages.publish'), async () => {
      await call('POST', `${path}/publication`, { etag, body: { fingerprint: data.draftFingerprint } });
      await done(t('pages.published'));
    })];
  return data ? h('details.card', { open: data.draft }, h('summary', t('pages.edit')), part) : h('section', part);
}

const faults = (words, list) => list.length > 0 && h('div', h('h4', words), h('ul.dots', list.map((f) => h('li', h('code', f.field), ` ${f.text}`))));

const measures = (m, findings) => h('details', h('summary', t('pages.measures', { words: m.words, minutes: m.minutes })),
  h('ul.dots', m.scores.map((s) => h('li', { lang: 'en', dir: 'ltr' }, `${s.name}: ${s.value.toFixed(1)}${s.target ? ` (${s.target})` : ''}`))),
  findings.length > 0 && h('ul.dots', { lang: 'en', dir: 'ltr' }, findings.map((f) => h('li', h('code', f.where), ` ${f.text}`))));

// ratings are what two people said of the words, or that nobody has.
const ratings = (rated) => h('section.card', h('h2', t('pages.rated')), rated.length === 0 ? h('p', t('pages.rated.none'))
  : h('ul.dots', rated.map((r) => h('li', h('bdi', r.rater), `: ${t('pages.rated.score', { understand: r.understand, act: r.act, day: date(r.on) })}`))));

function withdrawing(data, path, etag, done) {
  const ask = h('div', { hidden: true }, h('p.warn', t('pages.withdraw.more')), action(t('pages.withdraw.yes'), async () => {
    await call('POST', `${path}/withdrawal`, { etag, body: { fingerprint: data.fingerprint } });
    await done(t('pages.withdraw.done'));
  }, { kind: 'danger' }));
  const first = button(t('pages.withdraw'), () => {
    ask.hidden = false;
    first.hidden = true;
    ask.querySelector('button').focus();
  }, { kind: 'quiet' });
  return h('section', first, ask);
}
