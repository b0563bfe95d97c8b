// What the office keeps of an interpreter: the languages they can be booked for.

import { all, call } from './api.js';
import { t } from './texts.js';
import { choiceField } from './forms.js';
import { languageName } from './format.js';
import { spoken } from './spoken.js';

// interpretsField asks for the languages. Those that another program kept stay.
export const interpretsField = (value = []) => choiceField('languages', t('interpreters.languages'),
  [...new Set([...spoken, ...value])].map((code) => [code, languageName(code)]), { value, many: true, hint: t('interpreters.hint') });

// resourceOf is what of them can be booked, or undefined before their languages are kept.
export const resourceOf = async (accountId) => (await all('/v1/resources')).find((r) => r.id === accountId);

// keepLanguages makes an interpreter one who can be booked, or changes their languages.
export async function keepLanguages(account, languages, resource) {
  await call('PUT', `/v1/resources/${account.id}`, { etag: resource?.etag ?? '"1"',
    body: { name: account.name, languages, ...(resource?.availability ? { availability: resource.availability } : {}) } });
}
