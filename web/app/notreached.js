// What whoever hands over reads where no channel reaches the colleague: nobody else tells them.

import { t } from './texts.js';

export const notReached = (name) => `${t('handover.unreachable', { name })} ${t('handover.unreachable.next')}`;
