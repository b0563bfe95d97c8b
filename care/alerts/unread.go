package alerts

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/risk"
	"handrail/store"
)

// unread is a check-in that nobody of the team has marked read, in the list of one of
// them. It holds what the list shows, sealed under the patient's key.
type unread struct {
	CheckInID   string                   `json:"checkInId"`
	PatientID   string                   `json:"patientId"`
	PatientName string                   `json:"patientName"`
	AccountID   string                   `json:"accountId"`
	ReceivedAt  time.Time                `json:"receivedAt"`
	AnsweredAt  time.Time                `json:"answeredAt"`
	LocalDay    string                   `json:"localDay"`
	Scores      []checkin.ScoredResponse `json:"scores,omitempty"`
	Signals     []checkin.Signal         `json:"signals,omitempty"`
	Trends      []risk.Trend             `json:"trends,omitempty"`
	NeedsPerson bool                     `json:"needsPerson,omitempty"`
}

func unreadID(checkInID, accountID string) string { return checkInID + ":" + accountID }

// unreadOps put a check-in into the list of each clinician of the team who may read it;
// where there is none, into that of the fail-safe.
func (c *Service) unreadOps(in checkin.CheckIn, name string, trends []risk.Trend, readers []risk.Person) ([]store.Op, error) {
	var ops []store.Op
	for _, p := range readers {
		u := unread{in.ID, in.PatientID, name, p.AccountID, in.ReceivedAt, in.Moment(), in.LocalDay, in.Scores, in.Signals, trends, in.NeedsPerson != nil}
		op, err := unreadOp(u)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}

func unreadOp(u unread) (store.Op, error) {
	doc, err := chart.Encode(unreadID(u.CheckInID, u.AccountID), u.PatientID, 0, store.Keys{"accountId": u.AccountID,
		"receivedAt": chart.Millis(u.ReceivedAt), "checkInId": u.CheckInID, "patientId": u.PatientID}, u)
	return store.Insert(chart.ColUnread, doc), err
}

// readersChanged gives what nobody has read of a patient to those who read for them
// now, and takes it out of the lists of the others.
func (c *Service) readersChanged(ctx context.Context, patientID string, chain risk.Chain) error {
	waiting, bad, err := chart.ReadableOnes[unread](ctx, c.store, chart.ColUnread, store.Query{Index: "patient", Equal: []any{patientID}}, 0)
	if err != nil {
		return err
	}
	held := map[string]map[string]int64{} // versions, by check-in and account
	of := map[string]unread{}
	for _, v := range waiting {
		u := v.Value
		if held[u.CheckInID] == nil {
			held[u.CheckInID], of[u.CheckInID] = map[string]int64{}, u
		}
		held[u.CheckInID][u.AccountID] = v.Version
	}
	for _, d := range bad { // who has it keeps it
		in, _ := d.Keys["checkInId"].(string)
		account, _ := d.Keys["accountId"].(string)
		if held[in] != nil {
			held[in][account] = 0
		}
	}
	for in, has := range held {
		var ops []store.Op
		wanted := map[string]bool{}
		for _, p := range chain.Readers() {
			wanted[p.AccountID] = true
			if _, ok := has[p.AccountID]; ok {
				continue
			}
			u := of[in]
			u.AccountID = p.AccountID
			op, err := unreadOp(u)
			if err != nil {
				return err
			}
			ops = append(ops, op)
		}
		for account, version := range has {
			if !wanted[account] && version > 0 {
				ops = append(ops, store.Delete(chart.ColUnread, unreadID(in, account), version))
			}
		}
		if len(ops) == 0 {
			continue
		}
		err := chart.Refusal(c.store.Batch(ctx, ops...))
		if k := models.KindOf(err); k == models.KindStale || k == models.KindConflict || k == models.KindNotFound {
			continue // somebody marked it read, or another instance was faster
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// told are check-ins of a patient that were answered in [from, to], the newest first and
// at most so many. What can't be read of them is left out. The zero from is the beginning.
func (c *Service) told(ctx context.Context, patientID string, from, to time.Time, most int) (out []checkin.CheckIn, err error) {
	q := store.Query{Index: "patient", Equal: []any{patientID}, To: chart.Millis(to) + 1, Desc: true, Limit: most, Unopened: true}
	if !from.IsZero() {
		q.From = chart.Millis(from)
	}
	err = chart.ThroughDocs(ctx, c.store, chart.ColCheckIns, q, func(d store.Doc) (bool, error) {
		if v, err := chart.Readable[checkin.CheckIn](d); err == nil {
			out = append(out, v.Value)
		}
		return len(out) == most, nil
	})
	return out, err
}

// maxBaseline bounds what one comparison reads: seven check-ins a day.
const maxBaseline = 100

// mark is that somebody of the team has read a check-in, the first of them.
type mark struct {
	CheckInID string    `json:"checkInId"`
	PatientID string    `json:"patientId"`
	AccountID string    `json:"accountId"`
	Name      string    `json:"name"`
	At        time.Time `json:"at"`
}

// markOps mark a check-in read, and take it out of everybody's list. None where it is
// read already.
func (c *Service) markOps(ctx context.Context, actor models.Actor, patientID, checkInID string) ([]store.Op, error) {
	in, err := chart.Load[checkin.CheckIn](ctx, c.store, chart.ColCheckIns, checkInID)
	if err != nil {
		return nil, err
	}
	if in.Value.PatientID != patientID {
		return nil, models.NotFound()
	}
	_, err = chart.Load[mark](ctx, c.store, chart.ColReads, checkInID)
	if models.KindOf(err) != models.KindNotFound {
		return nil, err
	}
	doc, err := chart.Encode(checkInID, patientID, 0, store.Keys{"patientId": patientID, "moment": chart.Millis(in.Value.Moment())},
		mark{checkInID, patientID, actor.AccountID, actor.Name, c.now().UTC()})
	if err != nil {
		return nil, err
	}
	ops := []store.Op{store.Insert(chart.ColReads, doc)}
	err = chart.ThroughDocs(ctx, c.store, chart.ColUnread, store.Query{Index: "checkIn", Equal: []any{checkInID}, Unopened: true},
		func(d store.Doc) (bool, error) {
			ops = append(ops, store.Delete(chart.ColUnread, d.ID, d.Version))
			return false, nil
		})
	return ops, err
}

// maxMarked is how many of an alert's check-ins are marked read with it, the newest.
const maxMarked = 10

// markEvidence marks the check-ins of an alert read. One that is gone is no hindrance.
func (c *Service) markEvidence(ctx context.Context, actor models.Actor, a risk.Alert) ([]store.Op, error) {
	var ops []store.Op
	seen := map[string]bool{}
	for i := len(a.Evidence) - 1; i >= 0 && len(seen) < maxMarked; i-- {
		e := a.Evidence[i]
		if e.Source != risk.FromCheckIn || seen[e.Ref] {
			continue
		}
		seen[e.Ref] = true
		more, err := c.markOps(ctx, actor, a.PatientID, e.Ref)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return nil, err
		}
		ops = append(ops, more...)
	}
	return ops, nil
}

// MarkRead says that the actor has read check-ins of this patient: one, or several that
// have no signal. It is written in the patient's log. Read already is read.
func (ch *Part) MarkRead(ctx context.Context, checkIns []string) error {
	d, err := ch.chart.May(ctx, models.SectionCheckIns, models.Read)
	if err != nil {
		return err
	}
	if !ch.actor.Role.Staff() || !d.Whole {
		d.Rule = "role"
		return ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Your role can't do this."))
	}
	var checks models.Checks
	checks.Require(len(checkIns) > 0 && len(checkIns) <= maxReadTogether, "checkIns", "required", "Name at least one check-in, and at most 20.")
	if err := checks.Err(); err != nil {
		return err
	}
	for {
		ops, err := ch.readTogether(ctx, checkIns)
		if err != nil || len(ops) == 0 {
			return err
		}
		err = ch.chart.Commit(ctx, d, "check-in.marked-read", checkIns[0], ops...)
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict || k == models.KindNotFound) && ctx.Err() == nil {
			continue // somebody else marked one meanwhile
		}
		return err
	}
}

// maxReadTogether is how many check-ins one call marks.
const maxReadTogether = 20

func (ch *Part) readTogether(ctx context.Context, checkIns []string) ([]store.Op, error) {
	var ops []store.Op
	seen := map[string]bool{}
	for _, id := range checkIns {
		if seen[id] {
			continue
		}
		seen[id] = true
		if len(checkIns) > 1 {
			in, err := chart.Load[checkin.CheckIn](ctx, ch.care.store, chart.ColCheckIns, id)
			if err != nil {
				return nil, err
			}
			if len(in.Value.Signals) > 0 && in.Value.PatientID == ch.patient {
				return nil, models.E(models.KindConflict, "has-a-signal", "One of these has a signal. Please read it by itself.")
			}
		}
		more, err := ch.care.markOps(ctx, ch.actor, ch.patient, id)
		if err != nil {
			return nil, err
		}
		ops = append(ops, more...)
	}
	return ops, nil
}

// ReadBy tells who of the team read check-ins first and when, by the id of each, for
// those that were answered in [from, to], and what somebody has promised by saying that
// they handle what one told.
func (i *Inside) ReadBy(ctx context.Context, patientID string, from, to time.Time) (map[string]checkin.ReadBy, error) {
	c := i.service
	found, err := chart.Every[mark](ctx, c.store, chart.ColReads, store.Query{Index: "patient", Equal: []any{patientID},
		From: chart.Millis(from), To: chart.Millis(to) + 1})
	out := map[string]checkin.ReadBy{}
	for _, m := range found {
		out[m.Value.CheckInID] = checkin.ReadBy{Name: m.Value.Name, At: m.Value.At}
	}
	if err != nil || len(out) == 0 {
		return out, err
	}
	now := c.now()
	err = chart.ThroughDocs(ctx, c.store, chart.ColAlerts, store.Query{Index: "openOf", Equal: []any{patientID}, Unopened: true}, func(d store.Doc) (bool, error) {
		v, err := chart.Readable[risk.Alert](d)
		if a := v.Value; err == nil && a.Status == risk.Acknowledged && now.Before(a.ContactBy) {
			promised(out, a)
		}
		return false, nil
	})
	return out, err
}

// promised adds the earliest time by which the owner of an alert is to be in touch.
func promised(out map[string]checkin.ReadBy, a risk.Alert) {
	for _, e := range a.Evidence {
		by, ok := out[e.Ref]
		if ok && e.Source == risk.FromCheckIn && (by.ContactBy.IsZero() || a.ContactBy.Before(by.ContactBy)) {
			by.ContactName, by.ContactBy = a.OwnerName, a.ContactBy
			out[e.Ref] = by
		}
	}
}

// mistakes are which of an alert's check-ins have answers that the patient marked as
// mistakes. The alert stays as it is.
func (c *Service) mistakes(ctx context.Context, a risk.Alert) (out []string, err error) {
	for _, e := range a.Evidence {
		if e.Source != risk.FromCheckIn || slices.Contains(out, e.Ref) {
			continue
		}
		m, err := orNone[checkin.Mistake](ctx, c, chart.ColMistakes, e.Ref)
		if err != nil {
			return out, err
		}
		if !m.IsNew() {
			out = append(out, e.Ref)
		}
	}
	return out, nil
}
