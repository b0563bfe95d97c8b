// Amounts as people type them, with a point or a comma before the parts.

// amountOf is the number of a typed text, and null where it is none, or could be a thousand
// as well as one: "1,000". The server then says that it is not a number, at its field.
export function amountOf(text) {
  const typed = text.trim();
  if (!/^\d{1,12}([.,]\d{1,9})?$/.test(typed) || /^[1-9]\d{0,2}(,\d{3}|\.000)$/.test(typed)) return null;
  return Number(typed.replace(',', '.'));
}
