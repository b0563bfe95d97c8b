// Parts of a handoff that several screens show.

import { h } from './dom.js';
import { t } from './texts.js';
import { day } from './format.js';

export const settings = ['ward', 'detox', 'clinic', 'community'];

export const settingWords = (it) => it.fromSetting && it.fromSetting !== it.toSetting
  && t('handoff.moves', { from: t(`setting.${it.fromSetting}`), to: t(`setting.${it.toSetting}`) });

// callsPart is what follows a change of setting: the next visit, and who calls when.
export const callsPart = (it) => settingWords(it) && h('ul.dots',
  h('li', t('handoff.moves-on', { day: day(it.movesOn) })),
  it.nextVisitOn && h('li', t('handoff.next-visit', { day: day(it.nextVisitOn) })),
  it.names[it.callDay1] && h('li', t('handoff.call-1', { name: it.names[it.callDay1] })),
  it.names[it.callDay7] && h('li', t('handoff.call-7', { name: it.names[it.callDay7] })));
