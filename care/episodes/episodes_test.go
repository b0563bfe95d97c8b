package episodes_test

import (
	"errors"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/caretest"
	"handrail/care/episodes"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/episode"
	"handrail/models/handoff"
	"handrail/models/medicine"
	"handrail/models/referral"
	"handrail/models/risk"
	"handrail/models/task"
)

type clinic struct {
	*caretest.Clinic
	t                         *testing.T
	sam                       models.Actor
	lead, nurse, social, peer models.Actor
}

func newClinic(t *testing.T) *clinic {
	h := caretest.New(t)
	c := &clinic{Clinic: h, t: t, sam: h.Patient()}
	c.lead = h.Clinician(models.DisciplinePsychiatry)
	_, err := h.Chart(h.Admin, c.sam.PatientID).People.JoinTeam(t.Context(), care.AnyVersion, c.lead.AccountID, true)
	c.ok(err)
	c.nurse, c.social, c.peer = h.Clinician(models.DisciplineNursing, c.sam), h.Clinician(models.DisciplineSocialWork, c.sam), h.Clinician(models.DisciplinePeer, c.sam)
	return c
}

func (c *clinic) ok(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err, caretest.FieldsOf(err))
	}
}

func (c *clinic) of(who models.Actor) *episodes.Part { return c.Chart(who, c.sam.PatientID).Episode }

func (c *clinic) begin() string {
	c.t.Helper()
	id := care.NewID()
	for range 2 {
		v, err := c.of(c.lead).Begin(c.t.Context(), id)
		c.ok(err)
		if v.Status != episode.Planned || len(v.Sections) != len(episode.Sections) {
			c.t.Fatalf("%+v", v)
		}
	}
	return id
}

// take has somebody take a section over.
func (c *clinic) take(who models.Actor, id, section string) error {
	c.t.Helper()
	v, err := c.of(who).Episode(c.t.Context(), id)
	c.ok(err)
	i := slices.IndexFunc(v.Sections, func(s episodes.SectionView) bool { return s.Key == section })
	_, err = c.Care.Tasks.Claim(c.t.Context(), who, v.Sections[i].TaskID)
	return err
}

func code(err error) string {
	e, _ := errors.AsType[*models.Error](err)
	if e == nil {
		return ""
	}
	return e.Code
}

func saidOf(section string) (out []episode.Said) {
	s, _ := episode.SectionOf(section)
	for i, q := range s.Questions {
		switch {
		case i == 1:
			out = append(out, episode.Said{Question: q.Key, Declined: true})
		case len(q.Choices) > 0:
			out = append(out, episode.Said{Question: q.Key, Choice: q.Choices[0]})
		default:
			out = append(out, episode.Said{Question: q.Key, Words: "Some words."})
		}
	}
	return out
}

