// A patient's own conversations as this phone last saw them, to be read with no network.
// They go with everything else of a person when the phone is ended or signed out.

import { get, putOwn } from './db.js';

const THREADS = 20; // the newest
const MESSAGES = 30; // of each, the newest
const TEXT = 4000; // characters that a message may have

const kept = async () => (await get('threads')) ?? { list: [], open: {} };

// keptThreads is the list, the newest first; null where none was ever seen.
export const keptThreads = async () => (await get('threads'))?.list ?? null;

// keptThread is {thread, messages, savedAt}, the oldest message first, or undefined.
export const keptThread = async (id) => (await get('threads'))?.open[id];

// keepThreads keeps the list, and drops what is not on it any more.
export async function keepThreads(items, account) {
  const { open } = await kept();
  const list = items.slice(0, THREADS);
  await putOwn('threads', { list, open: Object.fromEntries(list.filter((thread) => open[thread.id]).map((thread) => [thread.id, open[thread.id]])) }, account);
}

// keepThread keeps the newest messages of one.
export async function keepThread(thread, messages, account) {
  const all = await kept();
  const list = all.list.some((one) => one.id === thread.id) ? all.list : [thread, ...all.list].slice(0, THREADS);
  const mine = { thread, messages: messages.slice(-MESSAGES).map((m) => ({ ...m, text: m.text.slice(0, TEXT) })), savedAt: Date.now() };
  const open = Object.fromEntries(Object.entries({ ...all.open, [thread.id]: mine }).filter(([id]) => list.some((one) => one.id === id)));
  await putOwn('threads', { list, open }, account);
}
