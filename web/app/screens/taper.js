// One plan of steps: what it is, who signed it, and what a prescriber does with it. The
// patient says whether they want it, where that is asked.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { action } from '../action.js';
import { dateIn } from '../clocks.js';
import { dateTime, day } from '../format.js';
import { form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { callPart, dosesPart } from '../tabletview.js';
import { pacePart, stepsPart } from './newtaper.js';

export default async function taperScreen(ctx) {
  const path = ctx.api(`tapers/${ctx.params.taper}`);
  const { data: p, etag } = await call('GET', path);
  const staff = ctx.me.role === 'clinician';
  const done = async (words) => {
    sayNext(t(words));
    await ctx.again();
  };
  return {
    title: p.name,
    back: [t('tapers.title'), ctx.at('tapers')],
    body: [
      h('div.card', h('p', h('b', t(p.replacedBy ? 'tapers.replaced' : `tapers.status.${p.status}`))), p.signatures.map((s) => h('p.note', t('tablets.signed', { name: s.by.name, time: dateTime(s.at) }))),
        p.words && h('p.quote', p.words), callPart(p.call), p.wish && h('p', t(p.wish.wants ? 'tapers.wish.yes' : 'tapers.wish.no'), p.wish.words && ` ${p.wish.words}`)),
      staff && pacePart(p), staff && p.reason && h('p.card', t('ordering.taper.because', { reason: p.reason })),
      p.course.length > 0 ? stepsPart(p, 'h2') : h('ol.plain', p.steps.map((s, i) => h('li', h('h2', t('tapers.days', { n: i + 1, days: s.days })), dosesPart(p.tablets[i])))),
      p.acts.length > 0 && h('section', h('h2', t('tapers.acts')), h('ul.dots', p.acts.map((a) => h('li', t(`tapers.did.${a.do}`), ' · ', day(a.on), ' · ', a.by.name, a.why && `: ${a.why}`)))),
      ctx.own && p.opioidUse && p.status !== 'stopped' && wishPart(path, etag, done),
      staff && p.opioidUse && !p.wish?.wants && h('p.card', t('ordering.taper.wish')),
      staff && ['draft', 'signed'].includes(p.status) && action(t('ordering.taper.sign'), async () => {
        await call('POST', `${path}/sign`, { etag });
        await done('ordering.taper.signed');
      }),
      staff && ['draft', 'signed'].includes(p.status) && h('p', h('a', { href: ctx.at(`tapers/${p.id}/edit`) }, t('ordering.taper.edit'))),
      staff && ['active', 'on-hold', 'held'].includes(p.status) && actPart(p, path, etag, done),
    ],
  };
}

const may = { active: ['pause', 'step-back', 'hold', 'stop'], 'on-hold': ['resume', 'step-back', 'hold', 'stop'], held: ['resume', 'stop'] };

const AT_ONCE = ['hold', 'stop']; // from today on where the patient is: no day is asked

function actPart(p, path, etag, done) {
  const acts = may[p.status].filter((d) => !p.replacedBy || AT_ONCE.includes(d));
  const what = selectField('do', t('ordering.taper.do'), acts.map((d) => [d, t(`ordering.taper.do.${d}`)]));
  const on = textField('on', t('ordering.taper.on'), { type: 'date', min: dateIn(Date.now()), value: dateIn(Date.now()) });
  const reason = selectField('reason', t('ordering.taper.why-at-once'), ['', 'rash', 'sedation', 'long-qt', 'other'].map((r) => [r, t(`ordering.taper.at-once.${r || 'none'}`)]));
  const why = textField('why', t('ordering.taper.why'), { area: true, maxlength: 1000 });
  const atOnce = () => AT_ONCE.includes(what.read());
  const draw = () => {
    on.el.hidden = atOnce();
    reason.el.hidden = !atOnce();
  };
  what.input.addEventListener('change', draw);
  draw();
  const send = async () => {
    await call('POST', `${path}/act`, { etag, body: { do: what.read(), ...(atOnce() ? {} : { on: on.read() }), why: why.read(), ...(atOnce() && reason.read() ? { reason: reason.read() } : {}) } });
    await done('ordering.taper.did');
  };
  return h('section', h('h2', t('ordering.taper.change')), form([what, on, reason, why], send, { check: () => required(...(atOnce() ? [] : [on]), why) }));
}

function wishPart(path, etag, done) {
  const words = textField('words', t('tapers.wish.words'), { area: true, maxlength: 1000 });
  const say = (wants) => async () => {
    await call('PUT', `${path}/wish`, { etag, body: { wants, words: words.read() } });
    await done('tapers.wish.thanks');
  };
  return h('section.card', h('h2', t('tapers.wish')), h('p', t('tapers.wish.lead')), words.el, h('div.actions', action(t('tapers.wish.want'), say(true)), action(t('tapers.wish.dont'), say(false), { kind: 'quiet' })));
}
