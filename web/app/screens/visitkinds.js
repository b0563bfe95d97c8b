// The kinds of visits that can be booked here.

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { all } from '../api.js';

export default async function visitKindsScreen({ me }) {
  const kinds = await all('/v1/visit-types');
  return {
    title: t('kinds.title'),
    lead: t('kinds.lead'),
    back: [t('setup.title'), '#/set-up'],
    body: [
      me.role === 'administrator' && h('a.button.main', { href: '#/office/visit-types/new' }, t('kinds.new')),
      kinds.length === 0 ? h('p.card', t('kinds.none')) : h('ul.rows', kinds.map((k) => h('li', h('a.row', { href: `#/office/visit-types/${k.id}` },
        h('span.grow', h('bdi', k.name), h('span.note', t('kinds.about', { n: k.minutes, how: k.modalities.map((m) => t(`kinds.how.${m}`)).join(', ') }))), icon('on'))))),
    ],
  };
}
