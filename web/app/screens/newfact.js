// Write down a result or another fact that the rules and the agreement wait for.

import { h, fill } from '../dom.js';
import { here } from '../chartback.js';
import { t } from '../texts.js';
import { amountOf } from '../amounts.js';
import { call } from '../api.js';
import { localDay } from '../format.js';
import { form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { whatWords } from '../agreementview.js';

const words = { naloxone: ['yes', 'no', 'unknown'], pregnancy: ['yes', 'no', 'possible', 'unknown'], 'kidney-thyroid': ['done'], liver: ['done'] };
const units = { 'ecg-qtc': 'ms', 'lithium-level': 'mmol/L', anc: '10*9/L', weight: 'kg', 'opioid-free-days': '' };

export default async function newFactScreen(ctx) {
  await here(ctx);
  const code = selectField('code', t('agreeing.what'), [...Object.keys(units), ...Object.keys(words)].map((c) => [c, whatWords(c)]));
  const place = h('div');
  let value;
  const draw = () => {
    const of = words[code.read()];
    value = of ? selectField('word', t('facts.value'), of.map((w) => [w, t(`ordering.word.${w}`)]))
      : textField('number', [t('facts.value'), units[code.read()]].filter(Boolean).join(', '), { inputmode: 'decimal' });
    fill(place, value.el);
  };
  code.input.addEventListener('change', draw);
  draw();
  const on = textField('on', t('facts.on'), { type: 'date', max: localDay(), value: localDay() });
  const send = async () => {
    // Of today it is now: a result of this morning must not be older than what asked for it.
    const at = on.read() === localDay() ? new Date() : new Date(`${on.read()}T12:00:00`);
    await call('POST', ctx.api('medicines/facts'), { body: { code: code.read(), on: at.toISOString(), ...(words[code.read()] ? { word: value.read() } : { number: amountOf(value.read()) }) } });
    sayNext(t('medicines.saved-it'));
    ctx.go(ctx.at('medicines'));
  };
  return {
    title: t('facts.title'),
    back: [t('medicines.title'), ctx.at('medicines')],
    body: form([code, { el: place, get fields() { return [value]; } }, on], send, { check: () => required(value, on) }),
  };
}
