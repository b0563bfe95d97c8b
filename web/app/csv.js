// Reads comma-separated values as RFC 4180 has them: quotes may hold commas, lines and
// doubled quotes. A file of a spreadsheet that writes semicolons is read too.

// rowsOf gives objects by the names of the first line, in lower case; lines without any
// value are left out.
export function rowsOf(text) {
  const lines = cells(text.replace(/^\uFEFF/, ''));
  const head = (lines.shift() ?? []).map((name) => name.trim().toLowerCase());
  return lines.filter((line) => line.some((v) => v.trim())).map((line) => Object.fromEntries(head.map((name, i) => [name, (line[i] ?? '').trim()])));
}

function cells(text) {
  const first = text.split('\n', 1)[0];
  const comma = first.includes(';') && !first.includes(',') ? ';' : ',';
  const lines = [/** @type {string[]} */ ([])];
  let value = '', quoted = false;
  const end = () => {
    lines[lines.length - 1].push(value);
    value = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') value += text[++i];
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === comma) end();
    else if (!quoted && c === '\n') {
      end();
      lines.push([]);
    } else if (quoted || c !== '\r') value += c;
  }
  end();
  return lines;
}
