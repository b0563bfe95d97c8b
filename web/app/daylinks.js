// What is one tap away from a line of My day: why it stands there, to say that one handles
// it, to write, to book, and the number with how and when they may be called.

import { action } from './action.js';
import { fill, h } from './dom.js';
import { has, t } from './texts.js';
import { call } from './api.js';
import { callPart } from './callpatient.js';

const waits = ['open', 'notified', 'unanswered'];

// whyLines are the reasons of an alert: who says from here that they handle it has read them.
export const whyLines = (alert) => alert.whole && h('ul.dots', (alert.evidence ?? []).slice(-5).map((e) => h('li',
  has(`alert.rule.${e.rule}`) ? t(`alert.rule.${e.rule}`) : e.rule, e.words && h('p.quote', { dir: 'auto' }, e.words))));

// handles is one tap for what is asked of this person.
export const handles = (w, load) => w.alert.mine && (w.alert.whole || w.alert.drill) && waits.includes(w.alert.status) && action(t('alert.acknowledge'), async () => {
  await call('POST', `/v1/alerts/${w.id}/acknowledge`);
  /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
  await load();
}, { kind: 'quiet.small' });

// reach is to write, to book and to call; nothing where the chart is not theirs to read.
export function reach(patientId) {
  if (!patientId) return null;
  const number = h('div');
  const shown = h('details', h('summary', t('callwish.title')), number);
  shown.addEventListener('toggle', async () => {
    if (shown.open && !number.firstChild) fill(number, (await callPart(patientId).catch(() => null)) ?? h('p.note', t('callwish.no-number')));
  });
  return h('div', h('div.actions', h('a.button.quiet.small', { href: `#/p/${patientId}/messages/new` }, t('messages.new')),
    h('a.button.quiet.small', { href: `#/p/${patientId}/visits/new` }, t('visits.book'))), shown);
}
