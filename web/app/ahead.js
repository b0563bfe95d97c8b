// What runs before the page's own scripts, as soon as it is here: it is no module.

// Asks for the words of the first screens while those scripts are still on their way.
// texts.js takes what it asked for, and asks itself where this failed or guessed another
// language.
globalThis.textsAhead = (() => {
  try {
    const name = [...(navigator.languages ?? []), navigator.language].map((tag) => String(tag).slice(0, 2).toLowerCase())
      .find((tag) => ['en', 'es', 'ar'].includes(tag)) ?? 'en';
    const path = `/texts/first-${name}.json`;
    const answer = fetch(path).then((got) => got.json());
    answer.catch(() => {});
    return { path, answer };
  } catch {
    return null;
  }
})();

// Where this came before the numbers of the page itself, the page is kept on this phone and
// will stand in a moment: they are laid out when it does not, at the time at which their own
// style would have shown them (floor.css). A slow phone lays them out for a fifth of its start.
if (!document.querySelector('.floor')) {
  const marks = document.documentElement.classList;
  setTimeout(() => marks.replace('soon', 'late'), 600);
  marks.add('soon');
}
