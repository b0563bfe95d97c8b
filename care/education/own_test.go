package education_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/education"
)

// answerTo is an answer to the question of a module that ships.
func answerTo(t *testing.T, module string, answer int) education.Answered {
	t.Helper()
	m, ok := education.Builtin().Module(module, "en")
	if !ok {
		t.Fatal("no module ", module)
	}
	return education.Answered{Module: module, Language: "en", Fingerprint: m.Fingerprint(), Answer: answer}
}

// TestAnAnswerIsTheReadersOwn: the same under the same id is one; nobody else's id is
// taken; the team learns of none, nor does its phone.
func TestAnAnswerIsTheReadersOwn(t *testing.T) {
	h := caretest.NewWith(t, func(c *care.Config) { c.UnsignedTexts = true })
	p, other := h.Patient(), h.Patient()
	nurse, mother := h.Clinician(models.DisciplineNursing, p), h.Supporter(p)
	for _, who := range []models.Actor{p, mother} {
		id := care.NewID()
		for range 2 {
			told, err := h.Care.Learn.Answer(t.Context(), who, id, answerTo(t, "naloxone", 1))
			if err != nil || !told.Known || told.Told.Right || told.Told.Section != 3 {
				t.Fatalf("%+v, %v", told, err)
			}
		}
		_, err := h.Care.Learn.Answer(t.Context(), who, id, answerTo(t, "naloxone", 0))
		caretest.WantKind(t, err, models.KindConflict, "already-exists")
		_, err = h.Care.Learn.Answer(t.Context(), other, id, answerTo(t, "naloxone", 1))
		caretest.WantKind(t, err, models.KindConflict, "already-exists")
		if m, err := h.Care.Learn.MarkRead(t.Context(), who, "naloxone", "yes"); err != nil || m.Useful != "yes" {
			t.Fatal(m, err)
		}
		h.Clock.Move(time.Hour)
		if m, err := h.Care.Learn.MarkRead(t.Context(), who, "naloxone", ""); err != nil || m.Useful != "yes" || !m.At.Before(h.Clock.Now()) {
			t.Error("a mark lost its day or its word: ", m, err)
		}
	}
	old := answerTo(t, "naloxone", 2)
	old.Fingerprint = "AAAAAAAAAAAAAAAA"
	if told, err := h.Care.Learn.Answer(t.Context(), p, care.NewID(), old); err != nil || told.Known {
		t.Error("an answer to words that changed since: ", told, err)
	}
	_, err := h.Care.Learn.Answer(t.Context(), p, care.NewID(), answerTo(t, "naloxone", 4))
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	feed, err := h.Chart(nurse, p.PatientID).Record.Feed(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range feed.Changes {
		if c.Section == models.SectionEducation {
			t.Error("the team's phones hear of it: ", c.Kind)
		}
	}
	mine, err := h.Care.Learn.Mine(t.Context(), other, nil)
	if err != nil || len(mine.Read) != 0 {
		t.Error(mine, err)
	}
}

// TestASupportersSuggestionsDoNotTellOfTheRecord: a check-in of the patient changes
// nothing for the mother, what she typed and what is shared with her does.
func TestASupportersSuggestionsDoNotTellOfTheRecord(t *testing.T) {
	h := caretest.NewWith(t, func(c *care.Config) { c.UnsignedTexts = true })
	p := h.Patient()
	mother := h.Supporter(p)
	of := func(who models.Actor, typed ...education.Situation) []education.Suggestion {
		t.Helper()
		m, err := h.Care.Learn.Mine(t.Context(), who, typed)
		if err != nil {
			t.Fatal(err)
		}
		return m.Suggestions
	}
	before := of(mother)
	in := h.MoodToday()
	in.Answers["craving"], in.Answers["use"], in.Answers["sleep"] = 9.0, "alcohol", 3.0
	if _, err := h.Chart(p, p.PatientID).Record.SendCheckIn(t.Context(), care.NewID(), in); err != nil {
		t.Fatal(err)
	}
	if got := of(p); len(got) != 3 || got[0].For != education.AfterUse {
		t.Errorf("the patient is offered %v", got)
	}
	if got := of(mother); len(got) != len(before) || len(got) != 0 {
		t.Errorf("the mother is offered %v", got)
	}
	if got := of(mother, education.FearsOverdose); len(got) != 2 || got[0].Module != "overdose-response" {
		t.Errorf("what she fears gives %v", got)
	}
	h.Share(p, mother, models.ScopeCrisisPlanShared)
	if got := of(mother); len(got) != 1 || got[0].For != education.PlanShared {
		t.Errorf("a shared plan gives %v", got)
	}
}

// TestWhatTheTeamGivesToRead: with the reason that the patient sees; read is told by the
// patient alone; supporters and the office see nothing of it.
func TestWhatTheTeamGivesToRead(t *testing.T) {
	h := caretest.NewWith(t, func(c *care.Config) { c.UnsignedTexts = true })
	p := h.Patient()
	nurse, mother := h.Clinician(models.DisciplineNursing, p), h.Supporter(p)
	h.Share(p, mother, models.ScopeGoalsShared)
	own, team := h.Chart(p, p.PatientID).Learn, h.Chart(nurse, p.PatientID).Learn
	id := care.NewID()
	for range 2 {
		if g, err := team.Give(t.Context(), id, "sleep", "You said that nights are hard."); err != nil || g.By.Name != nurse.Name {
			t.Fatal(g, err)
		}
	}
	_, err := team.Give(t.Context(), id, "sleep", "Something else.")
	caretest.WantKind(t, err, models.KindConflict, "already-exists")
	_, err = team.Give(t.Context(), care.NewID(), "no-such-page", "")
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	_, err = own.Give(t.Context(), care.NewID(), "sleep", "Me.")
	caretest.WantKind(t, err, models.KindForbidden, "given-by-the-team")
	_, err = h.Chart(mother, p.PatientID).Learn.Given(t.Context())
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
	_, err = h.Chart(h.Admin, p.PatientID).Learn.Given(t.Context())
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
	if _, err := h.Care.Learn.MarkRead(t.Context(), p, "sleep", ""); err != nil {
		t.Fatal(err)
	}
	if given, err := team.Given(t.Context()); err != nil || len(given) != 1 || given[0].ReadAt != nil {
		t.Error("the team learns that it was read: ", given, err)
	}
	_, err = team.TellRead(t.Context(), id)
	caretest.WantKind(t, err, models.KindForbidden, "told-by-the-patient")
	for range 2 {
		if g, err := own.TellRead(t.Context(), id); err != nil || g.ReadAt == nil {
			t.Fatal(g, err)
		}
	}
	if given, err := team.Given(t.Context()); err != nil || given[0].ReadAt == nil {
		t.Error(given, err)
	}
	for range 2 {
		if err := own.TakeOff(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	if mine, err := h.Care.Learn.Mine(t.Context(), p, nil); err != nil || len(mine.Given) != 0 || len(mine.Read) != 1 {
		t.Error(mine, err)
	}
}
