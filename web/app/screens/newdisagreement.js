// Say that the team does not agree: on what, who brings it to an end by when, and what the
// patient is asked.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { chartBack } from '../chartback.js';
import { choiceField, form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';
import { whoTakes } from '../colleagues.js';
import { nameOfItem } from '../careplanview.js';

export default async function newDisagreementScreen(ctx) {
  const [people, plan, [name]] = await Promise.all([whoTakes(ctx.patientId, ctx.me, ['clinician']), read(ctx.api('care-plan')), chartBack(ctx)]);
  return {
    title: t('disagreement.new'),
    lead: t('disagreement.new.lead', { name }),
    back: [t('disagreement.title'), ctx.at('disagreements')],
    body: raiseForm(ctx, people, plan),
  };
}

// raiseForm begins with the items that the address names, as where two guidelines clash.
function raiseForm(ctx, people, plan) {
  const about = (ctx.params.about ?? '').split('-and-').filter(Boolean);
  const items = plan.items.filter((i) => i.lead);
  const f = {
    subject: choiceField('subject', t('disagreement.subject'), ['care', 'roles', 'protocols'].map((s) => [s, t(`disagreement.subject.${s}`)]), { value: about.length > 0 ? 'protocols' : 'care' }),
    question: textField('question', t('disagreement.question'), { area: true, maxlength: '2000' }),
    forPatient: textField('forPatient', t('disagreement.for-patient'), { area: true, maxlength: '1000', hint: t('disagreement.for-patient.hint') }),
    facilitator: selectField('facilitator', t('disagreement.facilitator'), people),
    dueAt: textField('dueAt', t('newtask.due'), { type: 'datetime-local' }),
  };
  if (items.length > 0) f.items = choiceField('items', t('disagreement.items'), items.map((i) => [i.id, nameOfItem(plan, i.id)]), { many: true, value: about });
  const id = uuid7();
  const send = async () => {
    await call('POST', ctx.api('disagreements'), { body: { id, subject: f.subject.read(), question: f.question.read(), forPatient: f.forPatient.read(), facilitator: f.facilitator.read(),
      dueAt: new Date(f.dueAt.read()).toISOString(), items: f.items?.read() ?? [] } });
    sayNext(t('disagreement.raised'));
    ctx.go(ctx.at(`disagreements/${id}`));
  };
  return form(Object.values(f), send, { submit: t('disagreement.raise'), check: () => required(f.subject, f.question, f.forPatient, f.dueAt) });
}
