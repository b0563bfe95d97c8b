// codeOf stands for a page in an address, which people see over a shoulder: it says
// nothing (FNV-1a, 32 bits).
export function codeOf(id) {
  let sum = 0x811c9dc5;
  for (const c of id) sum = Math.imul(sum ^ c.charCodeAt(0), 0x01000193);
  return (sum >>> 0).toString(16).padStart(8, '0');
}
