// What was written in a visit and kept by the team, for the patient and the team. It is
// read when it is asked for, for each reading is in the access log.

import { action } from '../action.js';
import { call } from '../api.js';
import { h, fill } from '../dom.js';
import { dateTime } from '../format.js';
import { t } from '../texts.js';
import { timeIn } from '../clocks.js';
import { doorState } from '../visitdoor.js';

// messagesPart is there once the door of a visit by video has opened.
export function messagesPart(visit, ctx) {
  if (ctx.me.role === 'supporter' || !['open', 'over'].includes(doorState(visit))) return null;
  const list = h('div', { role: 'status' });
  const show = async () => {
    const { data } = await call('GET', ctx.api(`appointments/${visit.id}/messages`));
    fill(list, data.messages.length === 0 ? h('p.note', t('messages.none')) : [
      h('p.note', t('messages.by', { name: data.keptBy.name, date: dateTime(data.keptAt) })),
      h('ol.lines.card', data.messages.map((m) => h('li', h('b', h('bdi', m.name || t('call.somebody'))), h('span.note', ` ${timeIn(m.at)} `), h('bdi', m.text))))]);
  };
  return h('div.reports', h('div.actions', action(t('messages.open'), show, { kind: 'quiet' })), list);
}