// TestWhoAsksWhatOnce: each section has one owner who accepted it and a due time; what one
// wrote down is not asked again by another; the patient reads it and comments.
func TestWhoAsksWhatOnce(t *testing.T) {
	c := newClinic(t)
	id := c.begin()
	if _, err := c.of(c.nurse).Begin(t.Context(), care.NewID()); code(err) != "episode-open" {
		t.Error("two at once:", err)
	}
	if err := c.take(c.social, id, "mind"); code(err) != "cannot-lead" {
		t.Error("a social worker asks about mood:", err)
	}
	c.ok(c.take(c.nurse, id, "use"))
	if err := c.take(c.lead, id, "use"); code(err) != "claimed" {
		t.Error("two owners:", err)
	}
	if _, err := c.of(c.social).Answer(t.Context(), id, "use", saidOf("use"), false); code(err) != "cannot-ask" {
		t.Error("asked by another profession:", err)
	}
	if _, err := c.of(c.nurse).Finish(t.Context(), id, "use"); code(err) != "questions-open" {
		t.Error("done without answers:", err)
	}
	for range 2 {
		_, err := c.of(c.nurse).Answer(t.Context(), id, "use", saidOf("use"), false)
		c.ok(err)
	}
	again := []episode.Said{{Question: "substances", Words: "Something else."}}
	if _, err := c.of(c.lead).Answer(t.Context(), id, "use", again, false); code(err) != "asked-already" {
		t.Error("asked twice:", err)
	}
	_, err := c.of(c.lead).Answer(t.Context(), id, "use", again, true)
	c.ok(err)
	if _, err := c.of(c.lead).Finish(t.Context(), id, "use"); code(err) != "not-the-owner" {
		t.Error("done by somebody else:", err)
	}
	for range 2 {
		v, err := c.of(c.nurse).Finish(t.Context(), id, "use")
		c.ok(err)
		if v.Done["use"].By.AccountID != c.nurse.AccountID || !v.Answers["last-use"].Declined {
			t.Errorf("%+v", v.Done)
		}
	}
	comment := care.NewID()
	for range 2 {
		v, err := c.of(c.sam).Comment(t.Context(), id, "use", comment, "That was years ago.")
		c.ok(err)
		if len(v.Comments) != 1 {
			t.Errorf("%+v", v.Comments)
		}
	}
	if n := c.open(task.CodeIntakeComment); len(n) != 1 {
		t.Errorf("nobody reads what the patient says: %v", n)
	}
	if _, err := c.of(c.nurse).Comment(t.Context(), id, "use", care.NewID(), "x"); code(err) != "not-for-your-role" {
		t.Error(err)
	}
}

// open are the open tasks of a code about the patient.
func (c *clinic) open(code string) (out []task.View) {
	c.t.Helper()
	page, err := c.Care.Tasks.Tasks(c.t.Context(), c.lead, tasks.Filter{PatientID: c.sam.PatientID}, "", 100)
	c.ok(err)
	for _, v := range page.Items {
		if v.Code == code {
			out = append(out, v)
		}
	}
	return out
}

// TestNeedsFlowIntoReferrals: what is said in the intake is what referrals read, and what
// was said there is not asked in the intake.
func TestNeedsFlowIntoReferrals(t *testing.T) {
	c := newClinic(t)
	_, err := c.Chart(c.sam, c.sam.PatientID).Referral.SetNeeds(t.Context(), 1, referral.SocialNeeds{Needs: []referral.Asked{{Need: "food", Wants: "help"}}})
	c.ok(err)
	id := c.begin()
	v, err := c.of(c.social).Episode(t.Context(), id)
	c.ok(err)
	i := slices.IndexFunc(v.Sections, func(s episodes.SectionView) bool { return s.Key == episode.SectionNeeds })
	if needs := v.Sections[i]; slices.Contains(needs.Open, "food") || len(needs.Said) != 1 || needs.Said[0].Choice != "help" {
		t.Errorf("food is asked again: %+v", needs)
	}
	_, err = c.of(c.sam).Answer(t.Context(), id, episode.SectionNeeds, []episode.Said{{Question: "housing", Choice: "help", Words: "A room."}, {Question: "legal", Declined: true}}, false)
	c.ok(err)
	n, err := c.Chart(c.social, c.sam.PatientID).Referral.Needs(t.Context())
	c.ok(err)
	if want := []referral.Asked{{Need: "food", Wants: "help"}, {Need: "housing", Wants: "help", Words: "A room."}}; !slices.Equal(n.Value.Needs, want) {
		t.Errorf("%+v", n.Value.Needs)
	}
	if len(c.open(task.CodeNeed)) != 1 {
		t.Error("nobody looks after the need")
	}
}

func (c *clinic) listGone() {
	c.t.Helper()
	_, err := c.Chart(c.nurse, c.sam.PatientID).Medicine.Reconcile(c.t.Context(), care.NewID(), medicine.Reconciliation{Occasion: "intake"})
	c.ok(err)
}

