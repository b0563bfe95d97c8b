package planning_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/signin"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/crisisplan"
	"handrail/models/reminder"
	"handrail/models/schedule"
	"handrail/notify"
)

// TestAVisitIsFollowed books, moves and cancels: reminders are there, move along,
// and go.
func TestAVisitIsFollowed(t *testing.T) {
	w := newPlannedClinic(t)
	v := w.book(caretest.At(5, 10, 0))
	if n := len(w.coming(w.sam, ofVisits...)); n != 0 {
		t.Fatalf("%d before anybody looked", n)
	}
	w.turn()
	w.wantVisit(caretest.At(5, 10, 0))
	w.Clock.Move(time.Minute)
	moved, err := w.own().Visits.Reschedule(t.Context(), v.Value.ID, v.Version, caretest.At(6, 14, 0))
	w.ok(err)
	w.turn()
	w.wantVisit(caretest.At(6, 14, 0))
	_, err = w.own().Visits.CancelVisit(t.Context(), v.Value.ID, moved.Version, "pat")
	w.ok(err)
	w.turn()
	if left := w.coming(w.sam, ofVisits...); len(left) != 0 {
		t.Errorf("a visit that was called off is reminded of: %+v", left)
	}
}

// TestACrashBetweenChangeAndPlan books while nobody follows: another instance takes
// over when the lease of the dead one is over, and finds it.
func TestACrashBetweenChangeAndPlan(t *testing.T) {
	w := newPlannedClinic(t)
	w.book(caretest.At(5, 10, 0))
	w.planner = w.instance() // the first one died
	w.turn()
	if n := len(w.coming(w.sam, ofVisits...)); n != 0 {
		t.Fatalf("two instances follow at a time: %d", n)
	}
	w.wall += 16 * time.Second
	w.turn()
	w.wantVisit(caretest.At(5, 10, 0))
}

// TestWhatWasNeverFollowedIsFound: an old store, or a line that was missed because a
// clock was wrong by hours. The look at everybody finds it.
func TestWhatWasNeverFollowedIsFound(t *testing.T) {
	w := newPlannedClinic(t)
	times, err := w.own().Record.CheckInTimes(t.Context())
	w.ok(err)
	_, err = w.own().Record.SetCheckInTimes(t.Context(), times.Version, checkin.Times{Times: []string{"20:00"}})
	w.ok(err)
	w.turn()
	w.spoil("check_in_times", w.sam.PatientID, `{"times":["21:30"]}`) // nobody who follows the log hears of it
	before := w.version(w.sam)
	w.turn()
	if w.version(w.sam) != before {
		t.Fatal("this test does not make a change that is missed")
	}
	w.wall += 6 * time.Hour
	w.turn()
	if w.version(w.sam) == before {
		t.Error("the look at everybody did not find it")
	}
}

// TestAnotherInstancesChangeIsPlanned: this one hears of it by looking into the store.
func TestAnotherInstancesChangeIsPlanned(t *testing.T) {
	w := newPlannedClinic(t)
	w.turn()
	own, err := w.Instance().Open(t.Context(), w.sam, w.sam.PatientID, models.PurposeOf(w.sam.Role))
	w.ok(err)
	times, err := own.Record.CheckInTimes(t.Context())
	w.ok(err)
	before := w.version(w.sam)
	_, err = own.Record.SetCheckInTimes(t.Context(), times.Version, checkin.Times{Times: []string{"21:30"}})
	w.ok(err)
	w.turn()
	if w.version(w.sam) == before {
		t.Error("nobody planned")
	}
}

// TestPlanningIsOfOnePersonAndIdempotent: other people's plans are not touched, and
// to read the same lines again changes nothing.
func TestPlanningIsOfOnePersonAndIdempotent(t *testing.T) {
	w := newPlannedClinic(t)
	other, before := w.version(w.other), w.version(w.sam)
	w.book(caretest.At(5, 10, 0))
	w.turn()
	after := w.version(w.sam)
	if w.version(w.other) != other || after == before {
		t.Errorf("other %d, now %d; own %d, now %d", other, w.version(w.other), before, after)
	}
	w.wall += 16 * time.Second
	w.planner = w.instance()
	w.turn()
	if now := w.version(w.sam); now != after {
		t.Errorf("the same lines again: %d, now %d", after, now)
	}
}

