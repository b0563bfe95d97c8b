// The ways into somebody's account, as the office sees them: codes that are open and
// devices. Each can be ended.

import { action } from './action.js';
import { h, button } from './dom.js';
import { t } from './texts.js';
import { all, call } from './api.js';
import { date, dateTime } from './format.js';
import { sayNext } from './frame.js';
import { placeWords } from './place.js';

export async function waysIn(account, again) {
  const [codes, devices] = await Promise.all([all(`/v1/accounts/${account.id}/enrolment-codes`), all(`/v1/accounts/${account.id}/sessions`)]);
  return [
    h('section', h('h2', t('account.codes')),
      codes.length === 0 ? h('p.card', t('account.codes.none')) : h('ul.cards', codes.map((code) => codeCard(account, code, again)))),
    h('section', h('h2', t('account.devices')),
      devices.length === 0 ? h('p.card', t('account.devices.none')) : h('ul.cards', devices.map((device) => deviceCard(account, device, again)))),
  ];
}

function codeCard(account, code, again) {
  const cancel = async () => {
    await call('DELETE', `/v1/accounts/${account.id}/enrolment-codes/${code.id}`);
    sayNext(t('account.codes.cancelled'));
    again();
  };
  return h('li.card', code.madeBy && h('p', t('account.codes.by', { name: code.madeBy })),
    code.identityChecked && h('p.note', t('account.identity.checked', { how: code.identityChecked.map((c) => t(`account.identity.${c}`)).join(', ') })),
    h('p.note', t('account.code.until', { time: dateTime(code.expiresAt) })), action(t('account.codes.cancel'), cancel, { kind: 'quiet' }));
}

// A device is ended in two taps: it empties itself, the crisis plan too.
function deviceCard(account, session, again) {
  const over = session.endedAt || Date.parse(session.expiresAt) < Date.now();
  const { name } = session.device;
  const sure = h('div', { hidden: true });
  const end = (reason) => async () => {
    await call('POST', `/v1/accounts/${account.id}/sessions/${session.id}/end`, { body: { reason } });
    sayNext(t('account.devices.ended'));
    again();
  };
  const ask = (reason) => () => {
    sure.replaceChildren(h('p.warn', t('account.devices.sure')), action(t('account.devices.yes'), end(reason), { kind: 'danger' }));
    sure.hidden = false;
    sure.querySelector('button').focus();
  };
  return h('li.card', h('h3', name),
    h('p.note', t('devices.since', { date: date(session.createdAt) })),
    session.lastUsedAt && h('p.note', t('devices.used', { date: date(session.lastUsedAt) })),
    session.place && h('p.note', placeWords(session.place)),
    over && h('p.note', t('account.devices.over')),
    h('div.actions',
      button(t('account.devices.lost'), ask('reported-lost'), { kind: 'quiet', 'aria-label': t('account.devices.lost-named', { name }) }),
      button(t('account.devices.back'), ask('given-back'), { kind: 'quiet', 'aria-label': t('account.devices.back-named', { name }) })),
    sure);
}
