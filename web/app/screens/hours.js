// When a clinician can be booked: weekly hours, time off, the zone. What a change
// would break is shown before it is saved and stays listed until it is solved.

import { action } from '../action.js';
import { h, fill } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { dateIn } from '../clocks.js';
import { form, required, selectField } from '../forms.js';
import { sayNext } from '../frame.js';
import { knownZones } from '../intl.js';
import { hoursField } from '../hoursfield.js';
import { brokenPart, previewOf, weeksPart } from '../hoursview.js';
import { leaveField } from '../leavefield.js';

export default async function hoursScreen(ctx) {
  const who = ctx.params.account ?? ctx.me.accountId;
  const path = `/v1/clinicians/${who}/availability`;
  const [{ data: now, etag }, calendar] = await Promise.all([call('GET', path), read('/v1/site-calendar')]);
  const own = who === ctx.me.accountId;
  const zone = selectField('zone', t('hours.zone'), [...new Set([now.zone, ...knownZones()])].map((z) => [z, z.replaceAll('_', ' ')]), { value: now.zone });
  const today = dateIn(new Date(), now.zone);
  const hours = hoursField(now.hours, calendar.sites, today);
  const leave = leaveField(now.leave ?? [], today);
  const { breaks, ...kept } = now;
  const draft = () => ({ ...kept, zone: zone.read(), hours: hours.read(), leave: leave.read() });
  const check = () => [...hours.missing().map((f) => [f, t('form.required')]), ...required(zone)];
  const seen = h('div', { role: 'status', tabindex: '-1' });
  const look = async () => {
    if (check().length > 0) return el.requestSubmit(); // says what is missing, and sends nothing
    const { windows, breaks: would } = await previewOf(path, draft());
    fill(seen, h('h2', t('hours.preview')), brokenPart(would, { go: ctx.go, saved: false }), weeksPart(windows));
    seen.focus();
  };
  const send = async () => {
    const { data } = await call('PUT', path, { body: draft(), etag });
    sayNext(t(data.breaks.length > 0 ? 'hours.saved.broken' : 'hours.saved'));
    await ctx.again();
  };
  const el = form([zone, hours, leave], send, { submit: t('hours.save'), check, after: action(t('hours.look'), look, { kind: 'quiet' }) });
  fill(seen, h('h2', t('hours.preview')), weeksPart((await previewOf(path)).windows));
  return {
    title: t(own ? 'hours.title' : 'hours.title.other'),
    lead: t('hours.lead'),
    back: own ? [t('menu.week'), '#/week'] : [t('menu.office'), `#/office/${who}`],
    wide: true,
    body: [brokenPart(breaks, { go: ctx.go, saved: true }), h('div.card', el), seen,
      h('a.button.quiet', { href: own ? '#/other-calendar' : `#/other-calendar/${who}` }, t('other-calendar.title'))],
  };
}
