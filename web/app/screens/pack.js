// What to print for a day on which the computers may be down: today's visits, whom to call
// and how, and the crisis plans of those who come. It is read when it is opened, and every
// patient sees that it was.

import { button, h } from '../dom.js';
import { t } from '../texts.js';
import { read } from '../api.js';
import { rangeIn } from '../clocks.js';
import { callPart } from '../callpatient.js';
import { dateTime } from '../format.js';
import { kindsAndSites } from '../keptvisits.js';
import { linesNow } from '../numbers.js';
import { calls } from '../callcard.js';
import { contentBody } from '../planview.js';
import { kindName } from '../visitview.js';
import { entriesToday } from '../visitstoday.js';

export default async function packScreen({ me }) {
  const [entries, names] = await Promise.all([entriesToday(me), kindsAndSites()]);
  const patients = [...new Map(entries.filter((e) => e.patientId).map((e) => [e.patientId, e])).values()];
  const people = [];
  for (const e of patients) people.push(await onePerson(e)); // one after the other: it is a small clinic's morning
  return {
    title: t('pack.title'), lead: t('pack.lead'), back: [t('menu.myday'), '#/my-day'],
    body: h('div.pack',
      h('div.actions.no-print', button(t('learn.print'), () => print(), { kind: 'main' })),
      h('p', h('b', t('pack.made', { time: dateTime(new Date()), name: `\u2068${me.name}\u2069` }))), h('p', t('pack.shred')),
      h('section', h('h2', t('myday.visits')), entries.length === 0 ? h('p', t('myday.visits.none')) : h('ul.dots', entries.map((e) => h('li', h('b', rangeIn(e.start, e.end)), ' ', e.patientName ?? t('week.taken'), e.visitType && ` · ${kindName(e, names)} · ${t(`week.how.${e.modality}`)}`)))),
      h('section', h('h2', t('help.numbers')), calls(linesNow())),
      people),
  };
}

async function onePerson({ patientId, patientName }) {
  const [card, plan] = await Promise.all([callPart(patientId), read(`/v1/patients/${patientId}/crisis-plan`).catch(() => null)]);
  const content = plan?.active?.content ?? plan?.shared?.content;
  return h('section.person', h('h2', patientName), card, content ? [h('h3', t('chart.plan')), contentBody(content)] : h('p.note', t('plan.none.other')));
}
