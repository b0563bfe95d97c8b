// The questions that this patient is asked, kept so that they can be answered with
// no network.

import { get, put } from './db.js';
import { call } from './api.js';
import { NoAnswer } from './http.js';
import { language } from './texts.js';

// checkInForm is {version, questions, instruments}; it throws when none was ever loaded.
export async function checkInForm(patientId) {
  try {
    return await refreshForm(patientId);
  } catch (problem) {
    const kept = await get('form');
    if (kept?.patientId === patientId && (problem instanceof NoAnswer || problem.status >= 500)) return kept.form;
    throw problem;
  }
}

export async function refreshForm(patientId) {
  const { data, etag } = await call('GET', `/v1/patients/${patientId}/check-in-form`);
  const form = { ...data, version: data.version ?? Number(etag.replace(/\D/g, '')) };
  await put('form', { patientId, language: language(), form });
  return form;
}