// TestAnAnswerIsNoNewConfirmation: the visit's document changes, its time does not.
func TestAnAnswerIsNoNewConfirmation(t *testing.T) {
	w := newPlannedClinic(t)
	v := w.book(caretest.At(12, 10, 0))
	w.turn()
	if n := len(w.coming(w.sam, reminder.VisitConfirmed)); n != 1 {
		t.Errorf("%d confirmations of a new visit", n)
	}
	w.Clock.Move(26 * time.Hour)
	_, err := w.Chart(w.doctor, w.sam.PatientID).Visits.AnswerVisit(t.Context(), v.Value.ID, schedule.Tentative)
	w.ok(err)
	w.turn()
	said := slices.DeleteFunc(w.inbox(w.sam), func(k reminder.Kind) bool { return k != reminder.VisitConfirmed })
	if again := w.coming(w.sam, reminder.VisitConfirmed); len(said) != 1 || len(again) > 0 {
		t.Errorf("confirmed %d times, and to come: %+v", len(said), again)
	}
}

// TestCheckInsFollowThePatientsSchedule: at the usual time first, then as they say.
func TestCheckInsFollowThePatientsSchedule(t *testing.T) {
	w := newPlannedClinic(t)
	if n := len(w.coming(w.sam, reminder.CheckIn)); n < 13 || n > 14 {
		t.Fatalf("%d check-ins in 14 days", n)
	}
	times, err := w.own().Record.CheckInTimes(t.Context())
	w.ok(err)
	_, err = w.own().Record.SetCheckInTimes(t.Context(), times.Version, checkin.Times{Times: []string{"10:00", "19:30"}, Days: []string{"MO", "TH"}})
	w.ok(err)
	w.turn()
	zone, err := time.LoadLocation(caretest.Site.Zone)
	w.ok(err)
	got := w.coming(w.sam, reminder.CheckIn)
	for _, i := range got {
		local := i.At.In(zone)
		if clock := local.Format("15:04"); clock != "10:00" && clock != "19:30" || local.Weekday() != time.Monday && local.Weekday() != time.Thursday {
			t.Errorf("a check-in on %s", local)
		}
	}
	want, first := 0, caretest.Start.In(zone)
	for day := range 15 { // two weeks end in the midst of a day, and clocks may change between
		for _, at := range []time.Duration{10 * time.Hour, 19*time.Hour + 30*time.Minute} {
			due := time.Date(first.Year(), first.Month(), first.Day()+day, 0, int(at.Minutes()), 0, 0, zone)
			asked := due.Weekday() == time.Monday || due.Weekday() == time.Thursday
			if asked && !due.Before(first) && due.Before(first.Add(14*24*time.Hour)) {
				want++
			}
		}
	}
	if len(got) != want {
		t.Errorf("%d check-ins in two weeks, want %d: %+v", len(got), want, got)
	}
}

// TestDatesOfGoalsAndThePlan: steps with a day, the review and the practice of the
// crisis plan, a kit of naloxone that runs out.
func TestDatesOfGoalsAndThePlan(t *testing.T) {
	w := newPlannedClinic(t)
	day := w.Day // of the patient: at night UTC is a day ahead
	g, err := w.own().Record.ProposeGoal(t.Context(), care.NewID(), models.GoalTerms{Title: "Walk", Domain: "health"})
	w.ok(err)
	_, err = w.own().Record.SetMilestone(t.Context(), g.Value.ID, g.Version, care.NewID(), models.MilestoneTerms{Title: "To the bridge", DueOn: day(5)})
	w.ok(err)
	plan, err := w.own().Crisis.SavePlan(t.Context(), 0, crisisplan.Content{WarningSigns: []crisisplan.Sign{{Text: "I stop answering"}},
		Naloxone: &crisisplan.Naloxone{Kits: []crisisplan.NaloxoneKit{{Location: "Kitchen", ExpiresOn: day(10)}}}}, "")
	w.ok(err)
	_, err = w.own().Crisis.ActivatePlan(t.Context(), plan.Newest, crisisplan.Assent{})
	w.ok(err)
	w.turn()
	all := w.rules(w.sam)
	for _, k := range []reminder.Kind{reminder.Milestone, reminder.PlanReview, reminder.PlanRehearsal, reminder.NaloxoneExpiry} {
		if !slices.Contains(all, k) {
			t.Errorf("no rule for %s: %v", k, all)
		}
	}
	if n := len(w.coming(w.sam, reminder.NaloxoneExpiry)); n != 2 { // a week before, and on the day
		t.Errorf("%d reminders of naloxone", n)
	}
}

// rules lists the kinds of the rules that are kept; what is gathered in a digest does
// not come by itself.
func (w *plannedClinic) rules(who models.Actor) []reminder.Kind {
	w.t.Helper()
	var out []reminder.Kind
	for _, r := range w.kept(who) {
		out = append(out, r.Kind)
	}
	return out
}

