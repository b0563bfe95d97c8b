// Who reads what is sent, and when, in the site's own words. It never promises more
// than the site has declared.

import { t } from './texts.js';

export function monitoringWords(monitoring) {
  if (!monitoring?.hours) return t('monitoring.none');
  const { hours, who } = monitoring;
  return `${t(who ? 'monitoring.hours-who' : 'monitoring.hours', { hours, who })} ${t('monitoring.else')}`;
}
