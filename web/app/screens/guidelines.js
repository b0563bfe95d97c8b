// The guidelines that the clinic goes by: who publishes each, which edition, when it is
// looked at again, what it asks for, and which points of two of them are opposite. The
// office writes them; the team reads them, and takes them into care plans.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { day } from '../format.js';
import { checkField, choiceField, form, required, selectField, textField } from '../forms.js';
import { rowsField } from '../rowsfield.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';

export default async function guidelinesScreen({ me, again }) {
  const office = ['administrator', 'coordinator'].includes(me.role);
  const [list, activities] = await Promise.all([all('/v1/guidelines?limit=100'), all('/v1/care-plan-activities')]);
  const open = list.filter((g) => !g.endedAt);
  const show = (g) => h('details.card', h('summary', h('bdi', g.title), ` · ${g.edition}`), facts(g, list, activities), office && guidelineForm(g, open, activities, again));
  return {
    title: t('guidelines.title'), lead: t('guidelines.lead'), back: office ? [t('menu.office'), '#/office'] : [t('menu.more'), '#/more'],
    body: [open.length === 0 && h('p.card', t('guidelines.none')), open.map(show), office && h('div.card', h('h2', t('guidelines.new')), guidelineForm(null, open, activities, again))],
  };
}

const activityWords = (codes) => codes.map((c) => t(`careplan.activity.${c}`));

function facts(g, list, activities) {
  const line = (key, words) => words?.length > 0 && h('p', h('b', t(key)), ' ', words.join(', '));
  return h('div', h('p.note', t('guidelines.from', { source: g.source, day: day(g.reviewOn), name: g.by.name })), h('ul.dots', g.points.map((p) => h('li', { dir: 'auto' }, p.text))),
    line('careplan.field.advises', [...activityWords(g.advises ?? []), ...(g.advisesMedicines ?? [])]), line('careplan.field.against', [...activityWords(g.against ?? []), ...(g.againstMedicines ?? [])]),
    (g.contrary ?? []).map((c) => h('p', { dir: 'auto' }, t('guidelines.opposite', { one: pointWords([g], c.point), other: pointWords(list, c.otherPoint) }))));
}

const pointWords = (list, id) => list.flatMap((g) => g.points).find((p) => p.id === id)?.text ?? '…';

function guidelineForm(g, open, activities, again) {
  const text = (name, key, options) => textField(name, t(key), { value: g?.[name] ?? '', maxlength: '200', ...options });
  const title = text('title', 'careplan.field.title'), source = text('source', 'careplan.field.source'), edition = text('edition', 'careplan.field.edition');
  const reviewOn = text('reviewOn', 'guidelines.review', { type: 'date' });
  const points = textField('points', t('guidelines.points'), { area: true, hint: t('careplan.about.hint'), value: (g?.points ?? []).map((p) => p.text).join('\n') });
  const ways = (name) => choiceField(name, t(`careplan.field.${name}`), activities.filter((a) => a.code !== 'other').map((a) => [a.code, t(`careplan.activity.${a.code}`)]), { many: true, value: g?.[name] });
  const medicines = (name) => textField(name, t(`guidelines.${name}`), { area: true, hint: t('guidelines.medicines.hint'), value: (g?.[name] ?? []).join('\n') });
  const advises = ways('advises'), against = ways('against'), advisesMedicines = medicines('advisesMedicines'), againstMedicines = medicines('againstMedicines');
  const contrary = g && contraryField(g, open.filter((o) => o.id !== g.id));
  const ended = g && checkField('ended', t('guidelines.end'), { hint: t('guidelines.end.hint') });
  const id = g?.id ?? uuid7();
  const made = new Map((g?.points ?? []).map((p) => [p.text, p.id]));
  const lines = (f) => f.read().split('\n').map((l) => l.trim()).filter(Boolean);
  const send = async () => {
    const at = lines(points).map((words, n) => ({ id: made.get(words) ?? (lines(points).length === g?.points.length ? g.points[n].id : uuid7()), text: words }));
    const body = { title: title.read(), source: source.read(), edition: edition.read(), reviewOn: reviewOn.read(), points: at, advises: advises.read(), against: against.read(),
      advisesMedicines: lines(advisesMedicines), againstMedicines: lines(againstMedicines), contrary: contrary?.read() ?? [] };
    if (g) {
      const { etag } = await call('GET', `/v1/guidelines/${id}`);
      await call('PUT', `/v1/guidelines/${id}`, { etag, body: { ...body, ended: ended.read() } });
    } else await call('POST', '/v1/guidelines', { body: { id, ...body } });
    sayNext(t('place.saved'));
    again();
  };
  return form([title, source, edition, reviewOn, points, advises, against, advisesMedicines, againstMedicines, ...(contrary ? [contrary] : []), ...(ended ? [ended] : [])], send, { check: () => required(title, source, edition, reviewOn, points) });
}

// contraryField names points of this guideline that are the opposite of points of others.
function contraryField(g, others) {
  const theirs = others.flatMap((o) => o.points.map((p) => [`${o.id} ${p.id}`, `${o.title}: ${p.text}`]));
  return rowsField('contrary', t('guidelines.contrary'), (n) => {
    const was = g.contrary?.[n];
    const own = selectField(`contrary[${n}].point`, t('guidelines.contrary.own'), [['', t('guidelines.contrary.none')], ...g.points.map((p) => [p.id, p.text])], { value: was?.point ?? '' });
    const other = selectField(`contrary[${n}].otherPoint`, t('guidelines.contrary.other'), [['', t('guidelines.contrary.none')], ...theirs], { value: was ? `${was.guideline} ${was.otherPoint}` : '' });
    return { fields: [own, other], read: () => {
      const [guideline, otherPoint] = other.read().split(' ');
      return own.read() && otherPoint ? { point: own.read(), guideline, otherPoint } : null;
    } };
  }, { start: g.contrary?.length ?? 0, max: 30 });
}
