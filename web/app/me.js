// The account of the person who is signed in, kept for when there is no network.

import { get, putOwn } from './db.js';
import { read } from './api.js';
import { lendZone } from './intl.js';
import { loadTexts } from './texts.js';

export async function loadMe() {
  const account = await read('/v1/me');
  await putOwn('me', account, account.id);
  lendZone('account', account.zone);
  await loadTexts(account);
  return account;
}

export const me = async () => (await get('me')) ?? null;
