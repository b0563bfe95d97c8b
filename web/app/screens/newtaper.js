// A plan of steps is built: steps, a look at the tablets and at the pace, then a draft
// that is signed on its own screen. A draft is written anew in the same form.

import { h, button, fill } from '../dom.js';
import { t } from '../texts.js';
import { amountOf } from '../amounts.js';
import { all, call } from '../api.js';
import { day, localDay } from '../format.js';
import { form, required, selectField, textField } from '../forms.js';
import { listField } from '../listfield.js';
import { sayNext } from '../frame.js';
import { problemWords } from '../problems.js';
import { dosesPart } from '../tabletview.js';
import { uuid7 } from '../uuid.js';

const units = ['mg', 'mcg', 'g', 'units', 'mmol'];
const TIMES = 2; // times a day that the form has; the API takes four
const num = (text) => (text ? amountOf(String(text)) : 0);
const textOf = (n) => (n ? String(n) : '');

export default async function newTaperScreen(ctx) {
  const was = ctx.params.taper && (await call('GET', ctx.api(`tapers/${ctx.params.taper}`)));
  const draft = was?.data;
  const medicineId = draft?.medicineId ?? ctx.params.medicine;
  const [{ data: m }, plans] = await Promise.all([call('GET', ctx.api(`medicines/${medicineId}`)), all(ctx.api('tapers'))]);
  const times = [...Array(Math.max(TIMES, ...(draft?.steps ?? []).map((s) => s.doses.length))).keys()];
  const inForce = !draft && plans.find((p) => p.medicineId === medicineId && ['active', 'on-hold', 'held'].includes(p.status) && !p.replacedBy);
  const f = {
    kind: selectField('kind', t('ordering.taper.kind'), ['taper', 'start'].map((k) => [k, t(`ordering.taper.kind.${k}`)]), { value: draft?.kind }),
    unit: selectField('unit', t('medicines.unit'), units.map((u) => [u, u]), { value: draft?.unit }),
    before: textField('before', t('ordering.taper.before'), { inputmode: 'decimal', value: textOf(draft ? draft.before : m.daily?.value) }),
    startsOn: textField('startsOn', t('ordering.taper.starts'), { type: 'date', value: draft?.startsOn ?? localDay(1) }),
    steps: listField('steps', t('ordering.taper.steps'), [{ name: 'days', label: t('ordering.taper.days'), inputmode: 'numeric' },
      ...times.flatMap((i) => [{ name: `doses[${i}].at`, label: t('ordering.taper.at', { n: i + 1 }), type: 'time' },
        { name: `doses[${i}].amount`, label: t('ordering.taper.amount', { n: i + 1 }), inputmode: 'decimal' }])], draft ? draft.steps.map(rowOf) : [''], { hint: t('ordering.taper.steps.hint'), max: 200 }),
    words: textField('words', t('ordering.directions'), { hint: t('ordering.directions.hint'), area: true, maxlength: 1000, value: draft?.words ?? '' }),
    reason: textField('reason', t('ordering.taper.reason'), { hint: t('ordering.taper.reason.hint'), area: true, maxlength: 1000, value: draft?.reason ?? '' }),
    name: textField('call.name', t('ordering.taper.call'), { maxlength: 200, value: draft?.call.name ?? ctx.me.name }),
    phone: textField('call.phone', t('ordering.taper.phone'), { type: 'tel', maxlength: 40, value: draft?.call.phone ?? '' }),
  };
  if (!draft && m.daily && units.includes(m.daily.unit)) f.unit.input.value = m.daily.unit;
  const id = draft?.id ?? uuid7();
  const terms = () => ({ kind: f.kind.read(), unit: f.unit.read(), before: num(f.before.read()), startsOn: f.startsOn.read(), words: f.words.read(), reason: f.reason.read(),
    call: { name: f.name.read(), phone: f.phone.read() },
    steps: f.steps.read().map((s) => ({ days: num(s.days), doses: times.filter((i) => s[`doses[${i}].at`] || s[`doses[${i}].amount`]).map((i) => ({ at: s[`doses[${i}].at`] ?? '', amount: num(s[`doses[${i}].amount`]) })) })) });
  const body = () => ({ medicineId, ...(inForce ? { replaces: inForce.id } : {}), ...terms() });
  const preview = h('div', { 'aria-live': 'polite' });
  const save = async () => {
    try {
      if (draft) await call('PUT', ctx.api(`tapers/${id}`), { etag: was.etag, body: terms() });
      else await call('POST', ctx.api('tapers'), { body: { id, ...body() } });
    } catch (problem) {
      return fill(preview, h('p.problem', { role: 'alert' }, problemWords(problem)));
    }
    sayNext(t('ordering.taper.drafted'));
    return ctx.go(ctx.at(`tapers/${id}`));
  };
  const look = async () => {
    const { data: p } = await call('POST', ctx.api('tapers/preview'), { body: body() });
    fill(preview, h('h2', t('ordering.taper.preview')), pacePart(p), stepsPart(p), button(t('ordering.taper.save'), save));
    preview.scrollIntoView();
  };
  return {
    title: t('ordering.taper.of', { name: m.name }),
    back: [t('tapers.title'), ctx.at('tapers')],
    body: [inForce && h('p.card', t('ordering.taper.replaces')),
      form(Object.values(f), look, { submit: t('ordering.taper.look'), check: () => required(f.startsOn, f.name, f.phone) }), preview],
  };
}

// rowOf is a step as a row of the form.
const rowOf = (s) => ({ days: String(s.days), ...Object.fromEntries(s.doses.flatMap((d, i) => [[`doses[${i}].at`, d.at], [`doses[${i}].amount`, String(d.amount)]])) });

// stepsPart are the steps on their days, with their tablets.
// It stands under a heading of its own on each screen; heading says of which level each step is.
export const stepsPart = (p, heading = 'h3') => h('ol.plain', p.course.map((s) => h('li', h(heading, t(s.days ? 'tapers.step' : 'tapers.step.open', { n: s.step + 1, day: day(s.from), days: s.days })),
  s.extra && h('p.note', t('tapers.rest')), dosesPart(p.tablets[s.step]))));

// pacePart is what the guard found, for prescribers.
export const pacePart = (p) => p.pace.length > 0 && h('div.card.warn', h('ul.dots', p.pace.map((f) => h('li', t(`ordering.taper.${f.found}`, { n: f.step + 1, percent: f.percent })))));
