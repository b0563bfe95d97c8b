// Practice: the plan of this phone opens as it would on a hard day. What is kept of it
// is that it opened and how long that took, never what was read.

import { h, fill } from '../dom.js';
import { action } from '../action.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { calls } from '../callcard.js';
import { keptPlan } from '../keptplan.js';
import { linesHere } from '../numbers.js';
import { planBody } from '../bundleview.js';
import { selectField } from '../forms.js';
import { seconds } from '../format.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';

const LONGEST = 600_000; // milliseconds, the longest that the clinic takes

export default async function practiceScreen(ctx) {
  const into = h('div');
  const begin = action(t('practice.open'), () => practise(ctx, into), { kind: 'main' });
  fill(into, begin);
  return {
    title: t('practice.title'),
    lead: t('practice.lead'),
    back: [t('menu.plan'), '#/plan'],
    body: [h('p', t('practice.kept')), into],
  };
}

// practise takes the time from the tap to the plan on the screen.
async function practise(ctx, into) {
  const began = performance.now();
  const kept = await keptPlan();
  const opened = Boolean(kept && !kept.plan.empty);
  const said = h('div.card', { role: 'status' });
  fill(into, said, kept ? [planBody(kept.plan), calls(kept.plan)] : calls(await linesHere()));
  await new Promise(requestAnimationFrame);
  const took = performance.now() - began;
  const note = { id: uuid7(), opened, tookMillis: Math.min(Math.round(took), LONGEST) };
  const beside = h('div');
  let who;
  fill(said, h('p.strong', opened ? t('practice.opened', { seconds: seconds(took) }) : t('practice.failed')), beside,
    action(t('practice.done'), () => record(ctx, { ...note, with: who?.read() || undefined }), { kind: 'main' }));
  all(ctx.api('supporters')).then((people) => { // not waited for: a practice needs no network
    if (people.length === 0) return;
    who = selectField('with', t('practice.with'), [['', t('practice.alone')], ...people.map((p) => [p.accountId, p.name])], { value: '' });
    fill(beside, who.el);
  }).catch(() => {});
}

// record may be called again when there was no network: the id makes it one.
async function record(ctx, note) {
  await call('POST', ctx.api('crisis-plan/rehearsals'), { body: note });
  sayNext(t(note.opened ? 'practice.noted' : 'practice.noted.failed'));
  ctx.go('#/plan');
}
