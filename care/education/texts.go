package education

import (
	"context"
	"slices"
	"strings"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/education"
)

// TextState says what of a text the office has to look at.
type TextState struct {
	ID          string           `json:"id"`
	Language    string           `json:"language"`
	Title       string           `json:"title"`
	Safety      bool             `json:"safety"`
	Ships       bool             `json:"ships"`
	Number      int              `json:"number"`
	Published   string           `json:"published,omitempty"`
	Fingerprint string           `json:"fingerprint,omitempty"`
	Review      education.Review `json:"review"`
	Shown       bool             `json:"shown"`
	Withdrawn   bool             `json:"withdrawn"`
	Draft       bool             `json:"draft"`
}

// Text is a text as the office works at it.
type Text struct {
	TextState
	Written *education.Draft    `json:"draftText,omitempty"`
	Drafted string              `json:"draftFingerprint,omitempty"`
	File    string              `json:"file"`
	View    *education.View     `json:"view,omitempty"`
	Confirm []string            `json:"confirm"`
	Measure education.Measure   `json:"measure"`
	Rated   []education.Rating  `json:"rated"` // by two people, or empty
	Found   []education.Finding `json:"findings"`
}

// mayWrite refuses who does not write texts: the office and clinicians do, trainees
// don't.
func (c *Service) mayWrite(ctx context.Context, actor models.Actor) error {
	if !actor.Role.Staff() || actor.Discipline == models.DisciplineTrainee {
		return c.base.Forbid(ctx, actor, "education.refused")
	}
	return nil
}

// maySign refuses who is no clinician of the site.
func (c *Service) maySign(ctx context.Context, actor models.Actor) error {
	if actor.Role != models.RoleClinician || actor.Discipline == models.DisciplineTrainee {
		return c.base.Forbid(ctx, actor, "education.refused")
	}
	return nil
}

// Texts lists all texts with what the office has to look at, by id and language.
func (c *Service) Texts(ctx context.Context, actor models.Actor) ([]TextState, error) {
	if err := c.mayWrite(ctx, actor); err != nil {
		return nil, err
	}
	l, err := c.newest(ctx)
	if err != nil {
		return nil, err
	}
	var keys []key
	for _, id := range education.Builtin().IDs() {
		for _, language := range education.Builtin().Languages(id) {
			keys = append(keys, key{id, language})
		}
	}
	for k := range l.texts {
		if shipped(k.id, k.language) == nil {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b key) int { return strings.Compare(a.doc(), b.doc()) })
	out := make([]TextState, 0, len(keys))
	for _, k := range keys {
		out = append(out, c.state(l, k, l.texts[k].Value))
	}
	return out, nil
}

func (c *Service) state(l *library, k key, t education.SiteText) TextState {
	ships := shipped(k.id, k.language)
	s := TextState{ID: k.id, Language: k.language, Ships: ships != nil, Draft: t.Draft != nil}
	m, ok := t.Newest(ships)
	if !ok {
		return s
	}
	s.Title, s.Safety, s.Fingerprint = m.Title, m.Safety, m.Fingerprint()
	if n := len(t.Own); n > 0 {
		s.Number, s.Published = t.Own[n-1].Number, t.Own[n-1].Published
	}
	if s.Review = t.Review(s.Fingerprint); !s.Review.Reviewed {
		s.Review = m.Review
	}
	s.Withdrawn = t.TakenBack(s.Fingerprint)
	shown, ok := education.Choose(l.editions(k.id), []string{k.language}, c.unsigned)
	s.Shown = ok && shown.Language == k.language && shown.Fingerprint() == s.Fingerprint
	return s
}

// Text is one text as the office works at it. Versions count from 2: version 1 is "the
// clinic has nothing of its own there".
func (c *Service) Text(ctx context.Context, actor models.Actor, id, language string) (chart.Versioned[Text], error) {
	none := chart.Versioned[Text]{}
	if err := c.mayWrite(ctx, actor); err != nil {
		return none, err
	}
	l, err := c.newest(ctx)
	if err != nil {
		return none, err
	}
	k := key{id, language}
	v, own := l.texts[k]
	if l.bad[k] > 0 || !own && shipped(id, language) == nil {
		return none, models.NotFound()
	}
	return chart.Versioned[Text]{Value: c.text(l, k, v.Value), Version: v.Version + 1}, nil
}

func (c *Service) text(l *library, k key, t education.SiteText) Text {
	out := Text{TextState: c.state(l, k, t), Written: t.Draft, Confirm: []string{}, Found: []education.Finding{}, Rated: []education.Rating{}, Measure: education.Measure{Scores: []education.Score{}}}
	if t.Draft != nil {
		if m, err := education.Parse([]byte(t.Draft.File)); err == nil {
			out.Drafted = m.Fingerprint()
		}
	}
	m, ok := t.Newest(shipped(k.id, k.language))
	if !ok {
		return out
	}
	out.File, _ = education.FileOf(k.id, k.language)
	if n := len(t.Own); n > 0 {
		out.File = t.Own[n-1].File
	}
	view := c.view(l, education.Shown{Edition: education.Edition{Module: m}, NotYet: !out.Review.Reviewed, SeenOn: out.Review.On}, []string{k.language})
	out.View, out.Confirm = &view, append(out.Confirm, m.Confirm...)
	out.Measure, out.Found, out.Rated = education.MeasureOf(m), education.Gate(m), m.Rated()
	return out
}

// Checked is what is to be said about a text before anything is kept.
type Checked struct {
	Faults   []models.FieldError `json:"-"`
	Missing  []models.FieldError `json:"-"`
	Findings []education.Finding `json:"findings"`
	Measure  *education.Measure  `json:"measure,omitempty"`
	View     *education.View     `json:"view,omitempty"`
}

// Check reads a text and keeps nothing: its faults and what is missing by field, how
// hard it is to read, and how it looks.
func (c *Service) Check(ctx context.Context, actor models.Actor, file string) (Checked, error) {
	out := Checked{Findings: []education.Finding{}}
	if err := c.mayWrite(ctx, actor); err != nil {
		return out, err
	}
	m, err := education.Parse([]byte(file))
	if e := fieldsOf(err); e != nil {
		out.Faults = e
		return out, nil
	}
	if err != nil {
		return out, err
	}
	l, err := c.newest(ctx)
	if err != nil {
		return out, err
	}
	out.Faults, out.Missing = fieldsOf(c.honest(m)), fieldsOf(m.Ready())
	if out.Missing == nil {
		out.Missing = fieldsOf(c.fits(l, m))
		out.Findings = education.Gate(m)
	}
	measure := education.MeasureOf(m)
	view := c.view(l, education.Shown{Edition: education.Edition{Module: m}, NotYet: true}, []string{m.Language})
	out.Measure, out.View = &measure, &view
	return out, nil
}
