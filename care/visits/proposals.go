package visits

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
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
func (ch *Part) Propose(ctx context.Context, q SlotQuestion) ([]Proposal, error) {
	page, err := ch.Slots(ctx, q)
	if err != nil {
		return nil, err
	}
	p, out := proposals{Name: chart.NewID(), By: ch.actor.AccountID, For: ch.patient, Ask: q.Ask}, []Proposal{}
	for i, s := range page.Items {
		p.Starts = append(p.Starts, s.Start)
		out = append(out, Proposal{proposalID(p.Name, i), s})
	}
	if len(out) == 0 {
		return out, nil
	}
	id := ch.patient + ":" + ch.actor.AccountID
	for {
		old, err := chart.Load[proposals](ctx, ch.care.store, chart.ColProposals, id)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return nil, err
		}
		doc, err := chart.Encode(id, ch.patient, old.Version, store.Keys{"name": p.Name}, p)
		if err != nil {
			return nil, err
		}
		op := store.Replace(chart.ColProposals, doc)
		if old.IsNew() {
			op = store.Insert(chart.ColProposals, doc)
		}
		err = chart.Refusal(ch.care.store.Batch(ctx, op))
		if k := models.KindOf(err); k == models.KindStale || k == models.KindConflict {
			continue // two searches at once: the last one holds
		}
		return out, err
	}
}

// HoldProposal keeps a time that was proposed to the actor. Twice is once.
func (c *Service) HoldProposal(ctx context.Context, actor models.Actor, id string) (chart.Versioned[VisitView], error) {
	ch, p, start, err := c.proposal(ctx, actor, id)
	if err != nil {
		return chart.Versioned[VisitView]{}, err
	}
	return ch.Hold(ctx, visitOfProposal(id), p.Ask, start)
}

// BookProposal books a time that was proposed to the actor, or the hold that they
// have of it. Twice is once.
func (c *Service) BookProposal(ctx context.Context, actor models.Actor, id string) (chart.Versioned[VisitView], error) {
	ch, p, start, err := c.proposal(ctx, actor, id)
	if err != nil {
		return chart.Versioned[VisitView]{}, err
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
func (c *Service) proposal(ctx context.Context, actor models.Actor, id string) (*Part, proposals, time.Time, error) {
	var none time.Time
	name, text, _ := strings.Cut(id, ".")
	n, err := strconv.Atoi(text)
	if err != nil || uuid.Validate(name) != nil || proposalID(name, n) != id {
		return nil, proposals{}, none, models.NotFound()
	}
	page, err := chart.List[proposals](ctx, c.store, chart.ColProposals, store.Query{Index: "name", Equal: []any{name}, Limit: 1})
	if err != nil {
		return nil, proposals{}, none, err
	}
	if len(page.Items) == 0 || page.Items[0].Value.By != actor.AccountID || n < 0 || n >= len(page.Items[0].Value.Starts) {
		return nil, proposals{}, none, models.NotFound()
	}
	p := page.Items[0].Value
	ch, err := c.openChart(ctx, actor, p.For)
	return ch, p, p.Starts[n], err
}

// ChartOfVisit opens the chart that a visit belongs to. Who has no right to it gets
// models.NotFound, as when there is no such visit.
func (c *Service) ChartOfVisit(ctx context.Context, actor models.Actor, visitID string) (*Part, error) {
	if uuid.Validate(visitID) != nil {
		return nil, models.NotFound()
	}
	v, err := chart.Load[Visit](ctx, c.store, chart.ColVisits, visitID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return nil, err
	}
	// One that is not there, and a talk about patients, are of the chart of nobody: that
	// is not open to anybody either, and takes as long.
	return c.openChart(ctx, actor, cmp.Or(v.Value.PatientID, visitID))
}

// AskOf makes the ask for a kind of visit as it usually is: its first modality
// unless one is named, with those who are named or else with the disciplines that
// usually come. It gives the kind of visit too.
func (c *Service) AskOf(ctx context.Context, visitType string, how schedule.Modality, who []string, of []models.Discipline) (VisitAsk, schedule.VisitType, error) {
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
