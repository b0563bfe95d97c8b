import { h } from './dom.js';
import { t } from './texts.js';
import { date } from './format.js';
export const savedOn = (kept) => h('p.note', t('plan.saved-on', { date: date(kept.savedAt) }));
export const planBody = () => h('div');
