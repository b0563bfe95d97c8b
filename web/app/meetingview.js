// What a meeting has about one patient: first the voices of those who can't come, then
// what to talk about, then what is decided.

import { action } from './action.js';
import { h } from './dom.js';
import { t } from './texts.js';
import { call } from './api.js';
import { date, dateTime, day } from './format.js';
import { form, required, selectField, textField } from './forms.js';
import { sayNext } from './frame.js';
import { uuid7 } from './uuid.js';

// casePart shows it and takes what is said. again draws it anew.
export function casePart(page, people, again) {
  const { meeting } = page;
  const path = `/v1/patients/${meeting.patientId}/meetings/${meeting.meetingId}`;
  const outside = meeting.seats.filter((s) => !s.mayHear);
  return h('div',
    outside.length > 0 && h('p.card.warn', t('meeting.outside', { names: outside.map((s) => s.name).join(', ') })),
    voicesPart(meeting, path, again),
    agendaPart(page, path, again),
    h('section', h('h2', t('meeting.decisions')), meeting.decisions.length === 0 && h('p.note', t('meeting.decisions.none')),
      h('ul.cards', meeting.decisions.map((d) => decisionCard(d, meeting.patientId)))),
    meeting.mine && !meeting.calledOff && [decidePart(path, people, again), tellPart(meeting, path, again)]);
}

const voicesPart = (meeting, path, again) => h('section', h('h2', t('meeting.voices')),
  meeting.voices.length === 0 ? h('p.note', t('meeting.voices.none')) : h('ul.cards', meeting.voices.map((v) => h('li.card', h('p', h('b', v.by.name), v.discipline && ` · ${t(`discipline.${v.discipline}`)}`), h('p.quote', { dir: 'auto' }, v.text)))),
  !meeting.calledOff && write(path, 'voices', 'meeting.say', again));

const agendaPart = ({ meeting, alerts = [], late = [] }, path, again) => h('section', h('h2', t('meeting.agenda')),
  h('ul.dots', alerts.map((a) => h('li', h('a', { href: `#/alerts/${a.id}` }, t('alert.open')), ` · ${dateTime(a.firedAt)}`)),
    late.map((s) => h('li', { dir: 'auto' }, t('meeting.late', { step: s.title, goal: s.goal, day: day(s.dueOn) }))),
    meeting.earlier.map((d) => h('li', { dir: 'auto' }, t('meeting.earlier', { text: d.text, name: d.owner.name }), d.overdue && h('span.tag', t('task.overdue')))),
    meeting.points.map((p) => h('li', { dir: 'auto' }, `${p.text} · ${p.by.name}`))),
  !meeting.calledOff && write(path, 'points', 'meeting.point', again));

function write(path, part, words, again) {
  const text = textField('text', t(words), { area: true, maxlength: '1000' });
  const send = async () => {
    await call('POST', `${path}/${part}`, { body: { id: uuid7(), text: text.read() } });
    sayNext(t('alert.saved'));
    await again();
  };
  return h('details', h('summary', t(words)), form([text], send, { check: () => required(text) }));
}

const decisionCard = (d, patientId) => h('li.card', h('h3', { dir: 'auto' }, d.text),
  h('p', t('meeting.does', { name: d.owner.name, day: date(d.dueAt) }), ` · ${t(`task.status.${d.status}`)}`, d.overdue && h('span.tag', t('task.overdue'))),
  d.patientView && h('p.quote', { dir: 'auto' }, d.patientView),
  d.forPatient ? h('p.note', { dir: 'auto' }, t('meeting.for-patient.is', { text: d.forPatient })) : h('p.note', t('meeting.for-patient.none')),
  d.hard && h('p.warn', t('meeting.hard')), !d.quorum && h('p.note', t('meeting.no-quorum')),
  d.outcome && h('p', { dir: 'auto' }, t('meeting.became', { text: d.outcome })),
  h('div.actions', h('a.button.quiet.small', { href: `#/tasks/${d.taskId}` }, t('meeting.task')),
    d.planVersions?.length > 0 ? h('span.note', t('meeting.plan', { n: d.planVersions[0] })) : h('a.button.quiet.small', { href: `#/p/${patientId}/care-plan/new/${d.id}` }, t('meeting.plan.change'))));

function decidePart(path, people, again) {
  const f = {
    text: textField('text', t('meeting.decide.what'), { area: true, maxlength: '1000', accesskey: 'd' }),
    to: selectField('to', t('newtask.who'), people),
    dueAt: textField('dueAt', t('newtask.due'), { type: 'datetime-local' }),
    forPatient: textField('forPatient', t('meeting.for-patient'), { area: true, maxlength: '1000', hint: t('meeting.for-patient.hint') }),
    patientView: textField('patientView', t('meeting.patient-view'), { area: true, maxlength: '1000' }),
  };
  const send = async () => {
    await call('POST', `${path}/decisions`, { body: { id: uuid7(), text: f.text.read(), to: f.to.read(), dueAt: new Date(f.dueAt.read()).toISOString(), forPatient: f.forPatient.read(), patientView: f.patientView.read() } });
    sayNext(t('meeting.decided'));
    await again();
  };
  return h('section.card', h('h2', t('meeting.decide')), h('p.note', t('meeting.keys')), form(Object.values(f), send, { submit: t('meeting.decide.save'), check: () => required(f.text, f.dueAt) }));
}

// tellPart shows the patient what was decided, the same day.
function tellPart(meeting, path, again) {
  const words = textField('words', t('meeting.tell.words'), { area: true, maxlength: '1000' });
  const tell = async () => {
    await call('POST', `${path}/tell`, { body: { words: words.read() } });
    sayNext(t('meeting.tell.done'));
    await again();
  };
  return h('section.card', h('h2', t('meeting.tell')), meeting.lastTold ? h('p', t('meeting.tell.was', { time: dateTime(meeting.lastTold.at), name: meeting.lastTold.by.name })) : h('p', t('meeting.tell.lead')),
    words.el, h('div.actions', action(t('meeting.tell.send'), tell)));
}
