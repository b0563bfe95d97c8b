// One question for each kind of reminder: by which way it comes, and when.

import { h } from './dom.js';
import { t } from './texts.js';
import { selectField, textField } from './forms.js';

const ofVisits = ['visit-confirmed', 'visit-ahead', 'visit-soon', 'visit-now', 'something-new'];

// What each role is reminded of.
const shown = {
  patient: ['medicine-time', 'check-in', 'visit-confirmed', 'visit-ahead', 'visit-soon', 'visit-now', 'something-new', 'goal-milestone',
    'crisis-plan-review', 'crisis-plan-rehearsal', 'naloxone-expiry'],
  interpreter: ofVisits,
  clinician: ofVisits,
  supporter: ['medicine-time', ...ofVisits],
  other: ['something-new'],
};
const timed = new Set(['goal-milestone', 'crisis-plan-review', 'crisis-plan-rehearsal', 'naloxone-expiry']);

// The ways that a person can choose, by the steps that they mean.
const ways = { push: ['push', 'local'], 'push-email': ['push', 'local', 'email'], 'push-sms': ['push', 'local', 'sms'], 'push-person': ['push', 'local', 'person'], email: ['email'], inbox: [] };
const needs = { 'push-email': 'email', email: 'email', 'push-sms': 'sms' };
const KEEP = 'keep'; // steps that another client chose and this page has no words for

const same = (a, b) => a.length === b.length && a.every((step, i) => step === b[i]);
const optional = ['email', 'sms']; // steps that a clinic may not have

// wayOf tells the way that really comes: a step that the clinic can't take is none.
function wayOf(kind, channels) {
  const steps = kind.steps.filter((step) => !optional.includes(step) || channels.includes(step));
  return !kind.on ? 'off' : Object.keys(ways).find((way) => same(ways[way], steps)) ?? KEEP;
}

// kindFields gives the fields, and reads the choices that differ from what was.
export function kindFields(settings, me) {
  const rows = (shown[me.role] ?? shown.other).map((name) => row(settings.kinds.find((k) => k.kind === name), settings, me));
  return {
    fields: [h('h3', t('reminders.kinds')), ...(me.role === 'patient' ? [h('p.hint', t('reminders.team.hint'))] : []), ...rows.flatMap((r) => r.fields)],
    read: () => ({ ...settings.choices.kinds, ...Object.fromEntries(rows.filter((r) => r.changed()).map((r) => [r.name, r.read()])) }),
  };
}

function row(kind, settings, me) {
  const before = wayOf(kind, settings.channels);
  const can = (way) => !needs[way] || settings.channels.includes(needs[way]);
  const other = me.role !== 'patient' && 'push-person'; // a team has no team
  const options = [...Object.keys(ways).filter((way) => way !== other && can(way)), 'off', ...(before === KEEP ? [KEEP] : [])].map((way) => [way, t(`way.${way}`)]);
  const way = selectField(`kinds.${kind.kind}`, t(`kind.${kind.kind}`), options, { value: before });
  const time = timed.has(kind.kind) && !kind.digest &&
    textField(`kinds.${kind.kind}.time`, t('reminders.time', { what: t(`kind.${kind.kind}`) }), { type: 'time', value: kind.time });
  const chosen = settings.choices.kinds?.[kind.kind] ?? {};
  return {
    name: kind.kind,
    fields: [way, time].filter(Boolean),
    changed: () => way.read() !== before || (time && time.read() !== kind.time),
    read: () => {
      const { off, steps, ...rest } = chosen;
      const picked = way.read();
      return { ...rest, ...(time ? { time: time.read() } : {}),
        ...(picked === 'off' ? { off: true } : picked === KEEP || picked === before && !steps ? { steps } : { steps: ways[picked] }) };
    },
  };
}
