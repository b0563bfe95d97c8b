// Pages that a patient gives family and friends to read: both sides of it.

import { action } from './action.js';
import { h, fill } from './dom.js';
import { t } from './texts.js';
import { call } from './api.js';
import { form, selectField, textField } from './forms.js';
import { sayNext } from './frame.js';
import { modules } from './learn.js';
import { codeOf } from './pagecode.js';
import { uuid7 } from './uuid.js';

const titleOf = (m) => h('a.link', { href: `#/learn/${codeOf(m.id)}`, lang: m.language, dir: m.direction }, m.title);

// givePages shows the pages that somebody was given, and gives them more.
export function givePages(person, { api, again }) {
  const box = h('div');
  const path = api(`supporters/${person.accountId}/pages`);
  const draw = async () => {
    const all = await modules();
    const page = selectField('module', t('pagesfor.which'), all.filter((m) => m.audience !== 'patient').map((m) => [m.id, m.title]));
    const why = textField('why', t('pagesfor.why'), { hint: t('pagesfor.why.hint'), maxlength: '300', dir: 'auto' });
    const id = uuid7();
    fill(box, h('ul.dots', person.pages.map((p) => h('li', titled(p, all), p.why && h('p.note', { dir: 'auto' }, p.why), action(t('pagesfor.back'), async () => {
      await call('DELETE', `${path}/${p.id}`);
      again();
    }, { kind: 'quiet' })))), form([page, why], async () => {
      await call('POST', path, { body: { id, module: page.read(), why: why.read() || undefined } });
      sayNext(t('pagesfor.given'));
      again();
    }, { submit: t('pagesfor.give') }));
  };
  return h('details', { ontoggle: ({ target }) => target.open && !box.hasChildNodes() && draw() }, h('summary', t('pagesfor.title', { n: person.pages.length })), h('p.note', t('pagesfor.theirs')), box);
}

function titled(p, all) {
  const m = all.find((one) => one.id === p.module);
  return m ? titleOf(m) : t('learn.gone');
}

// givenTo shows a supporter what was given to them; false: nothing.
export function givenTo(places, all, again) {
  const given = places.flatMap((place) => place.pages.map((p) => ({ place, p, m: all.find((one) => one.id === p.module) }))).filter(({ m }) => m);
  return given.length > 0 && h('section', h('h2', t('pagesfor.mine')), h('ul.cards', given.map(({ place, p, m }) => h('li.card', h('p', titleOf(m)),
    h('p.note', h('bdi', place.name || t('sharing.somebody')), p.why && [': ', h('span', { dir: 'auto' }, p.why)]),
    action(t('pagesfor.away'), async () => {
      await call('DELETE', `/v1/me/supporting/${place.patientId}/pages/${p.id}`);
      again();
    }, { kind: 'quiet' })))));
}
