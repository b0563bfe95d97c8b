// Where a patient is, as the team records it: reminders follow. Family is told by a
// person, never by the program.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { chartBack } from '../chartback.js';
import { date, day } from '../format.js';
import { choiceField, form, textField } from '../forms.js';
import { sayNext } from '../frame.js';

const states = ['here', 'in-hospital', 'in-jail', 'away', 'died'];

export default async function contactStateScreen(ctx) {
  const path = ctx.api('contact-state');
  const { data: now, etag } = await call('GET', path);
  const pause = (await call('GET', ctx.api('check-in-pause'))).data;
  const state = choiceField('state', t('state.state'), states.map((s) => [s, t(`state.${s}`)]), { value: now.state });
  const until = textField('until', t('state.until'), { type: 'date', hint: t('state.until.hint'), value: now.until ?? '' });
  const follow = textField('followUntil', t('state.follow'), { type: 'date', hint: t('state.follow.hint'), value: now.followUntil ?? '' });
  const send = async () => {
    await call('PUT', path, { etag, body: { state: state.read(), until: until.read(), followUntil: follow.read() } });
    sayNext(t('state.saved'));
    await ctx.again();
  };
  return {
    title: t('chart.state'),
    lead: t('state.lead'),
    back: await chartBack(ctx),
    body: [now.byName && h('p.note', t('state.by', { name: now.byName, time: date(now.at) })),
      pause.until && h('p.card', t('state.paused', { day: day(pause.until) })),
      h('p.warn', t('state.family')),
      form([state, until, follow], send, { submit: t('state.save') })],
  };
}
