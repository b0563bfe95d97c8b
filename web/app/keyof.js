// keyOf makes the short name that an address has for something of the clinic, of what it
// is called: small Latin letters, digits and dashes. taken are those in use.
export function keyOf(name, taken) {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 40).replace(/-$/, '');
  for (let n = 1; ; n++) {
    const key = [plain || 'no', ...(n > 1 || !plain ? [String(n)] : [])].join('-');
    if (!taken.includes(key)) return key;
  }
}
