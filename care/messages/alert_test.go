package messages_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/duty"
	"handrail/models/message"
	"handrail/models/risk"
)

// TestWordsThatNeedHelp: the writer gets help with the answer, the team one elevated alert
// for a person to review, however often; what the team writes raises none.
func TestWordsThatNeedHelp(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse := h.Clinician(models.DisciplineNursing, p)
	on(t, h)
	sent := begin(t, h, p, p.PatientID, message.WithPatient, "لا أريد أن أعيش")
	if sent.Help == nil || len(sent.Help.Numbers.Emergency) == 0 || sent.Help.PlanBundle == "" || len(sent.Message.Hits) != 0 || !sent.Help.Watch.On || sent.Help.Watch.Now {
		t.Fatalf("%+v", sent)
	}
	if again, err := write(h, h.Care, p, sent.Thread.ID, "I want to die"); err != nil || again.Help == nil {
		t.Fatal(again, err)
	}
	if _, err := write(h, h.Care, nurse, sent.Thread.ID, "Is it that you want to die?"); err != nil {
		t.Fatal(err)
	}
	got := work(t, h, nurse)
	if len(got) != 1 || got[0].Kind != "alert" || got[0].Tier != checkin.Elevated || got[0].Alert.Rule != risk.TextRule || len(got[0].Alert.Evidence) != 2 {
		t.Fatalf("%+v", got)
	}
	for _, e := range got[0].Alert.Evidence {
		if e.Source != risk.FromMessage || e.Words != "" {
			t.Errorf("the evidence repeats what was written: %+v", e)
		}
	}
}

// TestNobodyIsPromised: out of hours the answer says when somebody reads, in hours that it is
// within them, and while nothing is set up neither.
func TestNobodyIsPromised(t *testing.T) {
	h := caretest.New(t)
	r, err := h.Care.Messages.Reading(t.Context(), h.Admin)
	if err != nil || r.On || r.Now || r.NextAt != nil || len(r.Stretches) != 0 {
		t.Fatalf("%+v %v", r, err)
	}
	on(t, h)
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[time.Time]string{
		time.Date(2026, 3, 6, 16, 59, 59, 0, zone): "", // a Friday
		time.Date(2026, 3, 6, 17, 0, 0, 0, zone):   "2026-03-09T09:00:00-04:00",
		time.Date(2026, 3, 8, 3, 0, 0, 0, zone):    "2026-03-09T09:00:00-04:00", // the clocks went forward
		time.Date(2026, 3, 9, 9, 0, 0, 0, zone):    "",
	} {
		h.Clock.Set(at)
		r, err := h.Care.Messages.Reading(t.Context(), h.Admin)
		if err != nil || !r.On || r.Now != (want == "") || (r.NextAt == nil) != (want == "") || len(r.Stretches) < 9 {
			t.Fatalf("%s: %+v %v", at, r, err)
		}
		if r.NextAt != nil && r.NextAt.In(zone).Format(time.RFC3339) != want {
			t.Errorf("%s: next at %s", at, r.NextAt)
		}
	}
}

