// Practice: a check-in that nobody gets, and the check of a visit by video with nobody
// there. Nothing of it is kept or sent. An answer that asks for help is met with help all
// the same: it may be true.

import { h, fill, button } from '../dom.js';
import { t } from '../texts.js';
import { checkInForm } from '../checkinform.js';
import { helpFirst } from '../callcard.js';
import { form } from '../forms.js';
import { putFirst, showFloor } from '../frame.js';
import { needsOf } from '../needshelp.js';
import { questionField, RATHER_NOT } from '../questions.js';
import { safely } from '../safely.js';
import { canMeet, own } from '../video/own.js';
import { checkPart } from '../video/check.js';

export default async function tryScreen({ me, patientId }) {
  const asked = await checkInForm(patientId, me.accountId);
  const questions = asked.questions.map((q) => ({ q, field: questionField(q) }));
  const box = h('div');
  const send = () => {
    const answers = Object.fromEntries(questions.map(({ q, field }) => [q.id, field.read()]).filter(([, v]) => v !== null && v !== '' && v !== RATHER_NOT));
    const needs = safely(() => needsOf({ answers, declined: [], instruments: [] })) ?? ['crisis'];
    if (needs.length > 0) {
      showFloor(true);
      putFirst(helpFirst(null, needs));
    }
    fill(box, h('p.card', { role: 'status' }, t('try.done')), h('a.button.main', { href: '#/check-in' }, t('try.real')));
  };
  const visit = h('div');
  fill(visit, canMeet() ? button(t('try.visit.begin'), () => testVisit(visit)) : h('p.warn', t('join.old-browser')));
  return {
    title: t('try.title'), lead: t('try.lead'), back: [t('access.title'), '#/access'],
    body: [h('section.card', h('h2', t('try.checkin')), h('p.strong', t('try.not-kept')), box, form(questions.map(({ field }) => field), send, { submit: t('try.send') })),
      h('section.card', h('h2', t('try.visit')), h('p', t('try.visit.how')), visit)],
  };
}

function testVisit(into) {
  own.open();
  const check = checkPart();
  const end = () => {
    check.stop();
    own.close();
    removeEventListener('hashchange', end);
    fill(into, h('p', { role: 'status' }, t('try.visit.done')), button(t('try.visit.begin'), () => testVisit(into), { kind: 'quiet' }));
  };
  addEventListener('hashchange', end);
  fill(into, check.el, button(t('try.visit.end'), end));
}
