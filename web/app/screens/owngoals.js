// What family and friends want to do themselves: goals and tasks that nobody else reads.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { date } from '../format.js';
import { choiceField, form, required, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';

const PATH = '/v1/me/own-goals';

export default async function ownGoalsScreen({ again }) {
  const found = await all(PATH);
  const [open, done] = [found.filter((g) => !g.done), found.filter((g) => g.done)];
  const cards = (list) => h('ul.cards', list.map((g) => h('li.card', card(g, again))));
  return {
    title: t('owngoals.title'), lead: t('owngoals.lead'), back: [t('patients.today'), '#/beside'],
    body: [open.length === 0 ? h('p.card', t('owngoals.none')) : cards(open), adding(again),
      done.length > 0 && h('details.card', h('summary', t('owngoals.over')), cards(done))],
  };
}

const termsOf = ({ kind, title, note, dueOn }) => ({ kind, title, note, dueOn });

function card(g, again) {
  const put = (done) => call('PUT', `${PATH}/${g.id}`, { etag: g.etag, body: { ...termsOf(g), done } }).then(again);
  return [h('h2', { dir: 'auto' }, g.title), h('p.note', t(`owngoals.kind.${g.kind}`), g.dueOn && ` · ${date(g.dueOn)}`),
    g.note && h('p', { dir: 'auto' }, g.note),
    h('div.actions', action(t(g.done ? 'owngoals.reopen' : 'owngoals.done'), () => put(!g.done)),
      action(t('coping.forget'), () => call('DELETE', `${PATH}/${g.id}`).then(again), { kind: 'quiet', 'aria-label': t('owngoals.delete', { title: g.title }) }))];
}

function adding(again) {
  const id = uuid7();
  const kind = choiceField('kind', t('owngoals.kind'), ['task', 'goal'].map((k) => [k, t(`owngoals.kind.${k}`)]), { value: 'task' });
  const title = textField('title', t('owngoals.what'), { maxlength: '200', dir: 'auto' });
  const note = textField('note', t('coping.note'), { area: true, maxlength: '500', dir: 'auto' });
  const due = textField('dueOn', t('owngoals.due'), { type: 'date', hint: t('owngoals.due.hint') });
  return h('section.card', h('h2', t('owngoals.new')), form([kind, title, note, due], async () => {
    await call('POST', PATH, { body: { id, kind: kind.read(), title: title.read(), note: note.read() || undefined, dueOn: due.read() || undefined } });
    sayNext(t('place.saved'));
    again();
  }, { check: () => required(title) }));
}
