// How this clinic reaches people, and the languages it speaks. It shows what was last found
// about each way, as handrail doctor finds it; an administrator has them all tested anew.

import { action } from '../action.js';
import { h, fill } from '../dom.js';
import { t, languages } from '../texts.js';
import { call, read } from '../api.js';
import { dateTime, languageName } from '../format.js';
import { say } from '../frame.js';
import { itsName } from './language.js';

export default async function sendingScreen({ me }) {
  const [found, site] = await Promise.all([read('/v1/channels'), read('/v1/site')]);
  const list = h('ul.cards', found.items.map(card));
  const look = async () => {
    const { data } = await call('POST', '/v1/channels/check');
    fill(list, data.items.map(card));
    say(t('sending.looked'));
  };
  return {
    title: t('sending.title'), lead: t('sending.lead'), back: [t('menu.office'), '#/office'],
    body: [
      list,
      me.role === 'administrator' && h('div.actions', action(t('sending.look'), look, { kind: 'quiet' })),
      h('p.note', t('sending.check')),
      h('section', h('h2', t('sending.languages')), h('p', t('sending.new', { language: languageName(site.language) })),
        h('ul.dots', languages.map((code) => h('li', h('bdi', { lang: code }, itsName(code)))))),
    ],
  };
}

const card = (v) => h('li.card', h('h2', t(`sending.${v.channel}`), ' ', h('span.tag', t(wordOf(v)))),
  !v.set && h('p.note', t(`sending.${v.channel}.without`)),
  wordOf(v) === 'sending.bad' && fault(v),
  v.works && v.channel === 'webpush' && h('p.note', t('sending.webpush.works')),
  v.set && h('p.note', v.at ? t('sending.at', { time: dateTime(v.at) }) : t('sending.never')));

// What to do, in the reader's language; the sentence beneath is to be handed on as it is.
const fault = (v) => h('div', h('p.warn', t(`sending.${v.channel}.bad`)),
  h('p.note', t('sending.fails'), ' ', h('bdi', { lang: 'en', dir: 'ltr' }, v.says)),
  v.since && h('p.note', t('sending.since', { time: dateTime(v.since) })));

const wordOf = (v) => {
  if (!v.set) return 'sending.off';
  if (v.works) return 'sending.works';
  return v.says ? 'sending.bad' : 'sending.on'; // without a sentence nobody has looked yet
};
