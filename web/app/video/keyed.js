// A list whose entries stay the same elements while it changes, so that a picture
// does not flicker and the focus does not jump.

const kept = new WeakMap();

// keyed shows items in el. make gives {el, update(item)} for a new one.
export function keyed(el, items, key, make) {
  const known = kept.get(el) ?? new Map();
  const now = new Map();
  items.forEach((item, i) => {
    const part = known.get(key(item)) ?? make(item);
    now.set(key(item), part);
    part.update(item);
    if (el.children[i] !== part.el) el.insertBefore(part.el, el.children[i] ?? null);
  });
  for (const [k, part] of known) {
    if (!now.has(k)) part.el.remove();
  }
  kept.set(el, now);
  return [...now.values()];
}
