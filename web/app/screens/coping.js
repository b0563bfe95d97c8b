// How family and friends are coping: theirs alone. An answer that is not safe is met
// with help of their own at once, with no network too.

import { action } from '../action.js';
import { h, fill } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { calls } from '../callcard.js';
import { linesNow } from '../numbers.js';
import { choiceField, form, required, textField } from '../forms.js';
import { day, localDay } from '../format.js';
import { putFirst, say } from '../frame.js';
import { uuid7 } from '../uuid.js';

const words = ['well', 'all-right', 'hard', 'too-much'];
const said = { yes: true, no: false };

// ownHelp is what an answer that is not safe opens; null for none (models/family/coping.go).
export const ownHelp = (answer) => (answer.harm === true ? 'crisis' : answer.unsafe === true ? 'safety' : null);

export default async function copingScreen({ again }) {
  const yesNo = [['yes', t('learn.useful.yes')], ['no', t('learn.useful.no')], ['', t('coping.not-say')]];
  const how = choiceField('coping', t('coping.how'), words.map((w) => [w, t(`coping.${w}`)]));
  const harm = choiceField('harm', t('coping.harm'), yesNo, { value: '' });
  const unsafe = choiceField('unsafe', t('coping.unsafe'), yesNo, { value: '' });
  const note = textField('note', t('coping.note'), { area: true, maxlength: '1000', dir: 'auto' });
  const before = h('div');
  read('/v1/me/coping?limit=5').then((page) => fill(before, earlier(page.items, again))).catch(() => {});
  const id = uuid7();
  const send = async () => {
    const answer = { id, coping: how.read(), harm: said[harm.read()], unsafe: said[unsafe.read()], note: note.read() || undefined };
    const help = ownHelp(answer);
    if (help) putFirst(h('div.help-card', h('h2', t('help.first.title')), h('p', t(`coping.help.${help}`)), calls(linesNow())));
    try {
      await call('POST', '/v1/me/coping', { body: answer });
    } catch (problem) {
      if (!help) throw problem; // the numbers stay, whatever became of the answer
    }
    if (!help) {
      say(t('coping.kept'));
      again();
    }
  };
  return { title: t('coping.title'), lead: t('coping.lead'), back: [t('patients.today'), '#/beside'],
    body: [h('div.card', form([how, harm, unsafe, note], send, { check: () => required(how) })),
      h('p', h('a.link', { href: '#/learn' }, t('coping.learn'))), before] };
}

const earlier = (items, again) => items.length > 0 && h('section', h('h2', t('coping.before')), h('ul.cards', items.map((v) => h('li.card',
  h('p', t(`coping.${v.coping}`), h('span.note', day(localDay(0, new Date(v.answeredAt))))), v.note && h('p', { dir: 'auto' }, v.note),
  action(t('coping.forget'), async () => {
    await call('DELETE', `/v1/me/coping/${v.id}`);
    again();
  }, { kind: 'quiet' })))));
