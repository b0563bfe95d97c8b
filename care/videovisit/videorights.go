package videovisit

import (
	"context"
	"errors"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
	"handrail/store/tail"
)

// VideoRights tells for the visits that run on this instance when somebody's right to
// be there may have ended, at whatever instance it did: each change of a chart is a
// line in its patient's log, and a consent that runs out has its time. It is for one
// goroutine.
type VideoRights struct {
	care  *Service
	seen  map[string]videoMark // by visit
	lines *tail.Follower[models.AuditEvent]
}

// rightsIdle is how long the log of a patient is not looked at by itself when nobody
// told of a line in it: a line that comes late, from a machine whose clock is wrong, may
// be told of late.
const rightsIdle = time.Second

// videoMark is up to where the rights of a visit have been asked for.
type videoMark struct {
	patient string
	line    int64     // the newest line of the patient's log
	at      time.Time // when that was looked for
	told    bool      // of a conference: there was a line since at
	until   time.Time // when the next consent of somebody in the visit runs out; zero: none does
}

// VideoRights begins to look.
func (c *Service) VideoRights() *VideoRights {
	return &VideoRights{c, map[string]videoMark{}, c.base.Lines.Follow(changesConference)}
}

// Turn calls ask for each of the running visits in which a right may have changed
// since it last returned without an error. Where none runs it costs nothing, else one
// read, and one more a visit and second. What fails with one visit is told, and the others are asked for.
func (r *VideoRights) Turn(ctx context.Context, running []string, ask func(ctx context.Context, visitID string) error) error {
	next := map[string]videoMark{}
	told := map[string]bool{}
	var failed error
	if len(running) > 0 {
		failed = chart.Refusal(r.care.base.Lines.Look(ctx))
	}
	events, lost := r.lines.Take()
	for _, e := range events {
		told[e.PatientID] = true
	}
	for _, id := range running {
		was := r.seen[id]
		now, err := r.mark(ctx, id, was, lost || told[was.patient] || was.patient == ofConference && len(events) > 0)
		if err == nil && !now.same(was) {
			if err = ask(ctx, id); err == nil {
				now.until, err = r.care.nextExpiry(ctx, id)
			}
		}
		if err != nil {
			failed, now = errors.Join(failed, err), videoMark{}
		}
		next[id] = now
	}
	r.seen = next
	return failed
}

// mark is was as long as nothing happened.
func (r *VideoRights) mark(ctx context.Context, visitID string, was videoMark, told bool) (videoMark, error) {
	c := r.care
	if was.patient == ofConference {
		return c.markConference(was, told), nil
	}
	m := videoMark{patient: was.patient, line: was.line, at: was.at, until: was.until}
	now := c.now()
	if !m.until.IsZero() && !now.Before(m.until) {
		m.until = time.Time{}
	}
	if m.patient != "" && !told && now.Sub(m.at).Abs() < rightsIdle {
		return m, nil
	}
	m.line, m.at = 0, now
	if m.patient == "" {
		v, err := chart.Load[visits.Visit](ctx, c.store, chart.ColVisits, visitID)
		if err != nil {
			return m, err
		}
		if m.patient = v.Value.PatientID; m.patient == "" {
			m.patient = ofConference
			return c.markConference(m, true), nil
		}
	}
	newest, err := c.store.Query(ctx, chart.ColAudit, store.Query{Index: store.LaneIndex, Equal: []any{m.patient}, Desc: true, Limit: 1, Unopened: true})
	if err != nil {
		return m, chart.Refusal(err)
	}
	for _, d := range newest.Docs {
		m.line = d.Seq
	}
	return m, nil
}

// same tells that nothing happened since another mark.
func (m videoMark) same(was videoMark) bool {
	return m.patient == was.patient && m.line == was.line && m.until.Equal(was.until)
}

// nextExpiry is when the first of the consents runs out that hold now between the
// patient of a visit and the others in it; zero: none does.
func (c *Service) nextExpiry(ctx context.Context, visitID string) (first time.Time, err error) {
	v, err := chart.Load[visits.Visit](ctx, c.store, chart.ColVisits, visitID)
	if err != nil {
		return first, err
	}
	for _, p := range v.Value.Participants {
		if v.Value.PatientID == "" {
			break // of a conference it is looked at now and then
		}
		if p.Kind != schedule.Supporter && p.Kind != schedule.Clinician {
			continue
		}
		consents, err := c.base.ConsentsBetween(ctx, v.Value.PatientID, p.Who)
		if err != nil {
			return first, err
		}
		for _, k := range consents {
			if k.Expiry.At != nil && (first.IsZero() || k.Expiry.At.Before(first)) {
				first = *k.Expiry.At
			}
		}
	}
	return first, nil
}

// standingInVisit is standing for somebody who is booked into a visit. A consent that
// runs out while the door of the visit is open does not part patient and clinician:
// it holds for this visit until it is over. One that was taken back, a no, and leaving
// the team hold at once, and so does a chart closed to them; family and friends leave when theirs runs out.
func (c *Service) standingInVisit(ctx context.Context, accountID string, v visits.Visit, p schedule.Participant) (models.Actor, models.Decision, error) {
	actor, d, err := c.standing(ctx, accountID, v.PatientID)
	door := v.JoinWindow()
	if err != nil || d.Allowed || d.Rule != "no-ground" || p.Kind != schedule.Clinician || door == nil ||
		!c.now().After(door.Opens) {
		return actor, d, err
	}
	held, err := c.consentsHeld(ctx, v.PatientID, accountID, door.Opens)
	if err != nil {
		return actor, d, err
	}
	return actor, models.Decide(models.AccessQuestion{Actor: actor, PatientID: v.PatientID, Section: models.SectionAppointments,
		Verb: models.Read, Purpose: models.PurposeOf(actor.Role), At: door.Opens}, models.AccessFacts{Consents: held, Restricted: models.NotRestricted}), nil
}

// consentsHeld are the permissions between a patient and an account that had not run
// out at a moment, and were not taken back since.
func (c *Service) consentsHeld(ctx context.Context, patientID, accountID string, at time.Time) (out []models.Consent, err error) {
	err = chart.Through(ctx, c.store, chart.ColConsents, store.Query{Index: "pair", Equal: []any{patientID, accountID}, Desc: true},
		func(v chart.Versioned[models.Consent]) (bool, error) {
			if k := v.Value; k.RevokedAt == nil && k.Provision == models.Permit && k.Active(at) {
				out = append(out, k)
			}
			return false, nil
		})
	return out, err
}
