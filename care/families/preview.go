package families

import (
	"context"
	"time"

	"handrail/care/messages"
	"handrail/care/people"
	"handrail/care/record"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/crisisplan"
	"handrail/models/family"
)

// PreviewAsk says of whom the patient wants to know what they would see.
type PreviewAsk struct {
	AccountID    string               // "": somebody who is not here yet
	Scopes       []models.Scope       // that the patient thinks of giving, beside what is given; nil: none
	PlanSections []crisisplan.Section // that they would see of the plan; nil: those that are shared now
}

// SharingPreview is what somebody would be answered. A part that is nil is closed to them.
type SharingPreview struct {
	Patient    *people.PatientSummary `json:"patient,omitempty"`    // the line in their list of people
	Visits     *[]visits.VisitView    `json:"visits,omitempty"`     // the latest first
	Goals      *[]record.GoalView     `json:"goals,omitempty"`      // the newest first
	Plan       *crisisplan.Shared     `json:"crisisPlan,omitempty"` // the parts of the plan
	Threads    *[]messages.ThreadView `json:"threads,omitempty"`    // conversations in which they are, the newest first; all of their messages are open then
	MoreVisits bool                   `json:"moreVisits,omitempty"` // than are shown here
	MoreGoals  bool                   `json:"moreGoals,omitempty"`

	MoreThreads bool `json:"moreThreads,omitempty"`
}

// previewPage is how many visits, goals and conversations a preview shows.
const previewPage = 50

// Preview answers what somebody would be answered: by the same code and the same
// decision, with the consents that there are and the one that the patient thinks of. It
// leaves no line in that person's name. Only the patient asks.
func (ch *Part) Preview(ctx context.Context, q PreviewAsk) (SharingPreview, error) {
	d, err := ch.mayShare(ctx)
	if err != nil {
		return SharingPreview{}, err
	}
	if err := checkPreview(q); err != nil {
		return SharingPreview{}, err
	}
	actor := models.Actor{AccountID: q.AccountID, Role: models.RoleSupporter}
	var facts models.AccessFacts
	if q.AccountID != "" {
		related, err := ch.care.base.IsRelated(ctx, ch.patient, q.AccountID)
		if err != nil {
			return SharingPreview{}, err
		}
		if !related {
			return SharingPreview{}, models.NotFound()
		}
		if facts, err = ch.care.base.AccessFacts(ctx, actor, ch.patient); err != nil {
			return SharingPreview{}, err
		}
	}
	if len(q.Scopes) > 0 {
		facts.Consents = append(facts.Consents, ch.proposed(q))
	}
	out, err := ch.asSeenBy(ctx, actor, facts, q.PlanSections)
	if err != nil {
		return SharingPreview{}, err
	}
	return out, ch.chart.NoteRead(ctx, d, "consents.read", "", 1)
}

func checkPreview(q PreviewAsk) error {
	t := family.InvitationTerms{From: "x", Name: "x", Relationship: models.Relationships[0], Scopes: q.Scopes, PlanSections: q.PlanSections,
		Statements: []models.Statement{models.StatementRevocation}, Signature: models.Signature{Name: "x", Method: models.SignatureTyped}}
	if q.AccountID != "" {
		t.PlanSections = nil // a scope that they have already may open them
	}
	return t.Normal().Check(time.Unix(0, 0))
}

// proposed is the consent that the patient thinks of.
func (ch *Part) proposed(q PreviewAsk) models.Consent {
	return models.Consent{PatientID: ch.patient, ConsentTerms: models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Permit,
		Recipient: q.AccountID, Scopes: q.Scopes, Purposes: []models.Purpose{models.PurposeFamily}, Expiry: models.Expiry{None: true}}}
}

// asSeenBy asks each part that can be shared with family and friends.
func (ch *Part) asSeenBy(ctx context.Context, actor models.Actor, facts models.AccessFacts, sections []crisisplan.Section) (out SharingPreview, err error) {
	seen := ch.chart.AsSeenBy(actor, models.PurposeFamily, facts)
	if summary, ok, err := ch.care.people.Summary(ctx, seen); err != nil {
		return out, err
	} else if ok {
		out.Patient = &summary
	}
	page, err := ch.care.visits.Part(seen).Visits(ctx, visits.VisitList{Latest: true, Limit: previewPage})
	if err = unlessClosed(err, func() {
		list := make([]visits.VisitView, 0, len(page.Items))
		for _, v := range page.Items {
			list = append(list, v.Value)
		}
		out.Visits, out.MoreVisits = &list, page.Next != ""
	}); err != nil {
		return out, err
	}
	goals, err := ch.care.record.Part(seen).Goals(ctx, "", previewPage)
	if err = unlessClosed(err, func() {
		list := make([]record.GoalView, 0, len(goals.Items))
		for _, g := range goals.Items {
			list = append(list, g.Value)
		}
		out.Goals, out.MoreGoals = &list, goals.Next != ""
	}); err != nil {
		return out, err
	}
	threads, err := ch.care.threads.Part(seen).Threads(ctx, "", previewPage, func(string) error { return nil })
	if err = unlessClosed(err, func() {
		list := append([]messages.ThreadView{}, threads.Items...)
		out.Threads, out.MoreThreads = &list, threads.Next != ""
	}); err != nil {
		return out, err
	}
	plan, err := ch.care.crisis.SharedIf(ctx, seen, sections)
	return out, unlessClosed(err, func() { out.Plan = plan.Shared })
}

// unlessClosed takes what was answered, and lets go the refusal of what is not open.
func unlessClosed(err error, take func()) error {
	if models.KindOf(err) == models.KindForbidden {
		return nil
	}
	if err == nil {
		take()
	}
	return err
}
