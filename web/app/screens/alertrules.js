// The rules behind alerts, for staff: what is asked, from what, and what is not asked yet
// and why.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { all } from '../api.js';

export default async function alertRulesScreen() {
  const rules = await all('/v1/alert-rules?limit=100');
  const asked = rules.filter((r) => !r.missing);
  const waiting = rules.filter((r) => r.missing);
  return {
    title: t('rules.title'),
    lead: t('rules.lead'),
    back: [t('menu.myday'), '#/my-day'],
    body: [h('a.button.quiet', { href: '#/alert-report' }, t('load.link')),
      h('h2', t('rules.not')), h('p', t('rules.not.lead')), h('ul.cards', waiting.map(card)),
      h('h2', t('rules.asked')), h('ul.cards', asked.map(card))],
  };
}

// What the server says of a rule is in English, as the reference is.
const card = (r) => h('li.card', h('h3', r.id), h('p', { lang: 'en', dir: 'ltr' }, r.input),
  r.missing && h('p.warn', t('rules.missing'), ' ', h('span', { lang: 'en' }, r.missing)),
  h('p.note', t(`alert.tier.${r.tier}`), r.version && ` · ${t('rules.version', { version: r.version })}`, ' · ', h('span', { lang: 'en' }, r.source)));
