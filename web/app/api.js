// Calls of the /v1 API by whoever is signed in on this browser.

import { withWords } from './texts.js';
import { ask } from './http.js';
import { credentials, heed, signIn, SignedOut } from './session.js';

// call is ask with the person's token; one that the server refuses is changed once. It is
// one person's to its end: when another is in front by then, it throws SignedOut. as: the
// account that it is for; whoever is in front, when left out.
export async function call(method, path, said) {
  const { as, ...options } = said ?? {};
  const own = await credentials({ account: as });
  const { accountId } = own.of.session;
  const answer = await once(method, path, options, own).catch(async (problem) => {
    if (problem.code !== 'step-up-required') throw problem;
    const { stepUp } = await withWords(import('./stepup.js'));
    await stepUp(problem, accountId);
    return call(method, path, { ...options, as: accountId });
  });
  const now = await signIn();
  if (now && now.session.accountId !== accountId) throw new SignedOut(); // what came is not theirs who look now
  return answer;
}

async function once(method, path, options, own) {
  try {
    return await ask(method, path, { ...options, ...own });
  } catch (problem) {
    if (problem.status !== 401) throw problem;
    if (problem.wipe) await heed(problem, own.of);
    return ask(method, path, { ...options, ...(await credentials({ not: own.token, account: own.of.session.accountId })) });
  }
}

export const read = async (path, options) => (await call('GET', path, options)).data;

// all reads every page of a list, or so many that there are max entries.
export async function all(path, max = Infinity) {
  const items = [];
  for (let cursor = ''; items.length < max; ) {
    const mark = path.includes('?') ? '&' : '?';
    const page = await read(path + (cursor && `${mark}cursor=${encodeURIComponent(cursor)}`));
    items.push(...(page.items ?? []));
    cursor = page.next;
    if (!cursor) break;
  }
  return items;
}
