// Asks the clinic something as a person who is set aside on this phone: what the phone owes
// them while another one is in front. No screen shows what is answered.

import { asides, freshen } from './aside.js';
import { ask } from './http.js';
import { exclusively } from './lock.js';
import { next, SignedOut, usable } from './session.js';

// asOther is ask with the tokens of somebody who is set aside and signed in.
export const asOther = (account, method, path, options) => exclusively('refresh', async () => {
  const held = (await asides()).find((one) => one.id === account)?.values['sign-in'];
  if (!held) throw new SignedOut();
  const now = usable(held) ? held : await next(held);
  if (now !== held) await freshen(account, held, now);
  return ask(method, path, { ...options, token: now.accessToken, key: now.key });
});
