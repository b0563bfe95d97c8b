// The words of a page as elements. Only what a page can have is taken over, so that
// nothing else comes in with a text, whoever wrote it.

import { h } from './dom.js';
import { codeOf } from './pagecode.js';

const allowed = new Set(['H2', 'H3', 'P', 'UL', 'OL', 'LI', 'STRONG', 'EM', 'BLOCKQUOTE', 'BR', 'A']);

export function pageBody(html) {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  return [...parsed.body.childNodes].map(copy);
}

function copy(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (node.nodeType !== Node.ELEMENT_NODE) return null;
  const inner = [...node.childNodes].map(copy);
  if (!allowed.has(node.tagName)) return inner;
  const props = {};
  if (/^s\d+$/.test(node.id)) Object.assign(props, { id: node.id, tabindex: '-1' });
  if (node.tagName === 'A') {
    const href = hrefOf(node.getAttribute('href') ?? '');
    if (!href) return inner;
    props.href = href;
  }
  if (node.tagName === 'UL') return h('ul.dots', props, inner);
  if (node.tagName === 'OL') return h('ol.numbers', props, inner);
  return h(node.tagName.toLowerCase(), props, inner);
}

// hrefOf is an address in this client, or one elsewhere over https.
function hrefOf(href) {
  const page = /^\/#\/learn\/([a-z0-9-]+)$/.exec(href);
  if (page) return `#/learn/${codeOf(page[1])}`;
  if (['/#/help', '/#/plan', '/#/try'].includes(href)) return href.slice(1);
  return href.startsWith('https://') ? href : '';
}
