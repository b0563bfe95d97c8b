// While a visit goes on and another screen is shown, a bar says so and leads back.

import { h, fill } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { bar } from '../frame.js';
import { current } from './call.js';

let href = '';

// leadBack shows the bar wherever the page goes from here.
export function leadBack(call, to) {
  href = to;
  call.addEventListener('change', draw);
  addEventListener('hashchange', draw);
  draw();
}

function draw() {
  const shown = Boolean(current()) && location.hash !== href;
  if (shown === bar.childElementCount > 0) return;
  fill(bar, shown && h('a.call-bar', { href }, icon('video'), h('span', t('call.bar'))));
}
