// What stands around every screen: the way to help, the menu, the place for the
// screen itself and for words that are read out.

import { h, fill } from './dom.js';
import { icon } from './icons.js';
import { phoneNotes } from './phonenotes.js';
import { face, nameOfFace, wear } from './appface.js';
import { safely } from './safely.js';
import { t } from './texts.js';

const menus = {
  patient: [['#/today', 'today'], ['#/visits', 'visits'], ['#/goals', 'goals'], ['#/plan', 'plan'], ['#/more', 'more']],
  supporter: [['#/beside', 'today'], ['#/learn', 'learn'], ['#/patients', 'people'], ['#/more', 'more']],
  guardian: [['#/patients', 'people'], ['#/more', 'more']],
  partner: [['#/partner', 'referrals'], ['#/more', 'more']],
  interpreter: [['#/interpreting', 'visits'], ['#/more', 'more']],
  clinician: [['#/my-day', 'myday'], ['#/week', 'week'], ['#/patients', 'patients'], ['#/more', 'more']],
  coordinator: [['#/office', 'office'], ['#/patients', 'team'], ['#/more', 'more']],
  administrator: [['#/office', 'office'], ['#/patients', 'team'], ['#/more', 'more']],
};

const header = h('header.top');
const main = h('main#main', { tabindex: '-1' });
const said = h('div.said', { role: 'status', 'aria-live': 'polite' });
export const bar = h('div.bar'); // leads back to a visit that goes on
const nav = h('nav.menu');
let toSay = '';
let lastMe = null;

// buildFrame puts it around the floor (floor.go), which stays on the page.
export function buildFrame() {
  const skip = h('a.skip', { href: '#main', onclick: (event) => { event.preventDefault(); (covering ?? main).focus(); } });
  document.body.prepend(skip, header, bar, said, main);
  document.body.append(nav);
  drawFrame(null, '');
}

// drawFrame draws what stands around a screen, for the one who looks; undefined: for
// the same one as before.
export function drawFrame(me = lastMe, hash = '') {
  lastMe = me;
  wear();
  /** @type {Element} */ (document.querySelector('.skip')).textContent = t('frame.skip');
  fill(header,
    h('a.brand', { href: '#/' }, icon(face() === 'plain' ? 'today' : 'rail'), nameOfFace()),
    h('a.help-now', { href: '#/help', 'aria-current': hash === '#/help' && 'page' }, icon('phone'), t('frame.help')));
  const entries = menus[me?.role] ?? [];
  nav.hidden = entries.length === 0;
  nav.setAttribute('aria-label', t('frame.menu'));
  fill(nav, h('ul', entries.map(([href, name]) => h('li',
    h('a', { href, 'aria-current': (belongs(hash, href)) && 'page' },
      icon(name), h('span', t(`menu.${name}`)))))));
}

// belongs tells under which entry of the menu an address is.
const under = { '#/more': ['messages', 'threads', 'medicines', 'tablets', 'tapers', 'taking', 'refills', 'medicine-rules', 'medicine-strengths', 'check-ins', 'sharing', 'apps', 'family', 'access-log', 'devices', 'ways', 'people', 'keep', 'language'], '#/today': ['check-in'], '#/beside': ['coping', 'near'], '#/patients': ['p', 'worry'], '#/interpreting': ['p'], '#/week': ['hours'], '#/office': ['hours', 'alert-settings', 'message-settings'], '#/my-day': ['alerts', 'tasks', 'caseload'] };
const belongs = (hash, href) => [href, ...(under[href] ?? []).map((name) => `#/${name}`)]
  .some((start) => hash === start || hash.startsWith(`${start}/`));

// showFloor brings the numbers of the page itself onto the screen, below what is on it.
// It is the first thing that an answer that asks for help is met with.
export const showFloor = (on) => document.documentElement.classList.toggle('needs-help', on);

// place shows a screen: {title, body, back: [words, href], lead, wide, bare}. A wide one
// may take the whole of a large window; a bare one stands without the menu; needsHelp keeps the
// numbers of the page below it. One that only says
// "please wait" leaves what is to be said to the screen that comes.
/** @param {any} screen @param {{ quiet?: boolean, waiting?: boolean }} [more] */
export function place(screen, { quiet, waiting } = {}) {
  showFloor(Boolean(screen.needsHelp));
  const heading = h('h1', { tabindex: '-1' }, screen.title);
  fill(main,
    screen.back && h('a.back', { href: screen.back[1] }, icon('back'), screen.back[0]),
    heading, screen.lead && h('p.lead', screen.lead), screen.body);
  if (!waiting) document.documentElement.classList.add('up'); // the page has come up by itself
  safely(() => main.append(...phoneNotes()));
  main.classList.toggle('wide', Boolean(screen.wide));
  document.body.classList.toggle('bare', Boolean(screen.bare));
  safely(() => scrollTo(0, 0));
  if (!quiet) heading.focus({ preventScroll: true });
  if (waiting) return;
  said.textContent = toSay;
  toSay = '';
}

// say reads words out now; sayNext on the next screen, where they are also seen.
export const say = (words) => { said.textContent = words; };
export const sayNext = (words) => { toSay = words; };

// cover shows something in the place of the screen, which stays below as it is; nothing:
// the screen is back.
let covering = null;
export const covered = () => Boolean(covering);
export function cover(node) {
  covering?.remove();
  covering = node ? h('main.lock', { tabindex: '-1' }, node) : null;
  main.hidden = Boolean(node);
  if (!node) return;
  showFloor(false);
  document.documentElement.classList.add('up');
  main.before(covering);
  covering.querySelector('h1').focus({ preventScroll: true });
}

// putFirst puts something above everything else on the screen, and goes there.
export function putFirst(node) {
  main.querySelector('.first')?.remove();
  main.prepend(h('div.first', { tabindex: '-1' }, node));
  scrollTo(0, 0);
  main.firstChild.focus({ preventScroll: true });
}
