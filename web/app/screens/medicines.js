// The one list of medicines: what is taken, why, since when and who to ask; reactions;
// for the team what the rules say of it, and a timeline.

import { action } from '../action.js';
import { read } from '../api.js';
import { fill, h, button } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { date, dateTime } from '../format.js';
import { chartBack } from '../chartback.js';
import { listOf, ownMedicines } from '../keptmedicines.js';
import { timeline } from '../medicinetimeline.js';
import { findingPart, lineFacts, reactionLine, titleOf } from '../medicineview.js';

export default async function medicinesScreen(ctx) {
  const kept = ctx.own ? await ownMedicines() : { list: await listOf(ctx.patientId), old: false };
  const { list } = kept;
  const active = list.items.filter((m) => m.status === 'active');
  const was = list.items.filter((m) => m.status === 'stopped');
  const reactions = list.adverse.filter((r) => !['refuted', 'entered-in-error'].includes(r.certainty));
  const changes = list.mayAdd && !kept.old;
  const staff = ctx.me.role === 'clinician';
  return {
    title: t(ctx.own ? 'medicines.mine' : 'medicines.title'),
    back: await chartBack(ctx),
    body: [
      kept.old && h('p.card.warn', t('medicines.saved', { time: dateTime(kept.savedAt) })),
      list.incomplete && h('p.card.warn', t('medicines.incomplete')),
      list.checked && rulesPart(list),
      active.length === 0 ? h('p.card', t('medicines.none')) : h('ul.cards', active.map((m) => h('li.card',
        h('h2', kept.old ? titleOf(m) : h('a', { href: ctx.at(`medicines/${m.id}`) }, titleOf(m))), lineFacts(m),
        !m.known && h('p.note', t('medicines.not-checked'))))),
      ctx.own && h('p.note', t('medicines.ask-first')),
      !kept.old && h('div.actions', ['tapers', 'taking', 'refills'].map((part) => h('a.button.quiet', { href: ctx.at(part) }, t(`${part}.title`))), h('a.button.quiet', { href: ctx.at('medicines/emergency') }, t('edlist.title'))),
      (ctx.own || staff) && h('ul.rows', [['side-effects', 'effects.title'], ['agreements', 'agreement.title'], ['supply', 'supply.title'], ...(staff ? [['fact', 'facts.title']] : [])]
        .map(([at, words]) => h('li', h('a.row', { href: ctx.at(`medicines/${at}`) }, h('span', t(words)), icon('on'))))),
      changes && h('div.actions', h('a.button.main', { href: ctx.at('medicines/new') }, t(list.mayOrder ? 'ordering.title' : 'medicines.add')),
        h('a.button.quiet', { href: ctx.at('medicines/reaction') }, t('medicines.reaction.add')),
        active.length > 0 && h('a.button.quiet', { href: ctx.at('medicines/review') }, t('medicines.review'))),
      h('section', h('h2', t('medicines.reactions')), reactions.length === 0 ? h('p.card', t('medicines.reactions.none')) : h('ul.dots', reactions.map((r) => h('li', changes ? h('a', { href: ctx.at(`medicines/reactions/${r.id}`) }, reactionLine(r)) : reactionLine(r))))),
      list.reviewedAt && h('p.note', t('medicines.reviewed', { day: date(list.reviewedAt) })),
      (was.length > 0 || list.next) && stoppedPart(ctx, was, kept.old ? '' : list.next),
      list.checked && (await timeline(list, ctx)),
      button(t('medicines.print'), () => window.print(), { kind: 'quiet' }),
    ],
  };
}

// stoppedPart are the lines that were stopped; next leads to those before.
function stoppedPart(ctx, was, next) {
  const rows = h('ul.cards');
  const more = h('div');
  const show = (items, on) => {
    rows.append(...items.filter((m) => m.status === 'stopped').map((m) => h('li', h('h3', titleOf(m)), lineFacts(m))));
    fill(more, on && action(t('list.more'), async () => {
      const page = await read(ctx.api(`medicines?limit=100&cursor=${encodeURIComponent(on)}`));
      show(page.items, page.next);
    }, { kind: 'quiet' }));
  };
  show(was, next);
  return h('details.card', h('summary', t('medicines.was')), rows, more);
}

// rulesPart is what the rules say, or loudly that they could not be asked.
function rulesPart({ checked, items }) {
  const name = (id) => items.find((m) => m.id === id)?.name ?? '';
  const due = checked.duties.filter((d) => d.overdue);
  return [
    checked.refused && h('p.card.warn', { role: 'alert' }, t('ordering.refused')),
    checked.warning && h('p.card.warn', t(`ordering.warning.${checked.warning}`, { day: date(checked.until) })),
    checked.notChecked.length > 0 && h('p.card', t('ordering.not-checked', { names: checked.notChecked.map(name).join(', ') })),
    due.length > 0 && h('section', h('h2', t('ordering.duties')), h('ul.dots', due.map((d) => h('li', `${d.ingredient}: `, t(`ordering.fact.${d.fact}`))))),
    checked.findings.length > 0 && h('details.card', h('summary', t('ordering.findings', { n: checked.findings.length })),
      checked.findings.map((f) => h('section', findingPart(f)))),
  ];
}
