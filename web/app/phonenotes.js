// What this phone can't do or is wrong about, said kindly below each screen: it keeps
// nothing, it does not know its time zone, its clock is wrong.

import { h } from './dom.js';
import { hear } from './bus.js';
import { get, storageState } from './db.js';
import { zoneName } from './clocks.js';
import { dateTime } from './format.js';
import { zone, zoneIsLent } from './intl.js';
import { t } from './texts.js';

const WRONG = 5 * 60_000; // milliseconds; models.ClockAhead has the same

let ahead = 0; // of the clinic's clock, in milliseconds, when it last said

const learn = () => get('clock').then((clock) => { ahead = clock?.ahead ?? 0; });
learn();

const place = h('div.phone-notes', { role: 'status' });
const draw = () => place.replaceChildren(...words().map((text) => h('p.note.warn', text)));
hear('storage', draw);
hear('outbox', () => learn().then(draw));

export function phoneNotes() {
  draw();
  return [place];
}

function words() {
  const out = [];
  if (storageState() !== 'kept') out.push(t(`phone.storage.${storageState()}`));
  if (zoneIsLent()) out.push(t('phone.zone', { zone: zoneName(zone()) }));
  if (Math.abs(ahead) > WRONG) out.push(t('phone.clock', { phone: dateTime(Date.now()), clinic: dateTime(Date.now() - ahead) }));
  return out;
}
