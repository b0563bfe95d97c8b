// Before a visit by video: do microphone, camera and speaker work? Nobody sees or
// hears the person here.

import { h, button } from '../dom.js';
import { t } from '../texts.js';
import { timeIn } from '../clocks.js';
import { read } from '../api.js';
import { canMeet, own } from '../video/own.js';
import { checkPart } from '../video/check.js';
import { current } from '../video/call.js';
import { doorState } from '../visitdoor.js';

export default async function joinVisitScreen(ctx) {
  const visit = await read(ctx.api(`appointments/${ctx.params.visit}`));
  const back = [t('visit.kind'), ctx.at(`visits/${visit.id}`)];
  const to = ctx.at(`visits/${visit.id}/room`);
  if (current()?.visitId === visit.id) return void ctx.go(to);
  const door = doorState(visit);
  if (door !== 'open') return { title: t('join.title'), back, body: h('p.card', t(door === 'early' ? 'join.early' : 'join.closed', { time: visit.door ? timeIn(visit.door.opens) : '' })) };
  if (!canMeet()) return { title: t('join.title'), back, body: h('p.card.warn', t('join.old-browser')) };
  own.open();
  const check = checkPart();
  const gone = () => {
    if (location.hash.endsWith('/join') && check.el.isConnected) return;
    check.stop();
    removeEventListener('hashchange', gone);
    if (location.hash !== to && !current()) own.close();
  };
  addEventListener('hashchange', gone);
  return {
    title: t('join.title'), lead: t('join.lead'), back,
    body: [check.el, h('div.actions', button(t(ctx.me.role === 'clinician' ? 'join.go.team' : 'join.go'), () => ctx.go(to)))],
  };
}
