// Put a medicine on the list. A prescriber orders; everybody else writes down what comes
// from elsewhere. What the rules ask for are fields of the form, before anything
// interrupts.

import { h, fill } from '../dom.js';
import { t } from '../texts.js';
import { amountOf } from '../amounts.js';
import { call } from '../api.js';
import { localDay } from '../format.js';
import { form, required, selectField, textField } from '../forms.js';
import { say, sayNext } from '../frame.js';
import { unlessInterrupted } from '../interruption.js';
import { listOf } from '../keptmedicines.js';
import { uuid7 } from '../uuid.js';

const forms = ['tablet', 'capsule', 'film', 'patch', 'liquid', 'injection', 'depot', 'inhaler', 'drops', 'spray', 'other'];
const units = ['mg', 'mcg', 'g', 'mL', 'mg/mL', '%', 'units', 'mmol'];
const numbers = { 'ecg-qtc': true, 'opioid-free-days': true };
const words = { naloxone: ['yes', 'no', 'unknown'], pregnancy: ['yes', 'no', 'possible', 'unknown'] };

export default async function newMedicineScreen(ctx) {
  const { mayOrder } = await listOf(ctx.patientId);
  const f = fieldsFor(mayOrder);
  const asked = h('div', { 'aria-live': 'polite' });
  let facts = [];
  const id = uuid7();
  const body = (goOn) => ({ id, source: f.source.read(), name: f.name.read(), ...strength(f), ...optional(f), goOn,
    facts: facts.filter(([, field]) => field.read()).map(([code, field]) => ({ code, on: new Date().toISOString(), ...(numbers[code] ? { number: amountOf(field.read()) } : { word: field.read() }) })) });
  // The rules are asked what they would like to know as soon as there is a name.
  const look = async () => {
    if (f.source.read() !== 'here' || !f.name.read()) return fill(asked);
    const checked = await call('POST', ctx.api('medicines/check'), { body: { ...body([]), facts: [] } }).then((a) => a.data, () => null);
    if (!checked) return undefined;
    facts = checked.asks.map((a) => [a.fact, factField(a)]);
    return fill(asked, checked.refused && h('p.warn', { role: 'alert' }, t('ordering.refused')),
      checked.notChecked.includes(id) && h('p.note', t('medicines.not-checked')), facts.map(([, field]) => field.el));
  };
  f.name.input.addEventListener('change', look);
  f.source.input.addEventListener('change', look);
  const send = async () => {
    const done = await unlessInterrupted((goOn) => call('POST', ctx.api('medicines'), { body: body(goOn) }));
    if (!done) return say(t('ordering.not-sent'));
    sayNext(t('medicines.added'));
    return ctx.go(ctx.at('medicines'));
  };
  const askRow = { el: asked, get fields() { return facts.map(([, field]) => field); } };
  return {
    title: t(mayOrder ? 'ordering.title' : 'medicines.add'),
    back: [t('medicines.title'), ctx.at('medicines')],
    body: form([f.source, f.name, askRow, f.amount, f.unit, f.form, ...(mayOrder ? [f.directions] : []), f.taken, f.why, f.by, f.since, ...(mayOrder ? [f.last, f.every, f.second] : [])], send,
      { submit: t('medicines.put'), check: () => required(f.name) }),
  };
}

function fieldsFor(mayOrder) {
  const sources = [...(mayOrder ? ['here'] : []), 'elsewhere', 'over-the-counter', 'street'];
  return {
    source: selectField('source', t('medicines.from'), sources.map((s) => [s, t(`medicines.source.${s}`)])),
    name: textField('name', t('medicines.name'), { hint: t('medicines.name.hint'), maxlength: 200, autocomplete: 'off' }),
    amount: textField('strength.value', t('medicines.strength'), { inputmode: 'decimal' }),
    unit: selectField('strength.unit', t('medicines.unit'), units.map((u) => [u, u])),
    form: selectField('form', t('medicines.form'), [['', t('medicines.form.none')], ...forms.map((v) => [v, t(`medicines.form.${v}`)])]),
    directions: textField('directions', t('ordering.directions'), { hint: t('ordering.directions.hint'), area: true, maxlength: 1000 }),
    taken: textField('taken', t('medicines.taken.label'), { area: true, maxlength: 1000 }),
    why: textField('why', t('medicines.why.label'), { area: true, maxlength: 1000 }),
    by: textField('prescribedBy', t('medicines.by'), { maxlength: 200 }),
    since: textField('since', t('medicines.since.label'), { type: 'date', max: localDay() }),
    last: textField('lastDoseOn', t('ordering.last'), { type: 'date', max: localDay() }),
    every: textField('everyDays', t('ordering.every'), { inputmode: 'numeric' }),
    second: textField('secondLine', t('ordering.second'), { maxlength: 1000 }),
  };
}

const strength = (f) => (f.amount.read() ? { strength: { value: amountOf(f.amount.read()), unit: f.unit.read() } } : {});

function optional(f) {
  const out = { everyDays: f.every.read() ? Number(f.every.read()) : 0 };
  for (const [key, field] of Object.entries({ form: f.form, directions: f.directions, taken: f.taken, why: f.why, prescribedBy: f.by, since: f.since, lastDoseOn: f.last, secondLine: f.second })) {
    if (field.read() && (key !== 'directions' || f.source.read() === 'here')) out[key] = field.read();
  }
  return out;
}

const factField = (a) => (words[a.fact]
  ? selectField('facts', t(`ordering.fact.${a.fact}`), [['', t('share.choose')], ...words[a.fact].map((w) => [w, t(`ordering.word.${w}`)])])
  : textField('facts', t(`ordering.fact.${a.fact}`), { inputmode: 'decimal' }));
