// One kind of visit: how long, how, who comes, who may book it, and how far ahead.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { notHere } from '../nothere.js';
import { all, call, read } from '../api.js';
import { choiceField, form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { keyOf } from '../keyof.js';
import { disciplines } from './newaccount.js';

const modalities = ['video', 'phone', 'in-person', 'home-visit', 'asynchronous'];
const grids = [5, 10, 15, 20, 30, 60];
const bookers = ['patient', 'clinician', 'coordinator', 'administrator'];
const fresh = { name: '', minutes: 30, modalities: ['video', 'in-person'], horizonDays: 60, gridMinutes: 15, bookableBy: ['patient', 'clinician', 'coordinator'], leadMinutes: 120, lateCancelMinutes: 1440 };

export default async function visitKindScreen({ params, go, me }) {
  const [kinds, calendar] = await Promise.all([all('/v1/visit-types'), read('/v1/site-calendar')]);
  const stands = kinds.find((k) => k.id === params.kind);
  if (params.kind !== 'new' && !stands) throw notHere();
  const now = stands ?? fresh;
  const count = (name, label, value, most, hint) => textField(name, label, { type: 'number', inputmode: 'numeric', min: '0', max: String(most), value: String(value ?? 0), hint });
  const name = textField('name', t('kinds.name'), { value: now.name, maxlength: '100', hint: t('kinds.name.hint') });
  const minutes = count('minutes', t('kinds.minutes'), now.minutes, 720);
  const how = choiceField('modalities', t('kinds.how'), modalities.map((m) => [m, t(`kinds.how.${m}`)]), { many: true, value: now.modalities });
  const sites = calendar.sites.length > 0 && choiceField('sites', t('kinds.sites'), calendar.sites.map((s) => [s.id, s.name]), { many: true, value: now.sites ?? [], hint: t('kinds.sites.hint') });
  const comes = choiceField('with', t('kinds.with'), disciplines.map((d) => [d, t(`discipline.${d}`)]), { many: true, value: now.with ?? [], hint: t('kinds.with.hint') });
  const by = choiceField('bookableBy', t('kinds.by'), bookers.map((r) => [r, t(`role.${r}`)]), { many: true, value: now.bookableBy });
  const before = count('beforeMinutes', t('kinds.before'), now.beforeMinutes, 120, t('kinds.buffer.hint'));
  const after = count('afterMinutes', t('kinds.after'), now.afterMinutes, 120, t('kinds.buffer.hint'));
  const lead = count('leadMinutes', t('kinds.lead-time'), now.leadMinutes, 43200);
  const horizon = count('horizonDays', t('kinds.horizon'), now.horizonDays, 400);
  const grid = selectField('gridMinutes', t('kinds.grid'), grids.map((n) => [String(n), t('kinds.grid.n', { n })]), { value: String(now.gridMinutes) });
  const perDay = count('perDay', t('kinds.per-day'), now.perDay, 288, t('kinds.per-day.hint'));
  const late = count('lateCancelMinutes', t('kinds.late'), now.lateCancelMinutes, 43200);
  const number = (field) => Number(field.read() || 0);
  const send = async () => {
    const id = stands?.id ?? keyOf(name.read(), kinds.map((k) => k.id));
    await call('PUT', `/v1/visit-types/${id}`, { etag: stands?.etag ?? '"1"', body: { name: name.read(), minutes: number(minutes), modalities: how.read(), sites: sites ? sites.read() : now.sites,
      with: comes.read(), bookableBy: by.read(), beforeMinutes: number(before), afterMinutes: number(after), leadMinutes: number(lead), horizonDays: number(horizon),
      gridMinutes: number(grid), perDay: number(perDay), lateCancelMinutes: number(late) } });
    sayNext(t('alerts.saved'));
    go('#/office/visit-types');
  };
  const back = [t('kinds.title'), '#/office/visit-types'];
  if (params.kind !== 'new' && !stands) return { title: t('kinds.title'), back, body: h('p.card', t('kinds.none')) };
  return {
    title: stands ? h('bdi', stands.name) : t('kinds.new'), back,
    body: me.role === 'administrator' ? h('div.card', form([name, minutes, how, sites, comes, by, h('details', h('summary', t('kinds.more')), [before, after, lead, horizon, grid, perDay, late].map((f) => f.el))].filter(Boolean), send,
      { check: () => required(name, minutes, how, by) })) : h('p.card', t('kinds.about', { n: now.minutes, how: now.modalities.map((m) => t(`kinds.how.${m}`)).join(', ') })),
  };
}
