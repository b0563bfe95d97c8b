// The way back from a part of somebody's chart. A patient has the menu instead.

import { read } from './api.js';

/** @returns {Promise<any>} words and address; nothing for a patient */
export async function chartBack({ own, patientId }) {
  if (own) return undefined;
  return [await nameOf(patientId), `#/p/${patientId}`];
}

// nameOf is found in the list of charts that the person may open: a supporter may
// know the name there and not open the profile.
export async function nameOf(patientId) {
  const { items } = await read('/v1/patients?limit=100');
  return items.find((p) => p.id === patientId)?.name ?? '';
}
