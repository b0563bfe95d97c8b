// A meeting about one patient: for the team what to talk about and what was decided, for
// the patient what they were told, in their language.

import { h, button } from '../dom.js';
import { language, t } from '../texts.js';
import { read } from '../api.js';
import { chartBack } from '../chartback.js';
import { dateTime } from '../format.js';
import { whoTakes } from '../colleagues.js';
import { commentPart, commentsOn } from '../owncomments.js';
import { casePart } from '../meetingview.js';

export default async function meetingScreen(ctx) {
  return ctx.me.role === 'clinician' ? teamScreen(ctx) : toldScreen(ctx);
}

async function toldScreen(ctx) {
  const [s, comments] = await Promise.all([read(ctx.api(`meetings/${ctx.params.meeting}/summary?language=${language()}`)), commentsOn(ctx, 'meeting-decision')]);
  return {
    title: t('meeting.own.one'),
    lead: s.opening[0],
    back: [t('meeting.own'), ctx.at('meetings')],
    body: [s.opening.slice(1).map((line) => h('p', { dir: 'auto' }, line)),
      h('ul.cards', s.lines.map((l) => h('li.card', h('h2', { dir: 'auto' }, l.text), l.sentences.map((one) => h('p', { dir: 'auto' }, one)), commentPart(ctx, comments, 'meeting-decision', l.decision, l.text)))),
      h('p', s.closing), h('div.actions', h('a.button.quiet', { href: ctx.at('messages/new') }, t('meeting.write')), button(t('learn.print'), () => print(), { kind: 'quiet' }))],
  };
}

async function teamScreen(ctx) {
  const [page, people, comments] = await Promise.all([read(ctx.api(`meetings/${ctx.params.meeting}`)), whoTakes(ctx.patientId, ctx.me), commentsOn(ctx, 'meeting-decision')]);
  const { meeting } = page;
  return {
    title: t('meeting.about', { name: meeting.patientName }),
    lead: t('meeting.at', { time: dateTime(meeting.start), topic: meeting.topic }),
    back: [t('meeting.title'), ctx.at('meetings')],
    body: [meeting.mine && h('a.button.main', { href: `#/meetings/${meeting.meetingId}` }, t('meeting.run')),
      casePart(page, people, ctx.again),
      [...meeting.decisions, ...meeting.earlier].map((d) => [d, commentPart(ctx, comments, 'meeting-decision', d.id, d.text)]).filter(([d]) => comments.some((c) => c.about.id === d.id))
        .map(([d, part]) => h('section.card', h('h3', { dir: 'auto' }, d.text), part)),
      h('a.button.quiet', { href: (await chartBack(ctx))[1] }, t('alert.chart'))],
  };
}
