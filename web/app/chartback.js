// The way back from a part of somebody's chart. A patient has the menu instead.

import { read } from './api.js';

/** @returns {Promise<any>} words and address; nothing for a patient */
export async function chartBack({ own, patientId }) {
  if (own) return undefined;
  return [await nameOf(patientId), `#/p/${patientId}`];
}

// nameOf is found in the list of charts that the person may open: a supporter may
// know the name there and not open the profile. Who has more charts than one page of
// the list has is of the clinic, and reads who the patient is.
export async function nameOf(patientId) {
  const { items, next } = await read('/v1/patients?limit=100');
  const found = items.find((p) => p.id === patientId)?.name;
  if (found || !next) return found ?? '';
  return (await read(`/v1/patients/${patientId}`).catch(() => null))?.name ?? '';
}
