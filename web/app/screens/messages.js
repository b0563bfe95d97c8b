// The conversations about a patient that somebody takes part in, the newest first, and
// what of them waits on this phone.

import { h, fill } from '../dom.js';
import { action } from '../action.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { read } from '../api.js';
import { chartBack } from '../chartback.js';
import { dateTime } from '../format.js';
import { NoAnswer } from '../http.js';
import { keepThreads, keptThreads } from '../keptthreads.js';
import { kindWords, whoReads } from '../messaging.js';
import { standing } from '../outbox.js';
import { outboxPart } from '../outboxview.js';

export default async function messagesScreen(ctx) {
  const list = h('ul.cards');
  const more = h('div');
  const page = async (cursor) => {
    const { items, next } = await read(`/v1/threads?patientId=${ctx.patientId}&limit=30${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    if (!cursor && ctx.own) await keepThreads(items, ctx.me.accountId);
    list.append(...items.map((thread) => row(thread, ctx)));
    fill(more, next && action(t('list.more'), () => page(next), { kind: 'quiet' }));
  };
  let off = false;
  await page('').catch(async (problem) => {
    if (!(problem instanceof NoAnswer)) throw problem;
    off = true;
    list.append(...(ctx.own ? (await keptThreads()) ?? [] : []).map((thread) => row(thread, ctx)));
  });
  const here = (await standing()).filter((e) => e.path && !e.own && !e.about && e.state !== 'sent');
  return {
    title: t('messages.title'),
    back: ctx.own ? [t('menu.more'), '#/more'] : await chartBack(ctx),
    body: [await whoReads(ctx.me), h('div.actions', h('a.button.main', { href: ctx.at('messages/new') }, t('messages.new'))), outboxPart(here),
      off && h('p.warn', t(list.children.length > 0 ? 'messages.offline.kept' : 'messages.offline')), list.children.length > 0 ? list : !off && h('p.card', t('messages.empty')), more],
  };
}

const row = (thread, { me }) => h(thread.kind === 'team' ? 'li.card.team-only' : 'li.card',
  h('h2', h('a', { href: `#/threads/${thread.id}` }, thread.subject || t('messages.no-subject'))),
  h('p', thread.kind === 'team' ? h('b', icon('lock'), ' ', kindWords(thread)) : kindWords(thread)),
  thread.closed && h('p.note', t('thread.ended.short')),
  thread.unread > 0 && h('p.tag', t('messages.unread', { n: thread.unread })),
  me.role === 'clinician' && thread.waits && h('p.warn', t('thread.waits', { name: thread.waits.ownerName }),
    thread.waits.by && ` ${t('thread.by', { time: dateTime(thread.waits.by) })}`),
  h('p.note', t('messages.last', { name: thread.lastBy.name, time: dateTime(thread.lastAt) })));