// TestAnAnswerThatIsDue: the owner is reminded at the end of the last of the days that the
// team agreed, and again the next working day; an answer ends it.
func TestAnAnswerThatIsDue(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, doctor := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplinePsychiatry, p)
	on(t, h)
	if _, err := h.Care.Messages.SetNorms(t.Context(), h.Admin, 1, message.Norms{AnswerWithinDays: 2}); err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	h.Clock.Set(time.Date(2026, 3, 6, 20, 0, 0, 0, zone)) // Friday night
	id := begin(t, h, p, p.PatientID, message.WithPatient, "A form to sign").Thread.ID
	follow := func() *message.Waits {
		t.Helper()
		for range 3 {
			if err := h.Instance().Messages.Follow(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		v, err := h.Care.Messages.Thread(t.Context(), doctor, id, always)
		if err != nil {
			t.Fatal(err)
		}
		return v.Waits
	}
	w := follow()
	if w == nil || w.Owner != nurse.AccountID || w.By == nil || w.By.In(zone).Format(time.RFC3339) != "2026-03-10T17:00:00-04:00" || w.Reminded != 0 {
		t.Fatalf("%+v", w)
	}
	h.Clock.Set(w.By.Add(time.Second))
	if w = follow(); w.Reminded != 1 {
		t.Fatalf("%+v", w)
	}
	if is, err := h.Care.Messages.Overdue(t.Context(), id, nurse.AccountID); err != nil || !is {
		t.Fatal(is, err)
	}
	if err := h.Chart(h.Admin, p.PatientID).People.LeaveTeam(t.Context(), care.AnyVersion, nurse.AccountID); err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(24 * time.Hour)
	if w = follow(); w.Reminded != 2 || w.Owner != doctor.AccountID {
		t.Fatalf("the owner left: %+v", w)
	}
	if _, err := write(h, h.Care, doctor, id, "Signed."); err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(96 * time.Hour)
	if w = follow(); w != nil {
		t.Fatalf("answered: %+v", w)
	}
}

// TestARecordThatCantBeReadStopsNoMessage: it is taken, and what it could not bring along
// comes when the record is mended, once.
func TestARecordThatCantBeReadStopsNoMessage(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, mother := h.Clinician(models.DisciplineNursing, p), h.Supporter(p)
	on(t, h)
	was, err := h.Store.Get(t.Context(), "alert_settings", "site")
	if err != nil {
		t.Fatal(err)
	}
	h.Spoil("alert_settings", "site", "{")
	begin(t, h, p, p.PatientID, message.WithPatient, "I want to die")
	danger := true
	if _, err := h.Care.Messages.SendWorry(t.Context(), mother, care.NewID(), message.Concern{Danger: &danger, Text: "She said it to me too."}); err != nil {
		t.Fatal(err)
	}
	h.Spoil("alert_settings", "site", string(was.Body))
	for range 3 {
		h.Clock.Move(time.Hour)
		if err := h.Instance().Messages.Follow(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	kinds := map[string]int{}
	for _, w := range work(t, h, nurse) {
		kinds[w.Kind]++
	}
	if kinds["message"] != 1 || kinds["alert"] != 2 {
		t.Errorf("%v", kinds)
	}
}

// TestWhatWaitsMovesOn: to who reads for the patient now.
func TestWhatWaitsMovesOn(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse := h.Clinician(models.DisciplineNursing, p)
	id := begin(t, h, p, p.PatientID, message.WithPatient, "Hello").Thread.ID
	if err := h.Chart(h.Admin, p.PatientID).People.LeaveTeam(t.Context(), care.AnyVersion, nurse.AccountID); err != nil {
		t.Fatal(err)
	}
	doctor := h.Clinician(models.DisciplinePsychiatry, p)
	for range 2 {
		if err := h.Care.Messages.Recheck(t.Context(), p.PatientID); err != nil {
			t.Fatal(err)
		}
	}
	if left := work(t, h, nurse); len(left) != 0 {
		t.Errorf("%+v", left)
	}
	got := work(t, h, doctor)
	if len(got) != 1 || got[0].ID != id {
		t.Fatalf("%+v", got)
	}
	v, err := h.Care.Messages.Thread(t.Context(), doctor, id, always)
	if err != nil || v.Waits == nil || v.Waits.Owner != doctor.AccountID {
		t.Errorf("%+v %v", v, err)
	}
}

// TestWhoIsThereOwesTheAnswer: not who is on leave, and not who was stopped, whether they
// have read it or not.
func TestWhoIsThereOwesTheAnswer(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, doctor := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplinePsychiatry, p)
	on(t, h)
	h.Clock.Set(time.Date(2026, 3, 4, 16, 0, 0, 0, time.UTC))
	id := begin(t, h, p, p.PatientID, message.WithPatient, "A form to sign").Thread.ID
	owner := func() string {
		t.Helper()
		v, err := h.Care.Messages.Thread(t.Context(), doctor, id, always)
		if err != nil || v.Waits == nil {
			t.Fatalf("%+v %v", v, err)
		}
		return v.Waits.Owner
	}
	if owner() != nurse.AccountID {
		t.Fatal("nobody was away")
	}
	rota := care.NewID()
	terms := duty.Terms{Name: "Days", Zone: "UTC", Serves: duty.ServesCover, Shifts: []duty.Shift{},
		Leave: []duty.Leave{{AccountID: nurse.AccountID, Cover: h.Clinician(models.DisciplineTherapy).AccountID, From: "2026-03-03T00:00:00", To: "2026-03-09T00:00:00"}}}
	if _, err := h.Care.Duty.Create(t.Context(), h.Admin, rota, terms); err != nil {
		t.Fatal(err)
	}
	if err := h.Care.Messages.Recheck(t.Context(), p.PatientID); err != nil {
		t.Fatal(err)
	}
	if owner() != doctor.AccountID {
		t.Error("who is on leave owes the answer")
	}
	first := id
	if id = begin(t, h, p, p.PatientID, message.WithPatient, "Another one").Thread.ID; owner() != doctor.AccountID {
		t.Error("who is on leave is asked")
	}
	for _, thread := range []string{first, id} { // they wait in no list of theirs
		if err := h.Care.Messages.MarkRead(t.Context(), doctor, thread, 1); err != nil {
			t.Fatal(err)
		}
	}
	doctor, nurse = nurse, doctor // who looks is not who is stopped
	if _, err := h.Care.People.Suspend(t.Context(), h.Admin, care.AnyVersion, nurse.AccountID, true); err != nil {
		t.Fatal(err)
	}
	if err := h.Care.Messages.RecheckOwner(t.Context(), nurse.AccountID); err != nil {
		t.Fatal(err)
	}
	if owner() == nurse.AccountID {
		t.Error("who was stopped owes the answer")
	}
}

// TestNobodyHearsOfAnothersHours: once a programme has hours of its own, a supporter is
// told nobody's hours, before a worry and after it, whoever it is about; a patient of the
// programme reads its hours and not the clinic's words; the others read as before.
func TestNobodyHearsOfAnothersHours(t *testing.T) {
	h := caretest.New(t)
	p, other := h.Patient(), h.Patient()
	on(t, h)
	ctx := t.Context()
	relatives := map[string]models.Actor{p.PatientID: h.Supporter(p), other.PatientID: h.Supporter(other)}
	told := func(want bool, why string) {
		t.Helper()
		for patient, who := range relatives {
			before, err := h.Care.Messages.Reading(ctx, who)
			if err != nil || before.On != want || (before.Monitoring.Hours != "") != want {
				t.Errorf("%s: before it, %+v %v", why, before, err)
			}
			danger := false
			after, err := h.Care.Messages.SendWorry(ctx, who, care.NewID(), message.Concern{PatientID: patient, Danger: &danger, Text: "Not well."})
			if err != nil || after.Reading.On != want || (after.Reading.Monitoring.Hours != "") != want {
				t.Errorf("%s: after it, %+v %v", why, after.Reading, err)
			}
		}
	}
	told(true, "no programme")
	v, err := h.Care.Alerts.MakeProgramme(ctx, h.Admin, care.NewID(), risk.Policy{Name: "Evenings", Levels: risk.Levels,
		Hours: &risk.Hours{Zone: "America/New_York", Windows: []risk.Window{{Day: 1, From: "20:00", To: "23:00"}}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Chart(h.Admin, p.PatientID).Alerts.SetProgramme(ctx, 1, risk.InProgramme{Programme: v.Value.ID}); err != nil {
		t.Fatal(err)
	}
	told(false, "one has its own hours")
	for who, words := range map[models.Actor]bool{p: false, other: true} {
		r, err := h.Care.Messages.Reading(ctx, who)
		if err != nil || !r.On || (r.Monitoring.Hours != "") != words {
			t.Errorf("a patient: %+v %v", r, err)
		}
		in, err := h.Chart(who, who.PatientID).Record.SendCheckIn(ctx, care.NewID(), checkin.Submission{FormVersion: 1, AnsweredAt: h.Clock.Now(), Zone: "America/New_York", Answers: map[string]any{"safety": true}})
		if err != nil || in.Help == nil || (in.Help.Monitoring.Hours != "") != words {
			t.Errorf("the help of a check-in: %+v %v", in.Help, err)
		}
	}
	if _, err := h.Care.Alerts.EndProgramme(ctx, h.Admin, v.Value.ID, v.Version); err != nil {
		t.Fatal(err)
	}
	told(true, "it has ended")
}
