package education

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/education"
	"handrail/store"
)

func fieldsOf(err error) []models.FieldError {
	if e, ok := errors.AsType[*models.Error](err); ok && e.Kind == models.KindInvalid {
		return e.Fields
	}
	return nil
}

// honest refuses what a clinic's text may not say of itself: that somebody has reviewed
// it, which a clinician says by signing, and that a text of safety is none.
func (c *Service) honest(m education.Module) error {
	var checks models.Checks
	checks.Require(!m.Review.Reviewed, "reviewed", "signed-here", "Leave this false. A clinician signs the text on the screen.")
	for _, language := range education.Builtin().Languages(m.ID) {
		if from, _ := education.Builtin().Module(m.ID, language); from.Safety {
			checks.Require(m.Safety, "safety", "is-safety", "The text that ships with this id is one of safety, so this one is too.")
			break
		}
	}
	for i, id := range m.Sources {
		_, known := education.Sources()[id]
		checks.Require(known, models.Indexed("sources", i), "unknown-source", "This is none of the sources that we know.")
	}
	return checks.Err()
}

// fits holds a text against the others of the clinic, as NewLibrary does for those that
// ship.
func (c *Service) fits(l *library, m education.Module) error {
	var checks models.Checks
	ids := l.ids()
	for i, id := range m.Related {
		checks.Require(slices.Contains(ids, id), models.Indexed("related", i), "no-such-module", "There is no page with this id.")
	}
	for _, p := range education.Places(m.Body) {
		checks.Require(p.Kind != education.PlaceModule || p.ID == m.ID || slices.Contains(ids, p.ID), "body", "no-such-module", "A link leads to a page that is not there.")
	}
	source, found := l.newestSource(m.ID)
	switch {
	case m.MadeFrom == nil:
		checks.Require(!found || source.Language == m.Language, "madeFrom", "two-sources", "There is a source text in another language. Say which words this one was made from.")
	case !found || source.Language != m.MadeFrom.Language:
		checks.Fail("madeFrom.language", "no-such-source", "The source text is not there in this language.")
	default:
		checks.Require(l.knows(m.ID, m.MadeFrom), "madeFrom.fingerprint", "no-such-source", "No text that is here has these words.")
		if m.MadeFrom.Fingerprint == source.Fingerprint() {
			for _, field := range education.Unlike(m, source.Module) {
				checks.Fail(field, "unlike-source", "This differs from the source text.")
			}
		}
	}
	return checks.Err()
}

func (l *library) newestSource(id string) (source education.Edition, found bool) {
	for _, e := range l.editions(id) {
		if e.MadeFrom == nil && !e.Withdrawn && (!found || e.Number > source.Number) {
			source, found = e, true
		}
	}
	return source, found
}

// knows tells whether a text that was translated is one of ours, the newest or an older one.
func (l *library) knows(id string, o *education.Origin) bool {
	return slices.ContainsFunc(l.editions(id), func(e education.Edition) bool {
		return e.Language == o.Language && e.Fingerprint() == o.Fingerprint
	})
}

// author is the actor as texts name them: by profession, where they have one.
func author(a models.Actor) education.Author {
	role := string(a.Discipline)
	if role == "" {
		role = string(a.Role)
	}
	return education.Author{AccountID: a.AccountID, Name: a.Name, Role: role}
}

