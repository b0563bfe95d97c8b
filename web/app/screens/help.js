// Help now: one tap from every screen, also before sign-in. Numbers first, no form,
// no wait; then the person's own plan; then the country.

import { h, fill } from '../dom.js';
import { t } from '../texts.js';
import { calls, linesHere } from '../callcard.js';
import { monitoringWords } from '../monitoring.js';
import { selectField } from '../forms.js';
import { chooseCountry, numbers, site } from '../numbers.js';
import { countryName, day } from '../format.js';
import { keptPlan } from '../keptplan.js';
import { planBody, savedOn } from '../bundleview.js';
import { quickExit } from '../quickexit.js';

export default async function helpScreen() {
  const here = await linesHere();
  const kept = await keptPlan();
  const lines = h('div', calls(here));
  return {
    title: t('help.title'),
    lead: t('help.lead'),
    body: [
      h('section.card.help-card', { 'aria-label': t('help.numbers') }, lines),
      quickExit({ hint: true }),
      kept ? [h('section', h('h2', t('help.plan')), savedOn(kept), planBody(kept.plan))] : h('p.card', t('help.no-plan')),
      h('p.note', monitoringWords((await site())?.monitoring)),
      await countryChoice(here.country, lines),
      here.verifiedOn && h('p.note', t('help.checked', { day: day(here.verifiedOn) })),
    ],
  };
}

async function countryChoice(now, lines) {
  const all = await numbers();
  if (all.length === 0) return null;
  const options = all.filter((c) => c.country).map((c) => [c.country, countryName(c.country)]).sort((a, b) => a[1].localeCompare(b[1]));
  const field = selectField('country', t('help.country'), options, { value: now });
  field.input.addEventListener('change', async () => {
    await chooseCountry(field.read());
    fill(lines, calls(all.find((c) => c.country === field.read())));
  });
  return field.el;
}
