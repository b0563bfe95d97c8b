// A draft of the crisis plan, which waits beside the plan in force. The patient says
// yes or no; the team writes down that they did, on paper or with somebody there.

import { h } from '../dom.js';
import { action } from '../action.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { localDay } from '../format.js';
import { checkField, choiceField, form, required, textField } from '../forms.js';
import { refreshPlan } from '../keptplan.js';
import { contentBody } from '../planview.js';
import { changeInWords, partNames } from '../planchange.js';
import { sayNext } from '../frame.js';

export default async function draftScreen(ctx) {
  const { active, draft, difference } = await read(ctx.api('crisis-plan'));
  const back = [t('chart.plan'), ctx.at('plan')];
  if (!draft) return { title: t('plan.draft.none'), back, body: [] };
  return {
    title: t('plan.draft.title', { n: draft.version }),
    lead: t('plan.draft', { name: draft.by.name }),
    back,
    body: [active && changeInWords(difference), contentBody(draft.content),
      ctx.own ? word(ctx, draft, difference) : assent(ctx, draft, active ? difference.removes : []),
      h('a.button.quiet', { href: ctx.at('plan/edit') }, t('plan.edit'))],
  };
}

async function hold(ctx, draft, said) {
  await call('POST', ctx.api('crisis-plan/activate'), { body: { version: draft.version, ...said } });
  if (ctx.own) await refreshPlan();
  sayNext(t('plan.activated'));
  ctx.go(ctx.at('plan'));
}

// The patient's own word. What is taken away stands above in words.
function word(ctx, draft, { removes }) {
  const no = async () => {
    await call('POST', ctx.api('crisis-plan/decline'), { body: { version: draft.version } });
    sayNext(t('plan.declined'));
    ctx.go(ctx.at('plan'));
  };
  return h('div.actions', action(t('plan.yes'), () => hold(ctx, draft, { removes })), action(t('plan.no'), no, { kind: 'quiet' }));
}

function assent(ctx, draft, removes) {
  const how = choiceField('how', t('plan.assent.how'), ['paper', 'in-person'].map((v) => [v, t(`plan.assent.${v}`)]));
  const on = textField('on', t('plan.assent.on'), { type: 'date', value: localDay() });
  const witness = textField('witness', t('plan.assent.witness'), { hint: t('plan.assent.witness.hint'), maxlength: '200', autocomplete: 'off' });
  const told = removes.length > 0 && checkField('removes', t('plan.assent.removes', { parts: partNames(removes) }));
  const fields = [how, on, witness, told].filter(Boolean);
  const send = () => hold(ctx, draft, { removes, how: how.read(), on: on.read(), ...(witness.read() && { witness: witness.read() }) });
  const check = () => required(...[how, on, how.read() === 'in-person' && witness, told].filter(Boolean));
  return h('section', h('p.note', t('plan.waits')),
    h('details', h('summary', t('plan.assent')), h('div.card', form(fields, send, { submit: t('plan.assent.send'), check }))));
}