// SaveDraft keeps a draft. What is missing may be missing; what can't be read, and what
// is not allowed, is refused by field. The text and its address say the same id and language.
func (c *Service) SaveDraft(ctx context.Context, actor models.Actor, id, language string, version int64, file string) (chart.Versioned[Text], error) {
	if err := c.mayWrite(ctx, actor); err != nil {
		return chart.Versioned[Text]{}, err
	}
	m, err := education.Parse([]byte(file))
	if err == nil {
		err = c.honest(m)
	}
	if err != nil {
		return chart.Versioned[Text]{}, err
	}
	var checks models.Checks
	checks.Require(!isOfWords(id), "id", "not-allowed", "Words of the app have such an id. Choose another.")
	checks.Require(m.ID == id, "id", "not-the-address", "The text has another id than its address.")
	checks.Require(m.Language == language, "language", "not-the-address", "The text has another language than its address.")
	if err := checks.Err(); err != nil {
		return chart.Versioned[Text]{}, err
	}
	return c.change(ctx, actor, key{id, language}, version, "education.drafted", func(l *library, t *education.SiteText) (bool, error) {
		if t.Draft != nil && t.Draft.File == file && t.Draft.By.AccountID == actor.AccountID {
			return false, nil
		}
		if t.ID == "" && len(l.texts) >= education.MaxSiteTexts {
			return false, models.E(models.KindConflict, "too-many-texts", "The clinic has as many texts as it can have.")
		}
		t.Draft = &education.Draft{File: file, By: author(actor), At: c.now().UTC()}
		return true, nil
	})
}

// Sign says that the actor, a clinician of the site, has read the newest text, the draft,
// or one that is kept, with these words. next is the day to look again, YYYY-MM-DD.
func (c *Service) Sign(ctx context.Context, actor models.Actor, id, language string, version int64, fingerprint, next string) (chart.Versioned[Text], error) {
	if err := c.maySign(ctx, actor); err != nil {
		return chart.Versioned[Text]{}, err
	}
	if err := c.checkNext(next); err != nil {
		return chart.Versioned[Text]{}, err
	}
	today := c.today()
	return c.change(ctx, actor, key{id, language}, version, "education.signed", func(l *library, t *education.SiteText) (bool, error) {
		review := education.Review{Reviewed: true, On: today, Role: author(actor).Role, Next: next}
		if t.Review(fingerprint) == review {
			return false, nil
		}
		ships := shipped(id, language)
		if !c.has(t, ships, fingerprint) {
			return false, wrongWords()
		}
		if len(t.Signed) >= education.MaxOfAText {
			t.Signed = t.Signed[1:]
		}
		t.Signed = append(t.Signed, education.Signature{Fingerprint: fingerprint, Review: review, By: author(actor)})
		if ships != nil && ships.Fingerprint() == fingerprint {
			t.Keep(*ships)
		}
		return true, nil
	})
}

// has tells whether a text with these words is here: published, shipping, or the draft.
func (c *Service) has(t *education.SiteText, ships *education.Module, fingerprint string) bool {
	if t.Draft != nil {
		if m, err := education.Parse([]byte(t.Draft.File)); err == nil && m.Fingerprint() == fingerprint {
			return true
		}
	}
	return slices.ContainsFunc(t.Editions(ships), func(e education.Edition) bool { return e.Fingerprint() == fingerprint })
}

func wrongWords() error {
	var checks models.Checks
	checks.Fail("fingerprint", "other-words", "The text has other words now. Read it again.")
	return checks.Err()
}

// Publish makes the draft the clinic's text. It has all that a reader needs, and a text
// of safety has been signed before.
func (c *Service) Publish(ctx context.Context, actor models.Actor, id, language string, version int64, fingerprint string) (chart.Versioned[Text], error) {
	if err := c.mayWrite(ctx, actor); err != nil {
		return chart.Versioned[Text]{}, err
	}
	return c.change(ctx, actor, key{id, language}, version, "education.published", func(l *library, t *education.SiteText) (bool, error) {
		if n := len(t.Own); t.Draft == nil && n > 0 && t.Own[n-1].Fingerprint() == fingerprint {
			return false, nil
		}
		if t.Draft == nil {
			return false, models.E(models.KindConflict, "no-draft", "There is no draft to publish.")
		}
		m, err := education.Parse([]byte(t.Draft.File))
		for _, holds := range []func() error{m.Ready, func() error { return c.honest(m) }, func() error { return c.fits(l, m) }} {
			if err == nil {
				err = holds()
			}
		}
		if err != nil {
			return false, err
		}
		if m.Fingerprint() != fingerprint {
			return false, wrongWords()
		}
		if t.TakenBack(fingerprint) {
			return false, models.E(models.KindConflict, "withdrawn", "These words were withdrawn as dangerous. Change them first.")
		}
		if m.Safety && !t.Review(fingerprint).Reviewed {
			return false, models.E(models.KindConflict, "not-signed", "A text of safety is published when a clinician has signed it.")
		}
		t.Publish(m, c.today())
		return true, nil
	})
}

