// The second tap: a time. Who comes and how can be changed above the times.

import { action } from '../action.js';
import { fill, h } from '../dom.js';
import { notHere } from '../nothere.js';
import { t } from '../texts.js';
import { all, read } from '../api.js';
import { askOf, clinicians, hold, setWish, slotsPath, teamOf, usual, wish } from '../booking.js';
import { choiceField, form, required, selectField } from '../forms.js';
import { languageName } from '../format.js';
import { site } from '../numbers.js';
import { timeList } from '../timelist.js';
import { jobOf, minutesWords } from '../visitview.js';

export default async function visitTimesScreen(ctx) {
  const [kinds, team, resources, clinic, wanted, needs] = await Promise.all([all('/v1/visit-types'), teamOf(ctx.api), all('/v1/resources'), site(), read(ctx.api('visit-preference')),
    read(ctx.api('access-needs')).catch(() => ({}))]);
  const back = [t('newvisit.title'), ctx.at('visits/new')];
  const kind = kinds.find((k) => k.id === ctx.params.type);
  if (!kind) throw notHere();
  const languages = [...new Set(resources.filter((r) => r.bookable).flatMap((r) => r.languages ?? []))];
  const is = wish(ctx.patientId, kind, team, needs, languages);
  const ask = askOf(is, kind, team);
  const take = async (start) => ctx.go(ctx.at(`visits/${await hold(ctx.patientId, ask, start)}`));
  const people = clinicians(team).filter((m) => is.who.includes(m.accountId));
  return {
    title: t('times.title'),
    lead: t('times.lead', { kind: kind.name, minutes: minutesWords(kind.minutes) }),
    back,
    body: [
      h('div.card', people.length > 0 && h('p.strong', t('visit.with', { names: people.map((m) => m.name).join(', ') })),
        h('p.note', t(`visit.how.${is.modality}`), is.language && [' · ', t('access.needs.interpreter', { language: languageName(is.language) })]),
        h('details', { open: people.length === 0 }, h('summary', t('times.change')), wishForm(ctx, kind, team, is, languages))),
      ask.roles.length > 0 && (await timesPart((suiting) => timeList(slotsPath(ctx.patientId, ask, kind.horizonDays + 1, { suiting }), [clinic?.zone], take), wanted)),
    ],
  };
}

// timesPart shows the times that suit the patient first, where they said which do.
async function timesPart(list, wanted) {
  if (!wanted.windows?.length) return list(false);
  const part = h('div');
  const show = async (suiting) => fill(part, action(t(suiting ? 'suiting.all' : 'suiting.only'), () => show(!suiting), { kind: 'quiet' }), await list(suiting));
  return show(true);
}

function wishForm(ctx, kind, team, is, languages) {
  const who = choiceField('roles', t('times.who'), clinicians(team).map((m) => [m.accountId, `${m.name} (${jobOf(m.discipline)})`]), { value: is.who, many: true });
  const how = choiceField('modality', t('times.how'), kind.modalities.map((m) => [m, t(`visit.how.${m}`)]), { value: is.modality });
  const language = languages.length > 0 && selectField('language', t('times.interpreter'),
    [['', t('times.interpreter.none')], ...languages.map((l) => [l, languageName(l)])], { value: is.language, hint: t('times.interpreter.other') });
  const send = async () => {
    const chosen = who.read();
    const same = usual(kind, team).flat().length === chosen.length && usual(kind, team).flat().every((m) => chosen.includes(m.accountId));
    setWish(ctx.patientId, kind, { modality: how.read(), who: chosen, language: language ? language.read() : '', named: !same });
    await ctx.again();
  };
  return form([who, how, language || h('p.note', t('times.interpreter.nobody'))], send, { submit: t('times.show'), check: () => required(who) });
}