// TestMedicinesAreGoneThroughWhereTheyAre: the section links to the list; it is done when
// that was gone through since.
func TestMedicinesAreGoneThroughWhereTheyAre(t *testing.T) {
	c := newClinic(t)
	c.listGone()
	c.Clock.Move(time.Hour)
	id := c.begin()
	c.ok(c.take(c.nurse, id, episode.SectionMedicines))
	if _, err := c.of(c.nurse).Finish(t.Context(), id, episode.SectionMedicines); code(err) != "medicines-not-reviewed" {
		t.Error(err)
	}
	c.Clock.Move(time.Hour)
	c.listGone()
	_, err := c.of(c.nurse).Finish(t.Context(), id, episode.SectionMedicines)
	c.ok(err)
}

// TestEachSectionHasOneOwnerAndAClock: of many who answer, claim and finish at once, no
// answer is lost, each open section has one owner and a due time, and each done one none.
func TestEachSectionHasOneOwnerAndAClock(t *testing.T) {
	c := newClinic(t)
	id := c.begin()
	var all sync.WaitGroup
	for _, who := range []models.Actor{c.lead, c.nurse, c.social, c.peer} {
		for _, s := range episode.Sections {
			all.Go(func() {
				_ = c.take(who, id, s.Key)
				if len(s.Questions) > 0 && episode.MayAsk(s.Key, who.Role, who.Discipline) {
					_, _ = c.of(who).Answer(t.Context(), id, s.Key, saidOf(s.Key), true)
				}
			})
		}
	}
	all.Wait()
	owners := map[string]models.Actor{}
	v, err := c.of(c.lead).Episode(t.Context(), id)
	c.ok(err)
	for _, s := range v.Sections {
		if s.Owner == nil || s.DueAt == nil || !s.Accepted || len(s.Open) > 0 {
			t.Errorf("%s: %+v", s.Key, s)
		}
		for _, who := range []models.Actor{c.lead, c.nurse, c.social, c.peer} {
			if s.Owner != nil && who.AccountID == s.Owner.AccountID {
				owners[s.Key] = who
			}
		}
	}
	c.Clock.Move(time.Hour)
	c.listGone()
	for _, s := range episode.Sections {
		_, err := c.of(owners[s.Key]).Finish(t.Context(), id, s.Key)
		c.ok(err)
	}
	if left := c.open(task.CodeIntake); len(left) > 0 {
		t.Errorf("done, and still somebody's: %v", left)
	}
}

// TestProgrammesAreReasonsAndAPersonDecides: what is not known is no reason against
// somebody, nothing is refused by itself, and a yes is somebody's task.
func TestProgrammesAreReasonsAndAPersonDecides(t *testing.T) {
	c := newClinic(t)
	id := c.begin()
	want := []episode.Criterion{{Kind: episode.ByAge, Min: 18, Max: 65}, {Kind: episode.ByNeed, Any: []string{"housing"}}, {Kind: episode.ByLanguage, Any: []string{"ar"}}, {Kind: episode.ByWish, Any: []string{"night"}}}
	_, err := c.Care.Episode.SetCriteria(t.Context(), c.Admin, "clinic", 1, want)
	c.ok(err)
	if _, err := c.Care.Episode.SetCriteria(t.Context(), c.nurse, "clinic", 2, nil); models.KindOf(err) != models.KindForbidden {
		t.Error(err)
	}
	_, err = c.of(c.sam).Answer(t.Context(), id, episode.SectionNeeds, []episode.Said{{Question: "housing", Choice: "fine"}}, false)
	c.ok(err)
	_, err = c.of(c.sam).Answer(t.Context(), id, "about", []episode.Said{{Question: "matters", Words: "I work at NIGHT."}}, false)
	c.ok(err)
	fits, err := c.of(c.nurse).Suits(t.Context())
	c.ok(err)
	var met []string
	for _, w := range fits[0].Why {
		met = append(met, w.Met)
	}
	if !slices.Equal(met, []string{"unknown", "no", "no", "yes"}) {
		t.Errorf("%v %+v", met, fits)
	}
	v, err := c.of(c.nurse).Choose(t.Context(), id, episode.Choice{ID: care.NewID(), Programme: "clinic", Joins: true, Why: "The evening group fits your work."})
	c.ok(err)
	if len(v.Choices) != 1 || len(c.open(task.CodeProgramme)) != 1 {
		t.Errorf("%+v", v.Choices)
	}
}

