// Choose the language of the page.

import { h } from '../dom.js';
import { t, choose, languages, language } from '../texts.js';
import { choiceField, form } from '../forms.js';
import { nameOf } from '../intl.js';

// itsName is what a language calls itself.
export const itsName = (code) => nameOf('language', code, code);

export default async function languageScreen({ me, again }) {
  const field = choiceField('language', t('language.label'),
    languages.map((code) => [code, itsName(code)]), { value: language() });
  field.inputs.forEach((input, i) => input.parentElement.setAttribute('lang', languages[i]));
  const send = async () => {
    await choose(field.read());
    again();
  };
  return {
    title: t('language.title'),
    back: me ? [t('menu.more'), '#/more'] : [t('enrol.title'), '#/enrol'],
    body: h('div.card', form([field], send)),
  };
}
