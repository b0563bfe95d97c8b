// What a patient can promise to a person of their circle, with the words that are sent.
// Only what can be kept is offered: the server says what that is.

import { h } from './dom.js';
import { t } from './texts.js';
import { choiceField, selectField } from './forms.js';

export const CALL = 'promise.call-for-help';
export const MEDICINES = 'promise.medicine-reminders';

// promiseFields gives the fields of the promises that were chosen for a person.
export function promiseFields(person, choices, chosen) {
  const call = chosen.includes(CALL) && callFields(person, choices);
  const medicines = chosen.includes(MEDICINES) && medicineFields(person, choices);
  return {
    fields: [...(call ? call.fields : []), ...(medicines ? medicines.fields : [])],
    read: () => ({ ...(call ? { callForHelp: call.read() } : {}), ...(medicines ? { medicineReminders: medicines.read() } : {}) }),
  };
}

const wayField = (name, person) => choiceField(name, t('promise.way'), person.ways.map((w) => [w, t(`promise.way.${w}`)]), { value: person.ways[0], hint: t('promise.way.hint') });

function callFields(person, choices) {
  const spoken = choices.wordings.some((w) => w.language === person.language) ? person.language : 'en';
  const words = choices.wordings.filter((w) => w.language === spoken);
  const when = choiceField('callForHelp.when', t('promise.when'), choices.callRules.map((r) => [r, t(`promise.when.${r}`)]), { value: choices.callRules[0], hint: t('promise.when.hint') });
  const way = wayField('callForHelp.way', person);
  const wording = choiceField('callForHelp.wording', t('promise.words'), words.map((w) => [w.code, h('span', { lang: w.language, dir: 'auto' }, w.text)]), { value: words[0].code, hint: t('promise.words.hint') });
  return {
    fields: [when, way, wording],
    read: () => {
      const w = words.find((x) => x.code === wording.read());
      return { when: when.read(), way: way.read(), wording: w.code, language: w.language, text: w.text };
    },
  };
}

function medicineFields(person, choices) {
  const way = wayField('medicineReminders.way', person);
  const after = selectField('medicineReminders.afterMinutes', t('promise.after'), choices.afterMinutes.map((n) => [String(n), t(`promise.after.${n}`)]), { value: '0', hint: t('promise.after.hint') });
  return { fields: [way, after], read: () => ({ way: way.read(), afterMinutes: Number(after.read()) }) };
}
