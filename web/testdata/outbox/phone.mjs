// A phone without a browser: storage that commits whole transactions, locks across tabs, and
// a queue of everything that happens later, from which the driver takes what it likes. A page
// is the app's own modules, evaluated once for each life of a tab.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// factory makes pages of the modules as they stand in a folder. What they import and is not
// among them comes from env.
export function factory(folder) {
  const names = ['safely', 'bus', 'lock', 'holdssafety', 'db', 'outbox'];
  const parts = names.map((name) => {
    const text = readFileSync(join(folder, `${name}.js`), 'utf8');
    const exported = [...text.matchAll(/^export (?:const|let|(?:async )?function\*?|class) (\w+)/gm)].map((m) => m[1]);
    const body = text.replace(/^import \{([^}]*)\} from '\.\/(\w+)\.js';$/gm, (_, what, from) => `const {${what.replaceAll(' as ', ': ')}} = modules.${from};`)
      .replace(/^export /gm, '');
    return `modules.${name} = (() => {${body}\nreturn {${exported.join(', ')}};})();`;
  });
  return new Function('env', `const { indexedDB, navigator, setTimeout, clearTimeout, AbortController, BroadcastChannel, Date } = env; const modules = { ...env.modules };\n${parts.join('\n')}\nreturn modules;`);
}

export class Phone {
  disk = { values: new Map(), outbox: new Map() };
  full = false;
  later = []; // {page, run}: what happens when the driver says so
  timers = []; // fire only when nothing else can happen
  locks = new Map();

  // soon queues what comes later to a page: a page that is gone hears nothing.
  soon(page, run) { if (!page.dead) this.later.push({ page, run }); }

  storage(page) {
    const db = { transaction: (_, mode) => this.transaction(page, mode), close() {} };
    return { open: () => {
      const request = { result: db };
      this.soon(page, () => request.onsuccess());
      return request;
    } };
  }

  transaction(page, mode) {
    const tx = {}, queue = [];
    const copy = {};
    let grew = false;
    const ask = (make) => {
      const request = {};
      queue.push(() => {
        request.result = make();
        request.onsuccess?.({ target: request });
      });
      return request;
    };
    tx.objectStore = (name) => ({
      get: (key) => ask(() => structured(copy[name].get(key))),
      getAll: () => ask(() => [...copy[name].values()].map(structured)),
      getAllKeys: () => ask(() => [...copy[name].keys()]),
      put: (value, key) => ask(() => {
        grew ||= !copy[name].has(key ?? value.id);
        copy[name].set(key ?? value.id, structured(value));
      }),
      delete: (key) => ask(() => { copy[name].delete(key); }),
      clear: () => ask(() => copy[name].clear()),
    });
    // It is one step: no other tab comes between. Who is killed before it leaves nothing.
    this.soon(page, () => {
      for (const name of ['values', 'outbox']) copy[name] = new Map(this.disk[name]);
      while (queue.length > 0) queue.shift()();
      if (mode === 'readwrite' && grew && this.full) {
        tx.error = { name: 'QuotaExceededError' };
        return this.soon(page, () => tx.onabort());
      }
      if (mode === 'readwrite') this.disk = copy;
      return this.soon(page, () => tx.oncomplete());
    });
    return tx;
  }

  lock(page) {
    return { request: (name, _, work) => new Promise((resolve, reject) => {
      const line = this.locks.get(name) ?? [];
      this.locks.set(name, line);
      const turn = { page, begin: () => Promise.resolve().then(work).then(resolve, reject).finally(() => this.release(name, turn)) };
      line.push(turn);
      if (line.length === 1) this.soon(page, turn.begin);
    }) };
  }

  release(name, turn) {
    const line = this.locks.get(name);
    const first = line[0] === turn;
    line.splice(line.indexOf(turn), 1);
    if (first && line.length > 0) this.soon(line[0].page, line[0].begin);
  }

  kill(page) {
    page.dead = true;
    this.later = this.later.filter((e) => e.page !== page);
    this.timers = this.timers.filter((e) => e.page !== page);
    for (const [name, line] of this.locks) for (const turn of line.filter((one) => one.page === page)) this.release(name, turn);
  }
}

const structured = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
