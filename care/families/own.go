package families

import (
	"context"
	"errors"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/family"
	"handrail/store"
)

// Supporting is a place beside somebody as the one who has it reads it.
type Supporting struct {
	PatientID    string            `json:"patientId"`
	Name         string            `json:"name"` // that they know the patient by; "" where nothing is open and none was given
	Relationship string            `json:"relationship"`
	Since        time.Time         `json:"since"`
	Agreement    *models.Agreement `json:"agreement,omitempty"`
	Promise      *family.Promise   `json:"promise,omitempty"`
	RehearsedOn  string            `json:"rehearsedOn,omitempty"` // when the two last practised the plan together, YYYY-MM-DD
	Pages        []models.PageFor  `json:"pages"`                 // that they were given to read
	Looks        []Look            `json:"looks"`
}

// Supporting lists beside whom the actor has a place, by when it began. Somebody who
// was removed is in no list, and nothing says that they were.
func (c *Service) Supporting(ctx context.Context, actor models.Actor) ([]Supporting, error) {
	ids, err := c.besideWhom(ctx, actor)
	if err != nil {
		return nil, err
	}
	looks, err := c.looksBy(ctx, store.Query{Index: "recipient", Equal: []any{actor.AccountID}, Desc: true}, func(v models.Consent) string { return v.PatientID })
	if err != nil {
		return nil, err
	}
	places := make([]string, len(ids))
	for n, id := range ids {
		places[n] = chart.MembershipID(id, actor.AccountID)
	}
	ctx, ahead := chart.NewAhead(ctx)
	if err := errors.Join(ahead.Read(ctx, c.store, chart.ColRelated, places...), ahead.Read(ctx, c.store, chart.ColPromises, places...), c.base.ReadAhead(ctx, ahead, actor, ids)); err != nil {
		return nil, err
	}
	out := []Supporting{}
	for _, id := range ids {
		s, err := c.supporting(ctx, actor, id, looks[id])
		if models.KindOf(err) == models.KindNotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Supporting) int { return a.Since.Compare(b.Since) })
	e := c.base.AuditEvent(actor, "patients.listed")
	e.Count = len(out)
	return out, c.base.Note(ctx, e)
}

// besideWhom are the patients in whose circle the actor may be. A place of an older
// program that FindOldPlaces has not come to is found by what was signed for them.
func (c *Service) besideWhom(ctx context.Context, actor models.Actor) (ids []string, err error) {
	if actor.Role != models.RoleSupporter {
		return nil, c.base.Forbid(ctx, actor, "patients.listed")
	}
	add := func(id string) (bool, error) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
		return false, nil
	}
	err = chart.Through(ctx, c.store, chart.ColRelated, store.Query{Index: "account", Equal: []any{actor.AccountID}},
		func(r chart.Versioned[models.RelatedPerson]) (bool, error) { return add(r.Value.PatientID) })
	if err != nil {
		return nil, err
	}
	err = chart.Through(ctx, c.store, chart.ColConsents, store.Query{Index: "recipient", Equal: []any{actor.AccountID}},
		func(v chart.Versioned[models.Consent]) (bool, error) { return add(v.Value.PatientID) })
	return ids, err
}

func (c *Service) supporting(ctx context.Context, actor models.Actor, patientID string, looks []Look) (Supporting, error) {
	r, version, err := c.relation(ctx, patientID, actor.AccountID)
	if err != nil {
		return Supporting{}, err
	}
	if version == 0 {
		return Supporting{}, models.NotFound()
	}
	s := Supporting{PatientID: patientID, Name: r.From, Relationship: r.Relationship, Since: r.Since, Agreement: r.Agreement, RehearsedOn: r.RehearsedOn, Pages: pagesOrNone(r.Pages)}
	s.Looks = append([]Look{}, looks...)
	if s.Promise, err = c.promise(ctx, patientID, actor.AccountID); err != nil || s.Name != "" {
		return s, err
	}
	ch, err := c.base.ChartFor(ctx, actor, patientID, models.PurposeFamily)
	if err != nil {
		return s, err
	}
	summary, _, err := c.people.Summary(ctx, ch)
	s.Name = summary.Name
	return s, err
}

