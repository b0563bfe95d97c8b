package people

import (
	"context"
	"strings"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// RestrictedChart is one of the charts that are or were closed, as privacy officers see it.
type RestrictedChart struct {
	models.Restriction
	On          bool   `json:"on"`
	PatientName string `json:"patientName,omitempty"`
	AccountID   string `json:"accountId,omitempty"` // of the patient
}

// RestrictedCharts lists the closed charts, the newest first, for privacy officers.
func (c *Service) RestrictedCharts(ctx context.Context, actor models.Actor, cursor string, limit int) (chart.Page[RestrictedChart], error) {
	var out chart.Page[RestrictedChart]
	if err := c.mayReviewBreakGlass(ctx, actor); err != nil {
		return out, err
	}
	page, err := chart.List[models.Restriction](ctx, c.store, chart.ColRestrictions, store.Query{Index: "on",
		Equal: []any{chart.OwnerSite}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	ids := make([]string, 0, len(page.Items))
	for _, r := range page.Items {
		ids = append(ids, r.Value.PatientID)
	}
	ctx, ahead := chart.NewAhead(ctx)
	if err := ahead.Read(ctx, c.store, chart.ColPatients, ids...); err != nil {
		return out, err
	}
	out.Next = page.Next
	for _, r := range page.Items {
		v := RestrictedChart{Restriction: r.Value, On: r.Value.On()}
		p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, r.Value.PatientID)
		if models.KindOf(err) == models.KindNotFound { // erased
			continue
		}
		if err == nil {
			v.PatientName, v.AccountID = p.Value.Name, p.Value.AccountID
		}
		out.Items = append(out.Items, v)
	}
	e := c.base.AuditEvent(actor, "chart-restrictions.listed")
	e.Count = len(out.Items)
	return out, c.base.Note(ctx, e)
}

// Why a chart could be one to close.
const (
	HintSameName     = "same-name"     // the patient is called as somebody who works here
	HintRelativeName = "relative-name" // somebody of the patient's circle is
)

// RestrictionHint is a patient who may work here, or whose family does, and whose chart was
// never closed: somebody is to look, nothing is known.
type RestrictionHint struct {
	PatientID   string `json:"patientId"`
	PatientName string `json:"patientName"`
	Why         string `json:"why"`
	StaffName   string `json:"staffName"`
	Relation    string `json:"relationship,omitempty"`
}

// maxHints bounds what is shown at once; there are few people of one name.
const maxHints = 100

// RestrictionHints looks for them, for privacy officers. It goes through all accounts of
// patients and supporters: once when the screen is opened.
func (c *Service) RestrictionHints(ctx context.Context, actor models.Actor) ([]RestrictionHint, error) {
	if err := c.mayReviewBreakGlass(ctx, actor); err != nil {
		return nil, err
	}
	staff := map[string]string{}
	for _, role := range []models.Role{models.RoleClinician, models.RoleCoordinator, models.RoleAdministrator} {
		found, _, err := chart.ReadableOnes[models.Account](ctx, c.store, chart.ColAccounts, store.Query{Index: "role", Equal: []any{string(role)}}, 0)
		if err != nil {
			return nil, err
		}
		for _, a := range found {
			staff[sameName(a.Value.Name)] = a.Value.Name
		}
	}
	looked := map[string]bool{}
	known, _, err := chart.ReadableOnes[models.Restriction](ctx, c.store, chart.ColRestrictions, store.Query{Index: "site", Equal: []any{chart.OwnerSite}}, 0)
	if err != nil {
		return nil, err
	}
	for _, r := range known {
		looked[r.Value.PatientID] = true
	}
	out := []RestrictionHint{}
	add := func(h RestrictionHint) {
		if !looked[h.PatientID] && len(out) < maxHints {
			looked[h.PatientID] = true
			out = append(out, h)
		}
	}
	patients, _, err := chart.ReadableOnes[models.Account](ctx, c.store, chart.ColAccounts, store.Query{Index: "role", Equal: []any{string(models.RolePatient)}}, 0)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, a := range patients {
		names[a.Value.PatientID] = a.Value.Name
		if name, is := staff[sameName(a.Value.Name)]; is {
			add(RestrictionHint{PatientID: a.Value.PatientID, PatientName: a.Value.Name, Why: HintSameName, StaffName: name})
		}
	}
	if err := c.relativesHere(ctx, staff, names, add); err != nil {
		return nil, err
	}
	e := c.base.AuditEvent(actor, "chart-restrictions.listed")
	e.Count = len(out)
	return out, c.base.Note(ctx, e)
}

// relativesHere adds the patients in whose circle somebody is called as who works here.
func (c *Service) relativesHere(ctx context.Context, staff, names map[string]string, add func(RestrictionHint)) error {
	family, _, err := chart.ReadableOnes[models.Account](ctx, c.store, chart.ColAccounts, store.Query{Index: "role", Equal: []any{string(models.RoleSupporter)}}, 0)
	if err != nil {
		return err
	}
	here := map[string]string{}
	for _, a := range family {
		if name, is := staff[sameName(a.Value.Name)]; is {
			here[a.Value.ID] = name
		}
	}
	if len(here) == 0 {
		return nil
	}
	return chart.ThroughDocs(ctx, c.store, chart.ColRelated, store.Query{Index: "account", Unopened: true}, func(d store.Doc) (bool, error) {
		account, _ := d.Keys["accountId"].(string)
		patient := names[d.Owner]
		if here[account] == "" || patient == "" {
			return false, nil
		}
		p, err := chart.Readable[models.RelatedPerson](d)
		if err == nil { // one that can't be read hides no other
			add(RestrictionHint{PatientID: d.Owner, PatientName: patient, Why: HintRelativeName, StaffName: here[account], Relation: p.Value.Relationship})
		}
		return false, nil
	})
}

func sameName(name string) string { return strings.ToLower(plainName(name)) }
