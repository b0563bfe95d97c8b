// Who reads what is sent, and when, in the site's own words. It never promises more
// than the site has declared.

import { t } from './texts.js';
import { dateTime } from './format.js';

// watchWords says what is true of an answer that asked for help: whether somebody is
// called about it, and when. Nothing is said where the server has not answered.
export function watchWords(watch) {
  if (!watch) return '';
  if (!watch.on) return t('watch.off');
  return watch.now ? t('watch.now') : t('watch.later', { time: dateTime(watch.looksAt) });
}

export function monitoringWords(monitoring) {
  if (!monitoring?.hours) return t('monitoring.none');
  const { hours, who } = monitoring;
  return `${t(who ? 'monitoring.hours-who' : 'monitoring.hours', { hours, who })} ${t('monitoring.else')}`;
}
