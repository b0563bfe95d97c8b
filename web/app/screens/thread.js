// One conversation: what was written, who has read how far, what waits on this phone, and
// a place to write. It asks again now and then while it is looked at.

import { h, fill } from '../dom.js';
import { action } from '../action.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { hear } from '../bus.js';
import { form, required, textField } from '../forms.js';
import { dateTime } from '../format.js';
import { say, sayNext } from '../frame.js';
import { NoAnswer } from '../http.js';
import { keepThread, keptThread } from '../keptthreads.js';
import { helpBelow, helpStays, kindWords, send, waitingIn, whoReads } from '../messaging.js';
import { standWords } from '../outboxview.js';
import { uuid7 } from '../uuid.js';

const EVERY = 15_000; // milliseconds

export default async function threadScreen({ params, me, again }) {
  const path = `/v1/threads/${params.thread}`;
  let why;
  const found = await call('GET', path).catch((problem) => {
    if (!(problem instanceof NoAnswer || problem.status === 404)) throw problem;
    why = problem;
  });
  const waiting = await waitingIn(params.thread);
  const kept = !found && me.role === 'patient' && (await keptThread(params.thread));
  if (!found && !kept && waiting.length === 0) throw why;
  const thread = found?.data ?? (kept ? { ...kept.thread, unread: 0, offline: true } : { kind: waiting[0].body.kind, subject: waiting[0].body.subject, mayWrite: false, readBy: [], offline: true });
  const list = h('ul.cards.messages');
  const here = h('ul.cards');
  const older = h('div');
  let tag = found?.etag;
  const draw = async () => {
    if (kept) fill(list, kept.messages.map((m) => card(m, thread, me)));
    const last = thread.offline ? 0 : await drawPage(path, list, older, thread, me);
    fill(here, (await waitingIn(params.thread)).map((e) => h('li.card', h('p.quote', { dir: 'auto' }, e.body.message?.text ?? e.body.text), standWords(e))));
    return last;
  };
  let newest = await draw();
  const stop = hear('outbox', () => (here.isConnected || !stop ? (thread.offline ? again() : draw()).catch?.(() => {}) : stop()));
  const turn = setInterval(async () => {
    if (!list.isConnected) return clearInterval(turn);
    if (document.visibilityState !== 'visible' || thread.offline) return undefined;
    const news = await call('GET', path, { known: tag }).catch(() => null);
    if (!news || news.status === 304) return undefined;
    tag = news.etag;
    Object.assign(thread, news.data);
    const last = await draw().catch(() => newest);
    if (last > newest) say(t('messages.news')); // not for a mark of having read, one's own among them
    newest = last;
    return undefined;
  }, EVERY);
  const patient = thread.patientId ?? waiting[0]?.body.patientId;
  return {
    title: thread.subject || t('messages.title'),
    back: [t('messages.title'), me.role === 'patient' ? '#/messages' : `#/p/${patient}/messages`],
    body: [h(thread.kind === 'team' ? 'p.card.team-only' : 'p.note', thread.kind === 'team' && icon('lock'), kindWords(thread)),
      thread.kind === 'family' && h('p.note', t('thread.all-read')),
      kept && h('p.card.warn', t('thread.kept', { time: dateTime(kept.savedAt) })),
      thread.closed && h('p.card', t('thread.ended', { name: thread.closed.by.name, time: dateTime(thread.closed.at) })),
      older, list, here,
      me.role === 'clinician' && thread.waits && settle(thread, path, again),
      me.role === 'clinician' && thread.mayWrite && !thread.waits && closing(thread, path, again),
      thread.mayWrite ? await reply(me, path, again) : !thread.offline && h('p.card', t('thread.only-read'))],
  };
}

// drawPage shows the newest messages, marks them read, and gives the number of the last.
async function drawPage(path, list, older, thread, me) {
  const page = async (cursor) => {
    const { items, next } = await read(`${path}/messages?limit=30${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    if (!cursor) list.replaceChildren();
    items.reverse();
    if (!cursor && me.role === 'patient') await keepThread(thread, items, me.accountId);
    list.prepend(...items.map((m) => card(m, thread, me)));
    fill(older, next && action(t('thread.older'), () => page(next), { kind: 'quiet' }));
    return items.at(-1)?.number ?? 0;
  };
  const last = await page('');
  if (thread.unread > 0 && last > 0) {
    await call('POST', `${path}/read`, { body: { number: last } }).catch(() => {});
    thread.unread = 0;
  }
  return last;
}

const card = (m, thread, me) => h(m.by.accountId === me.accountId ? 'li.card.own' : 'li.card',
  h('h2.small', m.by.name, h('span.note', ` ${t(`role.${m.by.role}`)}`)), h('p.note', h('time', { datetime: m.at }, dateTime(m.at))),
  m.urgency === 'urgent' && h('p.tag', t('urgency.urgent')),
  m.hits?.length > 0 && h('p.warn', t('thread.hits')),
  h('p.text', { dir: 'auto' }, m.text),
  m.by.accountId === me.accountId && h('p.note', readers(m, thread, me)));

// readers says only what is true: who has read up to this message.
function readers(m, thread, me) {
  const by = thread.readBy.filter((r) => r.accountId !== me.accountId && r.upTo >= m.number);
  return by.length > 0 ? by.map((r) => t('thread.read-by', { name: r.name, time: dateTime(r.at) })).join(' ') : t('thread.not-read');
}

const settle = (thread, path, again) => h('section.card',
  h('p', t('thread.waits', { name: thread.waits.ownerName }), thread.waits.by && ` ${t('thread.by', { time: dateTime(thread.waits.by) })}`),
  action(t('thread.settle'), async () => {
    await call('POST', `${path}/settle`);
    sayNext(t('thread.settled'));
    again();
  }, { kind: 'quiet' }));

// closing ends a conversation, or opens it again. A new message opens it too.
const closing = (thread, path, again) => h('div.actions', action(t(thread.closed ? 'thread.reopen' : 'thread.close'), async () => {
  await call('POST', `${path}/${thread.closed ? 'reopen' : 'close'}`);
  sayNext(t(thread.closed ? 'thread.is-open' : 'thread.is-closed'));
  again();
}, { kind: 'quiet' }));

async function reply(me, path, again) {
  const text = textField('text', t('newmessage.text'), { area: true, maxlength: '4000', rows: '4' });
  const write = async () => {
    if (await send(me, { id: uuid7(), text: text.read(), urgency: 'routine' }, `${path}/messages`, text.read())) return void helpStays(me, location.hash, again);
    sayNext(t('messages.kept'));
    again();
  };
  return h('section', h('h2', t('thread.reply')), await whoReads(me), h('div.card', form([text, { el: helpBelow(me, text) }], write, { submit: t('messages.send'), check: () => required(text) })));
}
