// What the care team gave a patient to read, with the reason that the patient sees.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { action } from '../action.js';
import { chartBack } from '../chartback.js';
import { date } from '../format.js';
import { form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { modules } from '../learn.js';
import { uuid7 } from '../uuid.js';

export default async function givenScreen(ctx) {
  const [pages, given] = await Promise.all([modules(), all(ctx.api('education'))]);
  const title = (id) => pages.find((m) => m.id === id)?.title ?? id;
  const forPatients = pages.filter((m) => m.audience !== 'family');
  const module = selectField('module', t('given.page'), forPatients.map((m) => [m.id, m.title]));
  const why = textField('why', t('given.why'), { hint: t('given.why.hint'), area: true, maxlength: 300 });
  const id = uuid7();
  const give = async () => {
    await call('POST', ctx.api('education'), { body: { id, module: module.read(), why: why.read() } });
    sayNext(t('given.done'));
    await ctx.again();
  };
  return {
    title: t('given.title'),
    back: await chartBack(ctx),
    lead: t('given.lead'),
    body: [
      given.length === 0 ? h('p.card', t('given.none')) : h('ul.cards', given.map((g) => h('li.card', h('h2', title(g.module)), h('p', g.why),
        h('p.note', t('given.by', { name: g.by.name, day: date(g.at) })), h('p.note', g.readAt ? t('given.read', { day: date(g.readAt) }) : t('given.not-told')),
        action(t('given.take-off'), async () => {
          await call('DELETE', ctx.api(`education/${g.id}`));
          await ctx.again();
        }, { kind: 'quiet' })))),
      h('section', h('h2', t('given.new')), form([module, why], give, { submit: t('given.give'), check: () => required(why) })),
    ],
  };
}
