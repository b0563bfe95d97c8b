// The offer of passkeys that stands on the sign-in screen, and the button for them.
// The offer stays there for minutes: it is made new before its end, and not while the
// phone's own window is open.

import { answer, askForSignIn, canOffer } from './passkeys.js';

const STALLED = 8000; // milliseconds after which a phone's window is taken for stuck
const LATEST = 480_000; // milliseconds that making it new can wait for that window
const LOOK = 5000;

// passkeyOffer gives {press, rest, stop}: rest gives up what was pressed. arrived gets an answer of the phone; stalled is told
// that its window says nothing for long.
export function passkeyOffer({ arrived, failed, stalled }) {
  let standing = null;
  let pressed = null;
  let timer;
  let over = false;

  async function stand() {
    if (over || !(await canOffer())) return;
    const mine = new AbortController();
    standing = mine;
    try {
      const request = await askForSignIn();
      if (over || standing !== mine) return;
      renewLater(request.renewIn * 1000);
      const said = await answer(request, { mediation: 'conditional', signal: mine.signal });
      if (!over) await arrived(said);
    } catch (problem) {
      if (!mine.signal.aborted && problem.status !== undefined) failed(problem);
    }
  }

  function renewLater(after) {
    clearTimeout(timer);
    const due = Date.now() + after;
    const renew = () => {
      if (over) return;
      if (!document.hasFocus() && Date.now() < due + LATEST) timer = setTimeout(renew, LOOK);
      else {
        lay();
        stand();
      }
    };
    timer = setTimeout(renew, after);
  }

  function lay() {
    clearTimeout(timer);
    standing?.abort();
    standing = null;
  }

  // press asks at once. What stood is laid aside first: a browser asks one thing at a time.
  async function press(verified = false) {
    lay();
    const mine = new AbortController();
    standing = pressed = mine;
    const late = setTimeout(stalled, STALLED);
    try {
      const said = await answer(await askForSignIn(verified), { signal: mine.signal });
      clearTimeout(late);
      await arrived(said);
    } catch (problem) {
      if (problem.code === 'passkey-unverified' && !verified) return press(true);
      if (!mine.signal.aborted) failed(problem);
    } finally {
      clearTimeout(late);
      if (pressed === mine) pressed = null;
      if (standing === mine) {
        standing = null;
        stand();
      }
    }
  }

  stand();
  return { press: () => press(), rest: () => pressed?.abort(), stop() {
    over = true;
    lay();
  } };
}
