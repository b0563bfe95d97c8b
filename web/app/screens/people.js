// Who is this? On a phone of several people each one opens what is theirs. Nothing here tells
// what somebody is to the clinic. It is loaded with the page: there may be no network.

import { h, button } from '../dom.js';
import { form, required, textField } from '../forms.js';
import { home } from '../home.js';
import { canOpen, isLocked, lockNow, openWithPasskey, openWithPIN, setLock, lockOf } from '../idlelock.js';
import { GOOD } from '../lockpart.js';
import { get, initials, putOwn } from '../db.js';
import { planBody } from '../bundleview.js';
import { passkeysWork } from '../passkeys.js';
import { inFront, kept, others } from '../people.js';
import { comeToFront } from '../session.js';
import { loadTexts, t } from '../texts.js';

const MINUTES = 5; // of the lock that comes with a PIN

export default async function peopleScreen({ me, go, again }) {
  const [front, list] = await Promise.all([inFront(), others()]);
  const open = me && !(await isLocked(me));
  return {
    title: t('people.title'),
    lead: t('people.lead'),
    back: open && [t('menu.more'), '#/more'],
    body: [
      h('ul.cards', front && h('li.card', h('h2', front), h('p.note', t('people.front')), !open && h('a.button', { href: '#/' }, t('people.me'))),
        list.map((one) => person(one, go))),
      h('ul.rows', h('li', h('a.row', { href: '#/enrol' }, h('span', t('people.new')))), h('li', h('a.row', { href: '#/help' }, h('span', t('help.title'))))),
      open && (await own(me, go, again)),
    ],
  };
}

// person is somebody who is set aside, with what opens their own lock.
function person({ id, mark, pin, keys, plan, unsent }, go) {
  const note = h('p', { role: 'status' });
  const opened = async () => {
    const session = await comeToFront(id).catch(() => 'full');
    if (session === 'full') return planHere();
    go(session ? home(session.role) : '#/plan');
    get('me').then(loadTexts).catch(() => {}); // nobody waits for words in their language
  };
  // planHere shows the plan of who opened their lock where nothing can be written: full, or no storage now.
  const planHere = () => place.replaceChildren(h('p.warn', t('people.full')), ...(plan ? [h('h3', t('today.plan')), planBody(plan.plan)] : []));
  const place = h('div', { hidden: true });
  const field = textField('pin', t('lock.pin'), { type: 'password', inputmode: 'numeric', autocomplete: 'off', maxlength: '12' });
  const byPIN = async () => {
    const came = await openWithPIN(field.read(), kept(id), opened);
    if (came !== 'open') note.textContent = t(`lock.${came}`);
    field.input.value = '';
  };
  const byPasskey = () => openWithPasskey(kept(id), opened).catch(() => { note.textContent = t('signin.passkey.failed'); });
  place.append(...[
    pin && form([field], byPIN, { submit: t('lock.open'), check: () => required(field) }),
    keys.length > 0 && passkeysWork() && button(t('way.passkey'), byPasskey, { kind: 'quiet' }),
    h('p.note', t('people.anew')), h('a.button.quiet.small', { href: '#/enrol' }, t('enrol.send')),
  ].filter(Boolean));
  const show = () => {
    place.hidden = false;
    (place.querySelector('input') ?? place.querySelector('button') ?? place.querySelector('a')).focus();
  };
  return h('li.card', h('h2', mark), unsent > 0 && h('p.note', t('people.unsent')), button(t('people.me'), show, { 'aria-label': t('people.me-named', { mark }) }), place, note);
}

// markAndPIN are the fields of what stands for somebody here and of what opens their things.
export async function markAndPIN(me) {
  const opens = await canOpen();
  const mark = textField('label', t('people.mark'), { hint: t('people.mark.hint'), value: (await get('label')) ?? initials(me.name), maxlength: '20', autocomplete: 'off' });
  const pin = textField('lock', t(opens ? 'lock.pin.new' : 'lock.pin'), { hint: t('lock.pin.hint'), type: 'password', inputmode: 'numeric', autocomplete: 'off', maxlength: '12' });
  return {
    fields: [mark, pin],
    check: () => (pin.read() || !opens ? (GOOD.test(pin.read()) ? [] : [[pin, t('lock.pin.hint')]]) : []),
    keep: async () => {
      await putOwn('label', mark.read(), me.accountId);
      if (pin.read()) await setLock((await lockOf(me)).minutes || MINUTES, pin.read(), me.accountId);
    },
  };
}

async function own(me, go, again) {
  const { fields, check, keep } = await markAndPIN(me);
  const opens = await canOpen();
  const send = async () => {
    await keep();
    await (opens ? go(home(me.role)) : again());
  };
  return h('section', h('h2', t('people.own')), h('p.note', t('people.own.why')), h('div.card', form(fields, send, { check })),
    opens && button(t('people.hand-over'), lockNow, { kind: 'quiet' }));
}
