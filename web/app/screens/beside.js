// The first screen of family and friends: what I can do today, first.

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { all } from '../api.js';
import { mine, modules } from '../learn.js';
import { givenTo } from '../pagesfor.js';
import { ownPart } from './learn.js';
import { keepOffer } from '../keeping.js';
import { waysOffer } from '../waysoffer.js';

export default async function besideScreen({ me, again }) {
  const [has, pages, places, asked] = await Promise.all([mine(), modules().catch(() => []), all('/v1/me/supporting').catch(() => null),
    all('/v1/me/help-calls').catch(() => [])]);
  const waits = asked.some((c) => !c.answer);
  const row = (href, drawing, words) => h('li', h('a.row', { href }, icon(drawing), h('span.grow', words), icon('on')));
  return {
    title: t('patients.today'),
    lead: t('patients.today.more'),
    body: [
      waits && h('section.card', h('p.warn', t('kind.call-for-help')), h('a.button.main', { href: '#/asked' }, t('asked.title'))),
      h('section.card', h('h2', t('worry.title')), h('p', t('worry.lead')), h('a.button.main', { href: '#/worry' }, t('worry.open'))),
      places && givenTo(places, pages, again),
      has && ownPart(has, pages),
      h('ul.rows', row('#/coping', 'check', t('coping.title')), row('#/own-goals', 'goals', t('owngoals.title')), row('#/contracts', 'check', t('contract.asked-of-me')), row('#/near', 'phone', t('near.title')), row('#/learn', 'learn', t('learn.title'))),
      h('section', h('h2', t('beside.people')), places === null ? h('p.card', t('problem.offline')) : places.length === 0 ? h('p.card', t('patients.none'))
        : h('ul.rows', places.map((p) => row(`#/beside/${p.patientId}`, 'people', h('bdi', p.name || t('sharing.somebody')))))),
      keepOffer(),
      waysOffer(me),
    ],
  };
}
