package planning_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/caretest"
	"handrail/care/promises"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/message"
	"handrail/models/reminder"
	"handrail/models/risk"
	"handrail/notify"
)

// alertsOn turns alerts on, day and night.
func (w *plannedClinic) alertsOn() {
	w.t.Helper()
	hours := risk.Hours{Zone: caretest.Site.Zone}
	for day := 1; day <= 7; day++ {
		hours.Windows = append(hours.Windows, risk.Window{Day: day, From: "00:00", To: "24:00"})
	}
	v, err := w.Care.Alerts.Settings(w.t.Context(), w.Admin)
	w.ok(err)
	_, err = w.Care.Alerts.Set(w.t.Context(), w.Admin, v.Version, alerts.Terms{Hours: hours, FailSafe: w.Admin.AccountID, Confirmed: true})
	w.ok(err)
}

// phone gives somebody a device that takes pushes.
func (w *plannedClinic) phone(who models.Actor) {
	w.t.Helper()
	w.turn()
	w.ok(w.notify.Enroll(w.t.Context(), notify.Person{AccountID: who.AccountID, Owner: who.AccountID, Home: caretest.Site.Zone, Language: "en"}))
	s := w.SignIn(who.AccountID).Session
	_, err := w.notify.Register(w.t.Context(), s, notify.Registration{DeviceID: s.Device.ID, Channel: notify.ChannelFCM, Address: notify.Address{To: "token-" + who.AccountID}})
	w.ok(err)
}

// promise signs a promise to somebody.
func (w *plannedClinic) promise(to models.Actor, call *models.CallForHelp, medicines *models.MedicineReminders) models.Consent {
	w.t.Helper()
	terms := models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Permit, Recipient: to.AccountID, Purposes: []models.Purpose{models.PurposeFamily},
		Statements: []models.Statement{models.StatementRevocation}, Signature: models.Signature{Name: "Sam", Method: "typed"}, CallForHelp: call, MedicineReminders: medicines}
	if call != nil {
		terms.Scopes = append(terms.Scopes, models.ScopeCallForHelp)
	}
	if medicines != nil {
		terms.Scopes = append(terms.Scopes, models.ScopeMedicineReminders)
	}
	v, err := w.own().People.GiveConsent(w.t.Context(), care.NewID(), terms)
	w.ok(err)
	return v.Consent
}

func (w *plannedClinic) callBy(when models.CallRule, code string) *models.CallForHelp {
	w.t.Helper()
	for _, x := range w.notify.Wordings() {
		if x.Code == code && x.Language == "en" {
			return &models.CallForHelp{When: when, Way: models.WayPush, Wording: code, Language: "en", Text: x.Text}
		}
	}
	w.t.Fatal("no such words")
	return nil
}

// unsafe has the patient say that they don't feel safe, and gives the alert's id.
func (w *plannedClinic) unsafe() string {
	w.t.Helper()
	_, err := w.own().Record.SendCheckIn(w.t.Context(), care.NewID(), checkin.Submission{FormVersion: 1, AnsweredAt: w.Clock.Now(), Zone: caretest.Site.Zone,
		Answers: map[string]any{"mood": 3.0, "safety": true}})
	w.ok(err)
	w.turn()
	page, err := w.Care.Alerts.Alerts(w.t.Context(), w.doctor, alerts.Filter{}, "", 10)
	w.ok(err)
	if len(page.Items) == 0 {
		w.t.Fatal("no alert")
	}
	return page.Items[0].ID
}

func (w *plannedClinic) helpCalls(who models.Actor) []string { return w.told(who, reminder.HelpCall) }

