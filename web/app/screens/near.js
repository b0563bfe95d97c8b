// Help for those who stand near: "I can't reach them", grief, and for those under 18. It
// opens without an account and without a network, and each leaves no word in the address.
// Words that no clinician of the site has signed in this language are shown by a demo alone;
// the numbers to call always stand here.

import { h, fill, button } from '../dom.js';
import { t } from '../texts.js';
import { calls } from '../callcard.js';
import { linesNow } from '../numbers.js';
import { inDemo, wordsShown } from '../signedwords.js';

const pages = { reach: 5, grief: 4, young: 4 };

export default async function nearScreen() {
  const [shown, demo] = await Promise.all([wordsShown('near'), inDemo()]);
  const learn = h('p', h('a.link', { href: '#/learn' }, t('learn.title')));
  if (!shown) return { title: t('near.title'), lead: t('near.lead'), body: [calls(linesNow()), h('p', t('near.unsigned')), learn] };
  const place = h('div');
  const open = (name) => {
    fill(place, h('section.card', h('h2', { tabindex: '-1' }, t(`near.${name}`)),
      h('ol', Array.from({ length: pages[name] }, (_, i) => h('li', t(`near.${name}.${i + 1}`)))), calls(linesNow()), demo && h('p.note', t('near.not-reviewed'))));
    place.querySelector('h2').focus();
  };
  return { title: t('near.title'), lead: t('near.lead'),
    body: [h('div.actions', Object.keys(pages).map((name) => button(t(`near.${name}`), () => open(name), { kind: 'quiet' }))), place, learn] };
}
