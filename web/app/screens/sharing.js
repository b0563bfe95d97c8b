// Who may see what. A choice is taken back in two taps, and holds at once.

import { action } from '../action.js';
import { h, button } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { date } from '../format.js';
import { sayNext } from '../frame.js';

export default async function sharingScreen({ api, again }) {
  const consents = await all(api('consents'));
  const live = consents.filter((c) => c.status === 'active');
  const past = consents.filter((c) => c.status !== 'active');
  return {
    title: t('more.sharing'),
    lead: t('sharing.lead'),
    back: [t('menu.more'), '#/more'],
    body: [
      live.length === 0 && h('p.card', t('sharing.none')),
      h('ul.cards', live.map((consent) => h('li.card', about(consent), takeBack(consent, api, again)))),
      h('a.button.main', { href: '#/sharing/new' }, t('sharing.new')),
      h('a.button.quiet', { href: '#/sharing/outside' }, t('outside.title')),
      past.length > 0 && h('details.card', h('summary', t('sharing.past')),
        h('ul.plain', past.map((consent) => h('li', about(consent), h('p.tag', t(`sharing.status.${consent.status}`)))))),
    ],
  };
}

export const recipient = (consent) =>
  consent.recipientName || (consent.recipient === 'treating-providers' ? t('sharing.treating') : t('sharing.somebody'));

function about(consent) {
  return [
    h('h2', recipient(consent)),
    h('p', t(`sharing.${consent.provision}`)),
    h('ul.dots', consent.scopes.map((scope) => h('li', t(`scope.${scope}`)))),
    consent.callForHelp && h('p.note', `${t(`promise.when.${consent.callForHelp.when}`)} · ${t(`promise.way.${consent.callForHelp.way}`)}`, h('span.quote', { lang: consent.callForHelp.language, dir: 'auto' }, ` ${consent.callForHelp.text}`)),
    consent.medicineReminders && h('p.note', `${t(`promise.after.${consent.medicineReminders.afterMinutes}`)} · ${t(`promise.way.${consent.medicineReminders.way}`)}`),
    consent.withdrawn?.length > 0 && h('div.note', h('p', t('sharing.withdrawn')), h('ul.dots', consent.withdrawn.map((scope) => h('li', t(`scope.${scope}`))))),
    h('p.note', until(consent.expiry)),
  ];
}

function until({ at, event }) {
  if (at) return t('sharing.until', { date: date(at) });
  return event ? t('sharing.until-end-of-treatment') : t('sharing.until-taken-back');
}

function takeBack(consent, api, again) {
  const yes = action(t('sharing.take-back.yes'), async () => {
    await call('DELETE', api(`consents/${consent.id}`));
    sayNext(t('sharing.taken-back'));
    again();
  }, { kind: 'danger', hidden: true });
  const first = button(t('sharing.take-back'), () => {
    first.hidden = true;
    yes.hidden = false;
    yes.focus();
  }, { kind: 'quiet', 'aria-label': t('sharing.take-back-named', { name: recipient(consent) }) });
  // What it stops and what goes on without it is said before.
  if (consent.kind === 'tpo') return h('div.actions', h('a.button.quiet', { href: '#/sharing/outside', 'aria-label': t('sharing.take-back-named', { name: recipient(consent) }) }, t('sharing.take-back')));
  return h('div.actions', first, yes);
}
