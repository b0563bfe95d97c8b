// What a goal says, as the fields of a form: of a new one, or of one that is changed.

import { h } from './dom.js';
import { t } from './texts.js';
import { required, selectField, textField } from './forms.js';
import { listField } from './listfield.js';

const domains = ['mental-health', 'substance-use', 'health', 'relationships', 'housing', 'work', 'legal', 'other'];

export function goalFields(whose, goal = {}) {
  const { target } = goal;
  const title = textField('title', t(`newgoal.${whose}.what`), { maxlength: '200', value: goal.title ?? '' });
  const why = textField('why', t(`newgoal.${whose}.why`), { hint: t('newgoal.why.hint'), area: true, maxlength: '1000', value: goal.why ?? '' });
  const domain = selectField('domain', t('newgoal.domain'), domains.map((d) => [d, t(`goal.domain.${d}`)]), { value: goal.domain });
  const strengths = listField('strengths', t('goal.strengths'),
    [{ name: '', label: t('newgoal.strength'), maxlength: '300' }], goal.strengths ?? [], { hint: t('newgoal.strengths.hint'), max: 20 });
  const barriers = listField('barriers', t('goal.barriers'),
    [{ name: '', label: t('newgoal.barrier'), maxlength: '300' }], goal.barriers ?? [], { hint: t('newgoal.barriers.hint'), max: 20 });
  const measure = textField('target.measure', t('target.measure'), { hint: t('target.measure.hint'), maxlength: '200', value: target?.measure ?? '' });
  const how = selectField('target.comparator', t('target.how'), [['', t('target.none')], ...['>=', '<=', '='].map((c) => [c, t(`target.${c}`)])], { value: target?.comparator ?? '' });
  const value = textField('target.value', t('target.value'), { inputmode: 'decimal', maxlength: '12', value: target?.value ?? '' });
  const unit = textField('target.unit', t('target.unit'), { maxlength: '40', hint: t('target.unit.hint'), value: target?.unit ?? '' });
  const due = textField('target.dueOn', t('target.due'), { type: 'date', value: target?.dueOn ?? '' });
  const inTarget = [measure, how, value, unit, due];
  const box = h('details', { open: Boolean(target) }, h('summary', t('target.title')), inTarget.map((f) => f.el));
  const number = () => Number(value.read().replace(',', '.'));
  const targetOf = () => (inTarget.every((f) => !f.read()) ? undefined : { measure: measure.read(), comparator: how.read() || undefined,
    value: how.read() ? number() : undefined, unit: unit.read() || undefined, dueOn: due.read() || undefined });
  return {
    all: [title, why, domain, strengths, barriers, { el: box, fields: inTarget }],
    read: () => ({ title: title.read(), why: why.read(), domain: domain.read(), strengths: strengths.read(), barriers: barriers.read(), target: targetOf() }),
    check() {
      const missing = required(title);
      if (targetOf()) missing.push(...required(measure));
      if (how.read() && (!value.read() || Number.isNaN(number()))) missing.push([value, t('checkin.number')]);
      if (missing.some(([f]) => inTarget.includes(f))) box.open = true;
      return missing;
    },
  };
}

// targetWords says what a goal is measured by.
export function targetWords(target, day) {
  const amount = target.comparator && `${t(`target.${target.comparator}`)} ${target.value}${target.unit ? ` ${target.unit}` : ''}`;
  return [target.measure, amount, target.dueOn && t('goal.step.by', { day: day(target.dueOn) })].filter(Boolean).join(' · ');
}
