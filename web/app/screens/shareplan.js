// Which parts of the crisis plan a person may see. Nothing is shared by itself, and
// the part about a safer home only when it is ticked like any other.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { choiceField, form } from '../forms.js';
import { sayNext } from '../frame.js';

const sections = { 'warning-signs': 'warningSigns', 'internal-coping': 'internalCoping', 'social-distraction': 'socialDistraction',
  'crisis-support': 'crisisSupport', 'professional-support': 'professionalSupport', 'lethal-means-safety': 'lethalMeansSafety',
  'reason-for-living': 'reasonForLiving', naloxone: 'naloxone', 'tolerance-loss': 'toleranceLoss', 'never-use-alone': 'neverUseAlone',
  'drug-checking': 'drugChecking', 'post-overdose': 'postOverdose' };

export default async function sharePlanScreen({ api, again }) {
  const [{ data: plan, etag }, choices] = await Promise.all([call('GET', api('crisis-plan')), read(api('sharing-choices'))]);
  const people = choices.people.filter((p) => p.role === 'supporter');
  return {
    title: t('shareplan.title'),
    lead: t('shareplan.lead'),
    back: [t('menu.plan'), '#/plan'],
    body: people.length === 0 ? h('p.card', t('shareplan.nobody'))
      : people.map((person) => personForm(person, plan.sharing?.[person.accountId] ?? [], { api, etag, again })),
  };
}

function personForm(person, now, { api, etag, again }) {
  const field = choiceField('sections', t('shareplan.what', { name: person.name }),
    Object.entries(sections).map(([section, part]) => [section, t(`plan.part.${part}`)]), { many: true, value: now });
  const send = async () => {
    await call('PUT', api(`crisis-plan/sharing/${person.accountId}`), { body: { sections: field.read() }, etag });
    sayNext(t('shareplan.done'));
    again();
  };
  return h('div.card', form([field], send), h('p.note', t('shareplan.consent')));
}
