package care

import (
	"context"
	"errors"

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
var keptFor = map[string]func(models.AuditLine) []Missing{
	"account.created":    func(l models.AuditLine) []Missing { return []Missing{{colAccounts, l.Ref}, {colPatients, l.PatientID}} },
	"session.started":    func(l models.AuditLine) []Missing { return []Missing{{colSessions, l.Ref}} },
	"consent.given":      func(l models.AuditLine) []Missing { return []Missing{{colConsents, l.Ref}} },
	"glass.broken":       func(l models.AuditLine) []Missing { return []Missing{{colGlass, l.Ref}} },
	"goal.proposed":      func(l models.AuditLine) []Missing { return []Missing{{colGoals, l.Ref}} },
	checkInSent:          func(l models.AuditLine) []Missing { return []Missing{{colCheckIns, l.Ref}} },
	"appointment.booked": func(l models.AuditLine) []Missing { return []Missing{{colVisits, l.Ref}} },
	"crisis-plan.saved":  func(l models.AuditLine) []Missing { return []Missing{{colPlans, l.PatientID}} },
	"related.added":      func(l models.AuditLine) []Missing { return []Missing{{colRelated, membershipID(l.PatientID, l.Ref)}} },
	"care-team.joined": func(l models.AuditLine) []Missing {
		return []Missing{{colMemberships, membershipID(l.PatientID, l.Ref)}}
	},
	"visit.messages.kept": func(l models.AuditLine) []Missing { return []Missing{{colWritten, l.Ref}} },
}

// VerifyKept holds the log against the store: whatever a line says was made must be
// there, under the engine's own eyes, since what belongs to an erased person can't be
// opened any more. A line that can't be read is VerifySeals' to tell.
func VerifyKept(ctx context.Context, s store.Store, engine store.Store) (KeptReport, error) {
	var r KeptReport
	err := throughDocs(ctx, s, colAudit, store.Query{Index: store.IDIndex, Unopened: true}, func(d store.Doc) (bool, error) {
		l, err := readable[models.AuditLine](d)
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
				return false, refusal(err)
			}
		}
		return false, nil
	})
	return r, err
}
