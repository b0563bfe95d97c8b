// Propose a goal, or change one. A patient's own goal is theirs at once; one that the team
// proposes waits for the patient.

import { h } from '../dom.js';
import { here } from '../chartback.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { form } from '../forms.js';
import { goalFields } from '../goalfields.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';

export default async function newGoalScreen({ own, patientId, api, at, go, params }) {
  await here({ own, patientId });
  const whose = own ? 'own' : 'team';
  const now = params.goal && (await call('GET', api(`goals/${params.goal}`)));
  const fields = goalFields(whose, now?.data);
  const id = params.goal ?? uuid7();
  const send = async () => {
    if (now) await call('PUT', api(`goals/${id}`), { etag: now.etag, body: { ...fields.read(), shared: now.data.shared } });
    else await call('POST', api('goals'), { body: { id, ...fields.read() } });
    sayNext(t(now ? 'goal.changed' : `newgoal.${whose}.done`));
    go(at(`goals/${id}`));
  };
  return {
    title: t(now ? 'goal.change' : 'newgoal.title'),
    lead: now ? undefined : t(`newgoal.${whose}.lead`),
    back: now ? [now.data.title, at(`goals/${id}`)] : [t('menu.goals'), at('goals')],
    body: h('div.card', form(fields.all, send, { submit: now ? t('form.save') : t(`newgoal.${whose}.send`), check: fields.check })),
  };
}