func (c *clinic) terms() episode.DischargeTerms {
	return episode.DischargeTerms{LeavesOn: c.Day(1), Reason: "goals-met", Where: "Elm Street clinic", Next: "Groups on Tuesdays.",
		Reach: "The nurse, any day.", PlanBy: c.Day(3), SeesDay7: c.nurse.AccountID, Sees30: c.social.AccountID}
}

// leave has the patient leave, after all that this needs.
func (c *clinic) leave(id string, t episode.DischargeTerms, over *handoff.Terms) episodes.View {
	c.t.Helper()
	_, err := c.of(c.lead).Move(c.t.Context(), id, episode.Active, "")
	c.ok(err)
	c.Clock.Move(time.Hour)
	if v, err := c.of(c.lead).Write(c.t.Context(), id, t); err != nil || !slices.Equal(v.Missing, []string{"medicines"}) {
		c.t.Fatal(v.Missing, err)
	}
	c.listGone()
	for range 2 {
		v, err := c.of(c.lead).Discharge(c.t.Context(), id, over)
		c.ok(err)
		if v.Status != episode.Finished || len(v.Discharge.FollowUps) != 2 {
			c.t.Fatalf("%+v", v.Discharge)
		}
	}
	v, err := c.of(c.lead).Episode(c.t.Context(), id)
	c.ok(err)
	return v
}

// TestWhoLeavesIsSeenAgain: two tasks with a day each; what nobody wrote down in time goes
// to the lead; who neither came nor was reached is looked after.
func TestWhoLeavesIsSeenAgain(t *testing.T) {
	for _, on := range []bool{false, true} {
		t.Run("alerts "+strconv.FormatBool(on), func(t *testing.T) {
			c := newClinic(t)
			if on {
				s, err := c.Care.Alerts.Settings(t.Context(), c.Admin)
				c.ok(err)
				_, err = c.Care.Alerts.Set(t.Context(), c.Admin, s.Version, alerts.Terms{Hours: risk.Hours{Zone: "America/New_York", Windows: []risk.Window{{Day: 1, From: "00:00", To: "24:00"}}}, FailSafe: c.Admin.AccountID, Confirmed: true})
				c.ok(err)
			}
			id := c.begin()
			v := c.leave(id, c.terms(), nil)
			if left := c.open(task.CodeIntake); len(left) > 0 {
				t.Error("the intake of who has left is still somebody's")
			}
			follow := c.open(task.CodeFollowUp)
			if len(follow) != 2 || follow[0].Owner.AccountID != c.lead.AccountID || follow[0].Asked.AccountID != c.nurse.AccountID || !follow[0].DueAt.Equal(v.Discharge.FollowUps[0].DueAt) {
				t.Fatalf("%+v", follow)
			}
			_, err := c.Care.Tasks.Accept(t.Context(), c.nurse, follow[0].ID)
			c.ok(err)
			c.Clock.Move(8*24*time.Hour + 18*time.Hour)
			c.ok(c.Care.Tasks.Follow(t.Context()))
			late := c.open(task.CodeFollowUp)[0]
			if late.Owner.AccountID != c.nurse.AccountID || late.Asked == nil || late.Asked.AccountID != c.lead.AccountID {
				t.Errorf("the lead is not asked: %+v", late.Task)
			}
			if _, err := c.Care.Tasks.Progress(t.Context(), c.nurse, late.ID, task.Completed, ""); code(err) != "ends-elsewhere" {
				t.Error(err)
			}
			for range 2 {
				v, err = c.of(c.nurse).FollowUp(t.Context(), id, 7, episode.Missed, "No answer twice.")
				c.ok(err)
			}
			if len(c.open(task.CodeFollowUp)) != 1 || v.Discharge.FollowUps[0].Outcome != episode.Missed {
				t.Errorf("%+v", v.Discharge)
			}
			raised, err := c.Chart(c.lead, c.sam.PatientID).Alerts.Open(t.Context())
			c.ok(err)
			if fired := len(raised) == 1 && raised[0].Evidence[0].Rule == "R-VI-2"; fired != on || (len(c.open(task.CodeFollowMissed)) == 1) == on {
				t.Errorf("alerts on %v: %d alerts, %d tasks", on, len(raised), len(c.open(task.CodeFollowMissed)))
			}
			if _, err := c.of(c.lead).Begin(t.Context(), care.NewID()); err != nil {
				t.Error("nobody can come back:", err)
			}
		})
	}
}

