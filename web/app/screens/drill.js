// What alerts to staff need before they begin, in four steps, and the drill itself with
// the time of each step.

import { action } from '../action.js';
import { h } from '../dom.js';
import { notHere } from '../nothere.js';
import { has, t } from '../texts.js';
import { all, call, read } from '../api.js';
import { dateTime, number } from '../format.js';
import { choiceField, form, required, selectField } from '../forms.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';

export default async function drillScreen({ again, params }) {
  const programmes = (await read('/v1/programmes?limit=100')).items.map((p) => [p.id, p.name]);
  if (params.programme && params.programme !== 'clinic' && !programmes.some(([id]) => id === params.programme)) throw notHere();
  const tried = programmes.find(([id]) => id === params.programme)?.[0] ?? 'clinic';
  const which = selectField('programme', t('programmes.which'), programmes, { value: tried });
  which.input.addEventListener('change', () => { location.hash = `#/alert-drills/${which.read()}`; });
  const [ready, drills, people] = await Promise.all([read(`/v1/alert-readiness?programme=${tried}`), read('/v1/alert-drills'), all('/v1/accounts?role=clinician&limit=100')]);
  const team = choiceField('team', t('drill.team'), people.filter((a) => a.status === 'active').map((a) => [a.id, a.name]), { many: true, value: [] });
  const settings = tried === 'clinic' ? '#/alert-settings' : '#/programmes';
  const start = async () => {
    await call('POST', '/v1/alert-drills', { body: { id: uuid7(), programme: tried, team: team.read() } });
    sayNext(t('drill.started'));
    await again();
  };
  return {
    title: t('drill.title'),
    lead: t('drill.lead'),
    back: [t('menu.office'), '#/office'],
    body: [
      programmes.length > 1 && which.el,
      h('ol', step('hours', ready.hours, settings), step('fail-safe', ready.failSafe, settings), step('rota', ready.rota, '#/duty'), step('drill', ready.drill)),
      form([team], start, { submit: t('drill.start'), check: () => required(team) }),
      action(t('drill.again'), again, { kind: 'quiet' }),
      h('ul.cards', drills.items.map(report)),
    ],
  };
}

const step = (name, ok, href) => h('li', ok ? t('drill.done') : t('drill.missing'), ' · ', href ? h('a', { href }, t(`drill.step.${name}`)) : t(`drill.step.${name}`));

const report = (d) => h('li.card', h('h2', t('drill.one', { time: dateTime(d.startedAt) })),
  h('p', d.answered ? t('drill.answered', { name: d.answeredBy, seconds: number(d.seconds) }) : t(d.ended ? 'drill.unanswered' : 'drill.runs')),
  h('ul.dots', d.steps.map((s) => h('li', t('drill.after', { seconds: number(s.seconds) }), ' · ', has(`alert.did.${s.what}`) ? t(`alert.did.${s.what}`) : s.what, s.name && ` · ${s.name}`))));
