// Programmes: who is asked about the patients of each when an alert comes. The clinic's
// own is always there; its fail-safe stands in the settings of alerts.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call, read } from '../api.js';
import { choiceField, form, required, selectField, textField } from '../forms.js';
import { listField } from '../listfield.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';

const levels = ['assigned', 'cover', 'lead', 'supervisor'];
const clinic = 'clinic';
const week = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

export default async function programmesScreen({ again }) {
  const [{ items }, { hours: site }, ...people] = await Promise.all([read('/v1/programmes?limit=100'), read('/v1/alert-settings'), ...['administrator', 'clinician'].map((role) => all(`/v1/accounts?role=${role}&limit=100`))]);
  const criteria = await Promise.all(items.map((p) => call('GET', `/v1/programmes/${p.id}/criteria`)));
  const active = people.flat().filter((a) => a.status === 'active').map((a) => [a.id, a.name]);
  const done = async () => {
    sayNext(t('programmes.saved'));
    await again();
  };
  return {
    title: t('programmes.title'),
    lead: t('programmes.lead'),
    back: [t('menu.duty'), '#/duty'],
    body: [
      items.map((p) => h('section.card', h('h2', p.name), p.id === clinic && h('p', t('programmes.clinic')),
        p.untried && h('p.warn', t('programmes.untried')), edit(p, active, site, done), criteriaForm(p, criteria[items.indexOf(p)], done))),
      h('details', h('summary', t('programmes.add')), policyForm({ levels }, active, site, async (policy) => {
        await call('POST', '/v1/programmes', { body: { id: uuid7(), ...policy } });
        await done();
      }, t('programmes.add'))),
    ],
  };
}

// criteriaForm says what a programme is for: one thing a line, reasons for who decides.
function criteriaForm(p, { data, etag }, done) {
  const write = (c) => `${c.kind}: ${c.kind === 'age' ? `${c.min ?? 0}-${c.max ?? 0}` : c.any.join(', ')}`;
  const field = textField('criteria', t('suits.criteria'), { area: true, hint: t('suits.criteria.hint'), value: data.criteria.map(write).join('\n') });
  return h('details', h('summary', `${t('suits.criteria')}: ${p.name}`), form([field], async () => {
    const criteria = field.read().split('\n').map((l) => l.trim()).filter(Boolean).map((line) => {
      const [kind, rest] = line.split(/:(.*)/s).map((x) => x.trim());
      const [min, max] = (rest ?? '').split('-').map(Number);
      return kind === 'age' ? { kind, min, max } : { kind, any: (rest ?? '').split(',').map((x) => x.trim()).filter(Boolean) };
    });
    await call('PUT', `/v1/programmes/${p.id}/criteria`, { etag, body: { criteria } });
    await done();
  }));
}

function edit(p, active, site, done) {
  const path = `/v1/programmes/${p.id}`;
  const save = async (policy) => {
    await call('PUT', path, { etag: p.etag, body: policy });
    await done();
  };
  const end = async () => {
    await call('POST', `${path}/end`, { etag: p.etag });
    await done();
  };
  const begin = async () => {
    await call('POST', `${path}/begin`, { etag: p.etag });
    await done();
  };
  return h('div', policyForm(p, active, site, save, t('form.save')),
    h('div.actions', h('a.button.quiet', { href: `#/alert-drills/${p.id}` }, `${t('drill.title')}: ${p.name}`), p.untried && action(t('programmes.begin'), begin, { 'aria-label': `${t('programmes.begin')}: ${p.name}` })), p.id !== clinic && h('div.actions', action(t('programmes.end'), end, { kind: 'danger', 'aria-label': `${t('programmes.end')}: ${p.name}` })));
}

// grouped makes one row of the days that have the same times.
function grouped(windows) {
  const rows = new Map();
  windows.forEach((w) => rows.set(`${w.from}-${w.to}`, [...(rows.get(`${w.from}-${w.to}`) ?? []), w]));
  return [...rows.values()].map((same) => ({ days: same.map((w) => week[w.day - 1]), from: same[0].from, to: same[0].to === '24:00' ? '00:00' : same[0].to }));
}

// hoursFields are a programme's own hours; without a row it follows the clinic's.
function hoursFields(p, site) {
  const clock = textField('hours.zone', t('alerts.zone'), { value: p.hours?.zone ?? site.zone, maxlength: '64' });
  const rows = listField('hours.windows', t('programmes.hours'), [{ name: 'days', kind: 'days', label: t('hours.days') },
    { name: 'from', label: t('hours.from'), type: 'time' }, { name: 'to', label: t('hours.to'), type: 'time' }],
  grouped(p.hours?.windows ?? []), { max: 20, hint: t('programmes.hours.hint') });
  return {
    fields: [rows, clock],
    read: () => {
      const windows = rows.read().flatMap((r) => r.days.map((day) => ({ day: week.indexOf(day) + 1, from: r.from, to: r.to === '00:00' ? '24:00' : r.to })));
      return windows.length > 0 ? { zone: clock.read(), windows } : undefined;
    },
  };
}

function policyForm(p, active, site, save, submit) {
  const name = textField('name', t('programmes.name'), { value: p.name ?? '', maxlength: '100' });
  const asked = choiceField('levels', t('programmes.levels'), levels.map((l) => [l, t(`programmes.levels.${l}`)]), { many: true, value: p.levels });
  const last = p.id !== clinic && selectField('failSafe', t('programmes.failsafe'), [['', t('programmes.failsafe.clinic')], ...active],
    { value: p.failSafe ?? '', hint: t('programmes.failsafe.hint') });
  const hours = p.id !== clinic && hoursFields(p, site);
  return form([name, asked, last, ...(hours ? hours.fields : [])].filter(Boolean), () => save({ name: name.read(), levels: asked.read(), failSafe: (last && last.read()) || undefined, hours: hours ? hours.read() : undefined }),
    { submit, check: () => required(name, asked) });
}
