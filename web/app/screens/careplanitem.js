// One thing of a care plan: add it, or change it. Only what was changed is sent, so that
// two people who write at once lose nothing.

import { h } from '../dom.js';
import { notHere } from '../nothere.js';
import { t } from '../texts.js';
import { all, call, read } from '../api.js';
import { checkField, choiceField, form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';
import { chartBack } from '../chartback.js';
import { whoTakes } from '../colleagues.js';
import { checksPart } from '../checksview.js';
import { expectField } from '../expectfield.js';
import { nameOfItem } from '../careplanview.js';

const kinds = ['activity', 'problem', 'goal', 'relapse-prevention-step', 'safety-checklist', 'guideline'];
const ownKinds = ['activity', 'relapse-prevention-step', 'goal'];
const domains = ['psychiatric', 'substance-use', 'chronic-condition', 'social'];
const areas = ['body', 'mind', 'life', 'meaning'];
const courses = ['goal', 'problem', 'activity', 'relapse-prevention-step'];
const statuses = ['in-progress', 'on-hold', 'completed', 'cancelled', 'entered-in-error'];

export default async function carePlanItemScreen(ctx) {
  const plan = await read(ctx.api('care-plan'));
  const item = plan.items.find((i) => i.id === ctx.params.item);
  if (ctx.params.item && !item) throw notHere();
  const kind = item?.kind;
  const [activities, measures, library, goals, team] = await Promise.all([all('/v1/care-plan-activities'), ctx.own ? [] : all('/v1/care-plan-measures'),
    ctx.own ? [] : all('/v1/guidelines?limit=100'), all(ctx.api('goals?limit=100')), ctx.own ? [] : whoTakes(ctx.patientId, ctx.me, ['clinician'])]);
  const body = h('div');
  const what = selectField('items[0].kind', t('careplan.what'), (ctx.own ? ownKinds : kinds).map((k) => [k, t(`careplan.kind.${k}`)]), { value: kind });
  const draw = () => body.replaceChildren(itemForm(ctx, { plan, item, kind: kind ?? what.read(), activities, measures, library, goals, team }));
  what.input.addEventListener('change', draw);
  draw();
  return {
    title: item ? nameOfItem(plan, item.id) : t(ctx.own ? 'careplan.bring' : 'careplan.add'),
    back: ctx.own ? [t('careplan.own'), '#/care-plan'] : [(await chartBack(ctx))[0], ctx.at('care-plan')],
    body: [!item && what.el, !ctx.own && checksPart(item, plan, ctx), body],
  };
}

function itemForm(ctx, { plan, item, kind, activities, measures, library, goals, team }) {
  const at = (name) => `items[0].${name}`;
  const was = (name) => item?.[name] ?? '';
  const text = (name, options = {}) => textField(at(name), t(`careplan.field.${name}`), { value: was(name), maxlength: '1000', ...options });
  const lines = (name, of) => textField(at(name), t(`careplan.field.${name}`), { area: true, hint: t('careplan.about.hint'), value: of.join('\n') });
  const advice = (name) => choiceField(at(name), t(`careplan.field.${name}`), activities.filter((a) => a.code !== 'other').map((a) => [a.code, t(`careplan.activity.${a.code}`)]), { many: true, value: item?.[name] });
  const own = ctx.own;
  const fields = { };
  if (kind === 'goal') fields.goalId = selectField(at('goalId'), t('careplan.field.goalId'), goals.map((g) => [g.id, g.title]), { value: was('goalId') || goals[0]?.id });
  else fields.title = text('title', { maxlength: '200', hint: kind === 'activity' ? t('careplan.title.hint') : undefined });
  if (kind === 'activity') fields.activity = selectField(at('activity'), t('careplan.field.activity'), activities.map((a) => [a.code, t(`careplan.activity.${a.code}`)]), { value: was('activity') || 'medicine' });
  if (kind === 'problem') fields.domain = selectField(at('domain'), t('careplan.field.domain'), domains.map((d) => [d, t(`careplan.domain.${d}`)]), { value: was('domain') || domains[0] });
  fields.why = text('why', { area: true, hint: t(own ? 'careplan.why.own' : 'careplan.why.team') });
  if (!own || !item) fields.doneWhen = text('doneWhen', { area: true });
  if (['safety-checklist', 'guideline'].includes(kind)) fields.checks = lines('checks', (item?.checks ?? []).map((c) => c.text));
  if (kind === 'guideline') {
    const site = library.filter((g) => !g.endedAt || g.id === item?.guideline);
    if (site.length > 0) fields.guideline = selectField(at('guideline'), t('careplan.field.guideline'), [['', t('careplan.guideline.own')], ...site.map((g) => [g.id, `${g.title} (${g.edition})`])], { value: was('guideline') });
    Object.assign(fields, { source: text('source', { maxlength: '200' }), edition: text('edition', { maxlength: '200' }), advises: advice('advises'), against: advice('against') });
  }
  if (!own) {
    const targets = plan.items.filter((i) => i.lead && i.id !== item?.id && ['problem', 'goal'].includes(i.kind));
    if (['activity', 'relapse-prevention-step'].includes(kind) && targets.length > 0) fields.for = choiceField(at('for'), t('careplan.field.for'), targets.map((i) => [i.id, nameOfItem(plan, i.id)]), { many: true, value: item?.for });
    const guides = plan.items.filter((g) => g.lead && g.kind === 'guideline');
    if (['activity', 'relapse-prevention-step'].includes(kind) && guides.length > 0) fields.follows = choiceField(at('follows'), t('careplan.field.follows'), guides.map((g) => [g.id, nameOfItem(plan, g.id)]), { many: true, value: item?.follows });
    if (team.length > 0) fields.supporters = choiceField(at('supporters'), t('careplan.field.supporters'), team, { many: true, value: item?.supporters });
    fields.areas = choiceField(at('areas'), t('careplan.field.areas'), areas.map((a) => [a, t(`careplan.area.${a}`)]), { many: true, value: item?.areas });
    Object.assign(fields, { startOn: text('startOn', { type: 'date' }), endOn: text('endOn', { type: 'date' }), reviewOn: text('reviewOn', { type: 'date' }) });
    if (courses.includes(kind)) fields.expect = expectField(at('expect'), measures, item?.expect);
    fields.safety = checkField(at('safety'), t('careplan.field.safety'), { checked: Boolean(item?.safety) });
    if (item) fields.status = selectField(at('status'), t('careplan.field.status'), statuses.map((s) => [s, t(`careplan.status.${s}`)]), { value: item.status });
  }
  const to = !own && !item && team.length > 0 && selectField(at('to'), t('careplan.field.lead'), [['', t('careplan.me')], ...team.filter(([id]) => id !== ctx.me.accountId)]);
  const reason = !own && textField('reason', t('careplan.reason'), { area: true, maxlength: '500', hint: t('careplan.reason.hint') });
  const id = item?.id ?? uuid7();
  const send = async () => {
    /** @type {Record<string, any>} */
    const values = { id, ...(!item && { kind }), ...changed(fields, item) };
    if (to && to.read()) values.to = to.read();
    await call('PATCH', ctx.api('care-plan'), { etag: `"${plan.version}"`, body: { reason: reason ? reason.read() : '', items: [values], ...from(ctx.params) } });
    sayNext(t('careplan.saved'));
    ctx.go(ctx.at('care-plan'));
  };
  const needs = () => (fields.guideline?.read() ? [] : [fields.title && kind !== 'activity' && fields.title, fields.goalId].filter(Boolean));
  return form([...Object.values(fields), to, reason].filter(Boolean), send, { check: () => required(...needs()) });
}

// from names what a change comes from.
function from({ decision, disagreement }) {
  if (decision) return { decision: { type: 'decision', id: decision } };
  return disagreement ? { decision: { type: 'disagreement', id: disagreement } } : {};
}

// changed are the values of those fields that are other than they were.
function changed(fields, item) {
  const out = {};
  for (const [name, field] of Object.entries(fields)) {
    let value = field.read();
    if (name === 'checks') value = value.split('\n').map((l) => l.trim()).filter(Boolean).map((text) => item?.checks?.find((c) => c.text === text) ?? { text });
    const was = item?.[name] ?? (Array.isArray(value) ? [] : name === 'safety' ? false : '');
    if (JSON.stringify(value) !== JSON.stringify(was)) out[name] = value;
  }
  return out;
}
