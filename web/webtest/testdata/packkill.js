// What the test of kills does in the page. A world is one life of the app: the modules of
// the pack, loaded anew, with a storage and a network of which each call has a number. At
// the number of its end the world stops for good: before the call, after it and before
// the world hears of it, or ('full') the storage takes nothing from there on.
//
// Needs: code (the modules as one text that makes `app` of their names), packs (what the
// network has) and jwks.

const never = () => new Promise(() => {});
const names = ['indexedDB', 'fetch', 'crypto', 'navigator', 'setTimeout', 'clearTimeout', 'BroadcastChannel', 'globalThis'];
const life = new Function(...names, `${code}; return app;`);

function world({ end = Infinity, how = 'before', served = null, onStep } = {}) {
  let steps = 0;
  let dead = false;
  let full = false;
  let die;
  const death = new Promise((done) => { die = done; });
  const opened = [];

  // step is one call: what work gives, or nothing for ever.
  const step = (work, writes = false) => {
    if (dead) return never();
    steps += 1;
    onStep?.(steps);
    if (steps === end && how === 'full') full = true;
    if (full && writes) return null;
    if (steps !== end || how === 'full') return work();
    dead = true;
    if (how === 'before') die();
    else Promise.resolve(work()).then(die, die);
    return never();
  };
  const around = (real, special) => new Proxy(real, {
    get: (target, name) => {
      if (name in special) return special[name];
      const value = target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value),
  });

  const deaf = { objectStore: () => ({ put: () => ({}), get: () => ({}), getAll: () => ({}), getAllKeys: () => ({}), delete: () => ({}) }) };
  const refusing = () => {
    const tx = { ...deaf, error: new DOMException('', 'QuotaExceededError') };
    queueMicrotask(() => tx.onabort());
    return tx;
  };
  const transaction = (db, stores, mode, options) => {
    let tx;
    const out = step(() => {
      tx = db.transaction(stores, mode, options);
      return dead ? new Promise((done) => { tx.addEventListener('complete', done); tx.addEventListener('abort', done); }) : tx;
    }, mode === 'readwrite');
    if (out === null) return refusing();
    if (!dead) return out;
    return tx ? { objectStore: (name) => tx.objectStore(name) } : deaf; // nobody hears how it ends
  };
  const storage = {
    open(...of) {
      const asked = {};
      const began = step(() => new Promise((done, no) => {
        const real = indexedDB.open(...of);
        real.onupgradeneeded = () => { asked.result = real.result; asked.onupgradeneeded?.(); };
        real.onsuccess = () => { opened.push(real.result); done(real.result); };
        real.onerror = () => no(real.error);
      }));
      began.then((db) => {
        asked.result = around(db, { transaction: (...is) => transaction(db, ...is) });
        asked.onsuccess();
      }, (error) => { asked.error = error; asked.onerror(); });
      return asked;
    },
  };

  const network = (at, { headers } = {}) => step(async () => {
    const answer = served ? served(at, headers) : await fetch(at, { headers, cache: 'no-store' });
    const reader = answer.body?.getReader();
    return around(answer, {
      text: () => step(async () => {
        let text = '';
        for (const words = new TextDecoder(); ;) {
          const { done, value } = await reader.read();
          if (done) return text;
          text += words.decode(value, { stream: true });
        }
      }),
      body: { getReader: () => ({ read: () => step(() => reader.read()), cancel: () => reader.cancel() }) },
    });
  });
  const subtle = Object.fromEntries(['digest', 'importKey', 'verify'].map((name) => [name, (...of) => step(() => crypto.subtle[name](...of))]));

  const app = life(storage, network, { subtle }, { locks: { request: (name, options, work) => work({}) } }, () => 0, () => {}, undefined, { crypto: { subtle } });
  return {
    app, death,
    steps: () => steps,
    isDead: () => dead,
    close: () => { for (const db of opened) db.close(); },
  };
}

// servedFrom is a network that has one pack; each piece comes in two parts.
function servedFrom(pack) {
  const files = new Map(Object.entries(pack.files).map(([name, text]) => [name, new TextEncoder().encode(text)]));
  return (at, headers) => {
    if (at.startsWith('/v1/education/packs/')) {
      if (headers?.['If-None-Match'] === pack.tag) return new Response(null, { status: 304 });
      return new Response(pack.jws, { headers: { 'Content-Type': 'application/jose', ETag: pack.tag } });
    }
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(headers.Range).map(Number);
    const piece = files.get(at.slice(at.lastIndexOf('/') + 1)).slice(from, to + 1);
    const half = piece.length >> 1;
    return new Response(new ReadableStream({
      start(stream) {
        for (const part of [piece.slice(0, half), piece.slice(half)]) if (part.length > 0) stream.enqueue(part);
        stream.close();
      },
    }), { status: 206 });
  };
}

