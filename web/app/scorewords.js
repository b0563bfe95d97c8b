// What an instrument is called for short and what its score means, for the care team. Short names are
// their owners' own, in all languages alike.

import { has, t } from './texts.js';
import { number } from './format.js';

const short = { 'cssrs-screener-recent': 'C-SSRS', 'whodas-2-12': 'WHODAS 2.0', 'bam-17': 'BAM' };

/** @param {string} id */
export const instrumentName = (id) => short[id] ?? id.toUpperCase();

const words = (value) => (typeof value === 'number' ? number(value) : has(`band.${value}`) ? t(`band.${value}`) : String(value));

/** @param {Record<string, any>} result of one instrument (models/checkin/scoring.go) */
export const scoreWords = (result) => ['score', 'raw', 'percent', 'level', 'band'].filter((k) => result[k] !== undefined && result[k] !== null)
  .map((k) => words(result[k])).join(' · ') || t('myday.no-score');
