// Which programme a patient is in: said on the chart, and set by who arranges teams.

import { h } from './dom.js';
import { t } from './texts.js';
import { call, read } from './api.js';
import { form, selectField } from './forms.js';
import { sayNext } from './frame.js';

// programmeLine says it to who may know, and nothing to others.
export async function programmeLine(api) {
  try {
    const in_ = await read(api('programme'));
    return in_.name && h('p.note', t('programmes.patient', { name: in_.name }));
  } catch (problem) {
    if (problem.status === 404 || problem.status === 403) return null;
    throw problem;
  }
}

export async function programmeForm({ api, again }) {
  const [{ data: now, etag }, { items }] = await Promise.all([call('GET', api('programme')), read('/v1/programmes?limit=100')]);
  if (items.length < 2) return null;
  const which = selectField('programme', t('programmes.which'), items.map((p) => [p.id, p.name]), { value: now.programme, hint: t('programmes.which.hint') });
  const save = async () => {
    await call('PUT', api('programme'), { etag, body: { programme: which.read() } });
    sayNext(t('programmes.saved'));
    again();
  };
  return h('div.card', form([which], save, { submit: t('form.save') }));
}
