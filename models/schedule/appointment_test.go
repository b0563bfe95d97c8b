package schedule

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/models"
)

var visitStart = time.Date(2026, 3, 9, 14, 0, 0, 0, time.UTC)

// testSlot is an hour with a patient, a therapist with buffers, a sister who may come.
func testSlot(start time.Time) Slot {
	seat := func(role string, kind Kind, who string, optional bool, buffer int64) Seat {
		return Seat{Role: role, Kind: kind, Who: who, Optional: optional, Start: start, End: start.Add(time.Hour),
			Claim: Span{start.Unix() - buffer, start.Unix() + 3600 + buffer}}
	}
	return Slot{Start: start, End: start.Add(time.Hour), Modality: Video, Seats: []Seat{
		seat("patient", Patient, "p", false, 0), seat("therapist", Clinician, "c", false, 600), seat("family", Supporter, "s", true, 0)}}
}

func held(now time.Time) Appointment {
	return Hold("v", VisitType{ID: "therapy", LateCancel: 1440}, testSlot(visitStart), now)
}

func booked(t testing.TB) Appointment {
	t.Helper()
	now := visitStart.Add(-72 * time.Hour)
	a, err := held(now).Book(now)
	if err != nil || a.Status != Booked {
		t.Fatal(a.Status, err)
	}
	return a
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return strings.SplitN(err.Error(), ":", 2)[0]
}

// TestMoves has all hundred pairs of states.
func TestMoves(t *testing.T) {
	allowed := map[Status]string{
		Proposed: "pending booked waitlist cancelled entered-in-error", Waitlist: "proposed pending booked cancelled entered-in-error",
		Pending: "proposed booked arrived checked-in fulfilled noshow waitlist cancelled entered-in-error",
		Booked:  "pending arrived checked-in fulfilled noshow cancelled entered-in-error",
		Arrived: "checked-in fulfilled cancelled entered-in-error", CheckedIn: "fulfilled cancelled entered-in-error",
		NoShow: "arrived entered-in-error", Fulfilled: "entered-in-error", Cancelled: "entered-in-error", EnteredInError: "",
	}
	for _, from := range Statuses {
		for _, to := range Statuses {
			a := booked(t)
			a.Status = from
			if until := visitStart; from == Pending {
				held := a
				held.HoldUntil = &until
				if _, err := held.Move(NoShow, visitStart); code(err) != "appointment-move-not-allowed" {
					t.Errorf("a time that is only kept is missed: %v", err)
				}
			}
			now := visitStart // when arrival, end and absence can all be noted
			if to == Booked {
				now = visitStart.Add(-time.Hour)
			}
			var next Appointment
			var err error
			if to == Cancelled {
				next, err = a.Cancel("pat", "p", now)
			} else {
				next, err = a.Move(to, now)
			}
			want := slices.Contains(strings.Fields(allowed[from]), string(to))
			if want != (err == nil) || want && next.Status != to || !want && (code(err) != "appointment-move-not-allowed" || next.Status != from) {
				t.Errorf("%s to %s: %s, %v", from, to, next.Status, err)
			}
			if from.May(to) != want || !to.Valid() {
				t.Errorf("May(%s, %s) is not %v", from, to, want)
			}
		}
	}
	if Status("late").Valid() || Status("late").May(Booked) {
		t.Error("took a state that is none")
	}
}

func TestMovesHaveTheirTime(t *testing.T) {
	for _, c := range []struct {
		to   Status
		at   time.Duration // from the start
		code string
	}{
		{Arrived, -4 * time.Hour, ""}, {Arrived, -4*time.Hour - time.Second, "too-early"}, {CheckedIn, -5 * time.Hour, "too-early"},
		{Fulfilled, -time.Second, "too-early"}, {Fulfilled, 0, ""}, {NoShow, -time.Second, "too-early"}, {NoShow, 0, ""},
		{Cancelled, 0, "reason-missing"}, {EnteredInError, -time.Hour, ""},
	} {
		if _, err := booked(t).Move(c.to, visitStart.Add(c.at)); code(err) != c.code {
			t.Errorf("%s at %v: %v, want %q", c.to, c.at, err, c.code)
		}
	}
}

