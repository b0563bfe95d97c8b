// Draws a QR code of the rows of 0 and 1 that the server made.

import { svg } from './dom.js';

const QUIET = 4; // cells around a QR code (ISO/IEC 18004); the server's rows have them

export function drawing(rows, words) {
  const size = rows.length;
  const path = rows.flatMap((row, y) => [...row].map((cell, x) => (cell === '1' ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return svg('svg.qr', { viewBox: `${-QUIET} ${-QUIET} ${size + 2 * QUIET} ${size + 2 * QUIET}`, role: 'img', 'aria-label': words },
    svg('rect', { x: -QUIET, y: -QUIET, width: size + 2 * QUIET, height: size + 2 * QUIET, fill: '#fff' }), svg('path', { d: path, fill: '#000' }));
}
