// All pages of education with what the office has to look at: who signed them, what is
// not shown yet.

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { all } from '../api.js';
import { languageName } from '../format.js';
import { date } from '../format.js';

export default async function textsScreen() {
  const list = await all('/v1/education-texts');
  const wait = list.filter((s) => s.safety && !s.review.reviewed && !s.withdrawn);
  const rest = list.filter((s) => !wait.includes(s));
  return {
    title: t('pages.title'),
    lead: t('pages.lead'),
    back: [t('menu.more'), '#/more'],
    body: [
      h('a.button.main', { href: '#/texts/new' }, t('pages.new')),
      wait.length > 0 && h('section', h('h2', t('pages.wait')), h('p.note', t('pages.wait.more')), rows(wait)),
      h('section', h('h2', t('pages.all')), rows(rest)),
    ],
  };
}

const rows = (list) => h('ul.rows', list.map((s) => h('li', h('a.row', { href: `#/texts/${s.id}/${s.language.toLowerCase()}` },
  h('span', h('bdi', { lang: s.language }, s.title || s.id), h('span.note', `${languageName(s.language)} · ${stateWords(s)}`)), icon('on')))));

export const stateWords = (s) => [s.withdrawn ? t('pages.withdrawn') : s.shown ? t('pages.shown') : t('pages.off'),
  s.review.reviewed && t('pages.signed', { role: roleWords(s.review.role), day: date(s.review.on) }), s.draft && t('pages.draft')].filter(Boolean).join(' · ');

const roleWords = (role) => { const words = t(`discipline.${role}`); return words.startsWith('discipline.') ? role : words; };
