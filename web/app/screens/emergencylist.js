// A list to print for an emergency department: what is taken as it was ordered, what was
// told of the last doses, reactions, and who to call. It says how old it is.

import { h, button } from '../dom.js';
import { t } from '../texts.js';
import { read } from '../api.js';
import { dateTime, day, localDay } from '../format.js';
import { chartBack } from '../chartback.js';
import { listOf } from '../keptmedicines.js';
import { reactionLine, titleOf } from '../medicineview.js';
import { callPart, dosesPart } from '../tabletview.js';

const DAYS = 14;

export default async function emergencyListScreen(ctx) {
  const [list, { lines }, tablets] = await Promise.all([listOf(ctx.patientId), read(ctx.api(`taking?from=${localDay(1 - DAYS)}&days=${DAYS}`)), read(ctx.api('tablets'))]);
  const reactions = list.adverse.filter((r) => !['refuted', 'entered-in-error'].includes(r.certainty));
  const last = (m) => m.lastDoseOn || lines.find((l) => l.medicineId === m.id)?.days.findLast((d) => d.state === 'taken')?.on;
  return {
    title: t('edlist.title'),
    lead: t('edlist.made', { time: dateTime(tablets.at) }),
    back: ctx.own ? [t('medicines.mine'), ctx.at('medicines')] : await chartBack(ctx),
    body: [
      list.incomplete && h('p.card.warn', t('medicines.incomplete')),
      h('ul.cards', list.items.filter((m) => m.status === 'active').map((m) => h('li.card', h('h2', titleOf(m)), m.directions && h('p.quote', m.directions),
        h('p', last(m) ? t('edlist.last', { day: day(last(m)) }) : t('edlist.last.none')), m.everyDays > 0 && h('p', t('edlist.every', { n: m.everyDays })),
        tablets.plans.filter((p) => p.medicineId === m.id).map((p) => [p.days.filter((d) => d.on === localDay()).map((d) => dosesPart(d.doses)), callPart(p.call)]),
        (m.prescriber || m.prescribedBy) && h('p.note', t('medicines.ask', { name: m.prescriber?.name ?? m.prescribedBy }))))),
      h('section', h('h2', t('medicines.reactions')), reactions.length === 0 ? h('p.card', t('medicines.reactions.none')) : h('ul.dots', reactions.map((r) => h('li', reactionLine(r))))),
      button(t('medicines.print'), () => window.print(), { kind: 'quiet' }),
    ],
  };
}
