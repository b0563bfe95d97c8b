// The rules for minors: what each says, and the two signatures of the clinic without
// which no parent sees anything.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { date } from '../format.js';
import { form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';

const signedNow = (rule) => rule.state === 'proposed' || rule.state === 'in-force';

export default async function minorRulesScreen({ me, again }) {
  const admin = me.role === 'administrator';
  const [rules, admins] = await Promise.all([all('/v1/minor-rules?limit=100'), admin ? all('/v1/accounts?role=administrator&limit=100') : []]);
  const others = admins.filter((a) => a.id !== me.accountId && a.status === 'active');
  const show = (rule) => card(rule, { me, admin, others, again });
  const elsewhere = rules.filter((r) => !r.chosen);
  return {
    title: t('minors.title'), lead: t('minors.lead'), back: [t('menu.office'), '#/office'],
    body: [rules.some((r) => r.chosen) ? rules.filter((r) => r.chosen).map(show) : h('p.card', t('minors.no-place')),
      elsewhere.length > 0 && h('details', { open: elsewhere.some(signedNow) }, h('summary', t('minors.elsewhere')), elsewhere.map(show))],
  };
}

const age = (of, years) => h('li', years > 0 ? t(`minors.alone.${of}`, { n: years }) : t(`minors.never.${of}`));

function card(rule, { me, admin, others, again }) {
  const s = rule.signed;
  const path = `/v1/minor-rules/${rule.jurisdiction}`;
  const end = async () => {
    await call('POST', `${path}/end`);
    sayNext(t('minors.ended'));
    await again();
  };
  const sign = async () => {
    await call('POST', `${path}/signature`, { body: { fingerprint: rule.fingerprint } });
    sayNext(t('minors.signed'));
    await again();
  };
  return h('section.card', h('h2', h('bdi', rule.name)),
    h('p', h('b', t(`minors.state.${rule.state}`))),
    h('ul.dots', age('use', rule.aloneSubstanceUse), age('mind', rule.aloneMentalHealth)),
    h('p', t('minors.parent')), h('ul.dots', rule.parentSees.map((section) => h('li', t(`guardian.section.${section}`)))),
    h('p.note', t('minors.source'), ' ', h('bdi', { lang: 'en' }, rule.source)),
    rule.mark === 'K' && h('p.warn', t('minors.unread')),
    s && h('p.note', t('minors.by', { name: s.by.name, day: date(s.at) }), ' ', t('minors.counsel-said', { counsel: s.counsel })),
    s?.signedBy && h('p.note', t('minors.second-by', { name: s.signedBy.name, day: date(s.signedAt) })),
    s?.endedBy && h('p.note', t('minors.ended-by', { name: s.endedBy.name, day: date(s.endedAt) })),
    rule.state === 'proposed' && h('p', t('minors.waits', { name: s.second.name })),
    h('div.actions',
      admin && rule.state === 'proposed' && s.by.accountId !== me.accountId && action(t('minors.sign'), sign, { kind: 'main' }),
      s && !s.endedAt && action(t('minors.end'), end, { kind: 'quiet', 'aria-label': t('minors.end-named', { name: rule.name }) })),
    admin && !signedNow(rule) && rule.state !== 'unreadable' && (others.length > 0 ? proposing(rule, path, others, again) : h('p.warn', t('minors.alone'))));
}

function proposing(rule, path, others, again) {
  const counsel = textField('counsel', t('minors.counsel'), { hint: t('minors.counsel.hint'), maxlength: 300 });
  const second = selectField('second', t('minors.second'), others.map((a) => [a.id, a.name]), { hint: t('minors.second.hint') });
  const send = async () => {
    await call('POST', `${path}/proposal`, { body: { fingerprint: rule.fingerprint, counsel: counsel.read(), second: second.read() } });
    sayNext(t('minors.proposed'));
    await again();
  };
  return form([counsel, second], send, { submit: t('minors.propose'), check: () => required(counsel, second) });
}
