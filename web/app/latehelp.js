// A check-in that waited in the phone can be answered with help when nobody looks
// at its screen any more. That help is shown once, above whatever is open.

import { get, putOwn } from './db.js';
import { helpFirst } from './callcard.js';

const elsewhere = new Set();

// showsItself says that the screen of this check-in is open and shows the help.
export const showsItself = (id) => elsewhere.add(id);

export async function helpThatWaits(putFirst) {
  const [owner, sent = []] = await Promise.all(['owner', 'sent'].map(get));
  const entry = sent.find((e) => e.help && !e.helpShown && !elsewhere.has(e.id));
  if (!entry) return;
  await markShown(entry.id, owner);
  putFirst(helpFirst(entry.help));
}

export async function markShown(id, account) {
  const sent = (await get('sent')) ?? [];
  await putOwn('sent', sent.map((e) => (e.id === id ? { ...e, helpShown: true } : e)), account);
}
