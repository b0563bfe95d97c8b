// How a person wants to be reminded: on this phone, when, how often, by which way.

import { h } from '../dom.js';
import { languages, t } from '../texts.js';
import { call, read } from '../api.js';
import { form, required, selectField, textField } from '../forms.js';
import { dateTime } from '../format.js';
import { sayNext } from '../frame.js';
import { pauseCard } from '../pausecard.js';
import { checkInTimesCard } from '../checkintimes.js';
import { contactCards } from '../contactcards.js';
import { kindFields } from '../kindfields.js';
import { itsName } from './language.js';
import { medicineTimesCard } from '../medicinetimes.js';
import { pushCard } from '../pushcard.js';
import { staff } from '../staff.js';

const path = '/v1/me/notification-settings';
const COMING = 20; // reminders that are listed
const PAUSES = [1, 7, 30];

export default async function remindersScreen({ me, own, again, api }) {
  const { data: settings, etag } = await call('GET', path);
  const done = (words) => async () => {
    sayNext(words);
    await again();
  };
  return {
    title: t('more.reminders'),
    lead: t('reminders.lead'),
    back: [t('menu.more'), '#/more'],
    body: [
      await pushCard(again),
      own && await checkInTimesCard(api('check-in-times'), done(t('reminders.saved'))),
      own && await pauseCard(api('check-in-pause'), done(t('pause.saved'))),
      own && await medicineTimesCard(api('medicine-times'), done(t('reminders.saved'))),
      h('section.card', h('h2', t('reminders.how')), staff(me.role) && h('p', t('reminders.relied')), choicesForm(settings, etag, me, done(t('reminders.saved')))),
      contactCards(settings, again),
      await comingPart(),
    ],
  };
}

// comingPart lists what will come, and when.
async function comingPart() {
  const { items } = await read('/v1/me/reminders/coming').catch(() => ({ items: [] }));
  return h('details.card', h('summary', t('reminders.coming')), items.length === 0 ? h('p', t('reminders.coming.none'))
    : h('ul.dots', items.slice(0, COMING).map((i) => h('li', h('b', dateTime(i.at)), ' ', i.title))));
}

function choicesForm(settings, etag, me, done) {
  const { choices } = settings;
  const quiet = settings.quiet[0] ?? { from: '', to: '' };
  const from = textField('quiet[0].from', t('reminders.quiet.from'), { type: 'time', value: quiet.from });
  const to = textField('quiet[0].to', t('reminders.quiet.to'), { type: 'time', value: quiet.to });
  const pause = pauseField(choices.pausedUntil, staff(me.role));
  const words = selectField('language', t('reminders.language'), [['', t('reminders.language.same')], ...languages.map((code) => [code, itsName(code)])],
    { value: choices.language ?? '' });
  const most = selectField('perDay', t('reminders.most'), [['', t('reminders.most.usual')], ...[1, 2, 3, 5].map((n) => [String(n), String(n)])],
    { value: choices.perDay === undefined ? '' : String(choices.perDay) });
  const digest = textField('digest', t('reminders.digest'), { type: 'time', value: choices.digest ?? '17:00', hint: t('reminders.digest.hint') });
  const kinds = kindFields(settings, me);
  const send = async () => {
    const body = { ...choices, quiet: quietOf(from.read(), to.read(), choices.quiet), digest: digest.read(), perDay: most.read() === '' ? undefined : Number(most.read()),
      language: words.read() || undefined,
      pausedUntil: pause.until(), kinds: kinds.read() };
    await call('PUT', path, { body, etag });
    await done();
  };
  const quietTime = { el: h('fieldset.field', h('legend', t('reminders.quiet')), h('p.hint', t('reminders.quiet.hint')), h('div.pair', from.el, to.el)), fields: [from, to] };
  const check = () => (Boolean(from.read()) === Boolean(to.read()) ? [] : required(from, to));
  return form([quietTime, pause, words, most, digest, ...kinds.fields], send, { check });
}

// quietOf keeps a second quiet time that another client made.
const quietOf = (from, to, before) => (from && to ? [{ from, to }, ...(before ?? []).slice(1)] : []);

function pauseField(until, works) {
  const on = until && Date.parse(until) > Date.now();
  const options = [['0', on ? t('reminders.pause.end') : t('reminders.pause.none')], ...PAUSES.map((n) => [String(n), t(`reminders.pause.${n}`)])];
  if (on) options.unshift(['keep', t('reminders.pause.until', { date: dateTime(until) })]);
  const field = selectField('pausedUntil', t('reminders.pause'), options, { value: on ? 'keep' : '0', hint: t(works ? 'reminders.pause.works' : 'reminders.pause.hint') });
  const days = () => Number(field.read());
  return { ...field, until: () => (field.read() === 'keep' ? until : days() > 0 ? new Date(Date.now() + days() * 86_400_000).toISOString() : undefined) };
}
