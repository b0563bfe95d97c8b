// Tell of a side effect. It is kept on this phone first, and sent when there is a network.
// One that is serious is met with help before everything else.

import { h, fill } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { helpFirst } from '../callcard.js';
import { localDay } from '../format.js';
import { choiceField, form, selectField, textField } from '../forms.js';
import { putFirst, sayNext } from '../frame.js';
import { medicinesOf } from '../keptmedicines.js';
import { helpBelow } from '../messaging.js';
import { keep, sendAll } from '../outbox.js';
import { needsHelp } from '../phrases.js';
import { safely } from '../safely.js';
import { uuid7 } from '../uuid.js';

export default async function tellSideEffectScreen(ctx) {
  const { choices } = await medicinesOf(ctx);
  const which = selectField('medicineId', t('effects.which'), [...choices.filter((c) => c.medicineId).map((c) => [c.medicineId, c.name]), ['', t('effects.which.unknown')]]);
  const offered = () => choices.find((c) => (c.medicineId ?? '') === which.read())?.effects ?? [];
  const warn = h('div', { role: 'status' });
  const place = h('div');
  let effects;
  const serious = () => offered().some((e) => e.serious && effects.read().includes(e.code));
  const draw = () => {
    effects = choiceField('effects', t('effects.what'), offered().map((e) => [e.code, t(`effect.${e.code}`)]), { many: true });
    effects.el.addEventListener('change', () => fill(warn, ctx.own && serious() && [h('p.card.warn', t('effects.serious')), helpFirst(null, ['crisis'])]));
    fill(place, effects.el);
  };
  which.input.addEventListener('change', draw);
  draw();
  const words = textField('words', t('effects.words'), { area: true, maxlength: 2000 });
  const severity = choiceField('severity', t('effects.bad'), ['mild', 'moderate', 'severe'].map((s) => [s, t(`effects.bad.${s}`)]));
  const started = textField('startedOn', t('effects.since'), { type: 'date', max: localDay() });
  const id = uuid7();
  const send = async () => {
    const body = { id, ...(which.read() ? { medicineId: which.read() } : {}), effects: effects.read(), words: words.read(), severity: severity.read(), ...(started.read() ? { startedOn: started.read() } : {}) };
    const path = ctx.api('side-effects');
    if (!ctx.own) await call('POST', path, { body });
    else {
      const asks = serious() || (safely(() => needsHelp(body.words)) ?? true);
      if (asks) putFirst(helpFirst(null, ['crisis']));
      await keep(ctx.patientId, body, path, { about: 'side-effect', asksHelp: asks, account: ctx.me.accountId });
      await sendAll();
    }
    sayNext(t('effects.kept'));
    ctx.go(ctx.at('medicines/side-effects'));
  };
  const check = () => [...(effects.read().length === 0 && !words.read() ? [[effects, t('form.required')]] : []), ...(severity.read() ? [] : [[severity, t('form.required')]])];
  return {
    title: t('effects.tell'),
    back: [t('effects.title'), ctx.at('medicines/side-effects')],
    body: form([which, { el: place, get fields() { return [effects]; } }, { el: warn }, words, helpBelow(ctx.me, words), severity, started], send, { submit: t('effects.send'), check }),
  };
}
