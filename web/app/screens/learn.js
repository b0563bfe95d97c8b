// Learn: pages to read, what is needed now first. It opens without a network and
// without signing in.

import { h, fill } from '../dom.js';
import { t } from '../texts.js';
import { mine, modules, sendWaiting } from '../learn.js';
import { because, namePart, rows } from '../learnhelps.js';
import { selectField } from '../forms.js';
import { searchPart } from '../learnsearch.js';
import { all as allOf } from '../api.js';
import { givenTo } from '../pagesfor.js';

const needs = ['now', 'this-week', 'understand'];
const topics = ['overdose', 'crisis', 'treatment', 'withdrawal', 'returning-to-use', 'talking', 'feelings', 'daily-life', 'family-life', 'self-care', 'rights'];
const chosen = { audience: undefined, topic: '' }; // for as long as the page is open, and nowhere else

export default async function learnScreen({ me, again }) {
  const all = await modules();
  chosen.audience ??= { patient: 'patient', supporter: 'family' }[me?.role] ?? '';
  const list = h('div');
  const own = h('div');
  const draw = () => fill(list, needs.map((need) => group(need, all.filter((m) => m.need === need && fitsChoice(m)))));
  const audience = selectField('audience', t('learn.for'), [['', t('learn.for.all')], ['patient', t('learn.for.patient')], ['family', t('learn.for.family')]], { value: chosen.audience });
  const topic = selectField('topic', t('learn.about'), [['', t('learn.about.all')], ...topics.map((name) => [name, t(`learn.topic.${name}`)])], { value: chosen.topic });
  for (const field of [audience, topic]) {
    field.input.addEventListener('change', () => {
      chosen[field.name] = field.read();
      draw();
    });
  }
  draw();
  const rest = h('div', own, namePart(me, all), h('div.card', audience.el, topic.el), list);
  const given = me?.role === 'supporter' ? allOf('/v1/me/supporting').then((places) => givenTo(places, all, again)).catch(() => null) : null;
  sendWaiting().then(mine).then(async (has) => has && fill(own, await given, ownPart(has, all))).catch(() => {});
  return {
    title: t('learn.title'),
    lead: t('learn.lead'),
    body: [searchPart(all, rest), rest, h('p.note', t('learn.private'))],
  };
}

const fitsChoice = (m) => (!chosen.audience || m.audience === 'both' || m.audience === chosen.audience) && (!chosen.topic || m.topic === chosen.topic);

const group = (need, list) => list.length > 0 && h('section', h('h2', t(`learn.need.${need}`)), rows(list.map((m) => [m, t('learn.minutes', { n: m.minutes })])));

// ownPart is what the team gave the reader and what may help, with the reason.
export function ownPart(has, all) {
  const page = (id) => all.find((m) => m.id === id);
  const given = has.given.map((g) => [page(g.module), t('learn.given.why', { name: g.by.name, why: g.why })]).filter(([m]) => m);
  return [given.length > 0 && h('section', h('h2', t('learn.given')), rows(given)),
    because(has.suggestions, all)];
}
