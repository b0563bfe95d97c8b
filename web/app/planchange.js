// What a draft would change in the plan in force, in words: before anybody says yes.

import { h } from './dom.js';
import { t } from './texts.js';

// The API writes sections with dashes; the page's words go by the names of fields.
const partName = (section) => t(`plan.part.${section.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())}`);

export const partNames = (sections) => sections.map(partName).join(', ');

export function changeInWords({ adds, changes, removes }) {
  const line = (key, sections, kind = 'p') => sections.length > 0 && h(kind, t(key, { parts: partNames(sections) }));
  const all = [line('plan.change.removes', removes, 'p.warn'), line('plan.change.changes', changes), line('plan.change.adds', adds)].filter(Boolean);
  return h('div.card', all.length > 0 ? all : h('p', t('plan.change.none')));
}
