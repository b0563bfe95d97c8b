// Line drawings. They stand beside words, never alone, so they are hidden from
// screen readers.

import { svg } from './dom.js';

const lines = {
  rail: 'M3 18c4 0 5-9 9-9h9M7 15v5M12 9v10M18 9v10',
  phone: 'M6 3h3l2 5-2.5 2a12 12 0 0 0 5.5 5.5L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z',
  today: 'M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  goals: 'M5 21V4M5 4c4-2 7 2 14 0v9c-7 2-10-2-14 0',
  plan: 'M12 20s-7.5-4.5-7.5-10A4.5 4.5 0 0 1 12 7.5 4.5 4.5 0 0 1 19.5 10C19.5 15.5 12 20 12 20z',
  more: 'M4 7h16M4 12h16M4 17h16',
  referrals: 'M4 12h12M12 7l5 5-5 5M20 4v16',
  visits: 'M4 6h16v14H4zM4 11h16M8 3v5M16 3v5',
  video: 'M3 7h12v10H3zM15 11l6-4v10l-6-4',
  place: 'M12 21s-7-6-7-11a7 7 0 0 1 14 0c0 5-7 11-7 11zM12 8v4M10 10h4',
  people: 'M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM2 21c0-4 3-7 7-7s7 3 7 7M16 4a4 4 0 0 1 0 7M18 14c2.5 1 4 3.5 4 7',
  learn: 'M12 6c-2-2-5-2-8-2v14c3 0 6 0 8 2 2-2 5-2 8-2V4c-3 0-6 0-8 2zM12 6v14',
  office: 'M4 21V5l8-3 8 3v16M9 21v-5h6v5M8 8h2M14 8h2M8 12h2M14 12h2',
  back: 'M15 5l-7 7 7 7',
  on: 'M9 5l7 7-7 7',
  check: 'M5 13l4 4L19 7',
  lock: 'M6 11h12v10H6zM8 11V7a4 4 0 0 1 8 0v4',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2',
  mic: 'M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5 11a7 7 0 0 0 14 0M12 18v3',
  'mic-off': 'M9 6a3 3 0 0 1 6 0v5M9 9v2a3 3 0 0 0 4.5 2.6M5 11a7 7 0 0 0 11 5.7M19 11a7 7 0 0 1-.6 2.8M12 18v3M4 4l16 16',
  'video-off': 'M3 7v10h12v-3M9 7h6v5M15 11l6-4v10l-4-2.7M3 3l18 18',
  hand: 'M7 12V6a1.5 1.5 0 0 1 3 0v5M10 11V4a1.5 1.5 0 0 1 3 0v7M13 11V5a1.5 1.5 0 0 1 3 0v7M16 12V8a1.5 1.5 0 0 1 3 0v6a7 7 0 0 1-7 7c-4 0-5-2-8-7a1.5 1.5 0 0 1 3-1.5',
  screen: 'M3 5h18v11H3zM8 20h8M12 13V8M9.5 10.5L12 8l2.5 2.5',
  grid: 'M4 5h7v6H4zM13 5h7v6h-7zM4 13h7v6H4zM13 13h7v6h-7z',
  speaker: 'M4 4h16v11H4zM4 18h4v2H4zM10 18h4v2h-4zM16 18h4v2h-4z',
  leave: 'M3 15c0-5 18-5 18 0v2h-5v-3c-3-1-5-1-8 0v3H3z',
  signal: 'M4 20v-4M9 20v-8M14 20V9M19 20V5',
  warn: 'M12 4l9 16H3zM12 10v4M12 17v.5',
  dial: 'M4 7h9M17 7h3M15 5v4M4 12h3M11 12h9M9 10v4M4 17h9M17 17h3M15 15v4',
  text: 'M4 5h16v11H9l-5 4z',
};
lines.week = lines.visits;
lines.myday = lines.check;
lines.patients = lines.people;
lines.team = lines.people;
const mirrored = new Set(['back', 'on']);

export function icon(name) {
  return svg(mirrored.has(name) ? 'svg.icon.mirrored' : 'svg.icon',
    { viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' }, svg('path', { d: lines[name] }));
}
