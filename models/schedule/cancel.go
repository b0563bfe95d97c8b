package schedule

import (
	"slices"
	"strings"
	"time"

	"handrail/models"
)

// Reason says why a visit was cancelled, with the codes of
// http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason.
type Reason string

// Reasons lists every code.
var Reasons = []Reason{
	"pat", "pat-crs", "pat-cpp", "pat-dec", "pat-fb", "pat-lt", "pat-mt", "pat-mv", "pat-preg", "pat-swl", "pat-ucp",
	"prov", "prov-pers", "prov-dch", "prov-edu", "prov-hosp", "prov-labs", "prov-mri", "prov-onc",
	"maint", "meds-inc", "other", "oth-cms", "oth-err", "oth-fin", "oth-iv", "oth-int", "oth-mu",
	"oth-room", "oth-oerr", "oth-swie", "oth-weath",
}

// Valid tells whether r is one of Reasons.
func (r Reason) Valid() bool { return slices.Contains(Reasons, r) }

// ByPatient tells whether the reason lies with the patient.
func (r Reason) ByPatient() bool { return r == "pat" || strings.HasPrefix(string(r), "pat-") }

// Cancellation is how a visit was called off. FHIR app-4: only a visit that is
// cancelled or was missed has one.
type Cancellation struct {
	Reason Reason    `json:"reason"`
	By     string    `json:"by"` // account id
	At     time.Time `json:"at"`
	Late   bool      `json:"late"` // nearer to the start than the visit type's LateCancel, whoever cancelled
}

// Cancel calls a visit off and frees everybody's time. After its end a visit was
// missed or took place, and can't be cancelled.
//
// Errors: unknown-reason (invalid); appointment-move-not-allowed, visit-over (conflict).
func (a Appointment) Cancel(reason Reason, by string, now time.Time) (Appointment, error) {
	if !reason.Valid() {
		var c models.Checks
		c.Fail("reason", "unknown-reason", "This is no reason that we know. Choose one from the list.")
		return a, c.Err()
	}
	if err := a.may(Cancelled); err != nil {
		return a, err
	}
	if !now.Before(a.End) {
		return a, models.E(models.KindConflict, "visit-over", "This visit is over. Note that it took place or was missed.")
	}
	late := time.Duration(a.LateCancel) * time.Minute
	a.Cancellation = &Cancellation{Reason: reason, By: by, At: now.UTC(), Late: a.Status == Booked && late > 0 && now.After(a.Start.Add(-late))}
	a.Status, a.HoldUntil = Cancelled, nil
	a.Sequence++
	return a, nil
}
