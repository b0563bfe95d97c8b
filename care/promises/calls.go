package promises

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store"
	"handrail/store/aside"
)

// Answer is what a supporter found out who was called.
type Answer string

// The answers.
const (
	Reached   Answer = "reached"
	CantReach Answer = "cant-reach"
	InDanger  Answer = "in-danger"
)

// Answers lists them.
var Answers = []Answer{Reached, CantReach, InDanger}

// Call is one call for help to one supporter about one alert.
type Call struct {
	ID        string             `json:"id"`
	PatientID string             `json:"patientId"`
	AlertID   string             `json:"alertId"`
	AccountID string             `json:"accountId"`
	ConsentID string             `json:"consentId"`
	Terms     models.CallForHelp `json:"terms"`
	At        time.Time          `json:"at"`
	By        string             `json:"by"` // account of who asked for it; the system's where a rule did
	Answer    Answer             `json:"answer,omitempty"`
	AnswerAt  *time.Time         `json:"answeredAt,omitempty"`
	Failed    bool               `json:"failed,omitempty"`   // nothing took it
	SilentAt  *time.Time         `json:"silentAt,omitempty"` // nobody had answered by then
}

// The lines that a worker follows.
const (
	LineCalled   = "help-call.made"
	LineAnswered = "help-call.answered"
	LineFailed   = "help-call.failed"
)

// callSpace keeps ids that are made from alerts apart from others.
var callSpace = uuid.MustParse("7c1d0a52-6c1a-8d33-9a8e-0b8f6f6f4b51")

// callID names the call of one supporter in one round of an alert: an alert that fires
// again calls again, and a line that is read twice does not.
func callID(a risk.Alert, accountID string) string {
	round := 0
	for _, s := range a.History {
		if s.What == risk.DidReopen {
			round++
		}
	}
	return uuid.NewHash(sha256.New(), callSpace, []byte(a.ID+":"+accountID+":"+strconv.Itoa(round)), 8).String()
}

func callOp(v chart.Versioned[Call]) (store.Op, error) {
	keys := store.Keys{"alertId": v.Value.AlertID, "accountId": v.Value.AccountID, "patientId": v.Value.PatientID, "at": chart.Millis(v.Value.At)}
	doc, err := chart.Encode(v.Value.ID, v.Value.PatientID, v.Version, keys, v.Value)
	if v.IsNew() {
		return store.Insert(chart.ColHelpCalls, doc), err
	}
	return store.Replace(chart.ColHelpCalls, doc), err
}

// Person is somebody whom a patient promised a call for help.
type Person struct {
	AccountID    string             `json:"accountId"`
	Name         string             `json:"name"`
	Relationship string             `json:"relationship,omitempty"`
	Terms        models.CallForHelp `json:"terms"`
	Called       *Call              `json:"called,omitempty"` // of this alert, the last
}

// People lists to who answers for an alert whom the patient promised a call, and what
// they said. An alert of a drill has nobody.
func (c *Service) People(ctx context.Context, actor models.Actor, alertID string) ([]Person, error) {
	ctx, _ = chart.NewAhead(ctx) // one read of all accounts of the team
	a, err := c.alerts.Answering(ctx, actor, alertID)
	if err != nil {
		return nil, err
	}
	out, _, err := c.people(ctx, a)
	return out, err
}