func TestHoldAndBook(t *testing.T) {
	now := visitStart.Add(-48 * time.Hour)
	a := held(now)
	if hold, live := a.Held(now.Add(HoldTime - time.Second)); a.Status != Pending || !hold || !live {
		t.Fatal("a hold is pending for five minutes")
	}
	for _, c := range a.Claims() {
		if c.Expires != now.Add(HoldTime).Unix() || c.Live(c.Expires) || !c.Live(c.Expires-1) {
			t.Errorf("%+v does not end with its hold", c)
		}
	}
	if _, err := a.Book(now.Add(HoldTime)); models.KindOf(err) != models.KindGone || code(err) != "hold-over" {
		t.Errorf("booked a hold that was over: %v", err)
	}
	b, err := a.Book(now.Add(HoldTime - time.Second))
	if err != nil || b.Status != Booked || b.HoldUntil != nil || b.Participants[0].Status != Accepted {
		t.Errorf("got %+v %v", b, err)
	}
	if a.Participants[0].Status != Tentative || a.Status != Pending {
		t.Error("Book changed its receiver")
	}
	if late := held(visitStart.Add(-time.Minute)); func() bool { _, err := late.Book(visitStart); return code(err) != "in-the-past" }() {
		t.Error("booked a visit that has begun")
	}
	if b, err = b.Book(now); code(err) != "appointment-move-not-allowed" {
		t.Errorf("booked twice: %v", err)
	}
}

func TestCancel(t *testing.T) {
	for _, c := range []struct {
		before time.Duration
		late   bool
	}{{48 * time.Hour, false}, {24 * time.Hour, false}, {24*time.Hour - time.Second, true}, {-30 * time.Minute, true}} {
		a, err := booked(t).Cancel("pat-lt", "p", visitStart.Add(-c.before))
		if err != nil || a.Status != Cancelled || a.Cancellation.Late != c.late || a.Sequence != 1 || len(a.Claims()) != 0 {
			t.Errorf("%v before: %+v %v", c.before, a.Cancellation, err)
		}
	}
	if _, err := booked(t).Cancel("pat", "p", visitStart.Add(time.Hour)); code(err) != "visit-over" {
		t.Errorf("cancelled what is over: %v", err)
	}
	if _, err := booked(t).Cancel("bored", "p", visitStart); !slices.Contains(fields(err), "reason unknown-reason") {
		t.Errorf("took a reason that is none: %v", err)
	}
	if a, _ := held(visitStart.Add(-time.Minute)).Cancel("pat", "p", visitStart.Add(-time.Second)); a.Cancellation.Late {
		t.Error("letting a hold go is no late cancellation")
	}
	free := booked(t)
	free.LateCancel = 0
	if a, _ := free.Cancel("prov", "c", visitStart); a.Cancellation.Late {
		t.Error("late without a rule about it")
	}
	if len(Reasons) != 32 || !Reason("pat-mv").ByPatient() || Reason("prov-pers").ByPatient() || Reason("patience").ByPatient() {
		t.Error("the reasons are not those of the code system")
	}
}

func TestReschedule(t *testing.T) {
	old, now := booked(t), visitStart.Add(-time.Hour)
	old, _ = old.Answer("s", Accepted)
	next, err := old.Reschedule(testSlot(visitStart.Add(30*time.Minute)), now)
	if err != nil || next.Status != Booked || next.Sequence != 1 || !next.Start.Equal(visitStart.Add(30*time.Minute)) || next.ID != old.ID {
		t.Fatalf("%+v %v", next, err)
	}
	if next.Participants[2].Status != NeedsAction || old.Participants[2].Status != Accepted || !old.Start.Equal(visitStart) {
		t.Error("the sister is asked anew, and the old visit stays as it was")
	}
	release, take := Change(old, next)
	if len(release) != 3 || len(take) != 3 {
		t.Errorf("releases %v takes %v", release, take)
	}
	h := held(now)
	if again, err := h.Reschedule(testSlot(visitStart.Add(time.Hour)), now.Add(time.Minute)); err != nil || again.Status != Pending || !again.HoldUntil.Equal(*h.HoldUntil) {
		t.Errorf("a hold can move and lasts no longer: %+v %v", again, err)
	}
	if _, err := h.Reschedule(testSlot(visitStart.Add(time.Hour)), now.Add(HoldTime)); code(err) != "hold-over" {
		t.Errorf("moved a hold that was over: %v", err)
	}
	if _, err := old.Reschedule(testSlot(now), now); code(err) != "in-the-past" {
		t.Errorf("moved to the past: %v", err)
	}
	if _, err := old.Reschedule(testSlot(visitStart.Add(48*time.Hour)), visitStart.Add(time.Hour)); code(err) != "appointment-move-not-allowed" {
		t.Errorf("moved what is over: %v", err)
	}
	for _, s := range []Status{Arrived, CheckedIn, Fulfilled, Cancelled, NoShow, EnteredInError, Waitlist, Proposed} {
		a := old
		if a.Status = s; func() bool { _, err := a.Reschedule(testSlot(visitStart.Add(time.Hour)), now); return err == nil }() {
			t.Errorf("moved a visit that is %s", s)
		}
	}
}