// TestTheMotherIsCalledAndTheAuntIsNot: at once, by rule, in the words that were signed;
// she answers behind the sign-in and the owner of the alert is told.
func TestTheMotherIsCalledAndTheAuntIsNot(t *testing.T) {
	w := newPlannedClinic(t)
	w.alertsOn()
	mother, aunt := w.Supporter(w.sam), w.Supporter(w.sam)
	w.phone(mother)
	w.phone(aunt)
	w.Share(w.sam, aunt, models.SupporterScopes...)
	w.promise(mother, w.callBy(models.CallAtOnce, "help-come"), nil)
	id := w.unsafe()
	w.turn()
	calls := w.helpCalls(mother)
	if len(calls) != 1 || len(w.helpCalls(aunt)) != 0 || len(w.told(aunt, reminder.News)) != 0 {
		t.Fatalf("the mother: %v, the aunt: %v", calls, w.helpCalls(aunt))
	}
	if got := w.told(w.doctor, reminder.TeamAlarm); !slices.Contains(got, "alert:"+id) {
		t.Errorf("the call is the only step: %v", got)
	}
	w.turn()
	w.turn()
	if n := len(w.helpCalls(mother)); n != 1 {
		t.Errorf("called %d times", n)
	}
	list, err := w.Care.Promises.Own(t.Context(), mother)
	if err != nil || len(list) != 1 || list[0].Name != w.sam.Name || !strings.Contains(list[0].Text, "come to them") {
		t.Fatalf("%+v %v", list, err)
	}
	if others, err := w.Care.Promises.Own(t.Context(), aunt); err != nil || len(others) != 0 {
		t.Errorf("%+v %v", others, err)
	}
	if _, err := w.Care.Promises.Answer(t.Context(), aunt, list[0].ID, promises.Reached); models.KindOf(err) != models.KindNotFound {
		t.Errorf("the aunt answers: %v", err)
	}
	if _, err := w.Care.Promises.Answer(t.Context(), mother, list[0].ID, "asleep"); models.KindOf(err) != models.KindInvalid {
		t.Errorf("an answer that is none: %v", err)
	}
	for range 2 {
		_, err = w.Care.Promises.Answer(t.Context(), mother, list[0].ID, promises.InDanger)
		w.ok(err)
	}
	w.turn()
	if got := w.told(w.doctor, reminder.TeamAlarm); !slices.Contains(got, "help-answer:"+id) {
		t.Errorf("the owner: %v", got)
	}
	people, err := w.Care.Promises.People(t.Context(), w.doctor, id)
	if err != nil || len(people) != 1 || people[0].Called == nil || people[0].Called.Answer != promises.InDanger {
		t.Errorf("%+v %v", people, err)
	}
	if a, err := w.Care.Alerts.Alert(t.Context(), w.doctor, id, func(string) error { return nil }); err != nil || a.Status != risk.Notified {
		t.Errorf("the call changed the alert: %s %v", a.Status, err)
	}
	log, err := w.own().People.AccessLog(t.Context(), "en", "", 100)
	w.ok(err)
	for _, e := range log.Items {
		if strings.Contains(e.What, "danger") {
			t.Errorf("the patient reads what family found out: %+v", e)
		}
	}
}

// TestConsentIsAskedAgainWhenItIsSent: what was signed and taken back between the call and
// its hand-over is not sent.
func TestConsentIsAskedAgainWhenItIsSent(t *testing.T) {
	w := newPlannedClinic(t)
	w.alertsOn()
	mother := w.Supporter(w.sam)
	w.phone(mother)
	consent := w.promise(mother, w.callBy(models.CallAtOnce, "help-call"), nil)
	id := w.unsafe()
	w.turn() // planned, and not handed over yet
	w.ok(w.own().People.RevokeConsent(t.Context(), consent.ID))
	w.drain()
	page, err := w.notify.Inbox(t.Context(), mother.AccountID, notify.Paging{Limit: 10})
	w.ok(err)
	found := 0
	for _, i := range page.Items {
		if i.Kind == reminder.HelpCall {
			found++
		}
		trail, err := w.notify.TrailOf(t.Context(), mother.AccountID, i.ID)
		w.ok(err)
		if i.Kind == reminder.HelpCall && (trail.State != notify.StateDropped || slices.ContainsFunc(trail.Marks, func(m notify.Mark) bool { return m.What == notify.MarkAccepted })) {
			t.Errorf("sent after it was taken back: %+v", trail)
		}
	}
	if found != 1 {
		t.Errorf("%d calls were planned", found)
	}
	if list, err := w.Care.Promises.Own(t.Context(), mother); err != nil || len(list) != 0 {
		t.Errorf("%+v %v", list, err)
	}
	if _, err := w.Care.Promises.Ask(t.Context(), w.doctor, id, mother.AccountID); models.KindOf(err) != models.KindConflict {
		t.Errorf("asked without a consent: %v", err)
	}
}

