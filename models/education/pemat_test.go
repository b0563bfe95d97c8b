package education

import "testing"

// A text counts as rated when two people rated the words that it has now.
func TestTwoPeopleRateAText(t *testing.T) {
	m := Module{Title: "Sleep"}
	m.Ratings = []Rating{{Rater: "a nurse", Understand: 90, Act: 80, On: "2026-03-02", Of: m.Fingerprint()}}
	if got := m.Rated(); len(got) != 0 {
		t.Errorf("one person: %+v", got)
	}
	m.Ratings = append(m.Ratings, Rating{Rater: "a peer", Understand: 70, Act: 100, On: "2026-03-02", Of: m.Fingerprint()})
	if got := m.Rated(); len(got) != 2 {
		t.Errorf("two people: %+v", got)
	}
	m.Title = "Sleep well"
	if got := m.Rated(); len(got) != 0 {
		t.Errorf("other words: %+v", got)
	}
}

func TestScoresInTheFrontMatter(t *testing.T) {
	file := func(pemat string) string {
		return "---\nid: sleep\nlanguage: en\ntitle: Sleep\ntopic: daily-life\nneed: this-week\naudience: both\npemat:\n" + pemat + "---\n\n## One\n\nSleep.\n"
	}
	one := "  - {rater: a nurse, understand: 90, act: 80, on: 2026-03-02, of: 0123456789abcdef}\n"
	m, err := Parse([]byte(file(one)))
	if err != nil || len(m.Ratings) != 1 || m.Ratings[0].Act != 80 || m.Ratings[0].On != "2026-03-02" {
		t.Errorf("%+v, %v", m.Ratings, err)
	}
	for _, bad := range []string{one + one, "  - {rater: a nurse, understand: 101, act: 80, on: 2026-03-02, of: 0123456789abcdef}\n",
		"  - {rater: a nurse, understand: 1, act: -1, on: 2026-03-02, of: 0123456789abcdef}\n", "  - {rater: a nurse, act: 1, on: soon, of: 0123456789abcdef}\n", "  - {rater: a nurse}\n"} {
		if _, err := Parse([]byte(file(bad))); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
