// Calls of the /v1 API by whoever is signed in on this browser.

import { withWords } from './texts.js';
import { ask } from './http.js';
import { credentials, heed, signIn } from './session.js';

// call is ask with the person's token; one that the server refuses is changed once.
export async function call(method, path, options = {}) {
  const own = await credentials();
  try {
    return await ask(method, path, { ...options, ...own });
  } catch (problem) {
    if (problem.code === 'step-up-required') return afterStepUp(problem, () => call(method, path, options));
    if (problem.status !== 401) throw problem;
    if (problem.wipe) await heed(problem, await signIn());
    return ask(method, path, { ...options, ...(await credentials({ not: own.token })) });
  }
}

// afterStepUp has the person show that it is them, and asks again.
async function afterStepUp(problem, again) {
  const { stepUp } = await withWords(import('./stepup.js'));
  await stepUp(problem);
  return again();
}

export const read = async (path, options) => (await call('GET', path, options)).data;

// all reads every page of a list, up to max entries.
export async function all(path, max = 500) {
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
