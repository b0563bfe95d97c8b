// Several people may use one phone: a couple, a friend who lends theirs, somebody who is a
// patient and works here. One of them is in front: their things have the plain names. Those
// of each other one lie together under one name, as they were, and nobody else's word takes
// them off (docs/decisions/0110).

import { ASIDE, OF_THE_PHONE, settle, under } from './db.js';

const aside = (account) => ASIDE + account;

// arrive signs somebody in. What is here of another person is set aside first, for a word of
// somebody at this phone (instead: whom they were told of) and for nothing else: false, and
// all stays as it is, where there was none. Who was set aside finds everything again.
export const arrive = (signIn, instead) => settle((now, past, owner, values, outbox) => {
  const account = signIn.session.accountId;
  if (owner && owner !== account && owner !== instead) return false;
  const mine = () => {
    values.put(account, 'owner');
    values.put(signIn, 'sign-in');
    values.delete('past');
    values.delete('back');
    values.delete('pending-key');
  };
  if (owner === account) mine();
  else swap(values, outbox, owner, account, mine);
  return true;
}, { onDisk: Boolean(instead) });

// asides lists who is set aside: {id, values (by name), outbox, at}.
export const asides = () => under(ASIDE);

// turnTo puts a person who was set aside in front, and whoever is there aside. false: they
// are not here any more.
export async function turnTo(account) {
  let found = false;
  await settle((now, past, owner, values, outbox) => {
    found = owner === account;
    if (!found) swap(values, outbox, owner, account, (kept) => { found = kept; }, true);
    return true;
  }, { onDisk: true });
  return found;
}

// changeAside keeps what change makes of a person who is set aside; null: nothing of them.
export const changeAside = (account, change) => settle((now, past, owner, values) => {
  values.entries((all) => {
    const kept = all.find(([name]) => name === aside(account))?.[1];
    const next = kept && change(kept);
    if (next) values.put(next, aside(account));
    else if (next === null) values.delete(aside(account));
  });
  return true;
});

// freshen puts the next tokens of somebody in the place of those before, who was set aside
// while they were fetched.
export const freshen = (account, before, next) => changeAside(account, (one) =>
  (one.values['sign-in']?.refreshToken === before.refreshToken ? { ...one, values: { ...one.values, 'sign-in': next } } : one));

// swap sets owner aside and brings account to the front. onlyKept: not if nothing of them is here.
function swap(values, outbox, owner, account, then, onlyKept = false) {
  values.entries((all) => outbox.entries((waits) => {
    const back = all.find(([name]) => name === aside(account))?.[1];
    if (!back && onlyKept) return then(false);
    if (owner) {
      const own = all.filter(([name]) => !name.startsWith(ASIDE) && !OF_THE_PHONE.includes(name));
      for (const [name] of own) values.delete(name);
      outbox.clear();
      values.put({ id: owner, values: Object.fromEntries(own), outbox: waits.map(([, entry]) => entry), at: Date.now() }, aside(owner));
    }
    for (const [name, value] of Object.entries(back?.values ?? {})) values.put(value, name);
    for (const entry of back?.outbox ?? []) outbox.put(entry);
    if (back) values.delete(aside(account));
    return then(Boolean(back));
  }));
}
