// One plan of steps: what it is, who signed it, and what a prescriber does with it. The
// patient says whether they want it, where that is asked.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { action } from '../action.js';
import { dateTime, day, localDay } from '../format.js';
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
      h('div.card', h('p', h('b', t(`tapers.status.${p.status}`))), p.signatures.map((s) => h('p.note', t('tablets.signed', { name: s.by.name, time: dateTime(s.at) }))),
        p.words && h('p.quote', p.words), callPart(p.call), p.wish && h('p', t(p.wish.wants ? 'tapers.wish.yes' : 'tapers.wish.no'), p.wish.words && ` ${p.wish.words}`)),
      staff && pacePart(p), staff && p.reason && h('p.card', t('ordering.taper.because', { reason: p.reason })),
      p.course.length > 0 ? stepsPart(p, 'h2') : h('ol.plain', p.steps.map((s, i) => h('li', h('h2', t('tapers.days', { n: i + 1, days: s.days })), dosesPart(p.tablets[i])))),
      p.acts.length > 0 && h('section', h('h2', t('tapers.acts')), h('ul.dots', p.acts.map((a) => h('li', t(`tapers.did.${a.do}`), ' · ', day(a.on), ' · ', a.by.name, a.why && `: ${a.why}`)))),
      ctx.own && p.opioidUse && p.status !== 'stopped' && wishPart(path, done),
      staff && p.opioidUse && !p.wish?.wants && h('p.card', t('ordering.taper.wish')),
      staff && ['draft', 'signed'].includes(p.status) && action(t('ordering.taper.sign'), async () => {
        await call('POST', `${path}/sign`, { etag });
        await done('ordering.taper.signed');
      }),
      staff && ['active', 'on-hold', 'held'].includes(p.status) && actPart(p, path, etag, done),
    ],
  };
}

const may = { active: ['pause', 'step-back', 'hold', 'stop'], 'on-hold': ['resume', 'step-back', 'hold', 'stop'], held: ['resume', 'stop'] };

function actPart(p, path, etag, done) {
  const what = selectField('do', t('ordering.taper.do'), may[p.status].map((d) => [d, t(`ordering.taper.do.${d}`)]));
  const on = textField('on', t('ordering.taper.on'), { type: 'date', min: localDay(), value: localDay() });
  const reason = selectField('reason', t('ordering.taper.why-at-once'), ['', 'rash', 'sedation', 'long-qt', 'other'].map((r) => [r, t(`ordering.taper.at-once.${r || 'none'}`)]));
  const why = textField('why', t('ordering.taper.why'), { area: true, maxlength: 1000 });
  const send = async () => {
    await call('POST', `${path}/act`, { etag, body: { do: what.read(), on: on.read(), why: why.read(), ...(reason.read() ? { reason: reason.read() } : {}) } });
    await done('ordering.taper.did');
  };
  return h('section', h('h2', t('ordering.taper.change')), form([what, on, reason, why], send, { check: () => required(on, why) }));
}

function wishPart(path, done) {
  const words = textField('words', t('tapers.wish.words'), { area: true, maxlength: 1000 });
  const say = (wants) => async () => {
    await call('PUT', `${path}/wish`, { body: { wants, words: words.read() } });
    await done('tapers.wish.thanks');
  };
  return h('section.card', h('h2', t('tapers.wish')), h('p', t('tapers.wish.lead')), words.el, h('div.actions', action(t('tapers.wish.want'), say(true)), action(t('tapers.wish.dont'), say(false), { kind: 'quiet' })));
}
