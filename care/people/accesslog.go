package people

import (
	"context"
	"strings"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// AccessEntry is one line of the access log in words that the patient understands.
type AccessEntry struct {
	At      time.Time      `json:"at"`
	Who     string         `json:"who"`
	Role    string         `json:"role"`
	What    string         `json:"what"`
	Why     string         `json:"why"`
	Outcome string         `json:"outcome"`
	Count   int64          `json:"count,omitempty"`
	LastAt  *time.Time     `json:"lastAt,omitempty"`
	Section models.Section `json:"section,omitempty"`
	Consent string         `json:"consentId,omitempty"`
}

// AccessLog lists who opened or changed the patient's record, newest first. Only
// the patient reads it.
func (ch *Part) AccessLog(ctx context.Context, language, cursor string, limit int) (chart.Page[AccessEntry], error) {
	var out chart.Page[AccessEntry]
	d, err := ch.chart.May(ctx, models.SectionAccessLog, models.Read)
	if err != nil {
		return out, err
	}
	page, err := chart.List[models.AuditEvent](ctx, ch.care.store, chart.ColAudit, store.Query{Index: store.LaneIndex,
		Equal: []any{ch.patient}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	known, err := ch.circle(ctx)
	if err != nil {
		return out, err
	}
	untold, err := ch.untold(ctx)
	if err != nil {
		return out, err
	}
	for _, l := range page.Items {
		if untold(l.Value) {
			continue
		}
		e, err := ch.accessEntry(ctx, l.Value, known, language)
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, e)
	}
	return out, ch.chart.NoteRead(ctx, d, "access-log.read", "", len(out.Items))
}

func (ch *Part) accessEntry(ctx context.Context, l models.AuditEvent, known map[string]bool, language string) (AccessEntry, error) {
	if !l.Role.Staff() && l.Role != "" && !known[l.AccountID] && l.Basis != models.BasisConsent && l.Basis != models.BasisGuardian && l.Basis != models.BasisVisit {
		l.Name, l.Role = "", "" // who else is a patient here, or whose family, is nobody's to learn
	}
	w := models.WordsOf(l, language)
	e := AccessEntry{At: l.At, Who: w.Who, Role: w.Role, What: w.What, Why: w.Why,
		Outcome: l.Outcome, Section: l.Section, Consent: l.ConsentID}
	if !chart.IsDenial(l) {
		return e, nil
	}
	n, last, err := ch.care.base.Denials(ctx, l)
	if n > 1 {
		e.Count, e.LastAt = n, &last
	}
	return e, err
}

// circle is whom the patient knows to have an account: themselves, and the family and
// friends whom the office added.
func (ch *Part) circle(ctx context.Context) (map[string]bool, error) {
	known := map[string]bool{ch.actor.AccountID: true}
	found, err := chart.Every[models.RelatedPerson](ctx, ch.care.store, chart.ColRelated, store.Query{Index: "patient", Equal: []any{ch.patient}})
	for _, r := range found {
		known[r.Value.AccountID] = true
	}
	return known, err
}

// untold tells the lines of an emergency that the patient is not told of yet, as a risk
// of harm was recorded. They are in the log, and are shown once the patient is told.
func (ch *Part) untold(ctx context.Context) (func(models.AuditEvent) bool, error) {
	found, err := chart.Every[models.BreakGlassWait](ctx, ch.care.store, chart.ColBreakGlassWaits, store.Query{Index: "patient", Equal: []any{ch.patient}})
	return func(e models.AuditEvent) bool {
		for _, w := range found {
			of := e.Basis == models.BasisBreakGlass && e.AccountID == w.Value.AccountID || strings.HasPrefix(e.Action, "glass.") && e.Ref == w.Value.BreakGlassID
			if w.Value.Kind == models.BreakGlassTell && w.Value.DoneAt == nil && of && !e.At.Before(w.Value.From) {
				return true
			}
		}
		return false
	}, err
}
