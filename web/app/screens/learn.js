// Learn: pages to read, what is needed now first. It opens without a network and
// without signing in.

import { h, fill } from '../dom.js';
import { t } from '../texts.js';
import { action } from '../action.js';
import { hear } from '../bus.js';
import { number } from '../format.js';
import { mine, modules, sendWaiting } from '../learn.js';
import { newer, noteShown, refreshPack } from '../learnpack.js';
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
  const news = newerPart(again);
  const rest = h('div', news, own, namePart(me, all), h('div.card', audience.el, topic.el), list);
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

// newerPart shows what a newer pack would change, before it is fetched.
function newerPart(again) {
  const place = h('div');
  const titles = (key, list) => list.length > 0 && h('p', t(`learn.newer.${key}`), ' ', h('bdi', list.join(' · ')));
  const draw = async () => {
    const is = await newer();
    fill(place, is && h('section.card', h('h2', t('learn.newer')), ['fresh', 'changed', 'gone'].map((key) => titles(key, is[key])), h('p.note', t('learn.newer.more')),
      action(t('learn.newer.get'), () => refreshPack(true).then(again), { kind: 'quiet' }), h('p.note', t('learn.newer.size', { n: number(Math.ceil(is.bytes / 1024)) }))));
    if (is && place.isConnected) await noteShown();
  };
  const stop = hear('learn', () => (place.isConnected ? draw().catch(() => {}) : stop()));
  setTimeout(() => draw().catch(() => {}));
  return place;
}

// ownPart is what the team gave the reader and what may help, with the reason.
export function ownPart(has, all) {
  const page = (id) => all.find((m) => m.id === id);
  const given = has.given.map((g) => [page(g.module), t('learn.given.why', { name: g.by.name, why: g.why })]).filter(([m]) => m);
  return [given.length > 0 && h('section', h('h2', t('learn.given')), rows(given)),
    because(has.suggestions, all)];
}
