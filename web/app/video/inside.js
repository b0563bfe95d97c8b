// Taking part: the pictures, the buttons under them, and a panel beside or below.

import { h, fill } from '../dom.js';
import { t } from '../texts.js';
import { say } from '../frame.js';
import { selectField } from '../forms.js';
import { channelName, channels, lackOf, nameOf, treats } from './names.js';
import { control, ownControls } from './controls.js';
import { devicePart } from './devicelist.js';
import { linkPart } from './link.js';
import { peoplePart } from './people.js';
import { reportsOf } from './reports.js';
import { Stage } from './stage.js';
import { captionPart, talkPart } from './talk.js';
import { besidePart } from './beside.js';
import { spoken as languages } from '../spoken.js';

export function insidePart(call, ctx) {
  const stage = new Stage(call);
  const captions = captionPart(call);
  const panels = { talk: talkPart(call), devices: devicePart(call), ...(treats(call.room.you.role) && { people: peoplePart(call), link: figures(call) }),
    ...(ctx?.me?.role === 'clinician' && ctx.patientId && !ofNobody(call) && { beside: besidePart(ctx) }) };
  const aside = h('div.aside');
  let open = '';
  const show = (name) => {
    open = open === name ? '' : name;
    fill(aside, open && panels[open].el);
    read = call.said.length;
    update();
    // On a phone the panel stands below the pictures.
    if (open) Promise.resolve(panels[open].update()).then(() => aside.scrollIntoView({ block: 'nearest' }));
  };
  let read = call.said.length;
  const toggle = (name, drawing, words, count = () => 0) => control(() => ({ drawing, words: t(words), open: open === name, count: open === name ? 0 : count() }), () => show(name));
  const controls = [
    ...ownControls(call),
    toggle('talk', 'text', 'call.chat', () => call.said.length - read),
    toggle('devices', 'dial', 'call.devices'),
    ...(panels.people ? [toggle('people', 'people', 'lobby.title', () => call.room.people.filter((p) => p.place === 'lobby').length), toggle('link', 'signal', 'call.link')] : []),
    ...(panels.beside ? [toggle('beside', 'plan', 'call.beside')] : []),
    control(() => (stage.view === 'grid' ? { drawing: 'speaker', words: t('call.view.speaker') } : { drawing: 'grid', words: t('call.view.grid') }), () => {
      stage.show(stage.view === 'grid' ? 'speaker' : 'grid');
      update();
    }),
    control(() => ({ drawing: 'leave', words: t('call.leave') }), () => call.leave(), { kind: 'control.leave' }),
  ];
  const channel = channelPart(call);
  const banner = h('p.card.calm', t('lobby.huddle.now'));
  const news = newsOf(call);
  const update = () => {
    stage.draw();
    captions.update();
    channel.update();
    news();
    controls.forEach((c) => c.update());
    if (open) panels[open].update();
    banner.hidden = call.room.phase !== 'huddle';
  };
  if (panels.people && innerWidth > 900) show('people');
  return {
    el: h('div.visit-room', h('div.scene', banner, stage.el, captions.el, channel.el), aside,
      h('div.controls', { role: 'group', 'aria-label': t('call.controls') }, controls.map((c) => c.el))),
    update,
    stop: () => {
      stage.close();
      panels.devices.stop();
    },
  };
}

// ofNobody tells a conference, which is of no patient: nothing of it is kept in a chart.
const ofNobody = (call) => call.api.startsWith('/v1/conferences/');

// figures are one's own, and those of everybody when asked for.
const figures = (call) => {
  const link = linkPart(call);
  return { el: h('section.panel', h('h2', t('call.link')), link.el, !ofNobody(call) && reportsOf(call.api, 'quality.everyone')), update: link.update };
};

// heldBy are those whose microphone something else has.
const heldBy = (call) => new Set(call.room.people.filter((p) => p.held).map((p) => p.id));

// lacksOf is what the browser of each who is inside can't do.
const lacksOf = (call) => new Map(call.room.people.filter((p) => p.place === 'inside' && lackOf(p)).map((p) => [p.id, lackOf(p)]));

// newsOf says who waits, comes and goes: those who can't see the pictures miss it.
function newsOf(call) {
  const placesOf = () => new Map(call.room.people.map((p) => [p.id, p.connected ? p.place : 'away']));
  let before = placesOf();
  let held = heldBy(call);
  let lacks = new Map();
  let { keptBy } = call.room;
  let said = call.said.length;
  return () => {
    const now = placesOf();
    for (const [id, place] of now) {
      if (before.get(id) === place || !['lobby', 'inside'].includes(place)) continue;
      say(t(place === 'lobby' ? 'call.news.waits' : 'call.news.came', { name: nameOf(call, id) }));
    }
    for (const [id, place] of before) {
      if (place === 'inside' && now.get(id) !== 'inside') say(t('call.news.went', { name: nameOf(call, id) }));
    }
    before = now;
    const holds = heldBy(call);
    for (const id of [...holds, ...held].filter((one) => holds.has(one) !== held.has(one))) if (now.get(id) === 'inside') say(t(holds.has(id) ? 'call.news.held' : 'call.news.heard', { name: nameOf(call, id) }));
    held = holds;
    const unable = lacksOf(call);
    for (const [id, lack] of unable) if (lacks.get(id) !== lack) say(t(`call.news.lacks.${lack}`, { name: nameOf(call, id) }));
    lacks = unable;
    if (call.room.keptBy !== keptBy) say(t('call.chat.kept.by', { name: call.room.keptBy }));
    keptBy = call.room.keptBy;
    const line = call.said.at(-1);
    if (call.said.length > said && line.from !== call.room.you.id) say(t('call.news.wrote', { name: nameOf(call, line.from) }));
    said = call.said.length;
  };
}

// channelPart: what one listens to, where somebody interprets; for an interpreter
// what is spoken into.
function channelPart(call) {
  const el = h('div.channel');
  let shown = '';
  const update = () => {
    const { you } = call.room;
    const spoken = channels(call.room);
    const key = JSON.stringify([you.role, you.hears, you.speaks, spoken]);
    if (key === shown) return;
    shown = key;
    const wish = (name, label, tags, value, verb) => {
      const list = selectField(name, t(label), ['', ...tags].map((tag) => [tag, channelName(tag)]), { value: value ?? '' });
      list.input.addEventListener('change', () => call.command(verb, { language: list.read() }));
      return list.el;
    };
    fill(el, you.role === 'interpreter' && wish('speaks', 'call.speak', languages, you.speaks, 'speak'),
      (spoken.length > 0 || you.hears) && you.role !== 'interpreter' && wish('hears', 'call.hear', [...new Set([...spoken, ...(you.hears ? [you.hears] : [])])], you.hears, 'hear'));
  };
  return { el, update };
}
