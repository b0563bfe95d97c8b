// A side effect in words.

import { t } from './texts.js';

export const effectWords = (r) => [...r.effects.map((e) => t(`effect.${e}`)), r.words].filter(Boolean).join(' · ');
