// Who may see what. A choice is taken back in two taps, and holds at once.

import { action } from '../action.js';
import { h, button } from '../dom.js';
import { t } from '../texts.js';
import { all, call, read } from '../api.js';
import { date, day } from '../format.js';
import { sayNext } from '../frame.js';
import { nameOf } from '../chartback.js';
import { readers } from './closed.js';
import { basisWords, stillHolds } from '../guardians.js';

export default async function sharingScreen({ api, again, at, own, me, patientId }) {
  const [consents, guardians, closed] = await Promise.all([all(api('consents')), all(api('guardians')), own && read(api('restriction')).catch(() => null)]);
  const acting = guardians.filter(stillHolds);
  const live = consents.filter((c) => c.status === 'active');
  const may = own || acting.some((g) => g.accountId === me.accountId && g.signs);
  const past = consents.filter((c) => c.status !== 'active');
  return {
    title: t('more.sharing'),
    lead: own && t('sharing.lead'),
    back: own ? [t('menu.more'), '#/more'] : [await nameOf(patientId), `#/p/${patientId}`],
    body: [
      own && acting.length > 0 && h('section', h('h2', t('guardian.title.own')), h('p.note', t('guardian.own.why')),
        h('ul.cards', acting.map((g) => h('li.card', h('h3', g.name), basisWords(g))))),
      closed?.on && readers(closed, own),
      live.length === 0 && h('p.card', t(own ? 'sharing.none' : 'sharing.none.other')),
      h('ul.cards', live.map((consent) => h('li.card', about(consent, own), signer(consent, guardians), may && takeBack(consent, api, again, own)))),
      may && h('a.button.main', { href: at('sharing/new') }, t('sharing.new')),
      own && h('a.button.quiet', { href: '#/sharing/outside' }, t('outside.title')),
      closed && h('a.button.quiet', { href: '#/sharing/closed' }, t(closed.on ? 'closed.change' : 'closed.title')),
      past.length > 0 && h('details.card', h('summary', t('sharing.past')),
        h('ul.plain', past.map((consent) => h('li', about(consent, own), h('p.tag', t(`sharing.status.${consent.status}`)))))),
    ],
  };
}

export const recipient = (consent) =>
  consent.recipientName || (consent.recipient === 'treating-providers' ? t('sharing.treating') : t('sharing.somebody'));

function about(consent, own) {
  return [
    h('h2', recipient(consent)),
    h('p', t(`sharing.${consent.provision}`)),
    h('ul.dots', consent.scopes.map((scope) => h('li', t(`scope.${scope}`)))),
    consent.callForHelp && h('p.note', `${t(`promise.when.${consent.callForHelp.when}`)} · ${t(`promise.way.${consent.callForHelp.way}`)}`, h('span.quote', { lang: consent.callForHelp.language, dir: 'auto' }, ` ${consent.callForHelp.text}`)),
    consent.medicineReminders && h('p.note', `${t(`promise.after.${consent.medicineReminders.afterMinutes}`)} · ${t(`promise.way.${consent.medicineReminders.way}`)}`),
    consent.withdrawn?.length > 0 && h('div.note', h('p', t('sharing.withdrawn')), h('ul.dots', consent.withdrawn.map((scope) => h('li', t(`scope.${scope}`))))),
    h('p.note', until(consent.expiry)),
    consent.paper && h('p.note', t(own ? 'sharing.from-paper' : 'sharing.from-paper.theirs', { date: day(consent.paper.signedOn), name: `\u2068${consent.paper.seenBy.name}\u2069` })),
  ];
}

// signer says when not the patient signed.
function signer(consent, guardians) {
  const who = consent.signedBy && guardians.find((g) => g.accountId === consent.signedBy);
  return consent.signedBy && h('p.note', t('sharing.signed-by', { name: who ? who.name : t('sharing.somebody') }));
}

function until({ at, event }) {
  if (at) return t('sharing.until', { date: date(at) });
  return event ? t('sharing.until-end-of-treatment') : t('sharing.until-taken-back');
}

function takeBack(consent, api, again, own) {
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
  if (consent.kind === 'tpo') return own && h('div.actions', h('a.button.quiet', { href: '#/sharing/outside', 'aria-label': t('sharing.take-back-named', { name: recipient(consent) }) }, t('sharing.take-back')));
  return h('div.actions', first, yes);
}
