// What became of the doses of the last days: taken, not taken, not asked and no answer are
// kept apart. Somebody of the team writes down what they saw.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { localDay, shortDay } from '../format.js';
import { form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';

const DAYS = 14;

export default async function takingScreen(ctx) {
  const { lines } = await read(ctx.api(`taking?from=${localDay(1 - DAYS)}&days=${DAYS}`));
  const which = selectField('medicineId', t('taking.which'), lines.map((l) => [l.medicineId, l.name]));
  const on = textField('on', t('medicines.stopped.on'), { type: 'date', max: localDay(), value: localDay() });
  const state = selectField('state', t('taking.what'), ['taken', 'skipped'].map((s) => [s, t(`taking.state.${s}`)]));
  const send = async () => {
    await call('POST', ctx.api('taking'), { body: { medicineId: which.read(), on: on.read(), state: state.read() } });
    sayNext(t('medicines.saved-it'));
    await ctx.again();
  };
  return {
    title: t('taking.title'),
    lead: t('taking.lead'),
    back: [t('medicines.title'), ctx.at('medicines')],
    body: [
      lines.length === 0 ? h('p.card', t('medicines.none')) : lines.map((l) => h('section.card', h('h2', l.name),
        h('ul.dots', l.days.toReversed().map((d) => h('li', shortDay(d.on), ': ', t(`taking.state.${d.state}`), d.doses.filter((x) => x.via === 'team').map((x) => ` · ${x.by.name}`)))))),
      lines.length > 0 && h('section', h('h2', t('taking.tell')), form([which, on, state], send, { check: () => required(on) })),
    ],
  };
}
