package education

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"handrail/models/education/search"
)

// How much a word says for a page, by where it stands. [P], by the questions of
// search/testdata.
const (
	inTitle   = 10
	inFind    = 10
	inSummary = 6
	inHeading = 5
	inRest    = 2
	inBody    = 1
	inOthers  = 6 // in another language
)

// SearchIndex is the index of what is shown in a language, for an offline pack and for the
// program. others gives the texts of a module in other languages: people mix languages, and
// a question in another one leads to the page too.
func SearchIndex(language string, shown []Shown, others func(id string) []Module) *search.Index {
	var docs []search.Doc
	for _, s := range shown {
		docs = append(docs, search.Doc{ID: s.ID, Fields: searched(s.Module, others(s.ID))})
	}
	return search.New(base(language), docs)
}

func searched(m Module, others []Module) []search.Field {
	language := base(m.Language)
	headings, body := parts(m.Body)
	rest := []string{m.Question.Text, m.Try}
	for _, term := range Explained(m) {
		rest = append(rest, term.Word)
	}
	out := []search.Field{
		{Language: language, Text: m.Title, Weight: inTitle},
		{Language: language, Text: strings.Join(m.Find, "\n"), Weight: inFind},
		{Language: language, Text: m.Summary, Weight: inSummary},
		{Language: language, Text: headings, Weight: inHeading},
		{Language: language, Text: strings.Join(rest, "\n"), Weight: inRest},
		{Language: language, Text: body, Weight: inBody},
	}
	for _, o := range others {
		if l := base(o.Language); l != language {
			out = append(out, search.Field{Language: l, Text: o.Title + "\n" + strings.Join(o.Find, "\n"), Weight: inOthers})
		}
	}
	return out
}

// parts are the headings of a body and the rest of it, as plain words.
func parts(body string) (headings, rest string) {
	source := []byte(body)
	var h, r strings.Builder
	_ = ast.Walk(treeOf(source), func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		text, ok := n.(*ast.Text)
		if !ok || !enter {
			return ast.WalkContinue, nil
		}
		into := &r
		for at := n.Parent(); at != nil; at = at.Parent() {
			if _, is := at.(*ast.Heading); is {
				into = &h
			}
		}
		into.Write(text.Segment.Value(source))
		into.WriteByte('\n')
		return ast.WalkContinue, nil
	})
	return h.String(), r.String()
}
