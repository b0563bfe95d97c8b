// What a patient says to what was written about them. It stands beside that, for everybody
// who sees it; nobody changes it, and who wrote it hears of it.

import { h } from './dom.js';
import { t } from './texts.js';
import { all, call } from './api.js';
import { form, required, textField } from './forms.js';
import { dateTime } from './format.js';
import { sayNext } from './frame.js';
import { helpBelow } from './messaging.js';
import { uuid7 } from './uuid.js';

// commentsOn reads the comments of a kind, for those who are shown them.
export const commentsOn = async (ctx, kind) => (ctx.own || ctx.me.role === 'clinician' ? all(ctx.api(`comments?kind=${kind}&limit=100`)) : []);

// commentPart shows what was said to one thing; its own patient says more. title names the
// thing for who hears the page.
export function commentPart(ctx, comments, kind, id, title) {
  const said = comments.filter((c) => c.about.id === id).reverse();
  return [said.length > 0 && h('div.comments', h('p', h('b', t(ctx.own ? 'comment.own' : 'comment.theirs'))),
    said.map((c) => h('p.quote', { dir: 'auto' }, c.text, h('span.note', ` ${dateTime(c.at)}`)))),
  ctx.own && addForm(ctx, kind, id, title)];
}

function addForm(ctx, kind, id, title) {
  const text = textField('text', t('comment.words'), { area: true, maxlength: '2000', dir: 'auto', hint: t('comment.hint') });
  const made = uuid7();
  return h('details', h('summary', `${t('comment.add')}: ${title}`), form([text, { el: helpBelow(ctx.me, text) }], async () => {
    await call('POST', ctx.api('comments'), { body: { id: made, about: { kind, id }, text: text.read() } });
    sayNext(t('comment.done'));
    await ctx.again();
  }, { submit: t('comment.send'), check: () => required(text) }));
}
