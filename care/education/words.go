package education

import (
	"context"
	"slices"
	"strings"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/education"
	"handrail/store"
)

// ofWords begins the id under which the signatures of words of the app are kept; no page
// has such an id.
const ofWords = "words-"

// signable are words of the app with their fingerprint, which is made once.
type signable struct {
	education.Words
	fingerprint string
}

// WordsState are words of the app as the office looks at them.
type WordsState struct {
	ID          string           `json:"id"`
	Language    string           `json:"language"`
	Lines       []education.Line `json:"lines"`
	Fingerprint string           `json:"fingerprint"`
	Review      education.Review `json:"review"`
	Shown       bool             `json:"shown"`
}

// Words lists the words of the app that are shown when a clinician has signed them.
func (c *Service) Words(ctx context.Context, actor models.Actor) ([]WordsState, error) {
	if err := c.mayWrite(ctx, actor); err != nil {
		return nil, err
	}
	l, err := c.newest(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]WordsState, 0, len(c.words()))
	for _, w := range c.words() {
		out = append(out, c.wordsState(l, w))
	}
	return out, nil
}

func (c *Service) wordsState(l *library, w signable) WordsState {
	s := WordsState{ID: w.ID, Language: w.Language, Lines: w.Lines, Fingerprint: w.fingerprint}
	k := key{ofWords + w.ID, w.Language}
	s.Review = l.words[k].Value.Review(s.Fingerprint)
	s.Shown = c.unsigned || s.Review.Reviewed && l.bad[k] == 0
	return s
}

// ShownWords are the languages in which each of the words of the app may be shown, by
// their id. Anybody may know. While the store is away those of the last time count.
func (c *Service) ShownWords(ctx context.Context) (map[string][]string, error) {
	out := map[string][]string{}
	if len(c.words()) == 0 {
		return out, nil
	}
	l, err := c.library(ctx)
	if err != nil {
		return nil, err
	}
	for _, w := range c.words() {
		if c.wordsState(l, w).Shown {
			out[w.ID] = append(out[w.ID], w.Language)
		}
	}
	return out, nil
}

// SignWords says that the actor, a clinician of the site, has read words of the app with
// this fingerprint, and that they are right. next is as for Sign. The same again is done.
func (c *Service) SignWords(ctx context.Context, actor models.Actor, id, language, fingerprint, next string) (WordsState, error) {
	if err := c.maySign(ctx, actor); err != nil {
		return WordsState{}, err
	}
	if err := c.checkNext(next); err != nil {
		return WordsState{}, err
	}
	at := slices.IndexFunc(c.words(), func(w signable) bool { return w.ID == id && w.Language == language })
	if at < 0 {
		return WordsState{}, models.NotFound()
	}
	w := c.words()[at]
	if w.fingerprint != fingerprint {
		return WordsState{}, wrongWords()
	}
	return chart.InTurn(ctx, func() (WordsState, error) { return c.signWords(ctx, actor, w, next) })
}

func (c *Service) signWords(ctx context.Context, actor models.Actor, w signable, next string) (WordsState, error) {
	l, err := c.newest(ctx)
	if err != nil {
		return WordsState{}, err
	}
	k := key{ofWords + w.ID, w.Language}
	if l.bad[k] > 0 {
		return WordsState{}, models.NotFound()
	}
	v := l.words[k]
	review := education.Review{Reviewed: true, On: c.today(), Role: author(actor).Role, Next: next}
	if v.Value.Review(w.fingerprint) == review {
		return c.wordsState(l, w), nil
	}
	t, err := copyOf(v.Value)
	if err != nil {
		return WordsState{}, err
	}
	if t.ID, t.Language = k.id, k.language; len(t.Signed) >= education.MaxOfAText {
		t.Signed = t.Signed[1:]
	}
	t.Signed = append(t.Signed, education.Signature{Fingerprint: w.fingerprint, Review: review, By: author(actor)})
	doc, err := chart.Encode(k.doc(), chart.OwnerSite, v.Version, nil, t)
	if err != nil {
		return WordsState{}, err
	}
	op := store.Replace(chart.ColLearnTexts, doc)
	if v.IsNew() {
		op = store.Insert(chart.ColLearnTexts, doc)
	}
	event := c.base.AuditEvent(actor, "education.signed")
	event.Ref = k.doc()
	if err := c.base.Commit(ctx, event, op); err != nil {
		return WordsState{}, err
	}
	if l, err = c.newest(ctx); err != nil {
		return WordsState{}, err
	}
	return c.wordsState(l, w), nil
}

// checkNext holds the day on which a text is looked at again: to come, within three years.
func (c *Service) checkNext(next string) error {
	var checks models.Checks
	checks.Date("next", next)
	checks.Require(next > c.today(), "next", "too-early", "Name a day that is still to come.")
	last := c.now().AddDate(3, 0, 0).Format(time.DateOnly)
	checks.Require(next <= last, "next", "too-late", "Look again within three years.")
	return checks.Err()
}

func isOfWords(id string) bool { return strings.HasPrefix(id, ofWords) }
