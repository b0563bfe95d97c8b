// The numbers to call, as large links. The first thing on the screen wherever they
// are needed.

import { h } from './dom.js';
import { icon } from './icons.js';
import { t } from './texts.js';
import { monitoringWords } from './monitoring.js';
import { country, numbers, site } from './numbers.js';
import { me } from './me.js';

const drawing = (href) => icon(href.startsWith('sms:') ? 'text' : 'phone');

// calls lists the lines of one country: {emergency: [{display, href}], crisisLines: [{name, display, href}]}.
export function calls({ emergency = [], crisisLines = [] }) {
  return h('div.calls',
    crisisLines.map((line) => h('a.call', { href: line.href }, drawing(line.href),
      h('span', h('span', line.name), h('b', { dir: 'ltr' }, line.display)))),
    emergency.map((line) => h('a.call.second', { href: line.href }, drawing(line.href),
      h('span', h('span', t('help.emergency')), h('b', { dir: 'ltr' }, line.display)))));
}

// everywhere is for when no numbers could ever be loaded.
const everywhere = () => ({ emergency: ['112', '911'].map((n) => ({ display: n, href: `tel:${n}` })) });

export async function linesHere() {
  const all = await numbers();
  const here = await country(await me());
  return all.find((c) => c.country === here) ?? all[0] ?? everywhere();
}

// helpFirst is what a safety answer is met with: at once, from what this phone has,
// or from the answer of the server when it is there.
export async function helpFirst(help) {
  return h('div.help-card',
    h('h2', t('help.first.title')),
    h('p', help?.text || t('help.first.text')),
    calls(help ?? (await linesHere())),
    h('a.button.quiet', { href: '#/plan' }, t('help.open-plan')),
    h('p', monitoringWords(help?.monitoring ?? (await site())?.monitoring)));
}
