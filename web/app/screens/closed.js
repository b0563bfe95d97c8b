// A chart that is closed to people who work at the clinic: by the patient, for their own, or
// by a privacy officer, who can't open anything else of it.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { date } from '../format.js';
import { choiceField, form, required } from '../forms.js';
import { sayNext } from '../frame.js';

const jobOf = (p) => t(p.discipline ? `discipline.${p.discipline}` : `role.${p.role}`);

const reasons = ['works-here', 'relative-works-here', 'asked'];

export default async function closedScreen({ own: self, api, params, again }) {
  const own = self && !params.closed; // the office's address is nobody's own
  const at = own ? api('restriction') : `/v1/patients/${encodeURIComponent(params.closed)}/restriction`;
  const { data: is, etag } = await call('GET', at);
  const who = own ? 'own' : 'office';
  return {
    title: own ? t('closed.title') : t('closed.title.of', { name: is.patientName ?? '' }),
    lead: t(`closed.lead.${who}`),
    back: own ? [t('more.sharing'), '#/sharing'] : [t('closed.charts'), '#/office/closed'],
    body: [
      is.on && readers(is, own),
      is.choices?.length > 0 ? h('div.card', closing(is, at, etag, who, again)) : h('p.card', t('closed.no-team')),
      h('p.note', t(`closed.emergency.${who}`)),
      is.on && h('div.actions', action(t('closed.open'), async () => {
        await call('POST', `${at}/end`, { etag });
        sayNext(t('closed.opened'));
        again();
      }, { kind: 'danger' })),
    ],
  };
}

// because is why it is closed, as the patient says it or as it is said of them.
const because = (reason, own) => (own ? t(`closed.own.${reason}`) : t(`closed.reason.${reason}`));

// readers are those who may read a closed chart.
export const readers = (is, own) => h('section.card', h('h2', t('closed.on', { date: date(is.since) })), h('p', because(is.reason, own)),
  is.readers.length > 0 ? [h('h3', t('closed.readers')), h('ul.dots', is.readers.map((p) => h('li', `${p.name} · ${jobOf(p)}`)))]
    : h('p.warn', t('closed.nobody')));

function closing(is, at, etag, who, again) {
  const reason = choiceField('reason', t(`closed.reason.${who}`), reasons.map((r) => [r, because(r, who === 'own')]), { value: is.on ? is.reason : who === 'own' ? 'asked' : undefined });
  const named = choiceField('readers', t('closed.who'), is.choices.map((p) => [p.accountId, `${p.name} · ${jobOf(p)}`]),
    { many: true, hint: t('closed.who.hint'), value: is.readers.map((p) => p.accountId) });
  return form([reason, named], async () => {
    await call('PUT', at, { body: { reason: reason.read(), readers: named.read() }, etag });
    sayNext(t(is.on ? 'closed.changed' : 'closed.done'));
    again();
  }, { submit: t(is.on ? 'closed.change' : 'closed.close'), check: () => required(reason, named) });
}
