// What a person needs to get to their care: asked and never guessed. Those who book visits
// read it. The patient also finds here what was lent to them, and a place to practise.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { chartBack } from '../chartback.js';
import { choiceField, form, selectField, textField } from '../forms.js';
import { languageName } from '../format.js';
import { sayNext } from '../frame.js';
import { myLoans } from '../lending.js';
import { spoken } from '../spoken.js';

const transports = ['fine', 'no-ride', 'far', 'cost', 'unsafe', 'body'];
const phones = ['own', 'shared', 'no-data', 'none'];
const helps = ['large-print', 'captions', 'sign-language', 'step-free', 'someone-with-me', 'quiet-room'];

export default async function accessScreen(ctx) {
  const path = ctx.api('access-needs');
  const { data: is, etag } = await call('GET', path);
  const unsaid = ['', t('coping.not-say')];
  const language = selectField('interpreter', t('access.interpreter'), [['', t('access.interpreter.none')],
    ...[...new Set([...spoken, ...(is.interpreter ? [is.interpreter] : [])])].map((l) => [l, languageName(l)])], { value: is.interpreter ?? '' });
  const transport = selectField('transport', t('access.transport'), [unsaid, ...transports.map((w) => [w, t(`access.transport.${w}`)])], { value: is.transport ?? '' });
  const phone = selectField('phone', t('access.phone'), [unsaid, ...phones.map((w) => [w, t(`access.phone.${w}`)])], { value: is.phone ?? '' });
  const help = choiceField('help', t('access.help'), helps.map((w) => [w, t(`access.help.${w}`)]), { value: is.help ?? [], many: true });
  const note = textField('note', t('access.note'), { value: is.note ?? '', area: true, maxlength: '500', dir: 'auto' });
  const send = async () => {
    await call('PUT', path, { etag, body: { interpreter: language.read() || undefined, transport: transport.read() || undefined,
      phone: phone.read() || undefined, help: help.read(), note: note.read() || undefined } });
    sayNext(t('place.saved'));
    ctx.again();
  };
  return {
    title: t('access.title'), lead: t('access.lead'), back: ctx.own ? [t('menu.more'), '#/more'] : await chartBack(ctx),
    body: [ctx.own && h('a.button.quiet', { href: '#/try' }, t('try.title')), offersOf(is), h('div.card', form([language, transport, phone, help, note], send)), await myLoans(ctx)],
  };
}

const offersOf = (needs) => needs.offers?.length > 0 && h('p.card', t('access.offers', { how: needs.offers.map((m) => t(`visit.how.${m}`)).join(', ') }));

// needsNote tells who books a visit what the patient needs; null where nothing is known.
export async function needsNote(ctx) {
  const { data: is } = await call('GET', ctx.api('access-needs')).catch(() => ({ data: {} }));
  const says = [is.interpreter && t('access.needs.interpreter', { language: languageName(is.interpreter) }),
    is.transport && is.transport !== 'fine' && t(`access.transport.${is.transport}`),
    is.phone && is.phone !== 'own' && t(`access.phone.${is.phone}`), ...(is.help ?? []).map((w) => t(`access.help.${w}`))].filter(Boolean);
  return (says.length > 0 || is.note) && h('section.card', h('h2', t('access.title')), h('ul.dots', says.map((w) => h('li', w))), is.note && h('p', { dir: 'auto' }, is.note), offersOf(is));
}
