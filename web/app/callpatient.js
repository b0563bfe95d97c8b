// The patient's number, with how and when they said that they may be called: it stands
// beside the button, so that nobody calls without having read it.

import { h } from './dom.js';
import { t } from './texts.js';
import { read } from './api.js';
import { phoneLinks } from './phonelink.js';

// callPart gives the part for somebody of the clinic; nothing where they may not know.
export async function callPart(patientId) {
  const path = (rest) => `/v1/patients/${patientId}${rest}`;
  const [profile, wish] = await Promise.all([maybe(path('')), maybe(path('/call-wish'))]);
  const number = wish?.number || profile?.phone;
  if (!wish && !number) return null;
  return h('section.card', h('h2', t('callwish.title')), wishWords(wish),
    number ? phoneLinks({ number, display: number, takes: wish?.texts ? 'both' : 'calls' }, profile?.preferredName || profile?.name || '') : h('p.note', t('callwish.no-number')));
}

async function maybe(path) {
  try {
    return await read(path);
  } catch (problem) {
    if (problem.status === 404 || problem.status === 403) return null;
    throw problem;
  }
}

const wishWords = (wish) => h('ul.dots',
  h('li', h('b', t(`callwish.voicemail.${wish?.voicemail || 'unsaid'}`))),
  h('li', wish?.windows?.length > 0 ? [t('callwish.hours'), ' ', wish.windows.map((w) => h('bdi', windowWords(w))).flatMap((w, i) => (i ? [', ', w] : [w]))] : t('callwish.any-time')),
  h('li', t(wish?.texts ? 'callwish.texts.yes' : 'callwish.texts.no')),
  wish?.number && h('li', t('callwish.safe-number')),
  wish?.note && h('li', h('span.quote', wish.note)));

const windowWords = ({ days = [], from, to }) => `${days.map((d) => t(`weekday.${d}`)).join(' ')} ${from}–${to}`.trim();
