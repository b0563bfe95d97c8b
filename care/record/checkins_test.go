package record_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/caretest/rounds"
	"handrail/models"
	"handrail/models/checkin"
)

func TestACheckInSentTwiceIsOneAndTheFirstStands(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	own, id, s := h.Chart(p, p.PatientID), care.NewID(), h.MoodToday()
	first, err := own.Record.SendCheckIn(t.Context(), id, s)
	if err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(time.Hour)
	again, err := own.Record.SendCheckIn(t.Context(), id, s)
	if err != nil || !again.CheckIn.ReceivedAt.Equal(first.CheckIn.ReceivedAt) {
		t.Errorf("again: %v, %v", again.CheckIn.ReceivedAt, err)
	}
	if page, err := own.Record.CheckIns(t.Context(), "", 10); err != nil || len(page.Items) != 1 || page.Items[0].Answers["mood"] != 4.0 {
		t.Errorf("%+v, %v", page.Items, err)
	}
}

// Something else under an id that is taken is kept beside it: nothing that a patient
// told is lost, and nobody learns whose id it is.
func TestAnIDThatIsTakenCostsNoAnswer(t *testing.T) {
	h := caretest.New(t)
	p, thief := h.Patient(), h.Patient()
	id, s := care.NewID(), h.MoodToday()
	if _, err := h.Chart(p, p.PatientID).Record.SendCheckIn(t.Context(), id, s); err != nil {
		t.Fatal(err)
	}
	other := h.MoodToday()
	other.Answers = map[string]any{"mood": 9.0}
	for who, sends := range map[models.Actor]checkin.Submission{p: other, thief: s} {
		own := h.Chart(who, who.PatientID)
		first, err := own.Record.SendCheckIn(t.Context(), id, sends)
		if err != nil || first.CheckIn.ID == id || len(first.Notes) != 1 || first.Notes[0].Code != "id-taken" {
			t.Fatalf("%+v, %v", first, err)
		}
		again, err := own.Record.SendCheckIn(t.Context(), id, sends)
		if err != nil || again.CheckIn.ID != first.CheckIn.ID {
			t.Errorf("sent again it is %s, before %s: %v", again.CheckIn.ID, first.CheckIn.ID, err)
		}
	}
	for who, want := range map[models.Actor]int{p: 2, thief: 1} {
		if page, err := h.Chart(who, who.PatientID).Record.CheckIns(t.Context(), "", 10); err != nil || len(page.Items) != want {
			t.Errorf("%d of %d, %v", len(page.Items), want, err)
		}
	}
}

// A phone that does not know its zone has that of its account, and the team sees what
// a person must read.
func TestWhatAPhoneSaysOfItselfCostsNoAnswer(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	own := h.Chart(p, p.PatientID)
	nurse := h.Clinician(models.DisciplineNursing, p)
	for _, zone := range []string{"Etc/Unknown", "+05:30", "Mars/Base", "", "posix/America/New_York", "undefined"} {
		s := h.MoodToday()
		s.Zone, s.Answers["safety"] = zone, true
		got, err := own.Record.SendCheckIn(t.Context(), care.NewID(), s)
		if err != nil || got.Help == nil || got.CheckIn.Zone != "America/New_York" || len(got.Notes) != 1 || !got.ServerTime.Equal(h.Clock.Now()) {
			t.Errorf("%q: %+v, %v", zone, got, err)
		}
	}
	newer := h.MoodToday()
	newer.FormVersion = 2
	got, err := own.Record.SendCheckIn(t.Context(), care.NewID(), newer)
	if err != nil || got.Help == nil || got.CheckIn.NeedsPerson != nil {
		t.Fatalf("%+v, %v", got, err)
	}
	team, err := h.Chart(nurse, p.PatientID).Record.CheckIn(t.Context(), got.CheckIn.ID)
	if err != nil || team.NeedsPerson == nil || team.Raw == "" || len(team.Signals) != 1 {
		t.Errorf("the team sees %+v, %v", team, err)
	}
	points, _, err := own.Record.Series(t.Context(), "mood", "2026-03-02", "2026-03-02")
	if err != nil || points[0].Count != 6 {
		t.Errorf("an answer to a form that is not known is in the trend: %+v, %v", points, err)
	}
}

