// Propose a goal. A patient's own goal is theirs at once; one that the team
// proposes waits for the patient.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { form, required, selectField, textField } from '../forms.js';
import { listField } from '../listfield.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';

const domains = ['mental-health', 'substance-use', 'health', 'relationships', 'housing', 'work', 'legal', 'other'];

export default async function newGoalScreen({ own, api, at, go }) {
  const whose = own ? 'own' : 'team';
  const title = textField('title', t(`newgoal.${whose}.what`), { maxlength: '200' });
  const why = textField('why', t(`newgoal.${whose}.why`), { hint: t('newgoal.why.hint'), area: true, maxlength: '1000' });
  const domain = selectField('domain', t('newgoal.domain'), domains.map((d) => [d, t(`goal.domain.${d}`)]));
  const strengths = listField('strengths', t('goal.strengths'),
    [{ name: '', label: t('newgoal.strength'), maxlength: '300' }], [], { hint: t('newgoal.strengths.hint'), max: 20 });
  const barriers = listField('barriers', t('goal.barriers'),
    [{ name: '', label: t('newgoal.barrier'), maxlength: '300' }], [], { hint: t('newgoal.barriers.hint'), max: 20 });
  const id = uuid7();
  const send = async () => {
    await call('POST', api('goals'), { body: {
      id, title: title.read(), why: why.read(), domain: domain.read(),
      strengths: strengths.read(), barriers: barriers.read() } });
    sayNext(t(`newgoal.${whose}.done`));
    go(at(`goals/${id}`));
  };
  return {
    title: t('newgoal.title'),
    lead: t(`newgoal.${whose}.lead`),
    back: [t('menu.goals'), at('goals')],
    body: h('div.card', form([title, why, domain, strengths, barriers], send, { submit: t(`newgoal.${whose}.send`), check: () => required(title) })),
  };
}