// TestTheRuleThatWasSigned holds: who is called when the team asks is not called by the
// alert; a clinician asks once; who gets no answer hears of it.
func TestTheRuleThatWasSigned(t *testing.T) {
	w := newPlannedClinic(t)
	w.alertsOn()
	mother, father := w.Supporter(w.sam), w.Supporter(w.sam)
	w.phone(mother)
	w.phone(father)
	w.promise(mother, w.callBy(models.CallTeamAsks, "help-call"), nil)
	w.promise(father, w.callBy(models.CallNoContact, "help-look"), nil)
	id := w.unsafe()
	w.turn()
	if len(w.helpCalls(mother))+len(w.helpCalls(father)) != 0 {
		t.Fatal("called too soon")
	}
	stranger := w.Clinician(models.DisciplineNursing)
	if _, err := w.Care.Promises.Ask(t.Context(), stranger, id, mother.AccountID); models.KindOf(err) != models.KindNotFound {
		t.Errorf("a stranger asks: %v", err)
	}
	for range 2 {
		_, err := w.Care.Promises.Ask(t.Context(), w.doctor, id, mother.AccountID)
		w.ok(err)
	}
	w.turn()
	if n := len(w.helpCalls(mother)); n != 1 {
		t.Errorf("called %d times", n)
	}
	w.Clock.Move(11 * time.Minute)
	w.drain()
	w.turn()
	if got := w.told(w.doctor, reminder.TeamAlarm); !slices.Contains(got, "help-silent:"+id) {
		t.Errorf("nobody answered, and the owner does not know: %v", got)
	}
	for range 40 { // nobody of the team answers
		w.Clock.Move(10 * time.Minute)
		w.ok(w.Care.Alerts.Follow(context.Background()))
		w.turn()
	}
	if n := len(w.helpCalls(father)); n != 1 {
		t.Errorf("nobody got in touch, and the father was called %d times", n)
	}
}

// TestNothingIsPromisedThatCantBeKept: without a way or without alerts the form offers
// none of it, and signing it is refused; other words than those that are sent too.
func TestNothingIsPromisedThatCantBeKept(t *testing.T) {
	w := newPlannedClinic(t)
	mother := w.Supporter(w.sam)
	offered := func() []models.Scope {
		t.Helper()
		c, err := w.own().People.SharingChoices(t.Context())
		w.ok(err)
		for _, p := range c.People {
			if p.AccountID == mother.AccountID {
				return p.Promises
			}
		}
		return nil
	}
	sign := func(call *models.CallForHelp) error {
		_, err := w.own().People.GiveConsent(t.Context(), care.NewID(), models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Permit, Recipient: mother.AccountID,
			Scopes: []models.Scope{models.ScopeCallForHelp}, Purposes: []models.Purpose{models.PurposeFamily}, Statements: []models.Statement{models.StatementRevocation},
			Signature: models.Signature{Name: "Sam", Method: "typed"}, CallForHelp: call})
		return err
	}
	if got := offered(); len(got) != 0 {
		t.Errorf("no way: %v", got)
	}
	w.phone(mother)
	if got := offered(); !slices.Equal(got, []models.Scope{models.ScopeMedicineReminders}) {
		t.Errorf("no alerts: %v", got)
	}
	call := w.callBy(models.CallAtOnce, "help-call")
	if err := sign(call); models.KindOf(err) != models.KindInvalid {
		t.Errorf("signed what can't be kept: %v", err)
	}
	w.alertsOn()
	if got := offered(); !slices.Equal(got, models.SupporterPromises) {
		t.Errorf("both: %v", got)
	}
	for name, spoil := range map[string]func(*models.CallForHelp){"other words": func(c *models.CallForHelp) { c.Text = "Sam is in the clinic." },
		"a way that does not reach": func(c *models.CallForHelp) { c.Way = models.WaySMS }, "a rule that is none": func(c *models.CallForHelp) { c.When = "often" }} {
		bad := *call
		spoil(&bad)
		if err := sign(&bad); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.ok(sign(call))
}

// TestMedicinesArePromised: at the patient's times, half an hour later as they chose, to
// the one whom they promised it, until it is taken back.
func TestMedicinesArePromised(t *testing.T) {
	w := newPlannedClinic(t)
	mother, aunt := w.Supporter(w.sam), w.Supporter(w.sam)
	w.phone(mother)
	w.phone(aunt)
	m, err := w.own().Record.MedicineTimes(t.Context())
	w.ok(err)
	m.Value.Items = []reminder.Medicine{{ID: "m1", Policy: reminder.Home, Times: []string{"09:00"}}, {ID: "m2", Policy: reminder.Home, Times: []string{"09:00"}}}
	_, err = w.own().Record.SetMedicineTimes(t.Context(), m.Version, m.Value)
	w.ok(err)
	consent := w.promise(mother, nil, &models.MedicineReminders{Way: models.WayPush, AfterMinutes: 30})
	w.turn()
	got := w.coming(mother, reminder.MedicineTime)
	if len(got) == 0 || !got[0].At.Equal(w.next(9).Add(30*time.Minute)) || got[0].Ref != "medicine:"+w.sam.PatientID {
		t.Fatalf("%+v", got)
	}
	for i := range got[1:] {
		if got[i].At.Equal(got[i+1].At) {
			t.Error("two notes at one time")
		}
	}
	if n := len(w.coming(aunt, reminder.MedicineTime)); n != 0 {
		t.Errorf("the aunt: %d", n)
	}
	w.ok(w.own().People.RevokeConsent(t.Context(), consent.ID))
	w.turn()
	if n := len(w.coming(mother, reminder.MedicineTime)); n != 0 {
		t.Errorf("taken back: %d", n)
	}
}

