// One side effect that was told. The team says what it makes of it, and takes the report
// for the authority.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { action } from '../action.js';
import { date, dateTime, day } from '../format.js';
import { choiceField, form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { saveFile } from '../savefile.js';
import { effectWords } from '../effectwords.js';

const assessments = ['unassessable', 'unlikely', 'possible', 'probable', 'certain'];
const actions = ['not-changed', 'reduced', 'increased', 'withdrawn', 'not-applicable', 'unknown'];
const outcomes = ['unknown', 'recovering', 'recovered', 'not-recovered', 'with-sequelae', 'fatal'];
const criteria = ['death', 'life-threatening', 'hospitalisation', 'disabling', 'birth-defect', 'other-important'];

export default async function sideEffectScreen(ctx) {
  const path = ctx.api(`side-effects/${ctx.params.effect}`);
  const r = await read(path);
  const staff = ctx.me.role === 'clinician';
  return {
    title: r.medicine || t('effects.which.unknown'),
    back: [t('effects.title'), ctx.at('medicines/side-effects')],
    body: [
      h('div.card', h('p', effectWords(r)), h('p', t(`effects.bad.${r.severity}`)), r.startedOn && h('p.note', t('effects.began', { day: day(r.startedOn) })),
        h('p.note', `${r.by.name} · ${dateTime(r.at)}`)),
      r.answer ? h('div.card', h('h2', t('effects.answer')), h('p.quote', r.answer.words), h('p.note', `${r.answer.by.name} · ${date(r.answer.at)}`)) : h('p.card', t('effects.waits')),
      staff && answerForm(r, path, ctx),
      staff && action(t('answering.export'), async () => {
        const report = await read(`${path}/for-authority`);
        saveFile(`side-effect-${r.id}.json`, 'application/json', JSON.stringify(report, null, 1));
      }, { kind: 'quiet' }),
      staff && h('p.note', t('answering.export.note')),
    ],
  };
}

function answerForm(r, path, ctx) {
  const select = (name, of) => selectField(name, t(`answering.${name}`), of.map((v) => [v, t(`answering.${name}.${v}`)]), { value: r.answer?.[name] ?? of[0] });
  const fields = { assessment: select('assessment', assessments), action: select('action', actions), outcome: select('outcome', outcomes) };
  const serious = choiceField('criteria', t('answering.criteria'), criteria.map((v) => [v, t(`answering.criteria.${v}`)]), { many: true, value: r.answer?.criteria });
  const words = textField('words', t('answering.words'), { area: true, maxlength: 2000, hint: t('answering.words.hint'), value: r.answer?.words ?? '' });
  const send = async () => {
    await call('POST', `${path}/answer`, { body: { assessment: fields.assessment.read(), action: fields.action.read(), outcome: fields.outcome.read(), criteria: serious.read(), words: words.read() } });
    sayNext(t('medicines.saved-it'));
    await ctx.again();
  };
  return h('section', h('h2', t('answering.title')), form([fields.assessment, fields.action, fields.outcome, serious, words], send, { check: () => required(words) }));
}
