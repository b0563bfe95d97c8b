package alerts

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/risk"
	"handrail/models/task"
	"handrail/store"
	"handrail/store/aside"
)

// Work is one thing that waits for a person: an alert that is theirs, a check-in of a
// patient of theirs that nobody has read, or a task. What belongs to an alert stands in
// its line and has none of its own: one matter has one line, and one close.
type Work struct {
	ID        string       `json:"id"`
	Kind      string       `json:"kind"`
	Tier      checkin.Tier `json:"tier"`
	PatientID string       `json:"patientId,omitempty"`
	Patient   string       `json:"patientName,omitempty"`
	At        time.Time    `json:"at"`
	Alert     *View        `json:"alert,omitempty"`
	CheckIn   *Unread      `json:"checkIn,omitempty"`
	Message   *Waiting     `json:"message,omitempty"`

	Withheld bool        `json:"-"` // no look at it is the patient's to read of
	Task     *task.View  `json:"task,omitempty"`
	CheckIns []string    `json:"checkIns,omitempty"`
	Tasks    []task.View `json:"tasks,omitempty"`
}

// Unread is a check-in that waits to be read.
type Unread struct {
	AnsweredAt  time.Time                `json:"answeredAt"`
	LocalDay    string                   `json:"localDay"`
	Scores      []checkin.ScoredResponse `json:"scores,omitempty"`
	Signals     []checkin.Signal         `json:"signals,omitempty"`
	Trends      []risk.Trend             `json:"trends,omitempty"`
	NeedsPerson bool                     `json:"needsPerson,omitempty"`
}

// Worklist is all that waits, the most urgent first, then the oldest.
type Worklist struct {
	Items []Work
	Tag   string // names this state of it
	On    bool   // alerts are made at this clinic
	More  bool   // older check-ins wait too, and are not in it
}

// maxUnread bounds the check-ins of one person's list: the newest. Their number hides no
// alert, and the answer says that there are more.
const maxUnread = 5000

// Worklist reads it with a number of queries that does not grow with the patients.
// unless is asked with its tag before anything is noted as looked at: with its error
// nothing leaves. show cuts the page that leaves: a look is noted for its patients.
func (c *Service) Worklist(ctx context.Context, actor models.Actor, unless func(tag string) error, show func([]Work) ([]Work, error)) (Worklist, error) {
	var out Worklist
	if !actor.Role.Staff() || actor.Outside {
		return out, c.base.Forbid(ctx, actor, "worklist.read")
	}
	s, err := c.settings(ctx)
	if err != nil {
		return out, err
	}
	var r rights
	var alerts []kept
	var bad []store.Doc
	var unreads []chart.Versioned[unread]
	err = together(func() (err error) {
		r, err = c.rights(ctx, actor)
		return err
	}, func() (err error) {
		alerts, bad, err = chart.ReadableOnes[risk.Alert](ctx, c.store, chart.ColAlerts, store.Query{Index: "openOwner", Equal: []any{actor.AccountID}}, 0)
		return err
	}, func() (err error) {
		unreads, out.More, err = c.unreads(ctx, actor.AccountID)
		return err
	})
	if err != nil {
		return Worklist{}, err
	}
	for _, d := range bad {
		alerts = append(alerts, unreadableAlert(d, actor.AccountID))
	}
	var waiting []string
	for _, a := range alerts {
		waiting = append(waiting, a.Value.PatientID)
	}
	for _, u := range unreads {
		waiting = append(waiting, u.Value.PatientID)
	}
	if err := r.Know(ctx, waiting...); err != nil {
		return Worklist{}, err
	}
	out.On = s.Value.On
	tag := []string{strconv.FormatBool(out.On), strconv.FormatBool(out.More)}
	m := matters{}
	for _, a := range alerts {
		v := r.view(a.Value)
		tag = append(tag, a.Value.ID+strconv.FormatInt(a.Version, 10)+strconv.FormatBool(v.Whole))
		m.alert(v)
	}
	for _, u := range unreads {
		w := r.unread(u.Value)
		tag = append(tag, u.Value.CheckInID+strconv.FormatBool(w.CheckIn != nil))
		m.checkIn(w)
	}
	for _, other := range c.others {
		items, state, err := other(ctx, actor, r.Rights)
		if err != nil {
			return out, err
		}
		tag = append(tag, state)
		for _, w := range items {
			m.other(w)
		}
	}
	if c.tasks != nil {
		found, marks, err := c.tasks.Waiting(ctx, r.Rights)
		if err != nil {
			return out, err
		}
		tag = append(tag, marks...)
		for _, t := range found {
			m.task(t, c.now())
		}
	}
	out.Items = m.sorted()
	out.Tag = tagOf([]byte(strings.Join(tag, "\n")))
	if err := unless(out.Tag); err != nil {
		return Worklist{}, err
	}
	if out.Items, err = show(out.Items); err != nil {
		return Worklist{}, err
	}
	var patients []string
	for _, w := range out.Items {
		if !w.Withheld && w.PatientID != "" && !slices.Contains(patients, w.PatientID) {
			patients = append(patients, w.PatientID)
		}
	}
	return out, c.noteLooks(ctx, actor, "worklist.read", patients)
}

