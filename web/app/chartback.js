// The way back from a part of somebody's chart. A patient has the menu instead.

import { read } from './api.js';

/** @returns {Promise<any>} words and address; nothing for a patient */
export async function chartBack({ own, patientId }) {
  if (own) return undefined;
  return [await nameOf(patientId), `#/p/${patientId}`];
}

// here holds a form back that names nobody, or somebody whose chart is not open to who
// asks. Without a network it stands, as what is written waits.
export async function here({ own, patientId }) {
  if (!own) await nameOf(patientId).catch((problem) => { if (problem.status === 404) throw problem; });
}

// nameOf is found in the list of charts that the person may open: a supporter may
// know the name there and not open the profile. Whose chart is in no list of theirs reads who
// the patient is: of a chart that is not open to them at all the screen is that of nobody's.
export async function nameOf(patientId) {
  const { items } = await read('/v1/patients?limit=100');
  const found = items.find((p) => p.id === patientId)?.name;
  if (found) return found;
  try {
    return (await read(`/v1/patients/${patientId}`)).name;
  } catch (problem) {
    if (problem.status === 404) throw problem;
    return '';
  }
}
