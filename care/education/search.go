package education

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"handrail/models"
	"handrail/models/education"
	"handrail/models/education/infobutton"
	"handrail/models/education/search"
)

const (
	maxTyped = 200 // runes
	maxFound = 10
)

// Found is what a search gives. Help says that the numbers to call belong above it.
type Found struct {
	Help  bool
	Pages []FoundPage
}

// FoundPage is a page that was found, and the words that led to it.
type FoundPage struct {
	education.Shown
	Why []search.Why
}

// Search finds pages by what somebody typed. What they typed is kept nowhere.
func (c *Service) Search(ctx context.Context, language, typed string, audience education.Audience) (Found, error) {
	var checks models.Checks
	checks.Text("typed", typed, 1, maxTyped)
	if err := checks.Err(); err != nil {
		return Found{}, err
	}
	out := Found{Help: search.Crisis(typed), Pages: []FoundPage{}}
	l, err := c.library(ctx)
	if err != nil {
		return out, err
	}
	p := c.packOf(l, language)
	for _, hit := range p.index.Find(typed, len(p.shown)) {
		i := slices.IndexFunc(p.shown, func(s education.Shown) bool { return s.ID == hit.ID })
		if audience != "" && !p.shown[i].Audience.Fits(audience) {
			continue
		}
		if out.Pages = append(out.Pages, FoundPage{p.shown[i], hit.Why}); len(out.Pages) == maxFound {
			break
		}
	}
	return out, nil
}

// About lists the pages that answer a record's question: those with its code, the nearest
// first; without one, those that its words lead to.
func (c *Service) About(ctx context.Context, q infobutton.Question) ([]education.Shown, error) {
	l, err := c.library(ctx)
	if err != nil {
		return nil, err
	}
	p := c.packOf(l, q.Language)
	fits := map[string]int{}
	var out []education.Shown
	for _, s := range p.shown {
		for _, code := range codesOf(l.editions(s.ID)) {
			for _, asked := range q.Codes {
				fits[s.ID] = max(fits[s.ID], code.About(asked))
			}
		}
		if fits[s.ID] > 0 {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b education.Shown) int { return cmp.Compare(fits[b.ID], fits[a.ID]) })
	if len(out) > 0 {
		return out[:min(maxFound, len(out))], nil
	}
	for _, hit := range p.index.Find(strings.Join(q.Names, " "), infobutton.MostByName) {
		i := slices.IndexFunc(p.shown, func(s education.Shown) bool { return s.ID == hit.ID })
		out = append(out, p.shown[i])
	}
	return out, nil
}

// codesOf are the codes of a module: they stand in its source text.
func codesOf(editions []education.Edition) []infobutton.Code {
	var out []infobutton.Code
	for _, e := range editions {
		for _, text := range e.Codes {
			if code, ok := infobutton.ParseCode(text); ok && !slices.Contains(out, code) {
				out = append(out, code)
			}
		}
	}
	return out
}

// inOthers are the texts of a module that are shown in other languages.
func (c *Service) inOthers(l *library, id string) []education.Module {
	var out []education.Module
	editions := l.editions(id)
	for _, language := range search.Languages {
		if s, ok := education.Choose(editions, []string{language}, c.unsigned); ok && s.Language == language {
			out = append(out, s.Module)
		}
	}
	return out
}
