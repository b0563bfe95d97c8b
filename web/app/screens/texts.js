// All pages of education with what the office has to look at: who signed them, what is
// not shown yet.

import { h } from '../dom.js';
import { form, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { icon } from '../icons.js';
import { direction, t } from '../texts.js';
import { all, call } from '../api.js';
import { languageName } from '../format.js';
import { date } from '../format.js';

const YEAR = 365 * 24 * 3600 * 1000; // milliseconds

export default async function textsScreen({ me, again }) {
  const [list, words] = await Promise.all([all('/v1/education-texts'), all('/v1/education-words')]);
  const wait = list.filter((s) => s.safety && !s.review.reviewed && !s.withdrawn);
  const rest = list.filter((s) => !wait.includes(s));
  return {
    title: t('pages.title'),
    lead: t('pages.lead'),
    back: [t('menu.more'), '#/more'],
    body: [
      h('a.button.main', { href: '#/texts/new' }, t('pages.new')),
      wait.length > 0 && h('section', h('h2', t('pages.wait')), h('p.note', t('pages.wait.more')), rows(wait)),
      words.length > 0 && h('section', h('h2', t('words.title')), words.map((w) => wordsPart(w, me, again))),
      h('section', h('h2', t('pages.all')), rows(rest)),
    ],
  };
}

// wordsPart shows words of the app as they stand there, and takes a clinician's signature.
function wordsPart(w, me, again) {
  const next = textField('next', t('pages.next'), { type: 'date', value: new Date(Date.now() + YEAR).toISOString().slice(0, 10), hint: t('pages.next.hint') });
  const sign = async () => {
    await call('POST', `/v1/education-words/${w.id}/${w.language}/signature`, { body: { fingerprint: w.fingerprint, next: next.read() } });
    sayNext(t('pages.sign.done'));
    await again();
  };
  return h('details.card', h('summary', t(`words.${w.id}`), h('span.note', ` ${languageName(w.language)} · ${stateWords({ ...w, withdrawn: false, draft: false })}`)),
    h('ul.dots', { lang: w.language, dir: direction(w.language) }, w.lines.map((l) => h('li', l.text))),
    me.role === 'clinician' && !w.review.reviewed && [h('p.note', t('pages.sign.more')), form([next], sign, { submit: t('pages.sign.yes') })]);
}

const rows = (list) => h('ul.rows', list.map((s) => h('li', h('a.row', { href: `#/texts/${s.id}/${s.language.toLowerCase()}` },
  h('span', h('bdi', { lang: s.language }, s.title || s.id), h('span.note', `${languageName(s.language)} · ${stateWords(s)}`)), icon('on')))));

export const stateWords = (s) => [s.withdrawn ? t('pages.withdrawn') : s.shown ? t('pages.shown') : t('pages.off'),
  s.review.reviewed && t('pages.signed', { role: roleWords(s.review.role), day: date(s.review.on) }), s.draft && t('pages.draft')].filter(Boolean).join(' · ');

const roleWords = (role) => { const words = t(`discipline.${role}`); return words.startsWith('discipline.') ? role : words; };
