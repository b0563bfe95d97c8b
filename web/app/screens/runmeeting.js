// A meeting as one person runs it while talking: who is there, then one patient after the
// other. With the keyboard: access keys n and b go on and back, d begins a decision.

import { fill, h, button } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { dateTime } from '../format.js';
import { choiceField, form } from '../forms.js';
import { say } from '../frame.js';
import { whoTakes } from '../colleagues.js';
import { doorState, joinButton } from '../visitdoor.js';
import { casePart } from '../meetingview.js';
import { meetingTime } from '../meetingtime.js';

export default async function runMeetingScreen(ctx) {
  const id = ctx.params.meeting;
  const at = `/v1/conferences/${id}`;
  const [answer, roster] = await Promise.all([call('GET', at), read(`${at}/roster`)]);
  const conference = answer.data;
  const place = h('div');
  let n = 0;
  const show = async (move = 0) => {
    const about = conference.agenda;
    if (about.length === 0) return void fill(place, h('p.card', t('meeting.nobody')));
    n = (n + move + about.length) % about.length;
    const { patientId, patientName } = about[n];
    const [page, people] = await Promise.all([read(`/v1/patients/${patientId}/meetings/${id}`), whoTakes(patientId, ctx.me)]);
    const title = h('h2', { tabindex: '-1' }, t('meeting.patient', { name: patientName, n: n + 1, of: about.length }));
    fill(place, title, h('p', { dir: 'auto' }, about[n].topic),
      about.length > 1 && h('div.actions', button(t('meeting.before'), () => show(-1), { kind: 'quiet', accesskey: 'b' }), button(t('meeting.next'), () => show(1), { kind: 'quiet', accesskey: 'n' })),
      casePart(page, people, () => show()));
    if (move) title.focus();
  };
  await show();
  return {
    title: t('meeting.run'),
    lead: dateTime(conference.start),
    back: [t('week.title'), '#/week'],
    body: [doorState(conference) === 'early' ? h('p.note', t('join.opens', { time: dateTime(conference.door.opens) })) : joinButton(conference, `#/meetings/${id}/join`),
      meetingTime(answer, ctx), rosterPart(at, roster, ctx), place],
  };
}

// rosterPart says who is there, and which of the disciplines that are needed is not.
function rosterPart(at, roster, ctx) {
  const missing = h('p', { role: 'status' });
  const tell = (r) => fill(missing, r.missing.length > 0 ? t('meeting.missing', { who: r.missing.map((d) => t(`discipline.${d}`)).join(', ') }) : t('meeting.complete'));
  tell(roster);
  const seats = roster.seats.map((s) => {
    const box = h('input', { type: 'checkbox', checked: s.present, onchange: async () => {
      tell((await call('PUT', `${at}/present/${s.accountId}`, { body: { present: box.checked } })).data);
    } });
    return h('li', h('label.choice', box, h('span', s.name, s.discipline && ` · ${t(`discipline.${s.discipline}`)}`, s.answer === 'declined' && ` · ${t('meeting.declined')}`)));
  });
  const known = [...new Set(roster.seats.map((s) => s.discipline).filter(Boolean))];
  const quorum = choiceField('disciplines', t('meeting.quorum'), known.map((d) => [d, t(`discipline.${d}`)]), { many: true, value: roster.quorum });
  const send = async () => {
    tell((await call('PUT', `${at}/quorum`, { body: { disciplines: quorum.read() } })).data);
    say(t('alert.saved'));
    await ctx.again();
  };
  return h('section.card', h('h2', t('meeting.roster')), h('ul.choices', seats), missing, h('details', h('summary', t('meeting.quorum')), form([quorum], send)));
}
