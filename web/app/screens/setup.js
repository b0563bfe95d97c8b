// Opening a clinic, step by step: what is there, what is missing, and where each is done.
// Nothing is kept here: each step looks at what there is.

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { all, read } from '../api.js';
import { everyone } from './office.js';

const MOST = 30; // clinicians whose hours are looked at here

export default async function setUpScreen() {
  const [accounts, calendar, kinds, resources, ready] = await Promise.all([everyone(), read('/v1/site-calendar'), all('/v1/visit-types'), all('/v1/resources'), read('/v1/alert-readiness')]);
  const active = accounts.filter((a) => a.status === 'active');
  const count = (role) => active.filter((a) => a.role === role).length;
  const clinicians = active.filter((a) => a.role === 'clinician');
  const hours = await Promise.all(clinicians.slice(0, MOST).map((a) => read(`/v1/clinicians/${a.id}/availability`).catch(() => null)));
  const without = clinicians.filter((_, i) => i < MOST && hours[i] && hours[i].hours.length === 0);
  const steps = [
    step('admins', count('administrator') > 1, '#/office/new'),
    step('sites', calendar.sites.length > 0, '#/office/sites'),
    step('clinicians', clinicians.length > 0, '#/office/new'),
    step('hours', clinicians.length > 0 && without.length === 0, without.length > 0 ? `#/hours/${without[0].id}` : '#/office',
      without.length > 0 && t('setup.hours.of', { names: without.map((a) => `\u2068${a.name}\u2069`).join(', ') })),
    step('kinds', kinds.length > 0, '#/office/visit-types'),
    step('patients', count('patient') > 0, '#/office/new'),
    step('duty', ready.hours && ready.failSafe && ready.rota && ready.drill, '#/alert-drills', t('setup.duty.why')),
  ];
  const more = [
    step('rooms', resources.length > 0, '#/office/rooms'),
    step('coordinators', count('coordinator') > 0, '#/office/new'),
  ];
  const left = steps.filter((s) => !s.done).length;
  return {
    title: t('setup.title'),
    lead: t('setup.lead'),
    back: [t('menu.office'), '#/office'],
    body: [
      h('p.card', { role: 'status' }, left === 0 ? t('setup.open') : t('setup.left', { n: left })),
      h('ol.rows', steps.map((s) => s.el)),
      h('section', h('h2', t('setup.more')), h('ul.rows', more.map((s) => s.el))),
    ],
  };
}

function step(name, done, href, note) {
  const el = h('li', h('a.row', { href }, icon(done ? 'check' : 'on'), h('span.grow', t(`setup.${name}`), note && h('span.note', note)),
    h(done ? 'span.note' : 'span.tag', t(done ? 'drill.done' : 'drill.missing'))));
  return { done, el };
}
