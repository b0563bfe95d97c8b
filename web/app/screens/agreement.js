// One agreement: what it says, what a prescriber does with it, what came of a duty, and an
// early sign that somebody notices.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { action } from '../action.js';
import { checkField, form, required, textField } from '../forms.js';
import { say, sayNext } from '../frame.js';
import { keep, sendAll } from '../outbox.js';
import { uuid7 } from '../uuid.js';
import { agreementPart } from '../agreementview.js';

const measured = (what) => !['side-effects', 'review'].includes(what);

export default async function agreementScreen(ctx) {
  const path = ctx.api(`prescribing-agreements/${ctx.params.agreement}`);
  const a = await read(path);
  const holds = ['in-force', 'under-review'].includes(a.status);
  const team = ctx.me.role === 'clinician';
  const notice = (s) => holds && (team || ctx.own) && action(t('agreement.notice'), async () => {
    await keep(ctx.patientId, { id: uuid7() }, `${path}/signs/${s.id}/noticed`, { about: 'medicines', account: ctx.me.accountId });
    await sendAll();
    say(t('agreement.notice.kept'));
  }, { kind: 'quiet' });
  return {
    title: t('agreement.title'),
    back: [t('agreement.title'), ctx.at('medicines/agreements')],
    body: [
      agreementPart(a, { notice, doing: (d) => holds && team && !d.ended && dutyForm(d, ctx) }),
      holds && ctx.own && h('p.card', t('agreement.notice.help'), ' ', h('a', { href: '#/help' }, t('help.title'))),
      a.may.length > 0 && h('section', h('h2', t('agreeing.do')), acts(a, path, ctx)),
    ],
  };
}

function acts(a, path, ctx) {
  const note = textField('note', t('agreeing.note'), { area: true, maxlength: 1000 });
  const done = (act) => async () => {
    if (act === 'end' && !note.read()) return note.fail(t('form.required'));
    await call('POST', `${path}/acts`, { body: { act, note: note.read() } });
    sayNext(t('medicines.saved-it'));
    return ctx.again();
  };
  return [note.el, h('div.actions', a.may.map((act) => action(t(`agreeing.act.${act}`), done(act), { kind: act === 'end' ? 'danger' : 'main' })))];
}

// dutyForm is what came of a duty. A measurement is written down as a result.
function dutyForm(d, ctx) {
  const note = textField('note', t('agreeing.result'), { area: true, maxlength: 1000 });
  const passed = checkField('passed', t('agreeing.passed'));
  const send = async () => {
    await call('POST', ctx.api(`prescribing-duties/${d.id}/results`), { body: { note: note.read(), passed: passed.read() } });
    sayNext(t('medicines.saved-it'));
    await ctx.again();
  };
  return h('details', h('summary', t('agreeing.record')), measured(d.what) && h('p', h('a', { href: ctx.at('medicines/fact') }, t('agreeing.fact'))),
    form([note, passed], send, { check: () => required(note) }));
}
