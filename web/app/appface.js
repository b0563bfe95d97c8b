// The name and the picture that the phone's home screen shows for the page. Some people
// do not want a name there that others ask about: a plain one says nothing. It is a
// phone's own choice, made before the page is put there.

import { get, put } from './db.js';
import { language, t } from './texts.js';

export const FACES = ['handrail', 'plain'];
export const PLAIN_START = '#/plain'; // where the plain one begins: on iOS it has a storage of its own

let chosen = 'handrail';

export const face = () => chosen;
export const nameOfFace = (which = chosen) => t(which === 'plain' ? 'keep.face.plain' : 'frame.name');

// learnFace reads what was chosen on this phone.
export async function learnFace() {
  if (location.hash === PLAIN_START) {
    history.replaceState(null, '', '/#/');
    await choose('plain');
  }
  chosen = (await get('settings'))?.face ?? chosen;
  wear();
}

export async function choose(which) {
  chosen = which;
  wear();
  await put('settings', { ...(await get('settings')), face: which });
}

// wear puts the name and the pictures where a browser looks for them.
export function wear() {
  const plain = chosen === 'plain';
  document.title = nameOfFace();
  link('manifest', plain ? `/plain-${language()}.webmanifest` : '/manifest.webmanifest');
  link('icon', plain ? '/plain.svg' : '/icon.svg');
  link('apple-touch-icon', plain ? '/plain-180.png' : '/icon-180.png');
}

function link(rel, href) {
  let there = document.querySelector(`link[rel="${rel}"]`);
  if (!there) {
    there = document.createElement('link');
    there.setAttribute('rel', rel); // no phone but an iPhone asks for this one, when it is put there
    document.head.append(there);
  }
  if (there.getAttribute('href') !== href) there.setAttribute('href', href);
}
