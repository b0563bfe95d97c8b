// The questions that this patient is asked, kept so that they can be answered with
// no network.

import { get, putOwn } from './db.js';
import { call } from './api.js';
import { NoAnswer } from './http.js';
import { localDay } from './format.js';

// checkInForm is {version, questions, instruments}; it throws when none was ever loaded.
export async function checkInForm(patientId, account) {
  try {
    return await refreshForm(patientId, account);
  } catch (problem) {
    const kept = await get('form');
    if (kept?.patientId === patientId && (problem instanceof NoAnswer || problem.status >= 500)) return kept.form;
    throw problem;
  }
}

export async function refreshForm(patientId, account) {
  const { data } = await call('GET', `/v1/patients/${patientId}/check-in-form`);
  await putOwn('form', { patientId, form: data }, account);
  return data;
}

// due lists the instruments of a form that are asked today. This phone remembers
// when it last sent each; one without wording cannot be asked.
export async function due(form) {
  const last = (await get('instruments')) ?? {};
  return form.instruments.filter((i) => i.worded && (!last[i.id] || last[i.id] <= localDay(-i.everyDays)));
}

export async function noteAsked(instruments, account) {
  const now = Object.fromEntries(instruments.map((i) => [i.id, localDay()]));
  await putOwn('instruments', { ...(await get('instruments')), ...now }, account);
}
