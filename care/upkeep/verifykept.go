package upkeep

import (
	"context"
	"errors"

	"handrail/care/internal/chart"
	"handrail/care/record"
	"handrail/models"
	"handrail/store"
)

// KeptReport tells whether what the log says was made is still there.
type KeptReport struct {
	Lines  int // that say that something was made
	Faults []Missing
}

// Missing is a document that the log knows and the store does not: its row was
// deleted behind the program's back.
type Missing struct{ Collection, ID string }

// keptFor says which documents the lines of an action made. None of these is ever
// deleted: what a person takes back or ends stays as proof, and erasure destroys a
// key and no row.
var keptFor = map[string]func(models.AuditEvent) []Missing{
	"account.created": func(e models.AuditEvent) []Missing {
		return []Missing{{chart.ColAccounts, e.Ref}, {chart.ColPatients, e.PatientID}}
	},
	"session.started":    func(e models.AuditEvent) []Missing { return []Missing{{chart.ColSessions, e.Ref}} },
	"consent.recorded":   func(e models.AuditEvent) []Missing { return []Missing{{chart.ColConsents, e.Ref}} },
	"consent.given":      func(e models.AuditEvent) []Missing { return []Missing{{chart.ColConsents, e.Ref}} },
	"glass.broken":       func(e models.AuditEvent) []Missing { return []Missing{{chart.ColBreakGlass, e.Ref}} },
	"goal.proposed":      func(e models.AuditEvent) []Missing { return []Missing{{chart.ColGoals, e.Ref}} },
	record.CheckInSent:   func(e models.AuditEvent) []Missing { return []Missing{{chart.ColCheckIns, e.Ref}} },
	"appointment.booked": func(e models.AuditEvent) []Missing { return []Missing{{chart.ColVisits, e.Ref}} },
	"crisis-plan.saved":  func(e models.AuditEvent) []Missing { return []Missing{{chart.ColPlans, e.PatientID}} },
	"related.added": func(e models.AuditEvent) []Missing {
		return []Missing{{chart.ColRelated, chart.MembershipID(e.PatientID, e.Ref)}}
	},
	"care-team.joined": func(e models.AuditEvent) []Missing {
		return []Missing{{chart.ColMemberships, chart.MembershipID(e.PatientID, e.Ref)}}
	},
	"visit.messages.kept": func(e models.AuditEvent) []Missing { return []Missing{{chart.ColWritten, e.Ref}} },
}

// VerifyKept holds the log against the store: whatever a line says was made must be
// there, under the engine's own eyes, since what belongs to an erased person can't be
// opened any more. A line that can't be read is VerifySeals' to tell.
func VerifyKept(ctx context.Context, s store.Store, engine store.Store) (KeptReport, error) {
	var r KeptReport
	err := chart.ThroughDocs(ctx, s, chart.ColAudit, store.Query{Index: store.IDIndex, Unopened: true}, func(d store.Doc) (bool, error) {
		l, err := chart.Readable[models.AuditEvent](d)
		if err != nil || l.Value.Outcome != models.OutcomeAllowed {
			return false, nil
		}
		made := keptFor[l.Value.Action]
		if made == nil {
			return false, nil
		}
		r.Lines++
		for _, m := range made(l.Value) {
			if m.ID == "" {
				continue
			}
			_, err := engine.Get(ctx, m.Collection, m.ID)
			if errors.Is(err, store.ErrNotFound) {
				r.Faults = append(r.Faults, m)
			} else if err != nil {
				return false, chart.Refusal(err)
			}
		}
		return false, nil
	})
	return r, err
}
