// A draft of the crisis plan: read once more, then put to use.

import { h } from '../dom.js';
import { action } from '../action.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { refreshPlan } from '../keptplan.js';
import { contentBody } from '../planview.js';
import { sayNext } from '../frame.js';

export default async function draftScreen(ctx) {
  const { draft } = await read(ctx.api('crisis-plan'));
  const back = [t('chart.plan'), ctx.at('plan')];
  if (!draft) return { title: t('plan.draft.none'), back, body: [] };
  const use = async () => {
    await call('POST', ctx.api('crisis-plan/activate'), { body: { version: draft.version } });
    if (ctx.own) await refreshPlan();
    sayNext(t('plan.activated'));
    ctx.go(ctx.at('plan'));
  };
  return {
    title: t('plan.draft.title', { n: draft.version }),
    lead: t('plan.draft', { name: draft.by.name }),
    back,
    body: [contentBody(draft.content), action(t('plan.activate'), use),
      h('a.button.quiet', { href: ctx.at('plan/edit') }, t('plan.edit'))],
  };
}
