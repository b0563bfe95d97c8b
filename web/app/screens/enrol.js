// Sign in with the code from the clinic.

import { h } from '../dom.js';
import { t, languages } from '../texts.js';
import { form, required, textField } from '../forms.js';
import { enrol, device } from '../session.js';
import { loadMe } from '../me.js';
import { home } from '../home.js';
import { itsName } from './language.js';
import { sayNext } from '../frame.js';
import { keptPlan, refreshPlan } from '../keptplan.js';
import { sendAll } from '../outbox.js';

export default async function enrolScreen({ params, go }) {
  if (params.code) history.replaceState(null, '', '#/enrol'); // a code must not stay in the history
  const code = textField('code', t('enrol.code'), {
    hint: t('enrol.code.hint'), value: params.code ?? '', autocomplete: 'one-time-code',
    autocapitalize: 'characters', spellcheck: 'false', maxlength: '20',
  });
  const name = textField('device.name', t('enrol.device'), {
    hint: t('enrol.device.hint'), value: (await device()).name ?? t('enrol.device.default'), maxlength: '100',
  });
  const send = async () => {
    const session = await enrol(code.read(), name.read());
    await loadMe();
    sayNext(t('enrol.done'));
    go(home(session.role));
    await refreshPlan();
    await sendAll();
  };
  return {
    title: t('enrol.title'),
    lead: t('enrol.lead'),
    body: [
      h('div.card', form([code, name], send, { submit: t('enrol.send'), check: () => required(code, name) })),
      (await keptPlan()) && h('p.note', t('enrol.plan-kept')),
      h('a.link', { href: '#/language' }, languages.map(itsName).join(' · ')),
    ],
  };
}
