// One thing that a team does not agree on: each one's own position, what the patient would
// have, and how it ended. The patient reads it in plain words and says what they want.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { chartBack } from '../chartback.js';
import { date, dateTime } from '../format.js';
import { choiceField, form, required, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { helpBelow } from '../messaging.js';
import { nameOfItem } from '../careplanview.js';
import { taskWords } from './tasks.js';

export default async function disagreementScreen(ctx) {
  const path = ctx.api(`disagreements/${ctx.params.disagreement}`);
  const it = await read(path);
  return ctx.me.role === 'clinician' ? teamScreen(ctx, path, it) : ownScreen(ctx, path, it);
}

const sender = (ctx, said) => async (method, path, body) => {
  await call(method, path, { body });
  sayNext(t(said));
  await ctx.again();
};

function ownScreen(ctx, path, it) {
  const words = textField('words', t('disagreement.prefer.own'), { area: true, maxlength: '1000', hint: t('disagreement.prefer.hint'), value: it.preference?.spoken ? '' : it.preference?.words });
  const send = () => sender(ctx, 'disagreement.prefer.said')('PUT', `${path}/preference`, { words: words.read() });
  const asks = ctx.own && it.status === 'open';
  return {
    title: t('disagreement.own.one'),
    back: [t('disagreement.own'), ctx.at('disagreements')],
    body: [h('p.card', { dir: 'auto' }, it.forPatient),
      it.ending ? h('section.card', h('h2', t('disagreement.became')), h('p', { dir: 'auto' }, it.ending.forPatient), h('p', t(`disagreement.goes.${it.ending.preference}`)),
        h('p.note', t('disagreement.by', { name: it.ending.by.name, day: date(it.ending.at) })))
        : h('p', t(it.status === 'open' ? 'disagreement.own.open' : 'disagreement.own.withdrawn', { name: it.owner.name, day: date(it.dueAt) })),
      it.preference && preferred(it),
      asks && form([words, { el: helpBelow(ctx.me, words) }], send, { check: () => required(words) }),
      h('div.actions', h('a.button.quiet', { href: ctx.at('messages/new') }, t('meeting.write')))],
  };
}

const preferred = (it) => h('section', h('h2', t('disagreement.preference')), h('p.quote', { dir: 'auto' }, it.preference.words),
  it.preference.spoken && h('p.note', t('disagreement.spoken', { name: it.preference.by.name })));

async function teamScreen(ctx, path, it) {
  const [plan, page] = await Promise.all([it.items?.length > 0 ? read(ctx.api('care-plan')) : undefined, it.maySettle ? read(ctx.api('page')) : undefined]);
  return {
    title: t('disagreement.one'),
    lead: t(`disagreement.subject.${it.subject}`),
    back: [t('disagreement.title'), ctx.at('disagreements')],
    body: [h('div.card', h('p', h('b', t(`disagreement.status.${it.status}`)), it.overdue && h('span.tag', t('task.overdue'))), h('p', { dir: 'auto' }, it.question),
      it.items?.length > 0 && h('ul.dots', it.items.map((id) => h('li', { dir: 'auto' }, nameOfItem(plan, id)))),
      it.status === 'open' && h('p', t('disagreement.until', { name: it.owner.name, day: dateTime(it.dueAt) })),
      it.asked && h('p.note', t('task.asked', { name: it.asked.name })),
      it.wentTo?.length > 0 && h('p.note', t('disagreement.went', { names: it.wentTo.map((p) => p.name).join(', ') })),
      h('p.note', { dir: 'auto' }, t('disagreement.asks', { text: it.forPatient })), it.hard && h('p.warn', t('meeting.hard')),
      it.note && h('p.quote', { dir: 'auto' }, it.note),
      it.status === 'open' && h('a.button.quiet', { href: `#/tasks/${it.taskId}` }, t('meeting.task'))),
    it.preference ? preferred(it) : h('p.card', t('disagreement.preference.none')),
    endingPart(it, ctx),
    h('section', h('h2', t('disagreement.positions')), it.positions.length === 0 && h('p.note', t('disagreement.positions.none')),
      h('ul.cards', it.positions.map((p) => h('li.card', h('p', h('b', p.by.name), p.discipline && ` · ${t(`discipline.${p.discipline}`)}`), h('p.quote', { dir: 'auto' }, p.text))))),
    it.maySay && sayPart(ctx, path, it), it.maySettle && settlePart(ctx, path, it, page)],
  };
}

const endingPart = (it, ctx) => it.ending && h('section.card', h('h2', t('disagreement.became')), h('p', { dir: 'auto' }, it.ending.outcome), h('p', t(`disagreement.goes.${it.ending.preference}`)),
  it.ending.why && h('p.quote', { dir: 'auto' }, it.ending.why), h('p.note', { dir: 'auto' }, t('meeting.for-patient.is', { text: it.ending.forPatient })),
  h('p.note', t('disagreement.by', { name: it.ending.by.name, day: date(it.ending.at) })),
  (it.ending.changed ?? []).filter((r) => r.type === 'task').map((r) => h('a.button.quiet.small', { href: `#/tasks/${r.id}` }, t('meeting.task'))),
  it.planVersions?.length > 0 ? h('p.note', t('meeting.plan', { n: it.planVersions[0] })) : h('a.button.quiet.small', { href: ctx.at(`care-plan/new/settled/${it.id}`) }, t('meeting.plan.change')));

function sayPart(ctx, path, it) {
  const mine = it.positions.find((p) => p.by.accountId === ctx.me.accountId);
  const text = textField('text', t('disagreement.position'), { area: true, maxlength: '2000', value: mine?.text });
  const words = textField('words', t('disagreement.prefer.team'), { area: true, maxlength: '1000' });
  const own = it.preference && !it.preference.spoken;
  return [h('div.card', form([text], () => sender(ctx, 'alert.saved')('PUT', `${path}/position`, { text: text.read() }), { submit: t('disagreement.position.send'), check: () => required(text) })),
    !own && h('details', h('summary', t('disagreement.prefer.for')), form([words], () => sender(ctx, 'alert.saved')('PUT', `${path}/preference`, { words: words.read() }), { check: () => required(words) }))];
}

function settlePart(ctx, path, it, page) {
  const goings = it.preference ? ['as-they-want', 'in-part', 'otherwise'] : ['not-said'];
  const tasks = (page.tasks ?? []).filter((task) => task.id !== it.taskId && task.code !== 'care-plan-lead');
  const f = {
    outcome: textField('outcome', t('disagreement.outcome'), { area: true, maxlength: '2000' }),
    forPatient: textField('forPatient', t('meeting.for-patient'), { area: true, maxlength: '1000', hint: t('disagreement.for-patient.hint') }),
    preference: choiceField('preference', t('disagreement.goes'), goings.map((g) => [g, t(`disagreement.goes.${g}`)]), { value: goings[0] }),
    why: textField('why', t('disagreement.why'), { area: true, maxlength: '2000', hint: t('disagreement.why.hint') }),
  };
  if (tasks.length > 0) f.changed = choiceField('changed', t('disagreement.changed'), tasks.map((task) => [task.id, taskWords(task)]), { many: true });
  const note = textField('note', t('handoff.cancel.why'), { area: true, maxlength: '2000' });
  const send = () => sender(ctx, 'disagreement.settled')('POST', `${path}/settle`, { outcome: f.outcome.read(), forPatient: f.forPatient.read(), preference: f.preference.read(), why: f.why.read(),
    changed: (f.changed?.read() ?? []).map((id) => ({ type: 'task', id })) });
  return [h('section.card', h('h2', t('disagreement.settle')), form(Object.values(f), send, { submit: t('disagreement.settle.send'), check: () => required(f.outcome, f.forPatient, f.preference) })),
    h('details', h('summary', t('disagreement.withdraw')), form([note], () => sender(ctx, 'alert.saved')('POST', `${path}/withdraw`, { note: note.read() }), { submit: t('disagreement.withdraw'), check: () => required(note) }))];
}