func (w *plannedClinic) kept(who models.Actor) (out []reminder.Rule) {
	w.t.Helper()
	d, err := w.Store.Get(w.t.Context(), "notify_people", who.AccountID)
	w.ok(err)
	var kept struct{ Sources map[string][]reminder.Rule }
	w.ok(json.Unmarshal(d.Body, &kept))
	for _, rules := range kept.Sources {
		out = append(out, rules...)
	}
	return out
}

// TestSomethingNewIsSaidOnce: a goal that the doctor proposes is something to look
// at; one's own is not. Read twice, it is said once.
func TestSomethingNewIsSaidOnce(t *testing.T) {
	w := newPlannedClinic(t)
	_, err := w.own().Record.ProposeGoal(t.Context(), care.NewID(), models.GoalTerms{Title: "Walk", Domain: "health"})
	w.ok(err)
	w.turn()
	if got := w.inbox(w.sam); slices.Contains(got, reminder.News) {
		t.Errorf("one's own goal is news: %v", got)
	}
	proposed := care.NewID()
	_, err = w.Chart(w.doctor, w.sam.PatientID).Record.ProposeGoal(t.Context(), proposed, models.GoalTerms{Title: "Sleep", Domain: "health"})
	w.ok(err)
	w.turn()
	w.wall += 16 * time.Second
	w.planner = w.instance()
	w.turn()
	w.Clock.Move(24 * time.Hour)
	if got := slices.DeleteFunc(w.inbox(w.sam), func(k reminder.Kind) bool { return k != reminder.News }); len(got) != 1 {
		t.Errorf("%v", got)
	}
	p, err := w.notify.Inbox(t.Context(), w.sam.AccountID, notify.Paging{Limit: 100})
	w.ok(err)
	if !slices.ContainsFunc(p.Items, func(i notify.Item) bool { return i.Kind == reminder.News && i.Ref == "goal:"+proposed }) {
		t.Errorf("nothing leads to the goal: %+v", p.Items)
	}
}

// TestEndedSessionsGetNoPushes: sign-out, a code that is redeemed again, and an
// account that is suspended forget the device.
func TestEndedSessionsGetNoPushes(t *testing.T) {
	w := newPlannedClinic(t)
	in := w.SignIn(w.sam.AccountID)
	w.register(in.Session)
	w.ok(w.Care.Signin.EndSession(t.Context(), in.Session.Actor(), in.Session.ID))
	w.turn()
	w.wantDevices(0)
	w.register(w.SignIn(w.sam.AccountID).Session)
	w.wantDevices(1)
	_, err := w.Care.People.Suspend(t.Context(), w.Admin, care.AnyVersion, w.sam.AccountID, true)
	w.ok(err)
	w.turn()
	w.wantDevices(0)
	if left := w.coming(w.sam); len(left) > 0 {
		t.Errorf("a suspended account is reminded %d times", len(left))
	}
	_, err = w.Care.People.Suspend(t.Context(), w.Admin, care.AnyVersion, w.sam.AccountID, false)
	w.ok(err)
	w.turn()
	if len(w.coming(w.sam)) == 0 {
		t.Error("an account that is back is not reminded")
	}
}

// TestACodeRedeemedAgainIsOneDevice: the phone never got the answer, and asked again;
// it is the same session, and its token stays.
func TestACodeRedeemedAgainIsOneDevice(t *testing.T) {
	w := newPlannedClinic(t)
	code, err := w.Care.Signin.NewEnrolmentCode(t.Context(), care.System(), w.sam.AccountID, signin.CodeRequest{})
	w.ok(err)
	device := models.Device{ID: care.NewID(), Name: "Phone"}
	first, err := w.Care.Signin.Enrol(t.Context(), "203.0.113.7", code.Code, device)
	w.ok(err)
	w.register(first.Session)
	again, err := w.Care.Signin.Enrol(t.Context(), "203.0.113.7", code.Code, device)
	w.ok(err)
	if again.Session.ID != first.Session.ID {
		t.Error("the first session is not given again")
	}
	w.turn()
	w.wantDevices(1)
}

// TestErasedPeopleAreLeftAlone: their lines stay in the log, and hold up nobody.
func TestErasedPeopleAreLeftAlone(t *testing.T) {
	w := newPlannedClinic(t)
	w.book(caretest.At(5, 10, 0))
	w.ok(w.notify.Forget(t.Context(), w.sam.AccountID))
	w.ok(w.Care.Upkeep.ErasePatient(t.Context(), w.Store, w.sam.PatientID))
	before := w.version(w.other)
	times, err := w.Chart(w.other, w.other.PatientID).Record.CheckInTimes(t.Context())
	w.ok(err)
	_, err = w.Chart(w.other, w.other.PatientID).Record.SetCheckInTimes(t.Context(), times.Version, checkin.Times{Times: []string{"10:00"}})
	w.ok(err)
	w.turn()
	if w.version(w.other) == before {
		t.Error("the line of an erased patient holds up others")
	}
	if _, err := w.notify.Settings(t.Context(), w.sam.AccountID); models.KindOf(err) != models.KindNotFound {
		t.Error(err)
	}
	_, err = w.notify.Drain(t.Context())
	w.ok(err)
}

