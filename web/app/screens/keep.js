// How to keep the page on this phone: why it may be taken away, how it is put on the home
// screen, and under which name.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { FACES, choose, face, nameOfFace } from '../appface.js';
import { choiceField, form } from '../forms.js';
import { sayNext } from '../frame.js';
import { canPut, onHomeScreen, putThere } from '../homescreen.js';
import { askToKeep, forgetsInDays, kept } from '../keeping.js';

export default async function keepScreen({ me, again }) {
  const there = onHomeScreen();
  return {
    title: t('keep.title'),
    lead: t(there ? 'keep.there' : forgetsInDays() ? 'keep.days' : 'keep.why'),
    back: me ? [t('menu.more'), '#/more'] : [t('enrol.title'), '#/enrol'],
    body: [!there && namePart(again), !there && howPart(again), await promisePart(again)],
  };
}

// The name comes before the way there: a home screen keeps the one that it was given.
function namePart(again) {
  const field = choiceField('face', t('keep.face.title'), FACES.map((which) => [which, nameOfFace(which)]), { value: face(), hint: t('keep.face.hint') });
  return h('div.card', form([field], async () => {
    await choose(field.read());
    sayNext(t('keep.face.chosen'));
    again();
  }, { submit: t('keep.face.choose') }));
}

function howPart(again) {
  const put = async () => {
    sayNext(t((await putThere()) ? 'keep.done' : 'keep.not-now'));
    again();
  };
  return h('div.card', h('h2', t('keep.how')),
    canPut() ? action(t('keep.put'), put) : h('ol.counted', (forgetsInDays() ? ['ios.1', 'ios.2', 'ios.3', 'ios.4'] : ['other.1', 'other.2']).map((step) => h('li', t(`keep.${step}`)))),
    forgetsInDays() && h('p.note', t('keep.ios.way'), ' ', h('a', { href: '#/ways' }, t('ways.open'))));
}

async function promisePart(again) {
  const state = await kept();
  if (state === null) return null;
  const ask = async () => {
    sayNext(t((await askToKeep()) ? 'keep.promised' : 'keep.no-promise'));
    again();
  };
  return h('div.card', h('h2', t('keep.room')), h('p', t(state ? 'keep.promised' : 'keep.room.may')), !state && action(t('keep.room.ask'), ask, { kind: 'quiet' }));
}
