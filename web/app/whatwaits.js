// What is new of each patient, by what nobody has answered or read yet, and who comes
// today: so that a list of names says why to open one.

import { h } from './dom.js';
import { t } from './texts.js';
import { read } from './api.js';
import { timeIn } from './clocks.js';
import { entriesToday } from './visitstoday.js';

const kinds = ['alert', 'worry', 'check-in', 'message', 'task'];
const weight = { alert: 1000, worry: 50, 'check-in': 10, message: 10, task: 1 };

// newsOf reads it for a clinician: by patient id {counts, visit}. Where it can't be had the list of names stands alone.
export async function newsOf(me) {
  const [work, visits] = await Promise.all([read('/v1/worklist?limit=100').catch(() => ({ items: [] })), entriesToday(me).catch(() => [])]);
  const of = new Map();
  const at = (id) => of.get(id) ?? of.set(id, { counts: {}, visit: null }).get(id);
  work.items.filter((w) => w.patientId).forEach((w) => {
    const { counts } = at(w.patientId);
    counts[w.kind] = (counts[w.kind] ?? 0) + 1;
  });
  visits.filter((e) => e.patientId).forEach((e) => { at(e.patientId).visit ??= e; });
  return of;
}

// urgency puts those first of whom there is more.
export const urgency = (news) => (news ? kinds.reduce((sum, k) => sum + (news.counts[k] ?? 0) * weight[k], news.visit ? 5 : 0) : 0);

export const newsWords = (news) => news && h('span.tags', news.visit && h('span.tag', t('news.visit', { time: timeIn(news.visit.start) })),
  kinds.filter((k) => news.counts[k]).map((k) => h(k === 'alert' ? 'span.tag.strong' : 'span.tag', t(`news.${k}`, { n: news.counts[k] }))));
