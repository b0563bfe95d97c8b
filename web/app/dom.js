// Makes page elements. Words only ever become text nodes, so nothing that a person
// typed can turn into markup. h('p.note#hint', {lang: 'en'}, 'words', node, ...)

const SVG = 'http://www.w3.org/2000/svg';

export const h = (tag, ...rest) => build((name) => document.createElement(name), tag, rest);
export const svg = (tag, ...rest) => build((name) => document.createElementNS(SVG, name), tag, rest);

function build(create, tag, rest) {
  const [name, ...marks] = tag.split(/(?=[.#])/);
  const el = create(name);
  for (const mark of marks) {
    if (mark[0] === '#') el.id = mark.slice(1);
    else el.classList.add(mark.slice(1));
  }
  if (isProps(rest[0])) setProps(el, rest.shift());
  el.append(...children(rest));
  return el;
}

const children = (list) => list.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false)
  .map((c) => (typeof c === 'string' ? shown(c) : c));

// shown takes out of a text what no screen shows and what turns what stands around it:
// controls and overrides of direction. Old records may hold some.
const UNSHOWN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066\u2067\u206a-\u206f\ufff9-\ufffb]/g;
export const shown = (text) => text.replace(UNSHOWN, '');

function isProps(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Node);
}

function setProps(el, props) {
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') el.addEventListener(key.replace(/^on/, ''), value);
    else if (key === 'value' || key === 'checked') el[key] = value;
    else el.setAttribute(key, value === true ? '' : shown(String(value)));
  }
}

// fill replaces what an element holds.
export function fill(el, ...list) {
  el.replaceChildren(...children(list));
  return el;
}

// button is a real button that cannot be pressed twice while its work goes on.
/** @param {any} words @param {((event?: Event) => unknown) | null} onclick @param {Record<string, any>} [props] */
export function button(words, onclick, { kind = 'main', ...props } = {}) {
  const el = h(`button.button.${kind}`, { type: 'button', ...props }, words);
  if (onclick) el.addEventListener('click', () => once(el, onclick));
  return el;
}

// once runs work and marks el as busy meanwhile. aria-disabled and not disabled:
// a disabled element would lose the focus of people who use a keyboard.
export async function once(el, work) {
  if (el.getAttribute('aria-disabled') === 'true') return;
  el.setAttribute('aria-disabled', 'true');
  try {
    await work();
  } finally {
    el.removeAttribute('aria-disabled');
  }
}

export const link = (words, href, kind = 'link') => h(`a.${kind}`, { href }, words);