const noNetwork = () => { throw new TypeError('no network'); };

// reads is what somebody without a network finds: the pages by a fresh load of the app, and
// whether the search has its file. It throws where a page is not whole.
async function reads() {
  const w = world({ served: noNetwork });
  try {
    const kept = await w.app.get('learn-pack');
    if (!kept) return 'nothing';
    const pages = await w.app.modules();
    for (const page of pages) {
      if (!Object.values(packs).some((p) => Object.values(p.files).includes(JSON.stringify(page)))) throw new Error(`a page that was never handed out: ${page.id}`);
    }
    if (kept.files[kept.manifest.index.name] === undefined) throw new Error('no search');
    return pages.map((page) => `${page.id}.${page.fingerprint}`).sort().join(' ');
  } finally {
    w.close();
  }
}

// stand makes the phone have this pack and nothing else of a pack ('': none).
async function stand(name) {
  const w = world();
  try {
    for (const key of ['learn-pack', 'learn-next']) await w.app.drop(key);
    for (const key of await w.app.namesUnder('learn-part:')) await w.app.drop(key);
    await w.app.put('jwks', jwks);
    if (name) await w.app.put('learn-pack', { language: packs[name].language, tag: packs[name].tag, manifest: packs[name].manifest, files: packs[name].files });
  } finally {
    w.close();
  }
}

// run updates to a pack until its world ends; it tells whether that was a kill.
async function run(to, end, how, now = true) {
  const w = world({ end, how, served: servedFrom(packs[to]) });
  const done = w.app.refreshPack(now).then(() => 'done', () => 'refused');
  const got = await Promise.race([done, w.death.then(() => 'killed')]);
  w.close();
  return { got, steps: w.steps() };
}

// left is what an update leaves on the phone that no pack needs.
async function left() {
  const w = world();
  try {
    return (await w.app.namesUnder('learn-part:')).length + ((await w.app.get('learn-next')) ? 1 : 0);
  } finally {
    w.close();
  }
}

// everyPoint kills an update at each of its calls, or fills the phone there, and looks; then
// the next try must end in the new pack. It tells how many points it tried.
async function everyPoint(from, to, may, how) {
  for (let at = 1; ; at += 1) {
    await stand(from);
    const { got, steps } = await run(to, at, how);
    if (steps < at) return at - 1;
    const now = await reads();
    if (!may.includes(now)) throw new Error(`${how} at ${at} (${got}): ${now}`);
    const next = await run(to, Infinity, '');
    if (next.got !== 'done' || (await reads()) !== may.at(-1) || (await left()) !== 0) throw new Error(`${how} at ${at}, and the next try: ${next.got}, ${await reads()}, ${await left()}`);
  }
}

// chains kills update after update, each where the one before was killed, until count kills:
// what a phone has once it never loses.
async function chains(from, to, may, count, random, now) {
  let kills = 0;
  while (kills < count) {
    await stand(from);
    for (let least = 0, got; got !== 'done';) {
      ({ got } = await run(to, 1 + Math.floor(random() * 30), random() < 0.5 ? 'before' : 'after', now()));
      if (got === 'refused') throw new Error(`refused after ${kills} kills`);
      if (got === 'killed') kills += 1;
      const is = may.indexOf(await reads());
      if (is < least) throw new Error(`after ${kills} kills: ${await reads()}`);
      least = is;
    }
    for (let n = 0; n < 3; n += 1) await run(to, Infinity, '', true); // what waited to be shown
    if ((await reads()) !== may.at(-1) || (await left()) !== 0) throw new Error(`after ${kills} kills and the last try: ${await reads()}`);
  }
  return kills;
}

// seeded is mulberry32: the same numbers for the same seed.
function seeded(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// beginRun updates over this page's own network of packs, and says to the test when it is
// at a call; it does not stop there.
function beginRun(to, at) {
  const w = world({ served: servedFrom(packs[to]), onStep: (n) => { if (n === at) fetch('/here', { method: 'POST' }); } });
  w.app.refreshPack(true).catch(() => {}).then(() => { if (w.steps() < at) fetch('/here', { method: 'POST' }); });
}

globalThis.kill = { beginRun, world, reads, stand, run, left, everyPoint, chains, seeded };
