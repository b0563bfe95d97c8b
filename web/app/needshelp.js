// Whether an answer must be met with help at once. The server decides the same way
// (models/signal.go) and its answer wins; this is for a phone with no network. A
// test holds the two against each other.

const answers = {
  safety: (v) => v === true,
  overdose: (v) => v === true,
  shakes: (v) => v === true,
  use: (v) => v === 'opioid' || v === 'unknown-pill',
};

const instruments = {
  'phq-9': (a) => a['9'] >= 1,
  audit: (a) => a['6'] >= 3,
  // A question of this screener that is left open is no reassurance.
  'cssrs-screener-recent': (a) => ['1', '2', '6'].some((n) => a[n] !== 0),
};

export const needsHelp = (checkIn) =>
  Object.entries(checkIn.answers).some(([id, v]) => answers[id]?.(v)) ||
  (checkIn.instruments ?? []).some((i) => instruments[i.id]?.(i.answers));
