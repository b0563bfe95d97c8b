// What goes on behind the screens, and which none of them waits for: it is loaded after the
// first one stands.

import { keepInStep } from './sync.js';
import { keepPushes } from './pushes.js';

export const keepBehind = () => Promise.all([keepInStep(), keepPushes()]);
