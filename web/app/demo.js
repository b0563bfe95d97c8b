// What a demo says of itself on its first page: that nothing is real, who there is, what to
// try as each, and the way in as any of them.

import { action } from './action.js';
import { h } from './dom.js';
import { has, t } from './texts.js';
import { ask } from './http.js';

const LOOPBACK = { localhost: '127.0.0.1', '127.0.0.1': 'localhost' };

// demoPart is for who is not signed in; go leads to another screen.
export async function demoPart(go) {
  const { items } = (await ask('GET', '/v1/demo/people')).data;
  return h('section', h('h2', t('demo.title')), h('p.card', t('demo.nothing-real')), secondWindow(),
    h('ul.cards', items.map((person, i) => h('li.card', h('h3', h('bdi', person.name)), h('p.note', roleOf(person)), h('p', tryAs(person, i)),
      action(t('demo.open', { name: person.name }), () => open(person, go))))));
}

const roleOf = (p) => t(p.discipline ? `discipline.${p.discipline}` : `role.${p.role}`);

// What to try goes by what somebody is; the second patient has little yet.
function tryAs(person, i) {
  const keys = [person.role === 'patient' && i > 0 && 'demo.try.new-patient', `demo.try.${person.discipline ?? person.role}`, `demo.try.${person.role}`];
  return t(keys.find((key) => key && has(key)));
}

// open fills in a new code on the screen of codes, which asks before it takes anything off
// this browser; with nobody here it goes on by itself.
async function open(person, go) {
  const { code } = (await ask('POST', `/v1/demo/people/${person.accountId}/codes`)).data;
  const main = /** @type {HTMLElement} */ (document.querySelector('main'));
  const seen = new MutationObserver(() => {
    const form = [...main.querySelectorAll('form')].find((f) => [...f.elements].some((/** @type {any} */ e) => e.value === code));
    if (!form) return;
    seen.disconnect();
    form.requestSubmit();
  });
  seen.observe(main, { childList: true, subtree: true });
  go(`#/enrol/${code}`);
}

// A window of the same name shares what it keeps; this machine has two names.
function secondWindow() {
  const other = LOOPBACK[location.hostname];
  return other && h('p', t('demo.second'), ' ', h('a.link', { href: `${location.protocol}//${other}${location.port && `:${location.port}`}/`, target: '_blank', rel: 'noopener' }, other));
}