// register lets a session's device get pushes, by a channel that takes anything.
func (w *plannedClinic) register(s models.Session) {
	w.t.Helper()
	_, err := w.notify.Register(w.t.Context(), s, notify.Registration{DeviceID: s.Device.ID, Channel: notify.ChannelFCM, Address: notify.Address{To: care.NewID()}})
	w.ok(err)
}

func (w *plannedClinic) wantDevices(n int) {
	w.t.Helper()
	d, err := w.notify.Devices(w.t.Context(), w.sam.AccountID)
	w.ok(err)
	if len(d) != n {
		w.t.Errorf("%d devices, want %d", len(d), n)
	}
}

// TestMedicineTimesAreFollowed: a patch each 72 hours comes each 72 hours while clocks
// change; what is taken away is not said any more.
func TestMedicineTimesAreFollowed(t *testing.T) {
	w := newPlannedClinic(t)
	first := w.Clock.Now().Add(2 * time.Hour).UTC().Truncate(time.Minute)
	patch := reminder.Medicine{ID: care.NewID(), Policy: reminder.Every, EveryHours: 72, First: &first}
	set, err := w.own().Record.SetMedicineTimes(t.Context(), 1, reminder.Medicines{Items: []reminder.Medicine{patch}})
	w.ok(err)
	w.turn()
	got := w.coming(w.sam, reminder.MedicineTime)
	if len(got) != 5 {
		t.Fatalf("%d in two weeks: %+v", len(got), got)
	}
	for i, item := range got {
		if want := first.Add(time.Duration(i) * 72 * time.Hour); !item.At.Equal(want) || item.Ref != patch.ID {
			t.Errorf("%s, want %s", item.At, want)
		}
	}
	_, err = w.own().Record.SetMedicineTimes(t.Context(), set.Version, reminder.Medicines{Items: []reminder.Medicine{}})
	w.ok(err)
	w.turn()
	if left := w.coming(w.sam, reminder.MedicineTime); len(left) != 0 {
		t.Errorf("left: %+v", left)
	}
	_, err = w.Chart(w.doctor, w.sam.PatientID).Record.SetMedicineTimes(t.Context(), 3, reminder.Medicines{})
	if models.KindOf(err) != models.KindForbidden {
		t.Errorf("somebody else sets the times: %v", err)
	}
}

// TestWhatIsRecordedOfThePlanIsNotAskedForAgain: a practice is asked for on the day of
// the first plan or three days later, a review after something happened on the day
// after; recorded, neither is.
func TestWhatIsRecordedOfThePlanIsNotAskedForAgain(t *testing.T) {
	w := newPlannedClinic(t)
	plan, err := w.own().Crisis.SavePlan(t.Context(), 0, crisisplan.Content{WarningSigns: []crisisplan.Sign{{Text: "I stop answering"}}}, "")
	w.ok(err)
	_, err = w.own().Crisis.ActivatePlan(t.Context(), plan.Newest, crisisplan.Assent{})
	w.ok(err)
	_, err = w.own().Crisis.NotePlanTrigger(t.Context(), crisisplan.TriggerMedicine, "")
	w.ok(err)
	w.turn()
	today := w.today()
	asks := func(k reminder.Kind) (soon bool) {
		for _, r := range w.kept(w.sam) {
			soon = soon || r.Kind == k && r.From > today && r.From <= addDays(today, 4)
		}
		return soon
	}
	if !asks(reminder.PlanRehearsal) || !asks(reminder.PlanReview) {
		t.Fatalf("not asked for: %+v", w.kept(w.sam))
	}
	_, err = w.own().Crisis.RehearsePlan(t.Context(), care.NewID(), crisisplan.RehearsalTerms{Opened: true, TookMillis: 300})
	w.ok(err)
	w.turn()
	if asks(reminder.PlanRehearsal) || !asks(reminder.PlanReview) {
		t.Errorf("after the practice: %+v", w.kept(w.sam))
	}
	_, err = w.own().Crisis.ReviewPlan(t.Context(), care.NewID(), crisisplan.ReviewTerms{})
	w.ok(err)
	w.turn()
	if asks(reminder.PlanReview) {
		t.Errorf("after the review: %+v", w.kept(w.sam))
	}
}

func addDays(day string, n int) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return at.AddDate(0, 0, n).Format(time.DateOnly)
}
