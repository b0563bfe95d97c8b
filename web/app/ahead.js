// Asks for the words of the first screens while the page's scripts are still on their way.
// It is no module: it runs as soon as it is here. texts.js takes what it asked for, and
// asks itself where this failed or guessed another language.
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
