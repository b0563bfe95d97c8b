// Hands a file to the person. What the phone does with it, the phone knows: a
// calendar file opens in the calendar.

import { h } from './dom.js';

export function saveFile(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = h('a', { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // milliseconds: some browsers read it late
}
