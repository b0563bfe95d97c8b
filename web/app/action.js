// A button whose work can fail: what went wrong is said in plain words.

import { button } from './dom.js';
import { say } from './frame.js';
import { problemWords } from './problems.js';

export const action = (words, work, props) => button(words, async () => {
  try {
    await work();
  } catch (problem) {
    say(problemWords(problem));
  }
}, props);
