// One handoff: what was told, who may take it, and the words of who did.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { chartBack } from '../chartback.js';
import { dateTime } from '../format.js';
import { form, required, textField } from '../forms.js';
import { commentPart, commentsOn } from '../owncomments.js';
import { sayNext } from '../frame.js';
import { callsPart, settingWords } from '../handoffview.js';
import { notReached } from '../notreached.js';

export default async function handoffScreen(ctx) {
  const path = ctx.api(`handoffs/${ctx.params.handoff}`);
  const it = await read(path);
  const [[name], comments] = await Promise.all([chartBack(ctx), commentsOn(ctx, 'handoff')]);
  return {
    title: t('handoff.of', { name }),
    lead: t(`handoff.status.${it.status}`, { name: it.acceptedBy?.name ?? it.asked.at(-1).name }),
    back: [t('handoff.title'), ctx.at('handoffs')],
    body: [told(it), it.mayTake && takePart(it, path, ctx), it.mine && it.status === 'requested' && cancelPart(path, ctx),
      it.readBack && h('section', h('h2', t('handoff.read-back')), h('p.quote', { dir: 'auto' }, it.readBack)),
      it.note && h('p.quote', { dir: 'auto' }, it.note),
      commentPart(ctx, comments, 'handoff', it.id, name),
      h('h2', t('alert.history')), h('ul.dots', it.history.map((s) => h('li', dateTime(s.at), ' · ', t(`handoff.did.${s.what}`), ` · ${s.by.name}`, s.to && ` → ${s.to}`)))],
  };
}

const told = (it) => h('div.card', h('p', h('b', t(`handoff.severity.${it.severity}`)), settingWords(it) && ` · ${settingWords(it)}`),
  it.unreachable && h('p.warn', notReached(it.asked.at(-1).name)),
  it.status === 'requested' && h('p', t('handoff.answers', { name: it.giver.name, time: dateTime(it.dueAt) })),
  part('summary', it.summary && h('p', { dir: 'auto' }, it.summary)),
  part('actions', it.actions?.length > 0 && h('ul.dots', it.actions.map((a) => h('li', { dir: 'auto' }, a)))),
  part('situation', it.situation && h('p', { dir: 'auto' }, it.situation)),
  part('whatIf', it.whatIf?.length > 0 && h('ul.dots', it.whatIf.map((w) => h('li', { dir: 'auto' }, t('handoff.if-then', { if: w.if, then: w.then }))))),
  callsPart(it),
  it.leads?.length > 0 && h('p.note', t('handoff.leads', { n: it.leads.length })),
  it.missing.length > 0 && h('p.note', t('handoff.missing', { what: it.missing.map((m) => t(`handoff.element.${m}`)).join(', ') })));

const part = (name, el) => el && [h('h2', t(`handoff.${name}`)), el];

// takePart asks for the words of the receiver where they are needed; elsewhere a tap does.
function takePart(it, path, ctx) {
  const take = async (readBack) => {
    await call('POST', `${path}/accept`, { body: { readBack } });
    sayNext(t('handoff.taken'));
    await ctx.again();
  };
  if (!it.needsReadBack) return h('div.actions', action(t('handoff.take'), () => take('')));
  const words = textField('readBack', t('handoff.say'), { area: true, maxlength: '2000', hint: t('handoff.say.hint') });
  return form([words], () => take(words.read()), { submit: t('handoff.take'), check: () => required(words) });
}

function cancelPart(path, ctx) {
  const note = textField('note', t('handoff.cancel.why'), { area: true, maxlength: '2000' });
  const send = async () => {
    await call('POST', `${path}/cancel`, { body: { note: note.read() } });
    sayNext(t('alert.saved'));
    await ctx.again();
  };
  return h('details', h('summary', t('handoff.cancel')), form([note], send, { submit: t('handoff.cancel'), check: () => required(note) }));
}
