// A supporter is worried. One question comes first: is the person in danger now? Yes shows
// the numbers to call before anything else. Nothing is said back about anybody.

import { h, fill } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { calls } from '../callcard.js';
import { choiceField, form, required, selectField, textField } from '../forms.js';
import { place, showFloor } from '../frame.js';
import { linesNow } from '../numbers.js';
import { readingWords, whoReads } from '../messaging.js';
import { uuid7 } from '../uuid.js';

export default async function worryScreen({ me }) {
  const people = await all('/v1/patients').catch(() => []);
  const id = uuid7();
  const help = h('div', { role: 'alert' });
  const danger = choiceField('dangerNow', t('worry.danger'), [['yes', t('worry.yes')], ['no', t('worry.no')]]);
  danger.inputs.forEach((input) => input.addEventListener('change', () => {
    const yes = danger.read() === 'yes';
    showFloor(yes);
    fill(help, yes && h('div.help-card', h('h2', t('worry.call')), calls(linesNow()), h('p', t('worry.call.more'))));
  }));
  const who = people.length > 1 && selectField('patientId', t('worry.who'), people.map((p) => [p.id, p.name]));
  const text = textField('text', t('worry.text'), { area: true, maxlength: '4000', rows: '6', hint: t('worry.text.hint') });
  const send = async () => {
    const { data } = await call('POST', '/v1/worries', { body: { id, dangerNow: danger.read() === 'yes', text: text.read(),
      ...(who ? { patientId: who.read() } : people.length === 1 ? { patientId: people[0].id } : {}) } });
    const first = data.dangerNow && h('div.help-card', h('h2', t('worry.call')), calls(linesNow()));
    place({ title: t('worry.sent'), needsHelp: data.dangerNow, body: [first, h('p', t('worry.sent.more')), h('p', readingWords(data.reading)),
      h('a.button.quiet', { href: '#/patients' }, t('worry.back'))] });
  };
  return {
    title: t('worry.title'),
    back: [t('menu.people'), '#/patients'],
    body: [h('div.card', form([danger, { el: help }, { el: h('div', h('p', t('worry.private')), h('p', t('worry.law')), h('p', t('worry.back-words'))) }, who, text, { el: await whoReads(me) }].filter(Boolean), send,
      { submit: t('worry.send'), check: () => required(danger, text) }))],
  };
}