// TestAVisitOnTheLastDayIsNoFollowUp: what is booked in the week after and in the month
// after counts, the day itself does not. Both tasks are due at five in the afternoon where
// the patient is, also after the clocks went forward.
func TestAVisitOnTheLastDayIsNoFollowUp(t *testing.T) {
	c := newClinic(t)
	c.Offer(caretest.Talk)
	c.Opens(c.lead)
	for _, day := range []int{1, 3, 18} {
		_, err := c.Chart(c.sam, c.sam.PatientID).Visits.BookDirect(t.Context(), care.NewID(), caretest.With(c.lead), caretest.At(day, 10, 0))
		c.ok(err)
	}
	v := c.leave(c.begin(), c.terms(), nil)
	var got []string
	for _, b := range v.Booked {
		got = append(got, strconv.Itoa(b.Day)+" "+b.Start.Format(time.DateOnly))
	}
	if want := []string{"7 2026-03-05", "30 2026-03-20"}; v.Discharge.Terms.LeavesOn != "2026-03-03" || !slices.Equal(got, want) {
		t.Errorf("leaves on %s: %v", v.Discharge.Terms.LeavesOn, got)
	}
	zone, err := time.LoadLocation("America/New_York")
	c.ok(err)
	for i, want := range []string{"2026-03-10 17:00", "2026-04-02 17:00"} {
		if got := v.Discharge.FollowUps[i].DueAt.In(zone).Format("2006-01-02 15:04"); got != want {
			t.Errorf("due at %s", got)
		}
	}
}

// TestAMoveMakesAHandoff: of the one kind, with its own clock; without it nobody leaves.
func TestAMoveMakesAHandoff(t *testing.T) {
	c := newClinic(t)
	id := c.begin()
	terms := c.terms()
	terms.From, terms.To = handoff.Detox, handoff.Community
	over := handoff.Terms{Receiver: c.nurse.AccountID, Severity: handoff.Stable, Summary: "Slept well.", Actions: []string{"Call"}, Situation: "At home with her sister.",
		WhatIf: []handoff.WhatIf{{If: "No sleep", Then: "Call me"}}, NextVisitOn: terms.LeavesOn, CallDay1: c.nurse.AccountID, CallDay7: c.nurse.AccountID}
	v := c.leave(id, terms, &over)
	h, err := c.Chart(c.lead, c.sam.PatientID).Handoffs.Handoff(t.Context(), v.Discharge.HandoffID)
	c.ok(err)
	if h.Status != handoff.Requested || h.MovesOn != terms.LeavesOn || len(c.open(task.CodeHandoff)) != 1 {
		t.Errorf("%+v", h)
	}
}

// TestRemindersAsThePatientChooses: theirs alone to choose, once it has ended.
func TestRemindersAsThePatientChooses(t *testing.T) {
	c := newClinic(t)
	id := c.begin()
	if _, err := c.of(c.sam).Remind(t.Context(), id, episode.RemindNone); code(err) != "not-from-here" {
		t.Error(err)
	}
	c.leave(id, c.terms(), nil)
	if _, err := c.of(c.lead).Remind(t.Context(), id, episode.RemindNone); code(err) != "not-for-your-role" {
		t.Error(err)
	}
	_, err := c.of(c.sam).Remind(t.Context(), id, episode.RemindVisits)
	c.ok(err)
	if what, err := c.Care.Episode.RemindersAfter(t.Context(), c.sam.PatientID); err != nil || what != episode.RemindVisits {
		t.Error(what, err)
	}
}

