// Runs in a page before it does (pseudo_test.go). The page's English becomes a language that
// nobody speaks: each text stands in brackets, its vowels wear an accent, and it is longer by
// 40 %. What stands on a screen without brackets is then what the clinic's computer said,
// what the browser wrote, or a text that nobody can translate.
(() => {
  const accent = '\u0301';
  // What the clinic's computer and the browser said; names of services and instruments, units, and what
  // people of the demo wrote that looks like a code.
  const said = new Set(['988 Suicide & Crisis Lifeline', 'Veterans Crisis Line', 'PHQ-9', ', ms', 'mother', 'peer', 'MT']);
  const code = /^[a-z0-9]+([-.][a-z0-9]+)*$/; // what is a word for programs is none for people

  const accented = (text) => text.replace(/[aeiouyAEIOUY]/g, `$&${accent}`);
  const longer = (text) => text + ' ~~~~~~'.repeat(Math.ceil((text.replace(/\{[^}]*\}/g, '').length * 0.4) / 7));
  // What stands in braces is left, but for the forms of what counts.
  const inside = (text) => text.replace(/\{\w+, plural,(?:\s*\w+ \{[^{}]*\})+\s*\}|\{\w+\}|[^{}]+/g, (part) => {
    if (!part.startsWith('{')) return accented(part);
    return part.includes(', plural,') ? part.replace(/(\w+) \{([^{}]*)\}/g, (_, form, words) => `${form} {${accented(words)}}`) : part;
  });
  const pseudo = (text) => (typeof text === 'string' && text ? `[${longer(inside(text))}]` : text);
  const all = (words) => Object.fromEntries(Object.entries(words).map(([key, text]) => [key, pseudo(text)]));

  const note = (value) => {
    if (typeof value === 'string') {
      for (const text of [value, ...value.split('\n')]) if (/\p{L}/u.test(text) && !code.test(text.trim())) said.add(text.replace(/\s+/g, ' ').trim());
    } else if (value && typeof value === 'object') Object.values(value).forEach(note);
    return value;
  };
  const read = (value) => {
    if (value?.en?.['frame.help'] && value.ar) return { ...value, en: all(value.en) }; // the words in the page itself
    if (value && typeof value === 'object' && 'frame.help' in value) return all(value);
    return note(value);
  };

  const parse = JSON.parse, json = Response.prototype.json;
  JSON.parse = (text, ...more) => read(parse(text, ...more));
  Response.prototype.json = async function asked() { return read(await json.call(this)); };
  for (const kind of [Intl.DateTimeFormat, Intl.NumberFormat]) {
    const { get } = Object.getOwnPropertyDescriptor(kind.prototype, 'format');
    Object.defineProperty(kind.prototype, 'format', { get() { const write = get.call(this); return (value) => note(write(value)); } });
  }
  for (const [kind, name] of [[Intl.DateTimeFormat, 'formatRange'], [Intl.DateTimeFormat, 'formatToParts'], [Intl.DisplayNames, 'of'], [Intl.ListFormat, 'format']]) {
    const write = kind.prototype[name];
    kind.prototype[name] = function written(...values) { return note(write.apply(this, values)); };
  }

  globalThis.inEnglish = (text) => text.replace(/\u0301|[[\]]| ~~~~~~/g, '');

  // What people hear of the page beside its text.
  const spoken = ['aria-label', 'title', 'placeholder', 'alt'];
  const withoutBrackets = (text) => {
    for (let before = ''; before !== text;) [before, text] = [text, text.replace(/\[[^[\]]*\]/g, ' ')];
    return text;
  };

  // plainWords lists what is on the screen and is neither translated nor said by somebody.
  globalThis.plainWords = () => {
    const known = [...said].sort((a, b) => b.length - a.length);
    const texts = [...document.querySelectorAll('body *')].filter((e) => e.checkVisibility() && !e.closest('.floor, script, style, [lang]:not(html)'))
      .flatMap((e) => [...spoken.map((name) => e.getAttribute(name)),
        [...e.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE).map((n) => n.data).join('\u0000')].filter(Boolean));
    return [...new Set(texts.map((text) => {
      let left = withoutBrackets(text).replace(/[\u2068\u2069]/g, '').replace(/[^\S\u0000]+/g, ' ').trim();
      for (const one of known) if (/\p{L}/u.test(left) && left.includes(one)) left = left.replaceAll(one, ' ');
      return /\p{L}{2}/u.test(left) ? `${left.replaceAll('\u0000', ' ').trim()} (in ${text.slice(0, 60)})` : '';
    }).filter(Boolean))];
  };

  // cutOff lists texts that are wider than what they stand in, where that hides or cuts them.
  globalThis.cutOff = () => [...document.querySelectorAll('main *, header *, nav *')].filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
    && ['hidden', 'clip'].includes(getComputedStyle(e).overflowX) && !e.closest('.skip, svg') && !['INPUT', 'TEXTAREA'].includes(e.tagName)).map((e) => `${e.tagName}.${e.className} ${e.textContent.slice(0, 40)}`);
})();
