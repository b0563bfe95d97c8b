package education

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Library is a set of modules that fit together: one text for each id and language,
// and each translation beside the text that it was made from.
type Library struct {
	modules map[string]map[string]Module // by id and language
	ids     []string                     // in the order in which they are shown
}

// NewLibrary checks that modules fit together. The error names every module and field
// that does not.
func NewLibrary(modules []Module) (*Library, error) {
	l := &Library{modules: map[string]map[string]Module{}}
	var wrong []error
	for _, m := range modules {
		if l.modules[m.ID] == nil {
			l.modules[m.ID] = map[string]Module{}
			l.ids = append(l.ids, m.ID)
		}
		if _, twice := l.modules[m.ID][m.Language]; twice {
			wrong = append(wrong, fmt.Errorf("%s.%s: id: there are two of it", m.ID, m.Language))
		}
		l.modules[m.ID][m.Language] = m
	}
	for _, m := range modules {
		wrong = append(wrong, l.fits(m)...)
	}
	if err := errors.Join(wrong...); err != nil {
		return nil, err
	}
	slices.SortStableFunc(l.ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(slices.Index(Needs, l.source(a).Need), slices.Index(Needs, l.source(b).Need)), cmp.Compare(a, b))
	})
	return l, nil
}

// fits holds one module against the others.
func (l *Library) fits(m Module) (wrong []error) {
	fail := func(field, text string) {
		wrong = append(wrong, fmt.Errorf("%s.%s: %s: %s", m.ID, m.Language, field, text))
	}
	to := slices.Clone(m.Related)
	for _, p := range Places(m.Body) {
		if p.Kind == PlaceModule {
			to = append(to, p.ID)
		}
	}
	for _, id := range to {
		if l.modules[id] == nil {
			fail("related", "there is no module "+id)
		}
	}
	if m.MadeFrom == nil {
		if n := len(slices.DeleteFunc(l.Languages(m.ID), func(language string) bool { return l.modules[m.ID][language].MadeFrom != nil })); n > 1 {
			fail("madeFrom", "there are two source texts; one is a translation of the other")
		}
		return wrong
	}
	from, ok := l.modules[m.ID][m.MadeFrom.Language]
	switch {
	case !ok:
		fail("madeFrom.language", "the source text is not there")
	case from.MadeFrom != nil: // with this there are no circles
		fail("madeFrom.language", "a translation is made from the source text, not from a translation")
	default:
		for _, field := range Unlike(m, from) {
			fail(field, "this differs from the source text")
		}
	}
	return wrong
}

// Unlike lists the fields that a translation may not change: whom it is for, and what
// its answers mean.
func Unlike(m, from Module) (fields []string) {
	differs := func(yes bool, field string) {
		if yes {
			fields = append(fields, field)
		}
	}
	differs(m.Topic != from.Topic, "topic")
	differs(m.Need != from.Need, "need")
	differs(m.Audience != from.Audience, "audience")
	differs(m.Level != from.Level, "level")
	differs(m.Safety != from.Safety, "safety")
	differs(!slices.Equal(m.Words, from.Words), "words")
	differs(!slices.Equal(m.Related, from.Related), "related")
	differs(!slices.Equal(m.Sources, from.Sources), "sources")
	differs(sectionsOf(m.Body) != sectionsOf(from.Body), "body")
	differs(!slices.EqualFunc(m.Question.Answers, from.Question.Answers, func(a, b Answer) bool { return a.Right == b.Right && a.Again == b.Again }), "question.answers")
	return fields
}

// IDs are the ids of all modules: what is needed now first, then by name.
func (l *Library) IDs() []string { return slices.Clone(l.ids) }

// Languages are the languages that a module is there in, sorted.
func (l *Library) Languages(id string) []string {
	var out []string
	for language := range l.modules[id] {
		out = append(out, language)
	}
	slices.Sort(out)
	return out
}

// Module is the text of a module in a language, as it is; who shows it asks Choose.
func (l *Library) Module(id, language string) (Module, bool) {
	m, ok := l.modules[id][language]
	return m, ok
}

// Editions are the texts of a module as Choose takes them.
func (l *Library) Editions(id string) []Edition {
	var out []Edition
	for _, language := range l.Languages(id) {
		out = append(out, Edition{Module: l.modules[id][language]})
	}
	return out
}

func (l *Library) source(id string) Module {
	for _, language := range l.Languages(id) {
		if m := l.modules[id][language]; m.MadeFrom == nil {
			return m
		}
	}
	return Module{}
}

func contains(list []string, one string) bool { return slices.Contains(list, one) }
