// Write down an allergy or another bad reaction, or say anew what is known of one.

import { t } from '../texts.js';
import { here } from '../chartback.js';
import { call } from '../api.js';
import { localDay } from '../format.js';
import { form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';

export default async function newReactionScreen(ctx) {
  await here(ctx);
  const path = ctx.params.reaction && ctx.api(`reactions/${ctx.params.reaction}`);
  const { data: was, etag } = path ? await call('GET', path) : { data: {} };
  const substance = textField('substance', t('medicines.reaction.to'), { maxlength: 200, autocomplete: 'off', value: was.substance ?? '' });
  const kind = selectField('kind', t('medicines.reaction.kind'), ['allergy', 'intolerance'].map((v) => [v, t(`medicines.kind.${v}`)]), { value: was.kind });
  const sure = ctx.own ? [...new Set(['unconfirmed', was.certainty ?? 'unconfirmed', ...(path ? ['entered-in-error'] : [])])] : ['unconfirmed', 'confirmed', ...(path ? ['refuted', 'entered-in-error'] : [])];
  const certainty = selectField('certainty', t('medicines.reaction.sure'), sure.map((v) => [v, t(`medicines.certainty.${v}`)]), { value: was.certainty });
  const severity = selectField('severity', t('medicines.reaction.bad'), ['mild', 'moderate', 'severe'].map((v) => [v, t(`medicines.severity.${v}`)]), { value: was.severity });
  const what = textField('what', t('medicines.reaction.what'), { area: true, maxlength: 1000, value: was.what ?? '' });
  const on = textField('on', t('medicines.reaction.on'), { type: 'date', max: localDay(), value: was.on ?? '' });
  const id = uuid7();
  const send = async () => {
    const terms = { substance: substance.read(), kind: kind.read(), certainty: certainty.read(), severity: severity.read(), what: what.read(), on: on.read() };
    if (path) await call('PUT', path, { etag, body: terms });
    else await call('POST', ctx.api('reactions'), { body: { id, ...terms } });
    sayNext(t('medicines.saved-it'));
    ctx.go(ctx.at('medicines'));
  };
  return {
    title: t(path ? 'medicines.reaction.change' : 'medicines.reaction.add'),
    back: [t('medicines.title'), ctx.at('medicines')],
    body: form([substance, kind, severity, ...(ctx.own && !path ? [] : [certainty]), what, on], send, { check: () => required(substance) }),
  };
}
