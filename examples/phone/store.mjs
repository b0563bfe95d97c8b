// What the phone keeps, a file a name. A real app puts `sign-in` into the Keychain or the
// Keystore (its key never leaves the chip) and the rest into the files that the platform
// encrypts; both excluded from backups to a cloud.

import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

export async function openStore(folder) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = (name) => join(folder, `${name}.json`);

  // put is done when the value outlives a battery that is pulled: written beside, synced,
  // moved over, and the folder synced.
  async function put(name, value) {
    const beside = `${path(name)}.new`;
    const file = await open(beside, 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(value));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path(name));
    const dir = await open(folder);
    await dir.sync().finally(() => dir.close());
  }

  async function get(name) {
    try {
      return JSON.parse(await readFile(path(name), 'utf8'));
    } catch (problem) {
      if (problem.code === 'ENOENT') return undefined;
      throw problem;
    }
  }

  const drop = (name) => rm(path(name), { force: true });
  const names = async (start) => (await readdir(folder))
    .filter((file) => file.startsWith(start) && file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length)).sort();

  return { put, get, drop, names };
}
