// The patient's page beside the visit, for who treats them: a look without leaving. It is
// read when it is opened first, since each look leaves a line in the patient's log.

import { h, fill } from '../dom.js';
import { t } from '../texts.js';
import { deskOf, desk } from '../patientdesk.js';
import { problemWords } from '../problems.js';

export function besidePart(ctx) {
  const page = h('div', h('p.note', t('call.beside.reading')));
  let asked = false;
  const update = async () => {
    if (asked) return;
    asked = true;
    try {
      const read = await deskOf(ctx);
      fill(page, read ? desk(read, ctx) : h('p', t('desk.withheld.trends')));
    } catch (problem) {
      asked = false; // the next look asks again
      fill(page, h('p', { role: 'status' }, problemWords(problem)));
    }
  };
  return { el: h('section.panel.beside', h('h2', t('call.beside')), page), update };
}