// TestOnlyAnOwnAnswerCallsAtOnce: the patient signed that an answer of theirs does. What
// somebody of the clinic noticed, a visit that was missed and a worry of somebody else call
// nobody of family by themselves; the last is in no line that the patient reads.
func TestOnlyAnOwnAnswerCallsAtOnce(t *testing.T) {
	w := newPlannedClinic(t)
	w.alertsOn()
	mother, aunt := w.Supporter(w.sam), w.Supporter(w.sam)
	w.phone(mother)
	w.promise(mother, w.callBy(models.CallAtOnce, "help-call"), nil)
	danger := true
	_, err := w.Care.Messages.SendWorry(t.Context(), aunt, care.NewID(), message.Concern{PatientID: w.sam.PatientID, Danger: &danger, Text: "He does not pick up."})
	w.ok(err)
	w.turn()
	w.turn()
	if n := len(w.helpCalls(mother)); n != 0 {
		t.Errorf("a worry of the aunt: the mother is called %d times", n)
	}
	log, err := w.own().People.AccessLog(t.Context(), "en", "", 100)
	w.ok(err)
	for _, e := range log.Items {
		if strings.Contains(e.What, "call") {
			t.Errorf("the patient reads of a call after a worry: %+v", e)
		}
	}
	_, err = w.Chart(w.doctor, w.sam.PatientID).Alerts.Raise(t.Context(), care.NewID(), alerts.ByHand{Tier: checkin.Urgent, Words: "Seen at the station."})
	w.ok(err)
	w.turn()
	w.turn()
	if n := len(w.helpCalls(mother)); n != 0 {
		t.Errorf("raised by hand: called %d times", n)
	}
	w.unsafe()
	w.turn()
	if n := len(w.helpCalls(mother)); n != 1 {
		t.Errorf("an own answer: called %d times", n)
	}
}

// TestFamilyHearsOfAStateFromAPerson: while somebody is in hospital, in jail or away, no
// reminder about them goes to family, and a call for help that they signed still does. Of
// somebody who died nothing goes out any more, nor is what went out shown.
func TestFamilyHearsOfAStateFromAPerson(t *testing.T) {
	w := newPlannedClinic(t)
	w.alertsOn()
	mother := w.mother()
	w.phone(mother)
	m, err := w.own().Record.MedicineTimes(t.Context())
	w.ok(err)
	m.Value.Items = []reminder.Medicine{{ID: "m1", Policy: reminder.Home, Times: []string{"09:00"}}}
	_, err = w.own().Record.SetMedicineTimes(t.Context(), m.Version, m.Value)
	w.ok(err)
	w.promise(mother, w.callBy(models.CallAtOnce, "help-call"), &models.MedicineReminders{Way: models.WayPush, AfterMinutes: 30})
	v := w.bookWith(w.doctor, mother, w.next(15).AddDate(0, 0, 5))
	state := func(s risk.State) {
		t.Helper()
		now, err := w.Chart(w.doctor, w.sam.PatientID).Record.ContactState(t.Context())
		w.ok(err)
		_, err = w.Chart(w.doctor, w.sam.PatientID).Record.SetContactState(t.Context(), now.Version, risk.ContactState{State: s})
		w.ok(err)
		w.turn()
	}
	reminded := func() (medicines, visits int) {
		t.Helper()
		return len(w.coming(mother, reminder.MedicineTime)), len(w.coming(mother, reminder.VisitAhead, reminder.VisitSoon, reminder.VisitNow))
	}
	w.turn()
	if m, v := reminded(); m == 0 || v == 0 {
		t.Fatalf("at home: %d of medicines, %d of the visit", m, v)
	}
	for _, s := range []risk.State{risk.InHospital, risk.InJail, risk.Away, risk.Died} {
		state(s)
		if m, v := reminded(); m+v != 0 {
			t.Errorf("%s: %d of medicines, %d of the visit", s, m, v)
		}
		if ok, err := w.Care.Promises.Stands(t.Context(), w.sam.PatientID, mother.AccountID, models.ScopeMedicineReminders); ok || err != nil {
			t.Errorf("%s: a reminder that was planned before goes out: %v", s, err)
		}
		state(risk.Here)
		if m, v := reminded(); m == 0 || v == 0 {
			t.Errorf("after %s: %d of medicines, %d of the visit", s, m, v)
		}
	}
	state(risk.InHospital)
	id := w.unsafe()
	w.turn()
	if n := len(w.helpCalls(mother)); n != 1 {
		t.Fatalf("what was promised of an unsafe answer: %d calls", n)
	}
	state(risk.Died)
	if list, err := w.Care.Promises.Own(t.Context(), mother); err != nil || len(list) != 0 {
		t.Errorf("the mother is asked to look after somebody who died: %+v %v", list, err)
	}
	if _, err := w.Care.Promises.Ask(t.Context(), w.doctor, id, mother.AccountID); models.KindOf(err) != models.KindConflict {
		t.Errorf("asked: %v", err)
	}
	before := len(w.told(w.sam, reminder.News))
	_, err = w.Chart(w.doctor, w.sam.PatientID).Visits.CancelVisit(t.Context(), v.Value.ID, v.Version, "prov")
	w.ok(err)
	w.turn()
	if n := len(w.told(w.sam, reminder.News)); n != before {
		t.Errorf("the phone of somebody who died says that a visit is off: %d, then %d", before, n)
	}
	if got := w.told(mother, reminder.News); len(got) != 0 {
		t.Errorf("the program tells the mother that a visit is off: %v", got)
	}
	w.unsafe() // somebody else has the phone
	w.turn()
	if n := len(w.helpCalls(mother)); n != 1 {
		t.Errorf("called about somebody who died: %d calls", n)
	}
}