// together does things beside each other, for each is mostly the opening of documents: a
// list of 500 patients waits for the longest of them and not for all. It gives the first
// error in their order.
func together(do ...func() error) error {
	errs := make([]error, len(do))
	var wait sync.WaitGroup
	for i, one := range do {
		wait.Go(func() { errs[i] = aside.Safely(one) })
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// unreads are the newest check-ins that wait for somebody.
func (c *Service) unreads(ctx context.Context, accountID string) (out []chart.Versioned[unread], more bool, err error) {
	q := store.Query{Index: "account", Equal: []any{accountID}, Desc: true, Unopened: true}
	err = chart.ThroughDocs(ctx, c.store, chart.ColUnread, q, func(d store.Doc) (bool, error) {
		if more = len(out) == maxUnread; more {
			return true, nil
		}
		v, err := chart.Readable[unread](d)
		if err != nil {
			v = unreadableCheckIn(d)
		}
		out = append(out, v)
		return false, nil
	})
	return out, more, err
}

// unreadableAlert is what is known of an alert whose document can't be read: that
// somebody needs attention.
func unreadableAlert(d store.Doc, owner string) kept {
	at, _ := d.Keys["firedAt"].(int64)
	return kept{Version: d.Version, Value: risk.Alert{ID: d.ID, PatientID: d.Owner, Owner: owner, Tier: checkin.Urgent, Status: risk.Notified,
		FiredAt: time.UnixMilli(at).UTC(), RaisedAt: time.UnixMilli(at).UTC(), Rules: []string{}}}
}

// unreadableCheckIn is the same of a check-in in the list: it comes first, since what
// is in it can't be told.
func unreadableCheckIn(d store.Doc) chart.Versioned[unread] {
	at, _ := d.Keys["receivedAt"].(int64)
	id, _ := d.Keys["checkInId"].(string)
	return chart.Versioned[unread]{Version: d.Version, Value: unread{CheckInID: id, PatientID: d.Owner, ReceivedAt: time.UnixMilli(at).UTC(),
		Signals: []checkin.Signal{{Tier: checkin.Urgent}}, NeedsPerson: true}}
}

// unread is a check-in in the list. Who has no right to it any more, or never had, sees
// that there is one.
func (r rights) unread(u unread) Work {
	w := Work{ID: u.CheckInID, Kind: "check-in", Tier: checkin.Routine, PatientID: u.PatientID, At: u.ReceivedAt}
	for _, s := range u.Signals {
		if risk.Rank(s.Tier) > risk.Rank(w.Tier) {
			w.Tier = s.Tier
		}
	}
	if r.Decide(u.PatientID, models.SectionProfile).Allowed {
		w.Patient = u.PatientName
	}
	if r.sees(u.PatientID) {
		w.CheckIn = &Unread{u.AnsweredAt, u.LocalDay, u.Scores, u.Signals, u.Trends, u.NeedsPerson}
	}
	return w
}
