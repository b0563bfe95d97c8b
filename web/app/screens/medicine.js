// One line of the list: the patient's own words about it, and how it ends. A prescriber
// renews; the team writes down when a depot was given.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { action } from '../action.js';
import { dateTime, localDay } from '../format.js';
import { form, required, textField } from '../forms.js';
import { say, sayNext } from '../frame.js';
import { unlessInterrupted } from '../interruption.js';
import { lineFacts, titleOf } from '../medicineview.js';

export default async function medicineScreen(ctx) {
  const path = ctx.api(`medicines/${ctx.params.medicine}`);
  const { data: m, etag } = await call('GET', path);
  const active = m.status === 'active';
  const staff = ctx.me.role === 'clinician';
  const mayWrite = staff || ctx.own;
  const done = async () => {
    sayNext(t('medicines.saved-it'));
    await ctx.go(ctx.at('medicines'));
  };
  const taken = textField('taken', t('medicines.taken.label'), { area: true, maxlength: 1000, value: m.taken ?? '' });
  const why = textField('why', t('medicines.why.label'), { area: true, maxlength: 1000, value: m.why ?? '' });
  const on = textField('on', t('medicines.stopped.on'), { type: 'date', max: localDay(), value: localDay() });
  const because = textField('why', t('medicines.stopped.why'), { area: true, maxlength: 1000 });
  const given = textField('on', t('ordering.last'), { type: 'date', max: localDay(), value: localDay() });
  const put = async () => {
    await call('PUT', `${path}/words`, { etag, body: { taken: taken.read(), why: why.read() } });
    await done();
  };
  const stop = async () => {
    const ended = await unlessInterrupted((goOn) => call('POST', `${path}/stop`, { body: { on: on.read(), why: because.read(), goOn } }));
    if (!ended) return say(t('ordering.not-sent'));
    return done();
  };
  return {
    title: titleOf(m),
    back: [t('medicines.title'), ctx.at('medicines')],
    body: [
      h('div.card', lineFacts(m), m.renewedAt && h('p.note', t('medicines.renewed', { time: dateTime(m.renewedAt) })),
        (m.passed ?? []).map((p) => h('p.note', t('ordering.passed', { name: p.by.name, reason: p.reason })))),
      active && staff && m.source === 'here' && action(t('ordering.renew'), async () => {
        await call('POST', `${path}/renew`);
        await done();
      }),
      active && staff && m.everyDays > 0 && h('section', h('h2', t('ordering.given')), form([given], async () => {
        await call('POST', `${path}/given`, { body: { on: given.read() } });
        await done();
      }, { check: () => required(given) })),
      active && mayWrite && h('section', h('h2', t('medicines.words')), form([taken, why], put)),
      active && mayWrite && (m.source !== 'here' || staff) && h('details.card', h('summary', t('medicines.stop')), ctx.own && h('p.warn', t('medicines.stop.ask')),
        form([on, because], stop, { submit: t('medicines.stop.send'), check: () => required(on, because) })),
      active && ctx.own && m.source === 'here' && h('p.note', t('medicines.stop.ask')),
    ],
  };
}
