// Sign in: by the code from the clinic, or another way. A link with a code opens its
// form at once.

import { h, button } from '../dom.js';
import { action } from '../action.js';
import { languages, t, withWords } from '../texts.js';
import { form, required, textField } from '../forms.js';
import { anothers, arriveWith, device, leave, redeem } from '../session.js';
import { loadMe } from '../me.js';
import { home, onward } from '../home.js';
import { itsName } from './language.js';
import { sayNext } from '../frame.js';
import { keptPlan, refreshPlan } from '../keptplan.js';
import { sendAll } from '../outbox.js';
import { waiting } from '../db.js';
import { canOpen, isShut, noteKey, planIsHidden } from '../idlelock.js';
import { nameInFront, shared } from '../people.js';
import { markAndPIN } from './people.js';
import { signInWays } from '../signinways.js';
import { offerLater } from '../waysoffer.js';
import { site } from '../numbers.js';

// whatIsKept is of a person whose session is over: their plan opens without a sign-in,
// and what they wrote waits for them.
async function whatIsKept() {
  const unsent = (await waiting()).filter((e) => e.state === 'waiting').length;
  const several = await shared();
  return [
    several && h('p', h('a.button.quiet', { href: '#/people' }, t('people.title'))),
    !(await planIsHidden()) && (await keptPlan()) && h('div.card', h('p', t('enrol.plan-kept')), h('a.button.quiet', { href: '#/plan' }, t('enrol.plan-open'))),
    unsent > 0 && h('p.note', several ? t('people.unsent') : t('enrol.unsent', { n: unsent })),
  ];
}

// providersPlace is for the sign-in of a hospital. Who has a code does not wait for it.
function providersPlace() {
  const place = h('div');
  withWords(import('../providers.js')).then((m) => place.append(m.providerButtons())).catch(() => {});
  return place;
}

// demoPlace is what a demo says of itself. A clinic asks for nothing here.
function demoPlace(go) {
  const place = h('div');
  site().then((s) => s?.demo && withWords(import('../demo.js')).then((m) => m.demoPart(go)).then((el) => place.append(el))).catch(() => {});
  return place;
}

// ask stands before the form while somebody is signed in: their things are put away, and
// they choose what opens them again.
async function ask(me, go, show) {
  const unsent = (await waiting()).filter((e) => e.state === 'waiting').length;
  const opens = isShut() || (await canOpen());
  const name = await nameInFront();
  const { fields, check, keep } = await markAndPIN(me);
  const put = async () => {
    await keep();
    show();
  };
  return h('div.card', h('p', t('enrol.someone', { name })), h('p', t('enrol.someone.stays', { name })),
    unsent > 0 && h('p.warn', name === me.name ? t('enrol.unsent', { n: unsent }) : t('people.unsent')),
    h('div.actions', button(t('enrol.stay', { name }), () => go(home(me.role))), opens && button(t('enrol.go-on'), show, { kind: 'quiet' })),
    !opens && [h('p', t('people.choose', { name })), form(fields, put, { submit: t('people.put-away'), check }),
      h('p.note', t('people.no-pin.then', { name })), button(t('people.no-pin'), show, { kind: 'quiet.small' })]);
}

export default async function enrolScreen({ params, go, me }) {
  const [linked, first] = [Boolean(params.code), !me];
  if (params.code) history.replaceState(null, '', '#/enrol'); // a code must not stay in the history
  const code = textField('code', t('enrol.code'), {
    hint: t('enrol.code.hint'), value: params.code ?? '', autocomplete: ['one-time-code', 'webauthn'].join(' '),
    autocapitalize: 'characters', spellcheck: 'false', maxlength: '20',
  });
  const name = textField('device.name', t('enrol.device'), {
    hint: t('enrol.device.hint'), value: (await device()).name ?? t('enrol.device.default'), maxlength: '100',
  });
  // second is asked of staff who have an app with codes, once their code is right.
  const second = textField('totp', t('stepup.totp'), { inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: '20', hint: t('enrol.second.hint') });
  second.el.hidden = true;
  // way: {code: true} or {passkey: its id}, where it is one of the two.
  const come = async (signIn, way, instead) => {
    const session = await arriveWith(signIn, instead);
    if (!session) return askAbout(signIn, way); // somebody else's things came to this browser meanwhile
    if (way?.code) await offerLater(session);
    if (way?.passkey) await noteKey(way.passkey, session.accountId);
    await loadMe();
    const to = (await shared()) && !(await canOpen()) ? '#/people' : onward(session.role);
    sayNext(t('enrol.done')); // and go at once: who is told may be on their way already
    go(to);
    await refreshPlan();
    await sendAll();
  };
  const send = async () => {
    try {
      await arrived(await redeem(code.read(), name.read(), second.read()), { code: true });
    } catch (problem) {
      if (problem.code === 'totp-required') {
        second.el.hidden = false;
        setTimeout(() => second.focus(), 50); // after the summary of the form
      }
      throw problem;
    }
  };
  const arrived = async (signIn, way) => {
    if (me || !(await anothers(signIn))) return come(signIn, way, me?.accountId); // who is signed in was asked about above
    return askAbout(signIn, way);
  };
  const askAbout = async (signIn, way) => {
    holder.replaceChildren(await another(signIn, way, await anothers(signIn)));
    holder.querySelector('button').focus();
  };
  // another: the code turns out to be of somebody else than whose plan is kept here.
  const another = async (signIn, way, whose) => h('div.card', { role: 'alert' }, h('p', t('enrol.other', { name: await nameInFront() })),
    h('div.actions',
      action(t('enrol.other.no'), async () => {
        await leave(signIn);
        sayNext(t('enrol.other.kept'));
        go('#/enrol');
      }),
      action(t('enrol.other.yes'), () => come(signIn, way, whose), { kind: 'quiet' })));
  const fields = () => h('div.card', form([code, second, name], send, { submit: t('enrol.send'), check: () => required(code, name) }));
  const holder = h('div');
  const show = () => {
    holder.replaceChildren(fields());
    code.focus();
  };
  holder.append(first ? await signInWays({ codeForm: fields, arrived, open: linked }) : await ask(me, go, show));
  return {
    title: t('enrol.title'),
    body: [
      holder,
      !me && (await whatIsKept()),
      !me && providersPlace(),
      !me && !linked && demoPlace(go),
      h('p', h('a.link', { href: '#/join' }, t('invited.link')), ' ', h('a.link', { href: '#/near' }, t('near.title'))),
      h('a.link', { href: '#/language' }, languages.map(itsName).join(' · ')),
    ],
  };
}
