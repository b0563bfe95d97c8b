// Words of the app that a clinician of the site signs before they are shown (near,
// consent). A demo shows them, and says that nobody has.

import { h } from './dom.js';
import { Problem } from './http.js';
import { freshSite, site } from './numbers.js';
import { keysOf, language, t } from './texts.js';

const shows = (says, id) => Boolean(says?.demo || says?.words?.[id]?.includes(language()));

// wordsShown tells whether they may be shown in this language: as the clinic said last. A
// no is asked for anew: who was told that it is signed now does not open the page twice.
export const wordsShown = async (id) => shows(await site(), id) || shows(await freshSite(), id);

export const inDemo = async () => Boolean((await site())?.demo);

// unsignedPart stands where something would be signed: help first, then what goes on
// without it, and for a patient (own) where to ask.
export const unsignedPart = (own = true) => h('section.card', h('p', t('share.unsigned')), h('p', t('share.unsigned.goes-on')),
  h('div.actions', h('a.button.main', { href: '#/help' }, t('frame.help')), own && h('a.button.quiet', { href: '#/messages' }, t('share.unsigned.ask'))));

const CONSENT = ['outside.statement.', 'scope.', 'share.statement.']; // as web/signedwords.go names them

// readWords names the words of consents as this page has them: the server holds them
// against those that were signed. Over plain http a browser has no crypto.subtle: a demo
// takes none then, and of any other clinic this throws what helps. To load the page again does not.
export async function readWords() {
  if (!globalThis.crypto?.subtle) {
    if (await inDemo()) return undefined;
    throw new Problem(0, { code: 'consent-words-unchecked' });
  }
  const lines = keysOf(CONSENT).map((key) => `${key}\0${t(key)}\n`).join('');
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(lines)));
  const fingerprint = btoa(String.fromCharCode(...sum)).replaceAll('+', '-').replaceAll('/', '_').slice(0, 16);
  return { language: language(), fingerprint };
}
