// Hand a patient over: what the next person has to know, in the order in which it is told.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { chartBack } from '../chartback.js';
import { choiceField, form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';
import { whoTakes } from '../colleagues.js';
import { nameOfItem } from '../careplanview.js';
import { settings } from '../handoffview.js';
import { notReached } from '../notreached.js';

export default async function newHandoffScreen(ctx) {
  const [people, plan, [name]] = await Promise.all([whoTakes(ctx.patientId, ctx.me, ['clinician']), read(ctx.api('care-plan')), chartBack(ctx)]);
  const others = people.filter(([id]) => id !== ctx.me.accountId);
  return {
    title: t('handoff.new'),
    lead: t('handoff.new.lead', { name }),
    back: [t('handoff.title'), ctx.at('handoffs')],
    body: others.length === 0 ? h('p.card', t('handoff.nobody')) : handoffForm(ctx, others, people, plan.items.filter((i) => i.mine && i.accepted)),
  };
}

function handoffForm(ctx, others, people, leads) {
  const lines = (name) => textField(name, t(`handoff.${name}`), { area: true, hint: t(`handoff.${name}.hint`), maxlength: '6000' });
  const f = {
    to: selectField('to', t('handoff.to'), others),
    severity: choiceField('severity', t('handoff.severity'), ['stable', 'watcher', 'unstable'].map((s) => [s, t(`handoff.severity.${s}`)])),
    summary: textField('summary', t('handoff.summary'), { area: true, maxlength: '2000' }),
    actions: lines('actions'),
    situation: textField('situation', t('handoff.situation'), { area: true, maxlength: '2000', hint: t('handoff.situation.hint') }),
    whatIf: lines('whatIf'),
  };
  if (leads.length > 0) f.leads = choiceField('leads', t('handoff.leads.which'), leads.map((i) => [i.taskId, nameOfItem({ items: leads }, i.id)]), { many: true });
  const where = [['', t('handoff.stays')], ...settings.map((s) => [s, t(`setting.${s}`)])];
  const callers = [['', '–'], ...people];
  const moves = {
    fromSetting: selectField('fromSetting', t('handoff.fromSetting'), where), toSetting: selectField('toSetting', t('handoff.toSetting'), where),
    movesOn: textField('movesOn', t('handoff.movesOn'), { type: 'date' }), nextVisitOn: textField('nextVisitOn', t('handoff.nextVisitOn'), { type: 'date' }),
    callDay1: selectField('callDay1', t('handoff.callDay1'), callers), callDay7: selectField('callDay7', t('handoff.callDay7'), callers),
  };
  const id = uuid7();
  const split = (field) => field.read().split('\n').map((l) => l.trim()).filter(Boolean);
  const send = async () => {
    const body = { id, to: f.to.read(), severity: f.severity.read(), summary: f.summary.read(), situation: f.situation.read(), actions: split(f.actions),
      whatIf: split(f.whatIf).map((line) => line.split(/:(.*)/s)).map(([when, then]) => ({ if: when.trim(), then: (then ?? '').trim() })), leads: f.leads?.read() ?? [] };
    for (const [name, field] of Object.entries(moves)) if (field.read()) body[name] = field.read();
    const { data } = await call('POST', ctx.api('handoffs'), { body });
    sayNext(data.unreachable ? notReached(data.asked.at(-1).name) : t('handoff.given'));
    ctx.go(ctx.at(`handoffs/${id}`));
  };
  const place = { el: h('details', h('summary', t('handoff.place')), Object.values(moves).map((m) => m.el)), fields: Object.values(moves) };
  return form([...Object.values(f), place], send, { submit: t('handoff.send'), check: () => required(f.severity, f.summary) });
}
