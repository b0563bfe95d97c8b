// How this clinic reaches people, and the languages it speaks. It says what is set, and not
// whether it works: that is asked from outside, by the operator (handrail doctor).

import { h } from '../dom.js';
import { t, languages } from '../texts.js';
import { read } from '../api.js';
import { languageName } from '../format.js';
import { itsName } from './language.js';

const ways = ['webpush', 'fcm', 'email', 'sms'];

export default async function sendingScreen() {
  const [{ channels }, site] = await Promise.all([read('/v1/me/notification-settings'), read('/v1/site')]);
  return {
    title: t('sending.title'), lead: t('sending.lead'), back: [t('menu.office'), '#/office'],
    body: [
      h('ul.cards', ways.map((way) => h('li.card', h('h2', t(`sending.${way}`), ' ', h('span.tag', t(channels.includes(way) ? 'sending.on' : 'sending.off'))),
        !channels.includes(way) && h('p.note', t(`sending.${way}.without`))))),
      h('p.note', t('sending.check')),
      h('section', h('h2', t('sending.languages')), h('p', t('sending.new', { language: languageName(site.language) })),
        h('ul.dots', languages.map((code) => h('li', h('bdi', { lang: code }, itsName(code)))))),
    ],
  };
}
