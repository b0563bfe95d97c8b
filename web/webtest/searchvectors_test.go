package webtest

import (
	"os"
	"testing"
)

// testSearch: the page stems, finds and puts help first as the vectors say, which the
// program's own test reads as well (models/education/search).
func testSearch(t *testing.T, p *phone) {
	vectors, err := os.ReadFile("../../models/education/search/testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	wrong := eval[[]string](p, `(async () => {
	  const [{ stemmers }, { words, fold }, { find, ready }, { crisis }] = await Promise.all(['stem', 'words', 'find', 'crisis'].map((name) => import('/app/search/' + name + '.js')));
	  const v = `+string(vectors)+`;
	  const index = ready(v.index);
	  const line = (hit) => [hit.id, hit.score, ...hit.why.map((w) => w.typed + ':' + w.found)].join(' ');
	  const wrong = [];
	  const hold = (what, got, want) => JSON.stringify(got) === JSON.stringify(want) || wrong.push(what + ': ' + JSON.stringify(got));
	  if (v.stems.length < 150) wrong.push('too few');
	  for (const [language, word, stem] of v.stems) hold(language + ' ' + word, fold(stemmers[language](word)), stem);
	  for (const [text, want] of Object.entries(v.words)) hold(text, words(text), want);
	  for (const [text, want] of Object.entries(v.crisis)) hold(text, crisis(text), want);
	  for (const [text, want] of Object.entries(v.found)) hold(text, find(index, text, 3).map(line), want);
	  return wrong;
	})()`)
	for _, w := range wrong {
		t.Error(w)
	}
}
