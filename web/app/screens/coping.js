// How family and friends are coping: theirs alone. An answer that is not safe is met
// with help of their own at once, with no network too. It waits in this phone until it
// is kept, as check-ins do.
// Operations: tellCoping.

import { action } from '../action.js';
import { h, fill } from '../dom.js';
import { t } from '../texts.js';
import { hear } from '../bus.js';
import { call, read } from '../api.js';
import { calls } from '../callcard.js';
import { linesNow } from '../numbers.js';
import { choiceField, form, required, textField } from '../forms.js';
import { dateTime, day, localDay } from '../format.js';
import { putFirst, sayNext } from '../frame.js';
import { keep, sendAll, standing } from '../outbox.js';
import { dropWaiting } from '../db.js';
import { uuid7 } from '../uuid.js';

const PATH = '/v1/me/coping';
const words = ['well', 'all-right', 'hard', 'too-much'];
const said = { yes: true, no: false };

// ownHelp is what an answer that is not safe opens; null for none (models/family/coping.go).
export const ownHelp = (answer) => (answer.harm === true ? 'crisis' : answer.unsafe === true ? 'safety' : null);

export default async function copingScreen({ me, again }) {
  const yesNo = [['yes', t('learn.useful.yes')], ['no', t('learn.useful.no')], ['', t('coping.not-say')]];
  const how = choiceField('coping', t('coping.how'), words.map((w) => [w, t(`coping.${w}`)]));
  const harm = choiceField('harm', t('coping.harm'), yesNo, { value: '' });
  const unsafe = choiceField('unsafe', t('coping.unsafe'), yesNo, { value: '' });
  const note = textField('note', t('coping.note'), { area: true, maxlength: '1000', dir: 'auto' });
  const [before, here, box] = [h('div'), h('div'), h('div.card')];
  const id = uuid7();
  let became = null; // of this answer, once it was given
  const draw = async () => {
    const all = await standing();
    if (became) fill(box, h('p', { role: 'status' }, t(`coping.${stateIn(all, id) ?? became}`)));
    fill(here, waits(all.filter((e) => e.own && e.state !== 'sent' && e.id !== id), draw));
    read(`${PATH}?limit=5`).then((page) => fill(before, earlier(page.items, again))).catch(() => {});
  };
  await draw();
  const stop = hear('outbox', () => (here.isConnected ? draw() : stop()));
  const send = async () => {
    const answer = { id, answeredAt: new Date().toISOString(), coping: how.read(), harm: said[harm.read()], unsafe: said[unsafe.read()], note: note.read() || undefined };
    const help = ownHelp(answer);
    if (help) putFirst(h('div.help-card', h('h2', t('help.first.title')), h('p', t(`coping.help.${help}`)), calls(linesNow())));
    became = await outcome(me, answer);
    if (became === 'sent' && !help) {
      sayNext(t('coping.sent'));
      return again();
    }
    return draw();
  };
  fill(box, form([how, harm, unsafe, note], send, { check: () => required(how) }));
  return { title: t('coping.title'), lead: t('coping.lead'), back: [t('patients.today'), '#/beside'],
    body: [box, here,
      h('p', h('a.link', { href: '#/learn' }, t('coping.learn'))), before] };
}

// outcome keeps an answer in this phone, sends it, and tells what became of it: sent,
// waiting, held (by this page alone), refused or lost.
async function outcome(me, answer) {
  try {
    await keep(null, answer, PATH, { own: true, account: me.accountId });
  } catch {
    return 'lost';
  }
  await sendAll().catch(() => {});
  return stateIn(await standing(), answer.id) ?? 'waiting';
}

const stateOf = (entry) => (entry.heldOnly ? 'held' : entry.state);

function stateIn(all, id) {
  const entry = all.find((e) => e.id === id);
  return entry && stateOf(entry);
}

const waits = (entries, draw) => entries.length > 0 && h('section', h('h2', t('outbox.title')), h('ul.cards', entries.map((e) => h('li.card',
  h('p', t(`coping.${stateOf(e)}`)), h('p.note', t('outbox.made', { time: dateTime(e.madeAt) })),
  action(t('outbox.drop'), () => dropWaiting(e.id).then(draw), { kind: 'quiet' })))));

const earlier = (items, again) => items.length > 0 && h('section', h('h2', t('coping.before')), h('ul.cards', items.map((v) => h('li.card',
  h('p', t(`coping.${v.coping}`), h('span.note', day(localDay(0, new Date(v.answeredAt))))), v.note && h('p', { dir: 'auto' }, v.note),
  action(t('coping.forget'), async () => {
    await call('DELETE', `${PATH}/${v.id}`);
    again();
  }, { kind: 'quiet' })))));