// TestARecordOfFamilyHoldsNoCallUp: who answers for the alert is called whatever can't be read
// of family and friends, and so is each other one of them to whom a call was promised.
func TestARecordOfFamilyHoldsNoCallUp(t *testing.T) {
	for collection, mothersCalls := range map[string]int{"related_people": 1, "accounts": 1, "contact_states": 0, "consents": 0} {
		t.Run(collection, func(t *testing.T) {
			w := newPlannedClinic(t)
			w.alertsOn()
			aunt, mother := w.Supporter(w.sam), w.Supporter(w.sam)
			w.phone(mother)
			w.phone(aunt)
			consent := w.promise(aunt, w.callBy(models.CallAtOnce, "help-come"), nil)
			w.promise(mother, w.callBy(models.CallAtOnce, "help-come"), nil)
			if collection == "contact_states" {
				_, err := w.Chart(w.doctor, w.sam.PatientID).Record.SetContactState(t.Context(), 1, risk.ContactState{State: risk.InHospital})
				w.ok(err)
			}
			w.turn()
			w.spoil(collection, map[string]string{"related_people": w.sam.PatientID + ":" + aunt.AccountID, "accounts": aunt.AccountID,
				"contact_states": w.sam.PatientID, "consents": consent.ID}[collection], "{")
			w.sends(map[string]any{"mood": 3.0, "safety": true})
			if err := w.planner.Call(t.Context()); err == nil {
				t.Error("nobody is told that something can't be read")
			}
			if got, _ := w.calls(w.doctor); got != 1 && collection != "consents" { // which may be a no to the doctor: the fail-safe is asked
				t.Errorf("%d calls of who answers for it", got)
			}
			if got, _ := w.calls(w.Admin); got != 1 && collection == "consents" {
				t.Errorf("%d calls of the fail-safe", got)
			}
			w.turn()
			w.turn()
			if got := len(w.helpCalls(mother)); got != mothersCalls {
				t.Errorf("%d calls of the mother, want %d", got, mothersCalls)
			}
		})
	}
}

// TestACallThatCantBeReadHoldsNoOtherUp: a call that was made before, of somebody else.
func TestACallThatCantBeReadHoldsNoOtherUp(t *testing.T) {
	w := newPlannedClinic(t)
	w.alertsOn()
	aunt, mother := w.Supporter(w.sam), w.Supporter(w.sam)
	w.phone(mother)
	w.phone(aunt)
	w.promise(aunt, w.callBy(models.CallAtOnce, "help-come"), nil)
	w.unsafe()
	w.turn()
	own, err := w.Care.Promises.Own(t.Context(), aunt)
	w.ok(err)
	w.spoil("help_calls", own[0].ID, "{")
	w.promise(mother, w.callBy(models.CallAtOnce, "help-come"), nil)
	w.Clock.Move(11 * time.Minute)
	w.ok(w.Care.Alerts.Follow(t.Context()))
	for range 3 {
		w.turn()
	}
	if got := len(w.helpCalls(mother)); got != 1 {
		t.Errorf("%d calls of the mother", got)
	}
}
