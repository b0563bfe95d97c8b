// Call a visit off, with a reason in plain words (the codes are FHIR's).

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { choiceField, form, required } from '../forms.js';
import { sayNext } from '../frame.js';
import { cancelRest } from '../series.js';
import { kindsAndSites } from '../keptvisits.js';
import { kindName, whenPart, zonesOf } from '../visitview.js';

const reasons = { patient: ['pat', 'pat-lt', 'pat-fb', 'pat-ucp', 'pat-mv'], staff: ['prov-pers', 'prov', 'oth-room', 'oth-weath', 'oth-err', 'pat', 'other'] };

export default async function cancelVisitScreen(ctx) {
  const path = ctx.api(`appointments/${ctx.params.visit}`);
  const [{ data: visit, etag }, names] = await Promise.all([call('GET', path), kindsAndSites()]);
  const reason = choiceField('reason', t('cancel.why'), reasons[ctx.own ? 'patient' : 'staff'].map((code) => [code, t(`cancel.${ctx.own ? 'own' : 'team'}.${code}`)]));
  const which = visit.seriesId && choiceField('from', t('series.which'), [['one', t('series.one')], ['rest', t('series.rest')]], { value: 'one' });
  const send = async () => {
    if (which && which.read() === 'rest') await cancelRest(visit, reason.read(), ctx);
    else await call('POST', `${path}/cancel`, { body: { reason: reason.read() }, etag });
    sayNext(t('visit.cancelled'));
    ctx.go(ctx.at('visits'));
  };
  return {
    title: t('cancel.title'),
    lead: t(ctx.own ? 'cancel.lead' : 'cancel.lead.team'),
    back: [kindName(visit, names), ctx.at(`visits/${visit.id}`)],
    body: [
      h('div.card', h('h2', kindName(visit, names)), whenPart(visit, await zonesOf(visit, names))),
      h('div.card', form([which, reason].filter(Boolean), send, { submit: t('cancel.send'), check: () => required(reason) })),
      h('p', h('a.link', { href: ctx.at(`visits/${visit.id}/move`) }, t('cancel.rather-move'))),
    ],
  };
}