// beside is a place that the actor has: what they do there decides by itself, and leaves
// a line. Somebody who has none gets what a stranger gets.
func (c *Service) beside(ctx context.Context, actor models.Actor, patientID string) (*chart.Chart, models.Decision, error) {
	d := models.Decision{Basis: models.BasisConsent, Section: models.SectionConsents, Verb: models.Write}
	ch := c.base.Unopened(actor, patientID, models.PurposeFamily)
	if actor.Role != models.RoleSupporter || !models.IsID(patientID) {
		return ch, d, models.NotFound()
	}
	related, err := c.base.IsRelated(ctx, patientID, actor.AccountID)
	if err != nil {
		return ch, d, err
	}
	if !related {
		exists, err := c.base.Exists(ctx, patientID)
		if err != nil {
			return ch, d, err
		}
		return ch, d, ch.TurnAway(ctx, exists)
	}
	d.Allowed = true
	return ch, d, nil
}

// ProposeMyWords is ProposeWords by the other side.
func (c *Service) ProposeMyWords(ctx context.Context, actor models.Actor, patientID string, number int, words []string) (models.Agreement, error) {
	ch, d, err := c.beside(ctx, actor, patientID)
	if err != nil {
		return models.Agreement{}, err
	}
	return c.agree(ctx, ch, d, actor.AccountID, func(a *models.Agreement) (*models.Agreement, error) { return propose(a, number, words, false, c.now()) })
}

// AgreeToWords is AgreeWords by the other side.
func (c *Service) AgreeToWords(ctx context.Context, actor models.Actor, patientID string, number int) (models.Agreement, error) {
	ch, d, err := c.beside(ctx, actor, patientID)
	if err != nil {
		return models.Agreement{}, err
	}
	return c.agree(ctx, ch, d, actor.AccountID, func(a *models.Agreement) (*models.Agreement, error) { return family.Agree(a, number, false, c.now()) })
}

// SetPromise keeps the actor's part of somebody's plan. It is theirs; the patient reads it.
func (c *Service) SetPromise(ctx context.Context, actor models.Actor, patientID string, p family.Promise) (family.Promise, error) {
	ch, d, err := c.beside(ctx, actor, patientID)
	if err != nil {
		return p, err
	}
	p.Do, p.Not = orNone(p.Do), orNone(p.Not)
	if err := p.Check(); err != nil {
		return p, err
	}
	id := chart.MembershipID(patientID, actor.AccountID)
	for range maxTries {
		stands, err := chart.Load[family.Promise](ctx, c.store, chart.ColPromises, id)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return p, err
		}
		if !stands.IsNew() && slices.Equal(stands.Value.Do, p.Do) && slices.Equal(stands.Value.Not, p.Not) {
			return stands.Value, nil
		}
		p.ChangedAt = c.now().UTC().Truncate(time.Millisecond)
		doc, err := chart.Encode(id, actor.AccountID, stands.Version, nil, p)
		if err != nil {
			return p, err
		}
		op := store.Replace(chart.ColPromises, doc)
		if stands.IsNew() {
			op = store.Insert(chart.ColPromises, doc)
		}
		err = ch.Commit(ctx, d, "promise.changed", actor.AccountID, op)
		if k := models.KindOf(err); k != models.KindStale && k != models.KindConflict {
			return p, err
		}
	}
	return p, chart.Refusal(store.ErrConflict)
}

func orNone(words []string) []string {
	if words == nil {
		return []string{}
	}
	return words
}

// Leave ends the actor's place beside somebody: all that they may see ends now, and what
// they wrote there is gone. The patient reads in their log that they left. Twice is once.
func (c *Service) Leave(ctx context.Context, actor models.Actor, patientID string) error {
	ch, d, err := c.beside(ctx, actor, patientID)
	if err != nil {
		return err
	}
	if err := c.people.Revoke(ctx, ch, d, actor.AccountID); err != nil {
		return err
	}
	_, version, err := c.relation(ctx, patientID, actor.AccountID)
	if err != nil || version == 0 {
		return err
	}
	words, err := c.wordsOf(ctx, patientID, actor.AccountID)
	if err != nil {
		return err
	}
	place := store.Delete(chart.ColRelated, chart.MembershipID(patientID, actor.AccountID), version)
	return chart.UnlessGone(ch.Commit(ctx, d, "related.left", actor.AccountID, append(words, place)...))
}
