// What went wrong, in plain words. The server's own sentence is used where this
// page has none for the code.

import { NoAnswer } from './http.js';
import { SignedOut } from './session.js';
import { has, t } from './texts.js';

export function problemWords(problem) {
  if (problem instanceof NoAnswer) return t('problem.offline');
  if (problem instanceof SignedOut) return t('problem.signed-out');
  if (has(`problem.${problem.code}`)) return t(`problem.${problem.code}`);
  return problem.status < 500 && problem.detail ? problem.detail : t('problem.other');
}

// fieldWords pairs the fields of a form with what the server said about them. A
// refusal inside of a field ("scopes[2]") belongs to the field, and what a plan says
// is sent as its "content".
export function fieldWords(problem, fields) {
  const said = (problem.fields ?? []).map((e) => ({ ...e, field: e.field?.replace(/^content\./, '') }));
  return fields.flatMap((field) => {
    const hit = said.find((e) => e.field === field.name || e.field?.startsWith(`${field.name}.`) || e.field?.startsWith(`${field.name}[`));
    return hit ? [[field, has(`field.${hit.code}`) ? t(`field.${hit.code}`) : hit.detail]] : [];
  });
}
