// Requests for more of a medicine, and what came of them. A patient asks; a prescriber or
// a pharmacist answers.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { date, day } from '../format.js';
import { form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { listOf } from '../keptmedicines.js';
import { uuid7 } from '../uuid.js';

export default async function refillsScreen(ctx) {
  const [list, asked] = await Promise.all([listOf(ctx.patientId), all(ctx.api('refills'))]);
  const orders = list.items.filter((m) => m.status === 'active' && m.source === 'here' && !asked.some((r) => r.medicineId === m.id && r.status === 'asked'));
  const which = selectField('medicineId', t('taking.which'), orders.map((m) => [m.id, m.name]));
  const words = textField('words', t('refills.words'), { area: true, maxlength: 1000 });
  const id = uuid7();
  const send = async () => {
    await call('POST', ctx.api('refills'), { body: { id, medicineId: which.read(), words: words.read() } });
    sayNext(t('refills.sent'));
    await ctx.again();
  };
  return {
    title: t('refills.title'),
    lead: t('refills.lead'),
    back: [t('medicines.title'), ctx.at('medicines')],
    body: [
      asked.length === 0 ? h('p.card', t('refills.none')) : h('ul.cards', asked.map((r) => h('li.card', h('h2', r.name), h('p', t(`refills.status.${r.status}`), ' · ', date(r.at)),
        r.words && h('p.quote', r.words), r.pharmacy && h('p', t('refills.at', { name: r.pharmacy })), r.readyOn && h('p', t('refills.ready', { day: day(r.readyOn) })),
        r.lastsTo && h('p', t('refills.lasts', { day: day(r.lastsTo) })), r.answerSay && h('p', r.answerSay), ctx.me.role === 'clinician' && r.status === 'asked' && answerForm(r, ctx)))),
      orders.length > 0 && list.mayAdd && h('section', h('h2', t('refills.ask')), form([which, words], send, { submit: t('refills.send') })),
    ],
  };
}

function answerForm(r, ctx) {
  const status = selectField('status', t('ordering.refill.answer'), ['ready', 'declined'].map((s) => [s, t(`refills.status.${s}`)]));
  const pharmacy = textField('pharmacy', t('ordering.refill.pharmacy'), { maxlength: 200 });
  const ready = textField('readyOn', t('ordering.refill.ready'), { type: 'date' });
  const lasts = textField('lastsTo', t('ordering.refill.lasts'), { type: 'date' });
  const say = textField('answerSay', t('ordering.refill.say'), { area: true, maxlength: 1000 });
  const send = async () => {
    await call('POST', ctx.api(`refills/${r.id}/answer`), { body: { status: status.read(), pharmacy: pharmacy.read(), readyOn: ready.read(), lastsTo: lasts.read(), answerSay: say.read() } });
    sayNext(t('medicines.saved-it'));
    await ctx.again();
  };
  return form([status, pharmacy, ready, lasts, say], send, { check: () => (status.read() === 'ready' ? required(ready) : required(say)) });
}
