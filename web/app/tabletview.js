// How tablets of a plan look: as a prescriber wrote them, and nothing beside it.

import { h } from './dom.js';
import { t } from './texts.js';
import { day, number } from './format.js';
import { amount } from './medicineview.js';

const HALF = 2; // parts of a whole one

// countOf writes how many: whole ones, and half of one.
const countOf = (halves) => `${halves >= HALF ? number(Math.floor(halves / HALF)) : ''}${halves % HALF ? '½' : ''}`;

const pieceWords = (p) => t('tablets.piece', { count: countOf(p.halves), strength: amount(p.strength), form: t(`medicines.form.${p.form}`) });

export const dosesPart = (doses) => (doses.length === 0 ? h('p', t('tablets.no-day')) : h('ul.dots', doses.map((d) => h('li',
  h('b', h('bdi', d.at)), ' ', d.pieces.map(pieceWords).join(' + ')))));

export const dayPart = (words, d) => h('div', h('h3', t('when.near', { near: words, day: day(d.on, { weekday: 'long', day: 'numeric', month: 'long' }) })), dosesPart(d.doses));

// callPart is whom to call.
export const callPart = (c) => h('p', t('tablets.call', { name: c.name }), ' ', h('a', { href: `tel:${c.phone.replace(/[^\d+*#]/g, '')}`, dir: 'ltr' }, c.phone));
