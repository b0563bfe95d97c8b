// The first of three taps: what kind of visit, with those who usually come.

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { all } from '../api.js';
import { teamOf, usual } from '../booking.js';
import { minutesWords } from '../visitview.js';
import { needsNote } from './access.js';

export default async function newVisitScreen(ctx) {
  const [kinds, team] = await Promise.all([all('/v1/visit-types'), teamOf(ctx.api)]);
  return {
    title: t('newvisit.title'),
    lead: t(ctx.own ? 'newvisit.lead' : 'newvisit.lead.team'),
    back: [t(ctx.own ? 'visits.title' : 'chart.visits'), ctx.at('visits')],
    body: kinds.length === 0
      ? h('p.card', t('newvisit.none'))
      : [await needsNote(ctx), h('ul.rows', kinds.map((kind) => h('li', h('a.row', { href: ctx.at(`visits/new/${kind.id}`) },
        h('span.grow', kind.name, h('span.note', whoWords(kind, team)), h('span.note', minutesWords(kind.minutes))), icon('on'))))),
        h('p', h('a.link', { href: ctx.at('visits/suiting') }, t('suiting.open'))), h('p', h('a.link', { href: ctx.at('access') }, t('access.open')))],
  };
}

// whoWords names those who usually come: "Ana or Ben, and Carla".
function whoWords(kind, team) {
  const parts = usual(kind, team).map((part) => part.map((m) => m.name).join(` ${t('newvisit.or')} `));
  return parts.length === 0 ? t('newvisit.choose') : t('visit.with', { names: parts.join(` ${t('newvisit.and')} `) });
}
