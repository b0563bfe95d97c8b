// Which help an answer must be met with at once: 'crisis', 'overdose', 'withdrawal', 'danger'.
// The server decides the same way (models/checkin/signal.go) and the numbers in its answer
// win; this is for a phone with no network. A test holds the two against each other.

import { needsHelp } from './phrases.js';

const HIGH = 8; // of 10: a strong craving, and 10 minus it a very low mood

const answers = {
  crisis: (a, declined) => a.safety === true || declined.includes('safety') || Object.values(a).some((said) => typeof said === 'string' && needsHelp(said)) ||
    (a.craving >= HIGH && a.mood <= 10 - HIGH && (a.contact === false || a.home === false)),
  overdose: (a) => a.overdose === true || ['opioid', 'opioid-and-other', 'unknown-pill'].includes(a.use),
  withdrawal: (a) => a.shakes === true,
  danger: (a) => a['need-safety'] === 'danger',
};

const instruments = {
  // A question of the screener that is left open is no reassurance, nor is one of safety
  // to which somebody would rather not say.
  crisis: { 'phq-9': (a, declined) => a['9'] >= 1 || declined.includes('9'), 'cssrs-screener-recent': (a) => ['1', '2', '6'].some((n) => a[n] !== 0) },
  overdose: { 'bam-17': (a) => a['7e'] >= 1 },
  withdrawal: { audit: (a) => a['6'] >= 3 },
  danger: {},
};

export const needsOf = (checkIn) => Object.keys(answers).filter((need) => answers[need](checkIn.answers, checkIn.declined ?? []) ||
  (checkIn.instruments ?? []).some((i) => instruments[need][i.id]?.(i.answers, i.declined ?? [])));
