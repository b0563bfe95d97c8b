// Words of the app that a clinician of the site signs before they are shown (near,
// consent). A demo shows them, and says that nobody has.

import { site } from './numbers.js';
import { language } from './texts.js';

// wordsShown tells whether they may be shown in this language: as the clinic said last.
export async function wordsShown(id) {
  const says = await site();
  return Boolean(says?.demo || says?.words?.[id]?.includes(language()));
}

export const inDemo = async () => Boolean((await site())?.demo);