// people lists those who can be read. What is signed is read whole, or nobody is listed: what
// can't be read may be a no. unread says why somebody is left out.
func (c *Service) people(ctx context.Context, a risk.Alert) (out []Person, unread, err error) {
	out = []Person{}
	if a.Drill {
		return out, nil, nil
	}
	circle, bad, err := chart.ReadableOnes[models.RelatedPerson](ctx, c.store, chart.ColRelated, store.Query{Index: "patient", Equal: []any{a.PatientID}}, 0)
	if err != nil {
		return nil, nil, err
	}
	if len(bad) > 0 {
		unread = aside.ErrUnreadable
	}
	calls, _, err := chart.ReadableOnes[Call](ctx, c.store, chart.ColHelpCalls, store.Query{Index: "alert", Equal: []any{a.ID}, Desc: true}, 0)
	if err != nil {
		return nil, nil, err
	}
	ctx, ahead := chart.NewAhead(ctx) // one read of all accounts, and one of what was signed
	signed, err := chart.Every[models.Consent](ctx, c.store, chart.ColConsents, store.Query{Index: "patient", Equal: []any{a.PatientID}})
	if err != nil {
		return nil, nil, err
	}
	consents, accounts := map[string][]models.Consent{}, []string{}
	for _, v := range signed {
		consents[v.Value.Recipient] = append(consents[v.Value.Recipient], v.Value)
	}
	for _, r := range circle {
		accounts = append(accounts, r.Value.AccountID)
	}
	if err := ahead.Read(ctx, c.store, chart.ColAccounts, accounts...); err != nil {
		return nil, nil, err
	}
	for _, r := range circle {
		consent, ok, err := c.promisedIn(ctx, consents[r.Value.AccountID], r.Value.AccountID, models.ScopeCallForHelp)
		if err != nil && aside.Stops(err) {
			return nil, nil, err
		}
		if err != nil {
			unread = errors.Join(unread, err)
			continue
		}
		i := slices.IndexFunc(calls, func(v chart.Versioned[Call]) bool { return v.Value.AccountID == r.Value.AccountID })
		if i < 0 && (!ok || consent.CallForHelp == nil) {
			continue
		}
		p := Person{AccountID: r.Value.AccountID, Name: r.Value.Name, Relationship: r.Value.Relationship}
		if consent.CallForHelp != nil {
			p.Terms = *consent.CallForHelp
		}
		if i >= 0 {
			p.Called = &calls[i].Value
		}
		out = append(out, p)
	}
	return out, unread, nil
}

// Ask calls a supporter at the word of somebody who answers for the alert. The same
// again is once.
//
// Errors: not-promised (conflict), drill (conflict), alert-is-over (conflict), patient-died
// (conflict).
func (c *Service) Ask(ctx context.Context, actor models.Actor, alertID, accountID string) (Call, error) {
	a, err := c.alerts.Answering(ctx, actor, alertID)
	if err != nil {
		return Call{}, err
	}
	switch {
	case a.Drill:
		return Call{}, models.E(models.KindConflict, "drill", "This is a drill. Nobody outside of the clinic is called.")
	case a.Status.Ended():
		return Call{}, models.E(models.KindConflict, "alert-is-over", "This alert is closed. Nobody is called about it any more.")
	}
	consent, ok, err := c.promised(ctx, a.PatientID, accountID, models.ScopeCallForHelp)
	if err != nil {
		return Call{}, err
	}
	if !ok || consent.CallForHelp == nil {
		return Call{}, models.E(models.KindConflict, "not-promised", "The patient has not signed, or has taken back, that this person is called.")
	}
	if dead, err := c.died(ctx, a.PatientID); dead || err != nil {
		if err == nil {
			err = models.E(models.KindConflict, "patient-died", "The record says that this person died. Family is told by a person.")
		}
		return Call{}, err
	}
	return c.make(ctx, actor, a, consent)
}

// Follow makes the calls that an alert asks for by itself, as each patient signed it:
// with an answer of theirs, or when nobody got in touch. A worry calls nobody by itself: the
// patient reads who was called, and learns of no worry. It is for a worker, any number of times.
func (c *Service) Follow(ctx context.Context, alertID string) error {
	a, err := c.alerts.Stored(ctx, alertID)
	if models.KindOf(err) == models.KindNotFound || err == nil && (a.Drill || a.Withheld() || a.Status.Ended() || !risk.Pages(a.Tier)) {
		return nil
	}
	if err != nil {
		return err
	}
	if dead, err := c.died(ctx, a.PatientID); dead || err != nil {
		return err
	}
	missed := a.Status == risk.Unanswered || slices.ContainsFunc(a.History, func(s risk.Step) bool { return s.What == risk.DidMiss || s.What == risk.DidUnanswer })
	people, failed, err := c.people(ctx, a)
	if err != nil {
		return err
	}
	for _, p := range people { // one of them keeps no other from being called
		consent, ok, err := c.promised(ctx, a.PatientID, p.AccountID, models.ScopeCallForHelp)
		if err != nil || !ok || consent.CallForHelp == nil {
			failed = errors.Join(failed, err)
			continue
		}
		if when := consent.CallForHelp.When; when == models.CallAtOnce && a.ToldByPatient() || when == models.CallNoContact && missed {
			_, err := c.make(ctx, chart.SystemActor, a, consent)
			failed = errors.Join(failed, err)
		}
	}
	return failed
}

