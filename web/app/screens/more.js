// What is used less often, and the way out.

import { h, button } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { signOut } from '../session.js';
import { letGo } from '../pushes.js';
import { standing } from '../outbox.js';
import { sayNext } from '../frame.js';
import { eraseMine } from '../erasemine.js';

const entries = {
  patient: ['care-plan', 'inbox', 'messages', 'learn', 'check-ins', 'medicines', 'tablets', 'family', 'peer', 'contracts', 'sharing', 'access', 'intake', 'way-out', 'my-record', 'referrals', 'apps', 'access-log', 'call-wish', 'reminders', 'calendar', 'ways', 'devices', 'people', 'keep', 'language'],
  clinician: ['inbox', 'tasks', 'guidelines', 'meeting-report', 'follow-up-report', 'medicine-rules', 'medicine-strengths', 'texts', 'learn', 'reminders', 'calendar', 'ways', 'devices', 'people', 'keep', 'language'],
  coordinator: ['inbox', 'tasks', 'guidelines', 'texts', 'reminders', 'calendar', 'ways', 'devices', 'people', 'keep', 'language'],
  administrator: ['inbox', 'tasks', 'meeting-report', 'handoff-report', 'follow-up-report', 'medicine-rules', 'medicine-strengths', 'texts', 'reminders', 'calendar', 'ways', 'devices', 'people', 'keep', 'language'],
  supporter: ['inbox', 'contracts', 'reminders', 'calendar', 'ways', 'devices', 'people', 'keep', 'language'],
  partner: ['inbox', 'reminders', 'ways', 'devices', 'people', 'keep', 'language'],
  guardian: ['inbox', 'ways', 'devices', 'people', 'keep', 'language'],
  other: ['inbox', 'reminders', 'calendar', 'ways', 'devices', 'people', 'keep', 'language'],
};

export default async function moreScreen({ me, go }) {
  return {
    title: t('menu.more'),
    body: [
      h('ul.rows', [...(me.discipline === 'peer' ? ['peer', 'contracts'] : []), ...(entries[me.role] ?? entries.other)].map((name) => h('li',
        h('a.row', { href: `#/${name}` }, h('span', t(`more.${name}`)), icon('on'))))),
      h('div.card', h('p', t('more.signed-in', { name: me.name })), await wayOut(me, go)),
      me.role === 'supporter' && eraseMine(me, go),
    ],
  };
}

// Signing out wipes this phone, so it takes two taps and says what is lost.
async function wayOut(me, go) {
  const unsent = (await standing()).filter((e) => e.state !== 'sent').length;
  const ask = h('div', { hidden: true },
    h('p', t('more.sign-out.wipes')), unsent > 0 && h('p.warn', t('more.sign-out.unsent', { n: unsent })),
    button(t('more.sign-out.yes'), async () => {
      await letGo().catch(() => {}); // the server forgets this phone with the session
      const told = await signOut(me.accountId);
      sayNext(told ? t('more.signed-out') : t('more.signed-out.offline'));
      go('#/enrol');
    }, { kind: 'danger' }));
  const first = button(t('more.sign-out'), () => {
    ask.hidden = false;
    first.hidden = true;
    ask.querySelector('button').focus();
  }, { kind: 'quiet' });
  return [first, ask];
}
