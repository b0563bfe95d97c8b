// The numbers to call, as large links. The first thing on the screen wherever they
// are needed; it waits for nothing.

import { h } from './dom.js';
import { icon } from './icons.js';
import { lineDisplay, lineName } from './linewords.js';
import { t } from './texts.js';
import { monitoringWords, watchWords } from './monitoring.js';
import { callable, everywhere, linesNow, linesOf, readers } from './numbers.js';
import { safely } from './safely.js';

const drawing = (href) => icon(href.startsWith('sms:') ? 'text' : 'phone');

const oneCall = (line, words) => h('a.call', { href: line.href }, drawing(line.href),
  h('span', h('span', h('bdi', lineName(line) || words)), h('b', h('bdi', lineDisplay(line.display))),
    line.toConfirm && h('small', t('help.not-checked'))));

// calls lists the lines of one country: {emergency: [{display, href}], crisisLines: [{name, display, href}]}.
// A plan does not say which of them nobody has checked; the page does.
export function calls(row) {
  const { country, emergency, crisisLines } = callable(row) ?? everywhere;
  const unchecked = new Set([...linesOf(country).emergency, ...linesOf(country).crisisLines].filter((l) => l.toConfirm).map((l) => l.href + l.name));
  const one = (words) => (line) => oneCall({ ...line, toConfirm: line.toConfirm || unchecked.has(line.href + line.name) }, words);
  return h('div.calls', emergency.map(one(t('help.emergency'))), crisisLines.map(one(t('help.line'))));
}

// helpFirst is what a safety answer is met with: at once, from what this page has, or
// from the answer of the server when it is there. The words of who reads it come when
// they are known.
// plan: the reader has a crisis plan of their own.
export function helpFirst(help, needs = [], { plan = true } = {}) {
  const who = h('p', safely(() => help?.monitoring && monitoringWords(help.monitoring)));
  if (!help?.monitoring) readers().then((m) => { who.textContent = monitoringWords(m); }).catch(() => {});
  return h('div.help-card',
    h('h2', t('help.first.title')),
    needs.filter((need) => need !== 'crisis').map((need) => h('p', h('b', t(`help.need.${need}`)))),
    h('p', t('help.first.text')),
    calls(help?.numbers ?? linesNow()),
    plan && h('a.button.quiet', { href: '#/plan' }, t('help.open-plan')),
    who, h('p', safely(() => watchWords(help?.watch))));
}