func TestAnswers(t *testing.T) {
	a := booked(t)
	b, err := a.Answer("c", Declined)
	if err != nil || b.Status != Pending || a.Status != Booked || len(b.Claims()) != len(a.Claims())-1 {
		t.Errorf("a required no: %s %v %v", b.Status, b.Claims(), err)
	}
	if b, _ = b.Answer("c", Accepted); b.Status != Booked || len(b.Claims()) != 3 {
		t.Errorf("taken back: %s", b.Status)
	}
	if b, _ = a.Answer("s", Declined); b.Status != Booked || len(b.Claims()) != 2 {
		t.Errorf("an optional no: %s %v", b.Status, b.Claims())
	}
	if b, _ = a.Answer("c", Tentative); b.Status != Pending {
		t.Errorf("a required maybe: %s", b.Status)
	}
	if _, err = a.Answer("x", Accepted); models.KindOf(err) != models.KindNotFound {
		t.Errorf("a stranger: %v", err)
	}
	if _, err = a.Answer("c", "perhaps"); code(err) != "unknown-answer" {
		t.Errorf("an answer that is none: %v", err)
	}
	if a.Status = Fulfilled; func() bool { _, err := a.Answer("c", Declined); return err == nil }() {
		t.Error("declined what has taken place")
	}
	h, _ := held(visitStart.Add(-time.Hour)).Answer("p", Accepted)
	if h.Status != Pending {
		t.Error("an answer books a hold")
	}
}

// TestClaimsFollowVisits takes a visit through random steps with its claims in
// ledgers: what stands in them is at each moment what the visit says.
func TestClaimsFollowVisits(t *testing.T) {
	const seed = 9
	r := rand.New(rand.NewPCG(seed, seed))
	for n := range 3000 {
		ledgers := map[LedgerKey]DayLedger{}
		now := visitStart.Add(-100 * time.Hour)
		a, before := held(now), Appointment{}
		for step := 0; ; step++ {
			release, take := Change(before, a)
			changed, clashes, err := Settle(ledgers, release, take, now.Unix())
			if err != nil || len(clashes) > 0 {
				t.Fatalf("seed %d, case %d: %v %v", seed, n, clashes, err)
			}
			for _, l := range changed {
				ledgers[l.Key()] = l
			}
			for k, l := range ledgers {
				want := slices.DeleteFunc(a.Claims(), func(c Claim) bool { return !slices.Contains(Ledgers(c), k) })
				if faults := l.Verify(want, now.Unix()); len(faults) > 0 {
					t.Fatalf("seed %d, case %d, step %d, %s: %+v", seed, n, step, a.Status, faults)
				}
			}
			if step == 12 {
				break
			}
			now = now.Add(time.Duration(r.IntN(20*3600)) * time.Second / 2)
			before = a
			a = randomStep(r, a, now)
		}
	}
}

func randomStep(r *rand.Rand, a Appointment, now time.Time) Appointment {
	next, err := a, error(nil)
	switch r.IntN(5) {
	case 0:
		next, err = a.Book(now)
	case 1:
		next, err = a.Reschedule(testSlot(now.Add(time.Duration(1+r.IntN(50))*time.Hour)), now)
	case 2:
		next, err = a.Answer(pick(r, "p", "c", "s"), pick(r, Answers...))
	case 3:
		next, err = a.Move(pick(r, Statuses...), now)
	case 4:
		if r.IntN(4) == 0 {
			next, err = a.Cancel("oth-weath", "p", now)
		}
	}
	if err != nil {
		return a
	}
	return next
}

func TestSlotsTellTheirClaims(t *testing.T) {
	got := testSlot(visitStart).Claims("v", "therapy")
	now := visitStart.Add(-time.Hour)
	b, _ := held(now).Book(now)
	if fmt.Sprint(got) != fmt.Sprint(b.Claims()) {
		t.Errorf("slot %v\nvisit %v", got, b.Claims())
	}
}
