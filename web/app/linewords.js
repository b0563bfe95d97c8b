// What a number is called and what is dialled, in the person's language. Services keep their
// own names; what our own list says in English (models/data/emergency-numbers.json) is a text.

import { has, t } from './texts.js';

const names = { Ambulance: 'help.name.ambulance', Police: 'help.name.police' };
const textTo = /^\S+ by text$/;
const keyOf = (name) => (textTo.test(name) ? 'help.name.text' : names[name] ?? '');

/** @param {{ name?: string, display: string }} line */
export const lineName = ({ name = '', display }) => (has(keyOf(name)) ? t(keyOf(name), { number: display }) : name);

/** @param {string} display */
export const lineDisplay = (display) => (has('help.then') ? display.replace(/^(.+), then (\d+)$/, (_, number, key) => t('help.then', { number, key })) : display);
