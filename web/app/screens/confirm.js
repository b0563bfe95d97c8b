// The link of a mail: somebody says that the address is theirs. It asks first: what
// scans mail may follow a link, and must not answer for a person.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { ask } from '../http.js';
import { place } from '../frame.js';

export default async function confirmScreen({ params }) {
  const { token } = params;
  history.replaceState(null, '', '#/confirm'); // the link works once; it need not stay in the history
  const yes = async () => {
    await ask('POST', '/v1/email-confirmations', { body: { token } });
    place({ title: t('confirm.title'), body: h('p.card', t('confirm.done')) });
  };
  return { title: t('confirm.title'), lead: t('confirm.lead'), body: h('div.card', token ? action(t('confirm.yes'), yes) : h('p', t('confirm.again'))) };
}
