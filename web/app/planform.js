// The fields of a crisis plan, section by section. Each part gives {el, fields,
// read()}; what a section keeps that this form does not show is kept.

import { h } from './dom.js';
import { t } from './texts.js';
import { checkField, choiceField, textField } from './forms.js';
import { listField, phoneOf } from './listfield.js';

const text = (label, max = '200') => ({ name: 'text', label, maxlength: max });
const phone = () => ({ name: 'phone', kind: 'phone', label: t('editplan.phone'), hint: t('editplan.phone.hint') });
const name = () => ({ name: 'name', label: t('editplan.name'), maxlength: '100' });

const list = (key, columns) => (content) =>
  listField(key, t(`plan.part.${key}`), columns(), content[key], { hint: t(`editplan.hint.${key}`) });

const group = (key, fields, read) => ({
  el: h('fieldset.field', h('legend', t(`plan.part.${key}`)), h('p.hint', t(`editplan.hint.${key}`)), fields.map((f) => f.el)),
  get fields() { return fields.flatMap((f) => (f.fail ? [f] : f.fields)); },
  read,
});

// undefined leaves a part out of what is sent.
const filled = (value) => (Object.values(value).some((v) => (Array.isArray(v) ? v.length > 0 : v)) ? value : undefined);

export const planParts = {
  warningSigns: list('warningSigns', () => [text(t('editplan.sign'))]),
  internalCoping: list('internalCoping', () => [text(t('editplan.coping'))]),
  socialDistraction: list('socialDistraction', () => [name(), phone()]),
  crisisSupport: list('crisisSupport', () => [name(), { name: 'relationship', label: t('editplan.relationship'), maxlength: '60' }, phone(),
    { name: 'agreed', kind: 'check', label: t('editplan.agreed') }]),
  professionalSupport,
  lethalMeansSafety: list('lethalMeansSafety', () => [text(t('editplan.step')), { name: 'heldBy', label: t('editplan.held-by'), maxlength: '100' },
    { name: 'done', kind: 'check', label: t('plan.done') }]),
  reasonForLiving,
  naloxone,
  toleranceLoss: codes('toleranceLoss', 'reason',
    ['detox', 'jail', 'hospital', 'missed-medicine', 'naltrexone-ended', 'abstinence'], 'plan.tolerance'),
  neverUseAlone,
  drugChecking,
  postOverdose: codes('postOverdose', 'step', ['contact-team', 'refill-naloxone', 'restart-medicine'], 'plan.after'),
};

function professionalSupport(content) {
  const now = content.professionalSupport ?? {};
  const er = now.emergencyDepartment;
  const contacts = listField('professionalSupport.contacts', t('editplan.contacts'),
    [name(), { name: 'agency', label: t('editplan.agency'), maxlength: '100' }, phone()], now.contacts);
  const place = listField('professionalSupport.emergencyDepartment', t('editplan.er'),
    [name(), { name: 'address', label: t('editplan.address'), maxlength: '200' }, phone()], er ? [er] : [], { max: 1 });
  return group('professionalSupport', [contacts, place],
    () => filled({ ...now, contacts: contacts.read(), emergencyDepartment: place.read()[0] }));
}

function reasonForLiving(content) {
  const field = textField('reasonForLiving', t('plan.part.reasonForLiving'),
    { hint: t('editplan.hint.reasonForLiving'), area: true, maxlength: '1000', value: content.reasonForLiving ?? '' });
  return { el: field.el, fields: [field], read: () => field.read() || undefined };
}

function naloxone(content) {
  const now = content.naloxone ?? {};
  const kits = listField('naloxone.kits', t('editplan.kits'), [
    { name: 'location', label: t('editplan.location'), maxlength: '200' },
    { name: 'expiresOn', label: t('editplan.expires'), type: 'date' },
    { name: 'whoKnows', label: t('editplan.who-knows'), maxlength: '200' },
  ], now.kits);
  const responders = listField('naloxone.responders', t('editplan.responders'),
    [{ name: '', label: t('editplan.name'), maxlength: '100' }], now.responders);
  return group('naloxone', [kits, responders], () => filled({ ...now, kits: kits.read(), responders: responders.read() }));
}

function neverUseAlone(content) {
  const now = content.neverUseAlone ?? {};
  const line = textField('neverUseAlone.name', t('editplan.line'), { value: now.name ?? '', maxlength: '100' });
  const number = textField('neverUseAlone.phone', t('editplan.phone'),
    { type: 'tel', value: now.phone?.display ?? '', hint: t('editplan.phone.short') });
  const words = textField('neverUseAlone.text', t('editplan.alone'), { area: true, value: now.text ?? '', maxlength: '500' });
  return group('neverUseAlone', [line, number, words], () => filled({
    ...now, name: line.read() || undefined, text: words.read() || undefined, phone: phoneOf(number.read(), now.phone) }));
}

function drugChecking(content) {
  const now = content.drugChecking ?? {};
  const strips = checkField('drugChecking.strips', t('editplan.strips'), { checked: now.strips });
  const where = textField('drugChecking.where', t('editplan.location'), { value: now.where ?? '', maxlength: '200' });
  return group('drugChecking', [strips, where], () => filled({ strips: strips.read(), where: where.read() || undefined }));
}

// codes makes a list of checkboxes for entries that are a code and something more.
function codes(key, field, values, prefix) {
  return (content) => {
    const now = content[key] ?? [];
    const choice = choiceField(key, t(`plan.part.${key}`), values.map((v) => [v, t(`${prefix}.${v}`)]),
      { many: true, value: now.map((entry) => entry[field]), hint: t(`editplan.hint.${key}`) });
    return { el: choice.el, fields: [choice],
      read: () => choice.read().map((v) => now.find((entry) => entry[field] === v) ?? { [field]: v }) };
  };
}
