// A number that can be called or written to: {number, display, takes}.

import { h } from './dom.js';
import { callLink } from './bundleview.js';
import { t } from './texts.js';

// dialled is a number as a phone dials it: an extension comes after a pause, since few
// phones know the ";ext=" of RFC 3966.
export function dialled(number, scheme) {
  const [base, extension] = number.split(';ext=');
  if (!extension || scheme === 'sms') return base;
  const [digits, pound] = extension.split(';');
  return `${base},${digits}${pound ? '%23' : ''}`;
}

// phoneLinks are the ways to reach a number. The words tell who is called.
export function phoneLinks(phone, name) {
  if (!phone?.number) return null;
  const one = (scheme, words) => callLink({ href: `${scheme}:${dialled(phone.number, scheme)}`, display: phone.display || phone.number }, words);
  return h('div.calls',
    phone.takes !== 'texts' && one('tel', t('phone.call', { name })),
    (phone.takes === 'texts' || phone.takes === 'both') && one('sms', t('phone.text', { name })));
}
