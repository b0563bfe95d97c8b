// Shows the screen of the address, moves the focus to its heading, and shows what
// went wrong in plain words when a screen can't be had.

import { find } from './routes.js';
import { home, mayGo, remember } from './home.js';
import { session, SignedOut } from './session.js';
import { hear } from './bus.js';
import { bar, cover, covered, drawFrame, place, showFloor } from './frame.js';
import { isLocked, keepLock, reachable } from './idlelock.js';
import { lockScreen } from './lockscreen.js';
import helpScreen from './screens/help.js';
import { failureScreen, waitScreen } from './screens/failure.js';

const PATIENCE = 300; // milliseconds before "loading" is shown
let turn = 0;
let drawn; // the address of the screen that stands, below the lock too

export function startRouter() {
  addEventListener('hashchange', () => show());
  hear('signed-out', () => go('#/enrol'));
  hear('turned', () => { // in whatever tab: what is drawn is another person's
    drawn = undefined;
    go('#/');
  });
  hear('parted', () => typing() || show());
  hear('back', () => (location.hash.startsWith('#/enrol') ? go('#/') : typing() || show()));
  keepLock({ who: session, inVisit: () => location.hash.endsWith('/room') || bar.childElementCount > 0, changed: () => turnLock().catch(() => {}) });
  return show({ quiet: true });
}

// turnLock locks the page, or shows the screen again with what was typed on it.
async function turnLock() {
  const me = await session();
  if (!covered() || (await isLocked(me)) || drawn !== location.hash) return show();
  cover(null);
  drawFrame(me, location.hash);
}

// typing: what somebody writes is not taken from them by news.
const typing = () => Boolean(['INPUT', 'TEXTAREA', 'SELECT'].includes(document.activeElement?.tagName ?? ''));

export function go(hash) {
  if (location.hash === hash) return show();
  location.hash = hash;
}

// show draws the screen of the address. quiet leaves the focus alone (first draw).
export async function show({ quiet = false } = {}) {
  const mine = ++turn;
  const help = location.hash === '#/help';
  if (help) showHelp(quiet);
  const slow = setTimeout(() => mine === turn && !help && place(waitScreen(), { quiet: true, waiting: true }), PATIENCE);
  const me = await session();
  const locked = await isLocked(me);
  if (mine !== turn) return clearTimeout(slow);
  const found = find(location.hash);
  drawFrame(locked ? null : me, location.hash);
  if (locked && !(await reachable(location.hash, me))) {
    clearTimeout(slow);
    if (covered()) return; // what is typed there stays
    const screen = await lockScreen(me); // loaded with the page: there may be no network
    return mine === turn && cover(screen);
  }
  cover(null);
  if (!found || (me ? !mayGo(me.role, found.route) : !found.route.open)) {
    clearTimeout(slow);
    if (found?.route.returns) remember(location.hash);
    return replace(me ? home(me.role) : '#/enrol', quiet);
  }
  if (help) return clearTimeout(slow);
  const screen = await make(found, me, locked, () => mine === turn);
  clearTimeout(slow);
  if (mine !== turn || !screen) return;
  place(screen, { quiet });
  drawn = location.hash;
}

// showHelp waits for nothing, and nothing that fails takes it away: the numbers of the
// page itself stand below it.
function showHelp(quiet) {
  try {
    cover(null);
    place(helpScreen(), { quiet });
    drawn = '#/help';
    drawFrame(undefined, '#/help');
  } catch {
    showFloor(true);
  }
}

// make makes a screen. What goes wrong with one that nobody waits for any more leads nowhere:
// somebody may be typing on the next by then. waited tells whether they do.
async function make({ route, params }, me, locked, waited) {
  try {
    return await route.show({ ...context(params, me), locked });
  } catch (problem) {
    if (!waited()) return undefined;
    if (problem instanceof SignedOut) return replace('#/enrol');
    if (problem.code === 'second-factor-needed') return replace('#/ways');
    return failureScreen(problem, () => show(), me);
  }
}

// context is what a screen knows: who looks, at whose chart, and how to move on.
function context(params, me) {
  const patientId = params.patient ?? me?.patientId;
  const own = Boolean(me?.patientId) && patientId === me.patientId;
  return {
    params, me, patientId, own, go,
    again: () => show(),
    at: (path) => (own ? `#/${path}` : `#/p/${patientId}/${path}`),
    api: (path) => `/v1/patients/${patientId}/${path}`,
  };
}

function replace(hash, quiet = false) {
  history.replaceState(null, '', hash);
  return show({ quiet });
}
