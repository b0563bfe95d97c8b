// Who may do what with a care plan, for everybody to read.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { all } from '../api.js';

export default async function carePlanRulesScreen({ me }) {
  const rows = await all('/v1/care-plan-authority');
  return {
    title: t('careplan.rules'),
    lead: t('careplan.rules.lead'),
    back: me.role === 'patient' ? [t('careplan.own'), '#/care-plan'] : [t('menu.more'), '#/more'],
    body: [h('ul.cards', rows.map((r) => h('li.card', h('h2', t(r.discipline ? `discipline.${r.discipline}` : `role.${r.role}`)),
      r.may.length === 0 ? h('p.note', t('careplan.rules.none')) : h('ul.dots', r.may.map((a) => h('li', t(`careplan.may.${a}`)))),
      r.leads.length > 0 && h('details', h('summary', t('careplan.rules.leads')), h('ul.dots', r.leads.map((code) => h('li', t(`careplan.activity.${code}`))))))))],
  };
}
