// Roughly where a phone or browser was last used, as the API tells it.

import { countryName } from './format.js';
import { t } from './texts.js';

export function placeWords(place) {
  if (place.country) return t('devices.place.country', { place: countryName(place.country) });
  return place.private ? t('devices.place.private') : t('devices.place.network', { place: `\u2066${place.network}\u2069` });
}
