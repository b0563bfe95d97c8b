// A check-in that a patient told on the telephone, on paper or in person, written down by
// somebody of their team and marked as such.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { chartBack } from '../chartback.js';
import { choiceField, form, required, textField } from '../forms.js';
import { offsetTime } from '../format.js';
import { sayNext } from '../frame.js';
import { saidZone } from '../intl.js';
import { instrumentFields, questionField, RATHER_NOT } from '../questions.js';
import { uuid7 } from '../uuid.js';

export default async function writeCheckInScreen(ctx) {
  const asked = await read(ctx.api('check-in-form'));
  const how = choiceField('how', t('writedown.how'), ['phone', 'paper', 'in-person'].map((w) => [w, t(`writedown.how.${w}`)]));
  const on = textField('answeredAt', t('writedown.when'), { type: 'datetime-local', value: offsetTime().slice(0, 16) });
  const questions = asked.questions.map((q) => ({ q, field: questionField(q) }));
  const instruments = asked.instruments.filter((i) => i.worded).map((i) => ({ i, part: instrumentFields(i) }));
  const id = uuid7();
  const told = () => ({
    answers: Object.fromEntries(questions.map(({ q, field }) => [q.id, field.read()]).filter(([, v]) => v !== null && v !== '' && v !== RATHER_NOT)),
    declined: questions.filter(({ field }) => field.read() === RATHER_NOT).map(({ q }) => q.id),
    instruments: instruments.map(({ i, part }) => ({ id: i.id, answers: part.read(), ...(part.declined().length > 0 && { declined: part.declined() }) })).filter((i) => i.declined || Object.keys(i.answers).length > 0),
  });
  const send = async () => {
    await call('POST', ctx.api('check-ins/written-down'), { body: { id, how: how.read(), formVersion: asked.version, answeredAt: new Date(on.read()).toISOString(), zone: saidZone().slice(0, 64), ...told() } });
    sayNext(t('writedown.saved'));
    ctx.go(ctx.at('check-ins'));
  };
  const check = () => {
    const { answers, declined, instruments: filled } = told();
    if (Object.keys(answers).length + filled.length + declined.length === 0) return [...required(how, on), [questions[0].field, t('checkin.empty')]];
    return [...required(how, on), ...questions.filter(({ field }) => field.valid && !field.valid()).map(({ field }) => [field, t('checkin.number')])];
  };
  return {
    title: t('writedown.title'), lead: t('writedown.lead'), back: await chartBack(ctx),
    body: h('div.card', form([how, on, ...questions.map(({ field }) => field), ...instruments.map(({ part }) => part)], send, { check })),
  };
}
