// Somebody was invited. What they read before they say yes tells nothing of a clinic.

import { h, fill } from '../dom.js';
import { t, language } from '../texts.js';
import { ask } from '../http.js';
import { call } from '../api.js';
import { checkField, form, required, textField } from '../forms.js';
import { anothers, arriveWith, leave, takeInvitation } from '../session.js';
import { loadMe } from '../me.js';
import { sayNext } from '../frame.js';
import { date } from '../format.js';

export default async function joinScreen({ params, me, go }) {
  if (params.code) history.replaceState(null, '', '#/join'); // a code must not stay in the history
  const code = textField('code', t('invited.code'), { value: params.code ?? '', autocapitalize: 'characters', spellcheck: 'false', maxlength: '20', autocomplete: 'off' });
  const place = h('div');
  const show = async () => {
    const { data } = await ask('POST', '/v1/auth/invitations/read', { body: { code: code.read() } });
    fill(place, offer(data, code.read(), { me, go }));
    place.querySelector('h2').focus();
  };
  place.append(h('div.card', form([code], show, { submit: t('invited.read'), check: () => required(code) })));
  if (params.code) await show().catch(() => {});
  return { title: t('invited.title'), lead: t('invited.lead'), body: place };
}

function offer(v, code, { me, go }) {
  const yes = checkField('agreed', t('invited.agree'));
  const name = textField('name', t('invited.name'), { autocomplete: 'name', maxlength: '200' });
  const device = textField('device.name', t('enrol.device'), { value: t('enrol.device.default'), maxlength: '100' });
  const here = me?.role === 'supporter';
  const send = async () => {
    if (here) await call('POST', '/v1/me/supporting', { body: { code, agreed: yes.read() } });
    else {
      const signIn = await takeInvitation({ code, agreed: yes.read(), name: name.read(), language: language(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone }, device.read());
      // What another person left in this browser is not taken from them.
      if ((await anothers(signIn)) || !(await arriveWith(signIn))) {
        await leave(signIn);
        sayNext(t('invited.another'));
        return go('#/enrol');
      }
      await loadMe();
    }
    sayNext(t('invited.done'));
    return go('#/beside');
  };
  if (me && !here) return h('p.card', t('invited.signed-in'));
  return h('div.card', h('h2', { tabindex: '-1' }, t('invited.from', { name: v.from })), h('p', t(`relationship.${v.relationship}`)),
    v.boundaries.length > 0 && h('section', h('h3', t('family.agreed')), h('ul.dots', v.boundaries.map((w) => h('li', { dir: 'auto' }, w)))),
    h('section', h('h3', t('invited.sees')), v.scopes.length === 0 ? h('p', t('invited.sees.nothing')) : [h('ul.dots', v.scopes.map((s) => h('li', t(`offer.${s}`)))), h('p.note', t('sharing.until', { date: date(v.until) }))]),
    h('p.note', t('invited.own')),
    form(here ? [yes] : [yes, name, device], send, { submit: t('invited.yes'), check: () => required(...(here ? [yes] : [yes, name, device])) }));
}