// Withdraw takes a text with these words back as dangerous: nobody is shown it any more,
// and it does not come back. Any clinician and the office may.
func (c *Service) Withdraw(ctx context.Context, actor models.Actor, id, language string, version int64, fingerprint string) (chart.Versioned[Text], error) {
	if err := c.mayWrite(ctx, actor); err != nil {
		return chart.Versioned[Text]{}, err
	}
	return c.change(ctx, actor, key{id, language}, version, "education.withdrawn", func(l *library, t *education.SiteText) (bool, error) {
		if t.TakenBack(fingerprint) {
			return false, nil
		}
		if !c.has(t, shipped(id, language), fingerprint) {
			return false, wrongWords()
		}
		if len(t.Withdrawn) >= education.MaxOfAText {
			return false, models.E(models.KindConflict, "too-many-withdrawn", "Too many words of this text were withdrawn. Give it another id.")
		}
		t.Withdrawn = append(t.Withdrawn, education.Withdrawal{Fingerprint: fingerprint, By: author(actor), At: c.now().UTC()})
		return true, nil
	})
}

// today is the clinic's day.
func (c *Service) today() string {
	zone, err := models.LoadZone(c.base.Site.Zone)
	if err != nil {
		zone = time.UTC
	}
	return c.now().In(zone).Format(time.DateOnly)
}

// change changes what the clinic has of a text if version is still its newest. do
// answers false when all is so already: a call whose answer was lost.
func (c *Service) change(ctx context.Context, actor models.Actor, k key, version int64, action string, do func(*library, *education.SiteText) (bool, error)) (chart.Versioned[Text], error) {
	none := chart.Versioned[Text]{}
	l, err := c.newest(ctx)
	if err != nil {
		return none, err
	}
	v, own := l.texts[k]
	if l.bad[k] > 0 || !own && shipped(k.id, k.language) == nil && action != "education.drafted" {
		return none, models.NotFound()
	}
	next, err := copyOf(v.Value)
	if err != nil {
		return none, err
	}
	changed, refused := do(l, &next)
	switch {
	case refused == nil && !changed:
		return chart.Versioned[Text]{Value: c.text(l, k, v.Value), Version: v.Version + 1}, nil
	case version != v.Version+1:
		return none, chart.Refusal(store.ErrConflict)
	case refused != nil:
		return none, refused
	}
	next.ID, next.Language = k.id, k.language
	doc, err := chart.Encode(k.doc(), chart.OwnerSite, v.Version, nil, next)
	if err != nil {
		return none, err
	}
	op := store.Replace(chart.ColLearnTexts, doc)
	if !own {
		op = store.Insert(chart.ColLearnTexts, doc)
	}
	event := c.base.AuditEvent(actor, action)
	event.Ref = k.doc()
	if err := c.base.Commit(ctx, event, op); err != nil {
		if models.KindOf(err) == models.KindConflict { // somebody was first to make it
			err = chart.Refusal(store.ErrConflict)
		}
		return none, err
	}
	if l, err = c.newest(ctx); err != nil {
		return none, err
	}
	return chart.Versioned[Text]{Value: c.text(l, k, next), Version: v.Version + 2}, nil
}

// copyOf is a text that can be changed without changing what readers are shown.
func copyOf(t education.SiteText) (out education.SiteText, err error) {
	data, err := json.Marshal(t)
	if err == nil {
		err = json.Unmarshal(data, &out)
	}
	return out, err
}
