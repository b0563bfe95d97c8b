// Where the clinic is, and when it is shut. A site that visits name keeps its key: only the
// words change.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { form } from '../forms.js';
import { sayNext } from '../frame.js';
import { keyOf } from '../keyof.js';
import { knownZones, saidZone } from '../intl.js';
import { listField } from '../listfield.js';
import { daysAway, daysStored } from '../leavefield.js';

export default async function sitesScreen({ again, me }) {
  const { data: now, etag } = await call('GET', '/v1/site-calendar');
  const here = now.sites[0]?.zone ?? saidZone();
  const zones = [...new Set([here, ...now.sites.map((s) => s.zone), ...knownZones()])].map((z) => [z, z.replaceAll('_', ' ')]);
  const sites = listField('sites', t('sites.list'), [
    { name: 'name', label: t('sites.name'), maxlength: '100' },
    { name: 'address', label: t('sites.address'), maxlength: '300' },
    { name: 'zone', label: t('hours.zone'), kind: 'select', options: zones, given: here },
  ], now.sites, { hint: t('sites.hint') });
  const where = [['', t('sites.all')], ...now.sites.map((s) => [s.id, s.name])];
  const closures = listField('closures', t('sites.shut'), [
    { name: 'site', label: t('sites.where'), kind: 'select', options: where, given: '' },
    { name: 'start', label: t('hours.leave.from'), type: 'date' },
    { name: 'end', label: t('hours.leave.to'), type: 'date' },
  ], now.closures.map((c) => ({ ...c, ...daysAway(c), as: c })), { hint: t('sites.shut.hint') });
  const send = async () => {
    const kept = [];
    for (const s of sites.read()) kept.push({ ...s, name: s.name ?? '', id: s.id ?? keyOf(s.name ?? '', [...now.sites.map((o) => o.id), ...kept.map((o) => o.id)]) });
    const zoneOf = (id) => kept.find((s) => s.id === id)?.zone ?? kept[0]?.zone ?? here;
    const shut = closures.read().map(({ as, site, ...days }) => ({ site, zone: as && as.site === site ? as.zone : zoneOf(site), ...daysStored({ ...days, as }) }));
    await call('PUT', '/v1/site-calendar', { etag, body: { sites: kept, closures: shut } });
    sayNext(t('alerts.saved'));
    await again();
  };
  return {
    title: t('sites.title'),
    lead: t('sites.lead'),
    back: [t('setup.title'), '#/set-up'],
    body: me.role === 'administrator' ? h('div.card', form([sites, closures], send)) : now.sites.map((s) => h('p.card', h('bdi', s.name), s.address && h('span.note', { dir: 'auto' }, s.address))),
  };
}
