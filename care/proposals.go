package care

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// proposals are the times that somebody was last offered for a patient, so that
// they can take one by its name. They take nobody's time, and whether one still fits
// is asked when it is taken.
type proposals struct {
	Name   string      `json:"name"` // new with each search
	By     string      `json:"by"`   // account id
	For    string      `json:"for"`  // patient id
	Ask    VisitAsk    `json:"ask"`
	Starts []time.Time `json:"starts"`
}

// Proposal is a time with a name.
type Proposal struct {
	ID   string
	Slot schedule.Slot
}

// proposalID names the n-th of the times of a search.
func proposalID(name string, n int) string { return name + "." + strconv.Itoa(n) }

// Propose answers as Slots does, and keeps the times under names until the actor's
// next search for this patient.
func (ch *Chart) Propose(ctx context.Context, q SlotQuestion) ([]Proposal, error) {
	page, err := ch.Slots(ctx, q)
	if err != nil {
		return nil, err
	}
	p, out := proposals{Name: NewID(), By: ch.actor.AccountID, For: ch.patient, Ask: q.Ask}, []Proposal{}
	for i, s := range page.Items {
		p.Starts = append(p.Starts, s.Start)
		out = append(out, Proposal{proposalID(p.Name, i), s})
	}
	if len(out) == 0 {
		return out, nil
	}
	id := ch.patient + ":" + ch.actor.AccountID
	for {
		old, err := load[proposals](ctx, ch.care.store, colProposals, id)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return nil, err
		}
		doc, err := encode(id, ch.patient, old.Version, store.Keys{"name": p.Name}, p)
		if err != nil {
			return nil, err
		}
		op := store.Replace(colProposals, doc)
		if old.isNew() {
			op = store.Insert(colProposals, doc)
		}
		err = refusal(ch.care.store.Batch(ctx, op))
		if k := models.KindOf(err); k == models.KindStale || k == models.KindConflict {
			continue // two searches at once: the last one holds
		}
		return out, err
	}
}

// HoldProposal keeps a time that was proposed to the actor. Twice is once.
func (c *Care) HoldProposal(ctx context.Context, actor models.Actor, id string) (Versioned[VisitView], error) {
	ch, p, start, err := c.proposal(ctx, actor, id)
	if err != nil {
		return Versioned[VisitView]{}, err
	}
	return ch.Hold(ctx, visitOfProposal(id), p.Ask, start)
}

// BookProposal books a time that was proposed to the actor, or the hold that they
// have of it. Twice is once.
func (c *Care) BookProposal(ctx context.Context, actor models.Actor, id string) (Versioned[VisitView], error) {
	ch, p, start, err := c.proposal(ctx, actor, id)
	if err != nil {
		return Versioned[VisitView]{}, err
	}
	v, err := ch.Book(ctx, visitOfProposal(id))
	if models.KindOf(err) != models.KindNotFound {
		return v, err
	}
	return ch.BookDirect(ctx, visitOfProposal(id), p.Ask, start)
}

// proposalSpace keeps ids that are made from names of proposals apart from others.
var proposalSpace = uuid.MustParse("e0f0f8c5-5f0e-8b61-93a4-70b1f2f6a7d2")

// visitOfProposal is the id of the visit that a proposal becomes.
func visitOfProposal(id string) string {
	return uuid.NewHash(sha256.New(), proposalSpace, []byte(id), 8).String()
}

// proposal finds what an id stands for, and opens the chart.
func (c *Care) proposal(ctx context.Context, actor models.Actor, id string) (*Chart, proposals, time.Time, error) {
	var none time.Time
	name, text, _ := strings.Cut(id, ".")
	n, err := strconv.Atoi(text)
	if err != nil || uuid.Validate(name) != nil || proposalID(name, n) != id {
		return nil, proposals{}, none, models.NotFound()
	}
	page, err := list[proposals](ctx, c.store, colProposals, store.Query{Index: "name", Equal: []any{name}, Limit: 1})
	if err != nil {
		return nil, proposals{}, none, err
	}
	if len(page.Items) == 0 || page.Items[0].Value.By != actor.AccountID || n < 0 || n >= len(page.Items[0].Value.Starts) {
		return nil, proposals{}, none, models.NotFound()
	}
	p := page.Items[0].Value
	ch, err := c.Open(ctx, actor, p.For, models.PurposeOf(actor.Role))
	return ch, p, p.Starts[n], err
}

// ChartOfVisit opens the chart that a visit belongs to. Who has no right to it gets
// models.NotFound, as when there is no such visit.
func (c *Care) ChartOfVisit(ctx context.Context, actor models.Actor, visitID string) (*Chart, error) {
	if uuid.Validate(visitID) != nil {
		return nil, models.NotFound()
	}
	v, err := load[Visit](ctx, c.store, colVisits, visitID)
	if err != nil {
		return nil, err
	}
	if v.Value.PatientID == "" { // a talk about patients is nobody's visit
		return nil, models.NotFound()
	}
	return c.Open(ctx, actor, v.Value.PatientID, models.PurposeOf(actor.Role))
}

// AskOf makes the ask for a kind of visit as it usually is: its first modality
// unless one is named, with those who are named or else with the disciplines that
// usually come. It gives the kind of visit too.
func (c *Care) AskOf(ctx context.Context, visitType string, how schedule.Modality, who []string, of []models.Discipline) (VisitAsk, schedule.VisitType, error) {
	v, err := c.visitType(ctx, visitType)
	if err != nil {
		return VisitAsk{}, v, err
	}
	ask := VisitAsk{VisitType: v.ID, Modality: how}
	if how == "" && len(v.Modalities) > 0 {
		ask.Modality = v.Modalities[0]
	}
	if len(who)+len(of) == 0 {
		of = v.With
	}
	for i, id := range who {
		ask.Roles = append(ask.Roles, VisitRole{Key: fmt.Sprintf("practitioner-%d", i+1), Who: []string{id}})
	}
	for _, d := range of {
		ask.Roles = append(ask.Roles, VisitRole{Key: string(d), Discipline: d, Need: 1})
	}
	if len(ask.Roles) == 0 {
		var checks models.Checks
		checks.Fail("practitioner", "required", "Say who comes: a practitioner or a specialty.")
		return ask, v, checks.Err()
	}
	return ask, v, nil
}
