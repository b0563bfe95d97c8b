// A number that can be called or written to: {number, display, takes}.

import { h } from './dom.js';
import { callLink } from './bundleview.js';
import { t } from './texts.js';

// phoneLinks are the ways to reach a number. The words tell who is called.
export function phoneLinks(phone, name) {
  if (!phone?.number) return null;
  const one = (scheme, words) => callLink({ href: `${scheme}:${phone.number}`, display: phone.display || phone.number }, words);
  return h('div.calls',
    phone.takes !== 'texts' && one('tel', t('phone.call', { name })),
    (phone.takes === 'texts' || phone.takes === 'both') && one('sms', t('phone.text', { name })));
}
