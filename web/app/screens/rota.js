// One rota: the next week as it falls, a swap to propose, and for the office what it
// says: shifts, times that differ once, leave.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { disciplines } from './newaccount.js';
import { all, call, read } from '../api.js';
import { dateTime, day } from '../format.js';
import { checkField, choiceField, form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { weekdayName } from '../hours.js';
import { uuid7 } from '../uuid.js';

const week = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const wall = (value) => (value ? `${value.slice(0, 16)}:00` : '');

export default async function rotaScreen({ params, me, go, again }) {
  const fresh = !params.rota;
  const path = `/v1/rotas/${params.rota}`;
  const [people, one, days] = await Promise.all([all('/v1/accounts?role=clinician&limit=100').catch(() => []),
    fresh ? null : call('GET', path), fresh ? [] : read(`${path}/days?days=7`).then((d) => d.items)]);
  const rota = one?.data;
  const office = me.role === 'administrator' || me.role === 'coordinator';
  const active = people.filter((a) => a.status === 'active').map((a) => [a.id, a.name]);
  const done = async (words = t('duty.saved')) => {
    sayNext(words);
    await again();
  };
  const send = async (terms) => {
    if (fresh) {
      const id = uuid7();
      await call('POST', '/v1/rotas', { body: { id, ...terms } });
      sayNext(t('duty.saved'));
      return go(`#/rotas/${id}`);
    }
    await call('PUT', path, { etag: one.etag, body: terms });
    return done();
  };
  const end = async () => {
    await call('POST', `${path}/end`, { etag: one.etag });
    sayNext(t('duty.saved'));
    go('#/duty');
  };
  return {
    title: fresh ? t('duty.new') : rota.name,
    back: [t('duty.title'), '#/duty'],
    body: [
      !fresh && h('section', h('h2', t('duty.week')), h('ul.dots', days.map((s) => h('li', t('duty.span', { from: dateTime(s.from), to: dateTime(s.to) }), ' · ',
        s.name ? h('b', s.name) : t('duty.nobody'), s.by && s.by !== 'shift' && ` (${t(`duty.by.${s.by}`)})`)))),
      !fresh && rota.people.some((p) => p.accountId === me.accountId) && active.length > 0 && swap(path, active.filter(([id]) => id !== me.accountId), done),
      office && (await head(rota, send)),
      office && !fresh && parts(rota, active, send),
      office && !fresh && h('div.actions', action(t('duty.end'), end, { kind: 'danger' })),
    ],
  };
}

// termsOf is what is sent back: the rota without what the server adds.
function termsOf({ name, zone, site, discipline, programme, serves, onCall, shifts, overrides, leave }) {
  return { name, zone, site, discipline, programme, serves, onCall, shifts: shifts ?? [], overrides, leave };
}

async function head(rota, send) {
  const { items } = await read('/v1/programmes?limit=100');
  const name = textField('name', t('duty.name'), { value: rota?.name ?? '', maxlength: '100' });
  const zone = textField('zone', t('alerts.zone'), { value: rota?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone, maxlength: '64' });
  const serves = selectField('serves', t('duty.serves'), ['cover', 'supervisor'].map((s) => [s, t(`duty.serves.${s}`)]), { value: rota?.serves ?? 'cover' });
  const programme = selectField('programme', t('duty.programme'), [['', t('duty.for-all')], ...items.map((p) => [p.id, p.name])], { value: rota?.programme ?? '' });
  const discipline = selectField('discipline', t('duty.discipline'), [['', t('duty.for-all')], ...disciplines.map((d) => [d, t(`discipline.${d}`)])], { value: rota?.discipline ?? '' });
  const site = textField('site', t('duty.site'), { value: rota?.site ?? '', maxlength: '64' });
  const onCall = checkField('onCall', t('duty.on-call'), { checked: Boolean(rota?.onCall) });
  const save = () => send({ ...termsOf(rota ?? {}), name: name.read(), zone: zone.read(), serves: serves.read(), onCall: onCall.read(),
    programme: programme.read() || undefined, discipline: discipline.read() || undefined, site: site.read() || undefined });
  return form([name, zone, serves, programme, discipline, site, onCall], save, { submit: t('alerts.save'), check: () => required(name, zone) });
}

function parts(rota, active, send) {
  const terms = termsOf(rota);
  const named = (id) => rota.people.find((p) => p.accountId === id)?.name ?? '';
  const without = (list, i) => async () => send({ ...terms, [list]: terms[list].filter((_, k) => k !== i) });
  const rows = (list, words) => (terms[list] ?? []).length > 0 && h('ul.plain', terms[list].map((x, i) => h('li', words(x), ' ',
    action(t('list.remove'), without(list, i), { kind: 'danger.small' }))));
  const times = (x) => `${x.from.replace('T', ' ').slice(0, 16)} – ${x.to.replace('T', ' ').slice(0, 16)}`;
  return h('div',
    h('section', h('h2', t('duty.shifts')), h('p.hint', t('duty.shifts.hint')),
      rows('shifts', (s) => `${named(s.accountId)} · ${s.days.map((d) => weekdayName(week[d - 1])).join(', ')} · ${s.from}–${s.to}${spanWords(s)}`), addShift(terms, active, send)),
    h('section', h('h2', t('duty.once')), rows('overrides', (o) => `${named(o.accountId)} · ${times(o)}`), addOnce('overrides', terms, active, send)),
    h('section', h('h2', t('duty.leave')), rows('leave', (l) => `${named(l.accountId)} · ${times(l)}${l.cover ? ` · ${t('duty.covered', { name: named(l.cover) })}` : ''}`), addOnce('leave', terms, active, send)));
}

// spanWords says between which days a shift holds, and how often.
const spanWords = (s) => [s.every > 1 && t('duty.every.n', { n: s.every }), s.since && t('duty.from.day', { day: day(s.since) }), s.until && t('duty.to.day', { day: day(s.until) })]
  .filter(Boolean).map((words) => ` · ${words}`).join('');

function addShift(terms, active, send) {
  const at = `shifts[${terms.shifts.length}]`;
  const who = selectField(`${at}.accountId`, t('duty.who'), active);
  const days = choiceField(`${at}.days`, t('alerts.days'), week.map((name, i) => [i + 1, weekdayName(name, 'long')]), { many: true });
  const from = textField(`${at}.from`, t('alerts.from'), { type: 'time', value: '09:00' });
  const to = textField(`${at}.to`, t('alerts.to'), { hint: t('alerts.to.hint'), value: '17:00', maxlength: '5', inputmode: 'numeric' });
  const every = selectField(`${at}.every`, t('duty.every'), [1, 2, 3, 4, 5, 6, 7, 8].map((n) => [String(n), n === 1 ? t('duty.every.1') : t('duty.every.n', { n })]), { hint: t('duty.every.hint') });
  const since = textField(`${at}.since`, t('duty.since'), { type: 'date' });
  const until = textField(`${at}.until`, t('duty.until.day'), { type: 'date' });
  const shift = () => ({ accountId: who.read(), days: days.read(), from: from.read(), to: to.read(), since: since.read() || undefined, until: until.read() || undefined,
    every: Number(every.read()) > 1 ? Number(every.read()) : undefined });
  return details('duty.shift.add', form([who, days, from, to, every, since, until], () => send({ ...terms, shifts: [...terms.shifts, shift()] }),
    { submit: t('duty.shift.add'), check: () => required(who, days, from, to, ...(Number(every.read()) > 1 ? [since] : [])) }));
}

function addOnce(list, terms, active, send) {
  const at = `${list}[${(terms[list] ?? []).length}]`;
  const who = selectField(`${at}.accountId`, t('duty.who'), active);
  const from = textField(`${at}.from`, t('alerts.from'), { type: 'datetime-local' });
  const to = textField(`${at}.to`, t('alerts.to'), { type: 'datetime-local' });
  const cover = list === 'leave' && selectField(`${at}.cover`, t('duty.cover'), [['', t('duty.nobody')], ...active]);
  const save = () => send({ ...terms, [list]: [...(terms[list] ?? []), { accountId: who.read(), from: wall(from.read()), to: wall(to.read()), cover: cover ? cover.read() || undefined : undefined }] });
  return details(`duty.${list}.add`, form([who, from, to, cover].filter(Boolean), save, { submit: t(`duty.${list}.add`), check: () => required(who, from, to) }));
}

function swap(path, others, done) {
  const who = selectField('takenBy', t('duty.swap.who'), others);
  const from = textField('swap.from', t('alerts.from'), { type: 'datetime-local' });
  const to = textField('swap.to', t('alerts.to'), { type: 'datetime-local' });
  const send = async () => {
    const { data } = await call('POST', `${path}/swaps`, { body: { id: uuid7(), takenBy: who.read(), from: wall(from.read()), to: wall(to.read()) } });
    await done(data.unreachable?.map((p) => t('handover.unreachable', { name: p.name })).join(' '));
  };
  return details('duty.swap', form([who, from, to], send, { submit: t('duty.swap'), check: () => required(who, from, to) }));
}

const details = (key, el) => h('details', h('summary', t(key)), el);
