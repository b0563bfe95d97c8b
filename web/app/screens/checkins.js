// Past check-ins: lines over time with honest gaps, then what was answered, newest
// first. Patients and their team see the same answers; scores and what
// applies are for the team alone, and the server sends them to nobody else.

import { h } from '../dom.js';
import { action } from '../action.js';
import { t } from '../texts.js';
import { all, call, read } from '../api.js';
import { chartBack } from '../chartback.js';
import { dateTime, localDay, number } from '../format.js';
import { commentPart, commentsOn } from '../owncomments.js';
import { noteKinds } from '../outboxview.js';
import { trend } from '../trend.js';
import { instrumentName, scoreWords } from '../scorewords.js';
import { facts } from './myday.js';

const DAYS = 30;
const measures = ['mood', 'craving', 'sleep'];

export default async function checkInsScreen(ctx) {
  const range = `from=${localDay(1 - DAYS)}&to=${localDay()}`;
  const asked = new Map((await all('/v1/questions')).map((q) => [q.id, q]));
  const series = await Promise.all(measures.map((measure) => read(ctx.api(`series?measure=${measure}&${range}`))));
  const list = h('ul.cards');
  const more = h('div');
  const scored = [];
  const comments = await commentsOn(ctx, 'check-in');
  await page('');
  async function page(cursor) {
    const { items, next } = await read(ctx.api(`check-ins?limit=30${cursor && `&cursor=${encodeURIComponent(cursor)}`}`));
    if (!cursor) scored.push(...(items ?? []));
    list.append(...(items ?? []).map((entry) => card(entry, asked, ctx, comments)));
    more.replaceChildren(...(next ? [action(t('list.more'), () => page(next), { kind: 'quiet' })] : []));
  }
  return {
    title: t(ctx.own ? 'more.check-ins' : 'chart.check-ins'),
    lead: t('checkins.lead', { n: DAYS }),
    back: ctx.own ? [t('menu.more'), '#/more'] : await chartBack(ctx),
    body: [series.map((s) => [trend(t(`measure.${s.measure}`), s.points, s.min, s.max), !ctx.own && usual(s)]),
      !ctx.own && instruments(scored),
      ctx.me.role === 'clinician' && h('div.actions', h('a.button.quiet', { href: ctx.at('check-ins/new') }, t('writedown.title')), h('a.button.quiet', { href: ctx.at('check-in-form') }, t('shape.title'))),
      h('h2', t('checkins.list')), list, more],
  };
}

// card shows both moments where they are far apart: when it was answered, by the phone,
// and when it came, by the clinic.
const card = (entry, asked, ctx, comments, { own, api, again } = ctx) => h('li.card', h('h3', h('time', { datetime: entry.answeredAt }, dateTime(entry.answeredAt))),
  apart(entry) && h('p.note', t('checkins.moments', { answered: dateTime(entry.answeredAt), received: dateTime(entry.receivedAt) })),
  entry.taken && h('p.note', h('b', t(`writedown.by.${entry.taken.how}`, { name: `\u2068${entry.taken.by.name}\u2069` }))),
  entry.read && h('p.note', t('checkins.read-by', { name: entry.read.name, time: dateTime(entry.read.at) })),
  entry.read?.contactBy && h('p.note', t(own ? 'checkins.contact' : 'checkins.contact.team', { name: entry.read.contactName, time: dateTime(entry.read.contactBy) })),
  entry.mistake && h('p.warn', t(own ? 'checkins.mistake.own' : 'checkins.mistake.team', { time: dateTime(entry.mistake.at) })),
  !own && (entry.scores || entry.signals) && facts(entry),
  entry.needsPerson && h('p.warn', h('b', t('checkins.person'))),
  noteKinds(entry.notes).map((kind) => h('p.note', t(own ? `outbox.note.${kind === 'form' ? 'other' : kind}` : `checkins.note.${kind}`))),
  h('dl.answers', Object.entries(entry.answers).map(([id, value]) =>
    h('div', h('dt', asked.get(id)?.ask ?? id), h('dd', words(asked.get(id), value), entry.mistake?.questions.includes(id) && ` (${t('checkins.mistake.one')})`))),
    (entry.instruments ?? []).filter((i) => entry.mistake?.questions.includes(i.id)).map((i) => h('div', h('dt', instrumentName(i.id)), h('dd', t('checkins.mistake.one')))),
    (entry.declined ?? []).map((id) => h('div', h('dt', asked.get(id)?.ask ?? id), h('dd', t('question.rather-not'))))),
  entry.taken && commentPart(ctx, comments, 'check-in', entry.id, dateTime(entry.answeredAt)),
  own && mistakePart(entry, asked, api, again),
  entry.notes?.length > 0 && rawPart(entry));

// mistakePart lets a patient say that an answer was a mistake. It says first what that
// does not do. Of a questionnaire the whole is marked.
function mistakePart(entry, asked, api, again) {
  const open = [...Object.keys(entry.answers), ...(entry.instruments ?? []).map((i) => i.id)].filter((id) => !entry.mistake?.questions.includes(id));
  if (open.length === 0) return null;
  const mark = async (id) => {
    await call('POST', api(`check-ins/${entry.id}/mistake`), { body: { questions: [id] } });
    await again();
  };
  return h('details', h('summary', t('checkins.mistake')), h('p', t('checkins.mistake.lead')),
    h('div.actions', open.map((id) => action(asked.get(id)?.ask ?? instrumentName(id), () => mark(id), { kind: 'quiet.small' }))));
}

const LATE = 3600 * 1000; // milliseconds

const apart = (entry) => Math.abs(Date.parse(entry.receivedAt) - Date.parse(entry.answeredAt)) > LATE;

// rawPart shows all of it, as it was sent. A long one comes when it is asked for.
function rawPart(entry) {
  const text = h('pre.raw', { dir: 'auto', tabindex: '0' }, entry.raw ?? '');
  const part = h('details', h('summary', t('checkins.raw')), text);
  part.addEventListener('toggle', async () => {
    if (!part.open || text.textContent) return;
    text.textContent = (await read(`/v1/patients/${entry.patientId}/check-ins/${entry.id}`)).raw ?? '';
  });
  return part;
}

function words(question, value) {
  if (value === true) return t('question.yes');
  if (value === false) return t('question.no');
  if (typeof value === 'number') return number(value);
  return question?.choiceTexts?.[value] ?? value;
}

// usual is the middle of a measure over this person's own days before the last one, for
// their team: what is far from it is what to look at.
function usual(series) {
  const known = series.points.map((p) => p.value).filter((v) => v !== null && v !== undefined);
  const before = known.slice(0, -1).sort((a, b) => a - b);
  if (before.length < 3) return null;
  const middle = before.length / 2;
  const median = Number.isInteger(middle) ? (before[middle - 1] + before[middle]) / 2 : before[Math.floor(middle)];
  return h('p.note', t('myday.trend', { what: t(`measure.${series.measure}`), value: number(known.at(-1)), usual: number(median) }));
}

// instruments are the scores with their bands over time, by instrument. The server sends
// them to the team and to nobody else.
function instruments(entries) {
  const of = new Map();
  entries.forEach((e) => (e.scores ?? []).forEach((s) => of.set(s.instrument, [...(of.get(s.instrument) ?? []), [e.answeredAt, s]])));
  if (of.size === 0) return null;
  return h('section', h('h2', t('checkins.instruments')), [...of].map(([name, list]) => h('div.card', h('h3', instrumentName(name)),
    h('ul.dots', list.map(([at, s]) => h('li', dateTime(at), ' · ', scoreWords(s.result ?? {})))))));
}
