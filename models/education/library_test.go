package education

import (
	"strings"
	"testing"
)

func moduleOf(t *testing.T, changes ...func(*Module)) Module {
	t.Helper()
	m, err := Parse([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range changes {
		change(&m)
	}
	return m
}

func in(language, from, fingerprint string) func(*Module) {
	return func(m *Module) {
		m.Language = language
		if from != "" {
			m.MadeFrom = &Origin{from, fingerprint}
		}
	}
}

func TestLibraryRefusesWhatDoesNotFitTogether(t *testing.T) {
	source := moduleOf(t)
	es := func(changes ...func(*Module)) Module {
		return moduleOf(t, append([]func(*Module){in("es", "en", source.Fingerprint())}, changes...)...)
	}
	for name, c := range map[string]struct {
		modules []Module
		want    string
	}{
		"twice":             {[]Module{source, source}, "sleep-well.en: id"},
		"related":           {[]Module{moduleOf(t, func(m *Module) { m.Related = []string{"gone"} })}, "sleep-well.en: related"},
		"dead link":         {[]Module{moduleOf(t, func(m *Module) { m.Body += "\n\n[a](module:gone)" })}, "sleep-well.en: related"},
		"two sources":       {[]Module{source, moduleOf(t, in("es", "", ""))}, "madeFrom"},
		"no source":         {[]Module{es()}, "sleep-well.es: madeFrom.language"},
		"from translation":  {[]Module{source, es(), moduleOf(t, in("ar", "es", source.Fingerprint()))}, "sleep-well.ar: madeFrom.language"},
		"a circle":          {[]Module{moduleOf(t, in("es", "ar", source.Fingerprint())), moduleOf(t, in("ar", "es", source.Fingerprint()))}, "madeFrom.language"},
		"other answers":     {[]Module{source, es(func(m *Module) { m.Question.Answers = []Answer{m.Question.Answers[1], m.Question.Answers[0]} })}, "sleep-well.es: question.answers"},
		"another is right":  {[]Module{source, es(func(m *Module) { m.Question.Answers[0].Right, m.Question.Answers[1].Right = false, true })}, "sleep-well.es: question.answers"},
		"an answer more":    {[]Module{source, es(func(m *Module) { m.Question.Answers = append(m.Question.Answers, Answer{Text: "a"}) })}, "question.answers"},
		"other section":     {[]Module{source, es(func(m *Module) { m.Body += "\n\n## c" })}, "sleep-well.es: body"},
		"safety lost":       {[]Module{moduleOf(t, func(m *Module) { m.Safety = true }), es()}, "sleep-well.es: safety"},
		"other readers":     {[]Module{source, es(func(m *Module) { m.Audience = ForFamily })}, "sleep-well.es: audience"},
		"other source list": {[]Module{source, es(func(m *Module) { m.Sources = []string{"x"} })}, "sleep-well.es: sources"},
	} {
		if _, err := NewLibrary(c.modules); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	l, err := NewLibrary([]Module{source, es()})
	if err != nil || len(l.Editions("sleep-well")) != 2 || l.Editions("gone") != nil {
		t.Error(err)
	}
}

func TestChooseFindsTheTextThatMayBeShown(t *testing.T) {
	signed := Review{true, "2026-05-01", "nurse", "2027-05-01"}
	safety := func(m *Module) { m.Safety = true }
	v1 := Edition{Module: moduleOf(t, safety), Number: 1}
	v2 := Edition{Module: moduleOf(t, safety, func(m *Module) { m.Title += "," }), Number: 2}
	sign := func(e Edition) Edition { e.Signed = signed; return e }
	withdraw := func(e Edition) Edition { e.Withdrawn = true; return e }
	arOf := func(e Edition, n int) Edition {
		return Edition{Module: moduleOf(t, safety, in("ar", "en", e.Fingerprint())), Number: n}
	}
	ar1, ar2 := arOf(v1, 1), arOf(v2, 2)
	plain := func(e Edition) Edition { e.Safety = false; return e }
	for name, c := range map[string]struct {
		editions  []Edition
		languages string
		unsigned  bool
		want      string // language, number, and what has to be told
	}{
		"signed":                            {[]Edition{sign(v1), sign(ar1)}, "ar", false, "ar 1 2026-05-01"},
		"the region does not matter":        {[]Edition{sign(v1), sign(ar1)}, "ar-EG", false, "ar 1 2026-05-01"},
		"a comma takes no card away":        {[]Edition{sign(v1), sign(v2), sign(ar1)}, "ar", false, "ar 1 behind 2026-05-01"},
		"made anew comes first":             {[]Edition{sign(v2), sign(ar1), sign(ar2)}, "ar", false, "ar 2 2026-05-01"},
		"made anew and not signed":          {[]Edition{sign(v2), sign(ar1), ar2}, "ar", false, "ar 1 behind 2026-05-01"},
		"a demo shows it":                   {[]Edition{v2, sign(ar1), ar2}, "ar", true, "ar 2 not-yet"},
		"behind and never reviewed":         {[]Edition{sign(v2), plain(ar1)}, "ar", false, "en 2 fallback 2026-05-01"},
		"behind and never reviewed in demo": {[]Edition{v2, ar1}, "ar", true, "en 2 fallback not-yet"},
		"withdrawn as dangerous":            {[]Edition{sign(v1), withdraw(sign(ar1))}, "ar", false, "en 1 fallback 2026-05-01"},
		"withdrawn even in demo":            {[]Edition{withdraw(v1), withdraw(ar1)}, "ar", true, "none"},
		"nobody signed":                     {[]Edition{v1, ar1}, "ar", false, "none"},
		"only the translation is signed":    {[]Edition{v1, sign(ar1)}, "ar", false, "ar 1 2026-05-01"},
		"the second language":               {[]Edition{sign(v1), sign(ar1)}, "fr ar", false, "ar 1 fallback 2026-05-01"},
		"no language":                       {[]Edition{sign(v1), sign(ar1)}, "", false, "en 1 2026-05-01"},
		"no safety text":                    {[]Edition{plain(v1)}, "en", false, "en 1 not-yet"},
		"newest source unsigned":            {[]Edition{v2, sign(v1)}, "en", false, "en 1 behind 2026-05-01"},
		"an older source of the same words": {[]Edition{sign(v1), {Module: v1.Module, Number: 2}}, "en", false, "en 1 2026-05-01"},
		"no source":                         {[]Edition{sign(ar1)}, "ar", false, "none"},
		"nothing":                           {nil, "en", true, "none"},
	} {
		s, ok := Choose(c.editions, strings.Fields(c.languages), c.unsigned)
		if got := told(s, ok); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func told(s Shown, ok bool) string {
	if !ok {
		return "none"
	}
	words := []string{s.Language, string(rune('0' + s.Number))}
	for word, is := range map[string]bool{"behind": s.Behind, "fallback": s.Fallback, "not-yet": s.NotYet} {
		if is {
			words = append(words, word)
		}
	}
	if len(words) == 4 && words[2] != "fallback" {
		words[2], words[3] = words[3], words[2]
	}
	return strings.TrimSpace(strings.Join(append(words, s.SeenOn), " "))
}
