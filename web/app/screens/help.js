// Help now: one tap from every screen, also before sign-in. Numbers first, no form, no
// wait: the screen is there at once, and each part that makes it better comes by
// itself and may fail by itself. Below all of it stands the floor of the page, with
// the numbers of every country.

import { h, fill, link } from '../dom.js';
import { t } from '../texts.js';
import { calls } from '../callcard.js';
import { monitoringWords } from '../monitoring.js';
import { selectField } from '../forms.js';
import { chooseCountry, learn, linesNow, linesOf, numbers, readers } from '../numbers.js';
import { countryName, day, inOrder } from '../format.js';
import { readPlan } from '../keptplan.js';
import { planBody, savedOn } from '../bundleview.js';
import { quickExit } from '../quickexit.js';
import { safely } from '../safely.js';
import { planIsHidden } from '../idlelock.js';
import { session } from '../session.js';

export default function helpScreen() {
  const lines = h('div', calls(linesNow()));
  const [plan, who, choice, checked] = Array.from({ length: 4 }, () => h('div'));
  const draw = (here) => {
    fill(lines, calls(here));
    fill(checked, safely(() => here.verifiedOn && h('p.note', t('help.checked', { day: day(here.verifiedOn) }))));
  };
  const offer = (here) => fill(choice, countryChoice(here.country, draw));
  safely(() => draw(linesNow()));
  safely(() => offer(linesNow()));
  later(async () => {
    const before = linesNow();
    await learn(); // however long this phone's storage takes
    const here = linesNow();
    draw(here);
    if (here.country !== before.country || before.country === null) offer(here);
  });
  later(() => drawPlan(plan));
  later(async () => fill(who, h('p.note', monitoringWords(await readers()))));
  return {
    title: t('help.title'),
    lead: t('help.lead'),
    body: [h('section.card.help-card', { 'aria-label': t('help.numbers') }, lines), safely(() => quickExit({ hint: true })), plan,
      h('div.settles', h('p', link(t('help.learn'), '#/learn')), h('p', link(t('near.title'), '#/near')), choice, checked, who)],
  };
}

const later = (work) => work().catch(() => {}); // the rest of the screen stands without it

async function drawPlan(into) {
  if (await planIsHidden(await session()).catch(() => false)) return fill(into, h('p', link(t('people.title'), '#/people')));
  const kept = await readPlan().catch(() => undefined);
  if (kept) fill(into, h('section', h('h2', t('help.plan')), savedOn(kept), planBody(kept.plan)));
  else fill(into, h('p.card', t(kept === null ? 'help.no-plan' : 'help.plan-unread')));
}

function countryChoice(now, draw) {
  const options = inOrder(numbers().map((row) => [row.country, countryName(row.country)]), (option) => option[1]);
  const field = selectField('country', t('help.country'), options, { value: now });
  field.input.addEventListener('change', () => {
    const chosen = field.read();
    later(() => chooseCountry(chosen));
    draw(linesOf(chosen));
  });
  return field.el;
}
