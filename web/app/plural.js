// Texts that count have the forms of their language, as ICU writes them:
// {n, plural, one {# day} other {# days}}. A form that is left out is "other"; # is the number.

const COUNTED = /\{(\w+), plural,((?:\s*(?:zero|one|two|few|many|other) \{[^{}]*\})+)\s*\}/g;
const FORM = /(\w+) \{([^{}]*)\}/g;

/** @param {string} text @param {Record<string, any>} values @param {string} language @param {(value: any) => any} [shown] */
export const pluralised = (text, values, language, shown = String) => (text.includes(', plural,') ? text.replace(COUNTED, (all, name, forms) => {
  if (!(name in values)) return all;
  const by = Object.fromEntries([...forms.matchAll(FORM)].map(([, form, words]) => [form, words]));
  return (by[new Intl.PluralRules(language).select(Number(values[name]))] ?? by.other).replaceAll('#', shown(values[name]));
}) : text);
