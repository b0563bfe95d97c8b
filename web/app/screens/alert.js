// One alert: why, who answers for it until when, what happened, and what to do. It asks
// again every few seconds while nobody writes on it.

import { action } from '../action.js';
import { h, fill } from '../dom.js';
import { has, t } from '../texts.js';
import { call } from '../api.js';
import { dateTime } from '../format.js';
import { choiceField, form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { whoTakes } from '../colleagues.js';
import { callPart } from '../callpatient.js';
import { helpCallsPart } from '../helpcalls.js';
import { notReached } from '../notreached.js';
import { isMedical } from './emergency.js';

const EVERY = 5000; // milliseconds
const outcomes = ['reached-safe', 'plan-reviewed', 'sent-to-ed', 'welfare-check', 'not-reached', 'no-action-needed'];
const ended = (a) => a.status === 'resolved' || a.status === 'referred';

export default async function alertScreen({ params, me, again }) {
  const path = `/v1/alerts/${params.alert}`;
  const { data: alert, etag } = await call('GET', path);
  let tag = etag;
  const state = h('div', { role: 'status' }, standing(alert));
  const history = h('ul.dots', steps(alert));
  let shown = alert;
  const todo = h('div', acts(alert, path, again));
  const turn = setInterval(async () => {
    if (!state.isConnected) return clearInterval(turn);
    if (document.visibilityState !== 'visible' || ended(alert)) return undefined;
    const answer = await call('GET', path, { known: tag }).catch(() => null);
    if (!answer || answer.status === 304) return undefined;
    tag = answer.etag;
    const news = answer.data;
    fill(state, standing(news));
    fill(history, steps(news));
    if ((news.status !== shown.status || news.mine !== shown.mine) && !todo.querySelector('form')) fill(todo, acts(news, path, again)); // what somebody writes stays
    shown = news;
    return undefined;
  }, 4 * EVERY);
  return {
    title: alert.patientName || t('myday.somebody'),
    lead: t(`alert.tier.${alert.tier}`),
    back: [t('menu.myday'), '#/my-day'],
    body: [alert.drill && h('p.warn', t('alert.drill')), state, why(alert), todo, !ended(alert) && alert.mine && !alert.drill && (await handOver(alert, path, me, again)),
      (alert.whole || alert.patientName) && !alert.drill && await callPart(alert.patientId), !alert.drill && await helpCallsPart(alert, path, ended(alert), again),
      h('div.actions', alert.whole && !alert.drill && h('a.button.quiet', { href: `#/p/${alert.patientId}` }, t('alert.chart')),
        alert.whole && !alert.drill && h('a.button.quiet', { href: `#/p/${alert.patientId}/plan` }, t('alert.plan')),
        alert.whole && !alert.drill && !ended(alert) && h('a.button.quiet', { href: `#/alerts/${alert.id}/task/${alert.patientId}` }, t('newtask.about')),
        !alert.whole && isMedical(me) && h('a.button.quiet', { href: `#/p/${alert.patientId}/emergency` }, t('glass.title'))),
      h('h2', t('alert.history')), history],
  };
}

const standing = (a) => [h('p', h('b', t(`alert.status.${a.status}`))),
  h('p', t('alert.owner', { name: a.ownerName })),
  a.unreachable && h('p.warn', notReached(a.ownerName)),
  !ended(a) && h('p.note', t('alert.times', { answer: dateTime(a.acknowledgeBy), contact: dateTime(a.contactBy) })),
  a.outcome && h('p', t(`alert.outcome.${a.outcome.code}`), a.outcome.note && h('span.quote', ` ${a.outcome.note}`))];

const why = (a) => (a.whole
  ? h('section', h('h2', t('alert.why')), h('ul.dots', (a.evidence ?? []).map((e) => h('li', dateTime(e.at), ' · ', has(`alert.rule.${e.rule}`) ? t(`alert.rule.${e.rule}`) : e.rule,
    e.words && h('p.quote', { dir: 'auto' }, e.words), e.inputs?.dangerNow === true && h('p.warn', t('worry.said-danger')), e.source === 'worry' && h('p.note', t('worry.from', { name: e.inputs?.from ?? '' }), ' ', t('worry.third'))))), a.mistakes?.length > 0 && h('p.warn', t('alert.mistake')))
  : h('p.card', t('alert.not-whole')));

const steps = (a) => a.history.map((s) => h('li', dateTime(s.at), ' · ', t(`alert.did.${s.what}`), s.name && ` · ${s.name}`, s.count > 1 && ` × ${s.count}`));

function acts(alert, path, again) {
  if (ended(alert)) return null;
  const acknowledge = async () => {
    await call('POST', `${path}/acknowledge`);
    sayNext(t('alert.acknowledged'));
    again();
  };
  const contact = async () => {
    await call('POST', `${path}/outcome`, { body: { status: 'in-contact' } });
    again();
  };
  const waits = ['open', 'notified', 'unanswered'].includes(alert.status);
  return h('section', h('div.actions', waits && action(t('alert.acknowledge'), acknowledge, { kind: 'main' }),
    alert.mine && alert.status !== 'in-contact' && action(t('alert.in-contact'), contact, { kind: 'quiet' })),
  alert.mine && !waits && ending(alert, path, again));
}

function ending(alert, path, again) {
  const pages = alert.tier === 'urgent' || alert.tier === 'emergent';
  const status = choiceField('status', t('alert.end.how'), [['resolved', t('alert.status.resolved')], ['referred', t('alert.status.referred')]], { value: 'resolved' });
  const code = choiceField('code', t('alert.end.what'), outcomes.filter((c) => !pages || c !== 'no-action-needed').map((c) => [c, t(`alert.outcome.${c}`)]));
  const tries = textField('tries', t('alert.end.tries'), { type: 'number', min: '1', max: '100', value: '' });
  const note = textField('note', t('alert.end.note'), { area: true, maxlength: '2000' });
  const send = async () => {
    await call('POST', `${path}/outcome`, { body: { status: status.read(), code: code.read(), note: note.read(), tries: Number(tries.read()) || 0 } });
    sayNext(t('alert.saved'));
    again();
  };
  return form([h('h2', t('alert.end')), status, code, tries, note], send, { submit: t('alert.end.save'), check: () => required(code) });
}

// handOver gives the alert to a colleague, who is called at once and has the whole time
// to answer.
async function handOver(alert, path, me, again) {
  const people = (await whoTakes(alert.patientId, me, ['clinician'])).filter(([id]) => id !== alert.owner);
  if (people.length === 0) return null;
  const to = selectField('to', t('handover.to'), people, { hint: t('handover.alert.hint') });
  const send = async () => {
    const { data } = await call('POST', `${path}/hand-over`, { body: { to: to.read() } });
    sayNext(data.unreachable ? notReached(data.ownerName) : t('handover.called'));
    again();
  };
  return h('details', h('summary', t('handover.title')), form([to], send, { submit: t('handover.send'), check: () => required(to) }));
}