func TestASafetyAnswerIsMetInTheSameAnswer(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	own := h.Chart(p, p.PatientID)
	calm, err := own.Record.SendCheckIn(t.Context(), care.NewID(), h.MoodToday())
	if err != nil || calm.Help != nil {
		t.Fatalf("%+v, %v", calm.Help, err)
	}
	s := h.MoodToday()
	s.Answers["safety"] = true
	id := care.NewID()
	for range 2 { // the way to help is in a repeated answer too
		hard, err := own.Record.SendCheckIn(t.Context(), id, s)
		if err != nil || hard.Help == nil || hard.Help.Numbers.Country != "US" || hard.Help.Monitoring.Hours == "" || hard.Help.PlanBundle == "" {
			t.Fatalf("%+v, %v", hard.Help, err)
		}
		if len(hard.CheckIn.Signals)+len(hard.CheckIn.Scores) > 0 {
			t.Error("the patient sees what is for the team")
		}
	}
	nurse := h.Clinician(models.DisciplineNursing, p)
	team, err := h.Chart(nurse, p.PatientID).Record.CheckIn(t.Context(), id)
	if err != nil || len(team.Signals) != 1 {
		t.Errorf("the team sees %+v, %v", team.Signals, err)
	}
	_, err = h.Chart(nurse, p.PatientID).Record.SendCheckIn(t.Context(), care.NewID(), s)
	caretest.WantKind(t, err, models.KindForbidden, "check-ins-are-the-patients")
}

func TestSeriesOfAPatient(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	own := h.Chart(p, p.PatientID)
	if _, err := own.Record.SendCheckIn(t.Context(), care.NewID(), h.MoodToday()); err != nil {
		t.Fatal(err)
	}
	points, q, err := own.Record.Series(t.Context(), "mood", "2026-03-01", "2026-03-03")
	if err != nil || q.Max != 10 || len(points) != 3 || points[0].Value != nil || *points[1].Value != 4 || points[2].Value != nil {
		t.Errorf("%+v, %v", points, err)
	}
}

func TestTheTeamShapesTheForm(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse := h.Clinician(models.DisciplineNursing, p)
	f, err := h.Chart(p, p.PatientID).Record.Form(t.Context(), "es")
	if err != nil || f.Version != 1 || f.Value.Questions[0].Ask != "¿Cómo está su ánimo hoy?" {
		t.Fatalf("%+v, %v", f.Value, err)
	}
	team := h.Chart(nurse, p.PatientID)
	f, err = team.Record.ShapeForm(t.Context(), 1, []string{"safety", "pain"}, []checkin.FormInstrument{{ID: "phq-9", EveryDays: 14}}, "en")
	if err != nil || f.Version != 2 || !f.Value.Instruments[0].Worded {
		t.Fatalf("%+v, %v", f.Value, err)
	}
	_, err = team.Record.ShapeForm(t.Context(), 1, []string{"safety"}, nil, "en")
	caretest.WantKind(t, err, models.KindStale, "version-not-newest")
	_, err = team.Record.ShapeForm(t.Context(), 2, []string{"safety"}, []checkin.FormInstrument{{ID: "who-5", EveryDays: 14}}, "en")
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	_, err = h.Chart(p, p.PatientID).Record.ShapeForm(t.Context(), 2, []string{"safety"}, nil, "en")
	caretest.WantKind(t, err, models.KindForbidden, "team-shapes-the-form")
}

func TestImportedWordingCanBeAsked(t *testing.T) {
	h := caretest.New(t)
	i, _ := checkin.FindInstrument("who-5")
	text := checkin.InstrumentText{Instrument: "who-5", Language: "en", Licence: "test", Items: map[string]checkin.ItemText{}, Options: map[string]string{}}
	for _, it := range i.Items {
		text.Items[it.N] = checkin.ItemText{Text: "Question " + it.N}
		for _, o := range it.Options {
			b, _ := json.Marshal(o.Value)
			text.Options[string(b)] = "Answer " + string(b)
		}
	}
	for range 2 { // a newer import replaces the one before
		if err := h.Care.Record.ImportInstrumentText(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
	v, err := h.Care.Record.Instrument(t.Context(), "who-5", "fr")
	if err != nil || !v.Worded || v.Items[0].Text != "Question 1" || v.Items[0].Options[0].Text == "" {
		t.Errorf("%+v, %v", v, err)
	}
}

// TestTwoPhonesLoseNothingAndDoubleNothing sends 1,500 times (100,000 at scale) over a network that
// drops, doubles and reorders, with clocks up to three days off.
func TestTwoPhonesLoseNothingAndDoubleNothing(t *testing.T) {
	sends := rounds.Of(1_500, 100_000)
	h := caretest.New(t)
	p := h.Patient()
	own := h.Chart(p, p.PatientID)
	run := caretest.Offline{Sends: sends, Seed: 11, Workers: 32, Now: h.Clock.Now(), Send: func(id string, s checkin.Submission) error {
		_, err := own.Record.SendCheckIn(context.Background(), id, s)
		return err
	}}
	sent, err := run.Run()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for cursor := ""; ; {
		page, err := own.Record.CheckIns(t.Context(), cursor, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page.Items {
			if seen[c.ID] {
				t.Fatalf("%s is there twice", c.ID)
			}
			seen[c.ID] = true
			if want, ok := sent[c.ID]; !ok || want.Sequence != c.Sequence {
				t.Fatalf("%s is not what was sent", c.ID)
			}
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	if len(seen) != len(sent) {
		t.Errorf("%d acknowledged, %d there", len(sent), len(seen))
	}
}
