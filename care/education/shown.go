package education

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"

	"handrail/models"
	"handrail/models/education"
	"handrail/models/education/infobutton"
	"handrail/models/education/search"
)

// Filter says which modules of the library are asked for.
type Filter struct {
	Languages []string // what the reader reads, the best first
	Audience  education.Audience
	Need      education.Need
}

func keyOf(doc string) key {
	id, language, _ := strings.Cut(doc, ":")
	return key{id, language}
}

// ids are the ids of all modules, those of the clinic too, sorted.
func (l *library) ids() []string {
	out := education.Builtin().IDs()
	for k := range l.texts {
		out = append(out, k.id)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// editions are all texts of a module.
func (l *library) editions(id string) []education.Edition {
	var out []education.Edition
	languages := education.Builtin().Languages(id)
	for k := range l.texts {
		if k.id == id {
			languages = append(languages, k.language)
		}
	}
	slices.Sort(languages)
	for _, language := range slices.Compact(languages) {
		if l.bad[key{id, language}] == 0 {
			out = append(out, l.texts[key{id, language}].Value.Editions(shipped(id, language))...)
		}
	}
	return out
}

// shipped is the text of a module that this program has; nil for none.
func shipped(id, language string) *education.Module {
	if m, ok := education.Builtin().Module(id, language); ok {
		return &m
	}
	return nil
}

// Library lists the modules for a reader: what is needed now first, then by name. It is
// the same for everybody who reads these languages.
func (c *Service) Library(ctx context.Context, f Filter) ([]education.Shown, error) {
	l, err := c.library(ctx)
	if err != nil {
		return nil, err
	}
	out := []education.Shown{}
	for _, s := range c.shown(l, f.Languages) {
		if (f.Audience == "" || s.Audience.Fits(f.Audience)) && (f.Need == "" || s.Need == f.Need) {
			out = append(out, s)
		}
	}
	return out, nil
}

func (c *Service) shown(l *library, languages []string) []education.Shown {
	var out []education.Shown
	for _, id := range l.ids() {
		if s, ok := education.Choose(l.editions(id), languages, c.unsigned); ok {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b education.Shown) int {
		return cmp.Or(cmp.Compare(slices.Index(education.Needs, a.Need), slices.Index(education.Needs, b.Need)), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// Module is one module for a reader, and the languages that it can be shown in. It gives
// models.NotFound for one that may not be shown.
func (c *Service) Module(ctx context.Context, id string, languages []string) (s education.Shown, in []string, err error) {
	l, err := c.library(ctx)
	if err != nil {
		return s, nil, err
	}
	editions := l.editions(id)
	s, ok := education.Choose(editions, languages, c.unsigned)
	if !ok {
		return s, nil, models.NotFound()
	}
	for _, e := range editions {
		if other, ok := education.Choose(editions, []string{e.Language}, c.unsigned); ok && other.Language == e.Language {
			in = append(in, e.Language)
		}
	}
	slices.Sort(in)
	return s, slices.Compact(in), nil
}

// Href tells where links of a module lead. A module that is not shown gets none.
type Href func(education.Place) string

// Links makes a Href that leads to nothing that is not there.
func (c *Service) Links(ctx context.Context, languages []string, to Href) (Href, error) {
	l, err := c.library(ctx)
	if err != nil {
		return nil, err
	}
	return c.links(l, languages, to), nil
}

func (c *Service) links(l *library, languages []string, to Href) Href {
	return func(p education.Place) string {
		if p.Kind == education.PlaceModule {
			if _, ok := education.Choose(l.editions(p.ID), languages, c.unsigned); !ok {
				return ""
			}
		}
		return to(p)
	}
}

// View is a module as a client shows it.
func (c *Service) View(ctx context.Context, s education.Shown, languages []string) (education.View, error) {
	l, err := c.library(ctx)
	return c.view(l, s, languages), err
}

func (c *Service) view(l *library, s education.Shown, languages []string) education.View {
	href := c.links(l, languages, InClient)
	v := education.ViewOf(s, href)
	v.Library = infobutton.Ask(c.base.Site.Library, infobutton.Asked{Codes: codesOf(l.editions(s.ID)), Name: s.Title, Language: s.Language})
	v.Related = slices.DeleteFunc(v.Related, func(id string) bool {
		return href(education.Place{Kind: education.PlaceModule, ID: id}) == ""
	})
	return v
}

// InClient is where links lead in the client.
func InClient(p education.Place) string {
	switch p.Kind {
	case education.PlaceHelp, education.PlacePlan, education.PlaceTry:
		return "/#/" + string(p.Kind)
	case education.PlaceModule:
		return "/#/learn/" + p.ID
	}
	return p.URL
}

// pack is an offline pack of one language, as it is handed out.
type pack struct {
	manifest []byte
	tag      string
	files    map[string][]byte
	shown    []education.Shown
	index    *search.Index
}

// Pack is the signed list of the files of an offline pack (compact JWS), and its tag.
func (c *Service) Pack(ctx context.Context, language string) (jws, tag string, err error) {
	l, err := c.library(ctx)
	if err != nil {
		return "", "", err
	}
	p := c.packOf(l, language)
	jws, err = c.sign(p.manifest)
	return jws, p.tag, err
}

// PackFile is a file of a pack by its name, whatever pack that is; models.NotFound when
// no pack has it any more.
func (c *Service) PackFile(ctx context.Context, name string) ([]byte, error) {
	l, err := c.library(ctx)
	if err != nil {
		return nil, err
	}
	for _, language := range l.languages() {
		if data, ok := c.packOf(l, language).files[name]; ok {
			return data, nil
		}
	}
	return nil, models.NotFound()
}

// languages are those in which there is any text, found once: each file of a pack asks twice
// or more, and what each edition says is hashed on the way.
func (l *library) languages() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.in == nil {
		for _, id := range l.ids() {
			for _, e := range l.editions(id) {
				l.in = append(l.in, e.Language)
			}
		}
		slices.Sort(l.in)
		l.in = slices.Clip(slices.Compact(l.in))
	}
	return l.in
}

// withdrawn are the fingerprints of all words that were taken back.
func (l *library) withdrawn() []string {
	var out []string
	for _, t := range l.texts {
		for _, w := range t.Value.Withdrawn {
			out = append(out, w.Fingerprint)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// packOf makes the pack of a language once for each state of the texts. A language
// without texts has the pack of the source texts.
func (c *Service) packOf(l *library, language string) *pack {
	if !slices.Contains(l.languages(), language) {
		language = c.base.Site.Language
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if p := l.packs[language]; p != nil {
		return p
	}
	reads := []string{language}
	var views []education.View
	shown := c.shown(l, reads)
	for _, s := range shown {
		views = append(views, c.view(l, s, reads))
	}
	index := education.SearchIndex(language, shown, func(id string) []education.Module { return c.inOthers(l, id) })
	m, files := education.PackOf(language, views, index)
	m.Withdrawn = l.withdrawn()
	sum := sha256.Sum256(m.Bytes())
	p := &pack{m.Bytes(), `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`, files, shown, index}
	l.packs[language] = p
	return p
}
