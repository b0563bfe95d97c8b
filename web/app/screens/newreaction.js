// Write down an allergy or another bad reaction.

import { t } from '../texts.js';
import { call } from '../api.js';
import { localDay } from '../format.js';
import { form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';

export default async function newReactionScreen(ctx) {
  const substance = textField('substance', t('medicines.reaction.to'), { maxlength: 200, autocomplete: 'off' });
  const kind = selectField('kind', t('medicines.reaction.kind'), ['allergy', 'intolerance'].map((v) => [v, t(`medicines.kind.${v}`)]));
  const sure = ctx.own ? ['unconfirmed'] : ['unconfirmed', 'confirmed'];
  const certainty = selectField('certainty', t('medicines.reaction.sure'), sure.map((v) => [v, t(`medicines.certainty.${v}`)]));
  const severity = selectField('severity', t('medicines.reaction.bad'), ['mild', 'moderate', 'severe'].map((v) => [v, t(`medicines.severity.${v}`)]));
  const what = textField('what', t('medicines.reaction.what'), { area: true, maxlength: 1000 });
  const on = textField('on', t('medicines.reaction.on'), { type: 'date', max: localDay() });
  const id = uuid7();
  const send = async () => {
    await call('POST', ctx.api('reactions'), { body: { id, substance: substance.read(), kind: kind.read(), certainty: certainty.read(), severity: severity.read(), what: what.read(), on: on.read() } });
    sayNext(t('medicines.saved-it'));
    ctx.go(ctx.at('medicines'));
  };
  return {
    title: t('medicines.reaction.add'),
    back: [t('medicines.title'), ctx.at('medicines')],
    body: form([substance, kind, severity, ...(ctx.own ? [] : [certainty]), what, on], send, { check: () => required(substance) }),
  };
}