// make writes a call down with its line, which a worker follows.
func (c *Service) make(ctx context.Context, by models.Actor, a risk.Alert, consent models.Consent) (Call, error) {
	call := Call{ID: callID(a, consent.Recipient), PatientID: a.PatientID, AlertID: a.ID, AccountID: consent.Recipient, ConsentID: consent.ID,
		Terms: *consent.CallForHelp, At: c.now().UTC(), By: by.AccountID}
	op, err := callOp(chart.Versioned[Call]{Value: call})
	if err != nil {
		return Call{}, err
	}
	e := c.base.AuditEvent(by, LineCalled)
	e.PatientID, e.Section, e.Ref, e.Whom = a.PatientID, models.SectionConsents, call.ID, call.AccountID
	err = c.base.Commit(ctx, e, op)
	if models.KindOf(err) == models.KindConflict { // made before
		v, err := chart.First[Call](ctx, c.store, chart.ColHelpCalls, call.ID, err)
		return v.Value, err
	}
	return call, err
}

// Sending is a call as a worker hands it over; ok is false when the consent, or the
// reason, ended meanwhile.
func (c *Service) Sending(ctx context.Context, callID string) (call Call, ok bool, err error) {
	v, err := chart.Load[Call](ctx, c.store, chart.ColHelpCalls, callID)
	if models.KindOf(err) == models.KindNotFound {
		return Call{}, false, nil
	}
	if err != nil {
		return Call{}, false, err
	}
	a, err := c.alerts.Stored(ctx, v.Value.AlertID)
	if err != nil || a.Drill || a.Status.Ended() {
		return v.Value, false, err
	}
	consent, ok, err := c.promised(ctx, v.Value.PatientID, v.Value.AccountID, models.ScopeCallForHelp)
	if err != nil || !ok || consent.CallForHelp == nil || v.Value.Answer != "" {
		return v.Value, false, err
	}
	dead, err := c.died(ctx, v.Value.PatientID)
	return v.Value, !dead, err
}

// Owner is who answers for the alert of a call now, for workers.
func (c *Service) Owner(ctx context.Context, callID string) (call Call, owner string, err error) {
	v, err := chart.Load[Call](ctx, c.store, chart.ColHelpCalls, callID)
	if err != nil {
		return Call{}, "", err
	}
	a, err := c.alerts.Stored(ctx, v.Value.AlertID)
	return v.Value, a.Owner, err
}

// Fail notes that a call was not answered, for a worker; whoever answers for the alert is
// told. handed tells that it went out, also where it had not when this was noted before.
func (c *Service) Fail(ctx context.Context, callID string, handed bool) error {
	at := c.now().UTC()
	return c.change(ctx, callID, chart.SystemActor, LineFailed, func(v *Call) bool {
		if v.Answer != "" || v.SilentAt != nil && (!v.Failed || !handed) {
			return false
		}
		v.SilentAt, v.Failed = &at, !handed
		return true
	})
}

func (c *Service) change(ctx context.Context, id string, by models.Actor, line string, edit func(*Call) bool) error {
	for {
		v, err := chart.Load[Call](ctx, c.store, chart.ColHelpCalls, id)
		if err != nil || !edit(&v.Value) {
			return err
		}
		op, err := callOp(v)
		if err != nil {
			return err
		}
		e := c.base.AuditEvent(by, line) // no patient: what family found out is not told in the patient's own log
		e.Ref, e.Whom = id, v.Value.AccountID
		if err = c.base.Commit(ctx, e, op); models.KindOf(err) != models.KindStale {
			return err
		}
	}
}
