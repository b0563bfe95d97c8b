// The numbers to call, as large links. The first thing on the screen wherever they
// are needed.

import { h } from './dom.js';
import { icon } from './icons.js';
import { t } from './texts.js';
import { monitoringWords } from './monitoring.js';
import { country, numbers, site } from './numbers.js';
import { me } from './me.js';

const drawing = (href) => icon(href.startsWith('sms:') ? 'text' : 'phone');

const oneCall = (line, words) => h('a.call', { href: line.href }, drawing(line.href),
  h('span', h('span', h('bdi', line.name || words)), h('b', { dir: 'ltr' }, line.display)));

// calls lists the lines of one country: {emergency: [{display, href}], crisisLines: [{name, display, href}]}.
export function calls({ emergency = [], crisisLines = [] }) {
  return h('div.calls',
    emergency.map((line) => oneCall(line, t('help.emergency'))),
    crisisLines.map((line) => oneCall(line, t('help.line'))));
}

// everywhere is for when no numbers could ever be loaded, and for other countries:
// one of the two reaches emergency services from a mobile phone almost anywhere.
const everywhere = () => ({ emergency: ['112', '911'].map((n) => ({ display: n, href: `tel:${n}` })) });

export async function linesHere() {
  const here = await country(await me());
  return (await numbers()).find((c) => c.country === here) ?? everywhere();
}

// helpFirst is what a safety answer is met with: at once, from what this phone has,
// or from the answer of the server when it is there.
export async function helpFirst(help, needs = []) {
  return h('div.help-card',
    h('h2', t('help.first.title')),
    needs.filter((need) => need !== 'crisis').map((need) => h('p', h('b', t(`help.need.${need}`)))),
    h('p', t('help.first.text')),
    calls(help?.numbers ?? (await linesHere())),
    h('a.button.quiet', { href: '#/plan' }, t('help.open-plan')),
    h('p', monitoringWords(help?.monitoring ?? (await site())?.monitoring)));
}
