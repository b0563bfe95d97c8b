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
import { waiting } from '../db.js';

// whatIsKept is of a person whose session is over: their plan opens without a sign-in,
// and what they wrote waits for them.
async function whatIsKept() {
  const unsent = (await waiting()).filter((e) => e.state === 'waiting').length;
  return [
    (await keptPlan()) && h('div.card', h('p', t('enrol.plan-kept')), h('a.button.quiet', { href: '#/plan' }, t('enrol.plan-open'))),
    unsent > 0 && h('p.note', t('enrol.unsent', { n: unsent })),
  ];
}

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
      await whatIsKept(),
      h('a.link', { href: '#/language' }, languages.map(itsName).join(' · ')),
    ],
  };
}