// TestWordsOfDangerInAnIntakeAreAnAlert: what a patient writes of their own is looked at
// before it is stored, as in a check-in; what the team writes down, and the same again, is
// not.
func TestWordsOfDangerInAnIntakeAreAnAlert(t *testing.T) {
	c := newClinic(t)
	s, err := c.Care.Alerts.Settings(t.Context(), c.Admin)
	c.ok(err)
	_, err = c.Care.Alerts.Set(t.Context(), c.Admin, s.Version, alerts.Terms{Hours: risk.Hours{Zone: "America/New_York", Windows: []risk.Window{{Day: 1, From: "00:00", To: "24:00"}}}, FailSafe: c.Admin.AccountID, Confirmed: true})
	c.ok(err)
	fired := func() int {
		page, err := c.Care.Alerts.Alerts(t.Context(), c.lead, alerts.Filter{}, "", 100)
		c.ok(err)
		n := 0
		for _, a := range page.Items {
			for _, e := range a.Evidence {
				if e.Rule == risk.TextRule {
					n++
				}
			}
		}
		return n
	}
	id, said := c.begin(), []episode.Said{{Question: "reason", Words: "I want to kill myself."}}
	_, err = c.of(c.peer).Answer(t.Context(), id, "about", said, false)
	c.ok(err)
	if n := fired(); n != 0 {
		t.Errorf("what the team wrote down: %d", n)
	}
	for range 2 {
		_, err = c.of(c.sam).Answer(t.Context(), id, "mind", []episode.Said{{Question: "mood", Words: "I want to kill myself."}}, false)
		c.ok(err)
	}
	if n := fired(); n != 1 {
		t.Errorf("an answer of the patient, twice: %d", n)
	}
	comment := care.NewID()
	for range 2 {
		_, err = c.of(c.sam).Comment(t.Context(), id, "about", comment, "I want to kill myself.")
		c.ok(err)
	}
	if n := fired(); n != 2 {
		t.Errorf("a comment, twice: %d", n)
	}
}

// TestAFollowUpIsDueByTheClockOfItsDay: at five in the afternoon also where the clock
// changed in the night before.
func TestAFollowUpIsDueByTheClockOfItsDay(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for _, leaves := range []string{"2027-03-07", "2027-10-31"} { // a week before the clock changes, both ways
		if due := episodes.DayAfter(leaves, 7, 17, zone).In(zone); due.Hour() != 17 {
			t.Errorf("%s: %s", leaves, due)
		}
	}
}

// TestTheReportOfFollowUpsNamesNobody: who left is counted from the index, in their
// programme; one person has no numbers, and others are not counted.
func TestTheReportOfFollowUpsNamesNobody(t *testing.T) {
	c := newClinic(t)
	report := func(who models.Actor) (episodes.FollowUpReport, error) {
		return c.Care.Episode.FollowUps(t.Context(), who, c.Clock.Now().AddDate(0, 0, -30), c.Clock.Now().Add(time.Hour))
	}
	id := c.begin()
	if r, err := report(c.lead); err != nil || len(r.Rows) != 0 {
		t.Errorf("before: %+v %v", r, err)
	}
	c.leave(id, c.terms(), nil)
	r, err := report(c.lead)
	if c.ok(err); len(r.Rows) != 2 || r.Rows[0].Day != 7 || r.Rows[1].Day != 30 || !r.Rows[0].Few || r.Rows[0].Counts != nil || r.Unreadable != 0 {
		t.Errorf("%+v", r)
	}
	if _, err := report(c.sam); code(err) != "not-for-your-role" {
		t.Errorf("a patient: %v", err)
	}
}
