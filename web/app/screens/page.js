// One page to read: its words, one question, one thing to try. What the reader answers is
// theirs; it is sent once, and waits here without a network.

import { h, fill, button, link } from '../dom.js';
import { t } from '../texts.js';
import { mine, modules, send } from '../learn.js';
import { codeOf } from '../pagecode.js';
import { call } from '../api.js';
import { action } from '../action.js';
import { date } from '../format.js';
import { pageBody } from '../pagebody.js';
import { say } from '../frame.js';
import { uuid7 } from '../uuid.js';
import { safely } from '../safely.js';

export default async function pageScreen({ params, me }) {
  const all = await modules();
  const m = all.find((one) => codeOf(one.id) === params.page);
  const back = [t('learn.title'), '#/learn'];
  if (!m) return { title: t('learn.title'), back, body: h('p.card', t('learn.gone')) };
  const read = h('article.module', { lang: m.language, dir: m.direction }, pageBody(m.html));
  const told = h('div');
  safely(() => tellTeam(told, m, me));
  return {
    title: h('span', { lang: m.language, dir: m.direction }, m.title),
    back,
    lead: h('span', { lang: m.language, dir: m.direction }, m.summary),
    body: [
      h('p.note', t(`learn.for.${m.audience}.long`), ' ', t('learn.minutes', { n: m.minutes })),
      m.fallback && h('p.card.warn', t('learn.fallback')),
      h('p.card', m.notYet ? t('learn.not-yet') : t('learn.reviewed', { day: date(m.reviewedOn) }), m.behind && ` ${t('learn.behind')}`,
        m.notYet && m.language !== 'en' && ` ${t('learn.not-native')}`),
      read,
      question(m),
      h('section.card', h('h2', t('learn.try')), h('p', { lang: m.language, dir: m.direction }, m.try)),
      m.words.length > 0 && h('section', h('h2', t('learn.words')), h('dl', { lang: m.language, dir: m.direction }, m.words.map((w) => [h('dt', w.word), h('dd', w.means)]))),
      useful(m, me), told, tools(m, read), library(m, me),
      h('section', h('h2', t('learn.sources')), h('ul.dots', m.sources.map((s) => h('li', h('bdi', { lang: 'en' }, s.title), s.toConfirm && ` (${t('learn.unconfirmed')})`)))),
    ],
  };
}

// question asks whether the page was clear. A wrong answer leads back to its part.
function question(m) {
  const said = h('div', { 'aria-live': 'polite' });
  const pick = async (i) => {
    const answer = m.question.answers[i];
    fill(said, h(answer.right ? 'p' : 'p.warn', { lang: m.language, dir: m.direction }, answer.feedback),
      answer.again > 0 && button(t('learn.again'), () => {
        const part = document.getElementById(`s${answer.again}`);
        part?.scrollIntoView();
        part?.focus();
      }, { kind: 'quiet' }));
    await send('POST', `/v1/education/${m.id}/answers`, { id: uuid7(), language: m.language, fingerprint: m.fingerprint, answer: i });
  };
  return h('section.card', h('h2', t('learn.question')), h('p.note', t('learn.question.more')),
    h('p', { lang: m.language, dir: m.direction }, m.question.text),
    m.question.answers.map((a, i) => button(h('span', { lang: m.language, dir: m.direction }, a.text), () => pick(i), { kind: 'quiet' })), said);
}

const useful = (m, me) => me && h('section.card', h('h2', t('learn.useful')), h('div.actions', ['yes', 'no'].map((word) =>
  button(t(`learn.useful.${word}`), async () => {
    await send('PUT', `/v1/me/education/${m.id}`, { useful: word });
    say(t('learn.useful.thanks'));
  }, { kind: 'quiet' }))));

// tellTeam offers to tell the team that gave this page that it was read. Nothing else
// tells them.
async function tellTeam(into, m, me) {
  if (me?.role !== 'patient') return;
  const given = (await mine())?.given.find((g) => g.module === m.id);
  if (!given) return;
  const path = `/v1/patients/${me.patientId}/education/${given.id}`;
  const draw = (now) => fill(into, h('section.card', h('h2', t('learn.given')), h('p', t('learn.given.why', { name: now.by.name, why: now.why })),
    now.readAt ? h('p.note', t('learn.told')) : [h('p.note', t('learn.tell.more')),
      action(t('learn.tell'), async () => draw((await call('PUT', `${path}/read`)).data), { kind: 'quiet' })],
    action(t('learn.take-off'), async () => {
      await call('DELETE', path);
      fill(into);
    }, { kind: 'quiet' })));
  draw(given);
}

// library leads to the same in the library of the clinic: it hears which page this is
// about, and of nobody.
function library(m, me) {
  if (!m.library?.startsWith('https://')) return null;
  const to = new URL(m.library);
  if (me && me.role !== 'patient' && me.role !== 'supporter') to.searchParams.set('informationRecipient', 'PROV');
  return h('section.card', h('h2', t('learn.library')), h('p.note', t('learn.library.more', { host: to.host })),
    h('a.link', { href: to.href, target: '_blank', rel: 'noreferrer' }, t('learn.library.open')));
}

function tools(m, read) {
  const speech = globalThis.speechSynthesis;
  const aloud = () => {
    if (speech.speaking) return speech.cancel();
    const words = new SpeechSynthesisUtterance(read.innerText);
    words.lang = m.language;
    return speech.speak(words);
  };
  return h('div.actions.tools', button(t('learn.print'), () => print(), { kind: 'quiet' }),
    speech && button(t('learn.aloud'), aloud, { kind: 'quiet' }), link(t('learn.link'), `/learn/${m.language}/${m.id}`));
}
