// Tasks: what this person has to do, is asked to take, may claim, and has asked for.

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { has, t } from '../texts.js';
import { read } from '../api.js';
import { dateTime } from '../format.js';

const lists = ['asked', 'mine', 'pool', 'made'];

export default async function tasksScreen({ me }) {
  const pages = await Promise.all(lists.map((list) => read(`/v1/tasks?list=${list}&limit=100`)));
  return {
    title: t('more.tasks'),
    back: me.role === 'clinician' ? [t('menu.myday'), '#/my-day'] : [t('menu.more'), '#/more'],
    body: [
      h('a.button.main', { href: '#/tasks/new' }, t('newtask.title')),
      h('a.button.quiet', { href: '#/caseload' }, t('caseload.title')),
      pages.every((p) => !p.items?.length) && h('p.card', t('tasks.none')),
      lists.map((list, i) => group(list, pages[i])),
    ],
  };
}

const group = (list, { items = [], next }) => items?.length > 0 && h('section', h('h2', t(`tasks.${list}`)),
  h('ul.rows', items.map((task) => h('li', h('a.row', { href: `#/tasks/${task.id}` },
    h('span', taskWords(task), h('span.note', taskNote(task))), icon('on'))))),
  next && h('p.note', t('myday.more')));

// taskWords is what is to be done: a person's words, or ours for what the program asks.
export const taskWords = (task) => task.text || (has(`task.code.${task.code}`) ? t(`task.code.${task.code}`) : t('task.not-whole'));

export const taskNote = (task) => [task.patientName, t(`task.status.${task.status}`), t('task.due', { time: dateTime(task.dueAt) }),
  task.overdue && t('task.overdue')].filter(Boolean).join(' · ');
