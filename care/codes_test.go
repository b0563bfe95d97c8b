package care_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
)

const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// wrongOf is the n-th wrong code with the finder of a right one.
func wrongOf(code string, n int) string {
	proof := []byte(code[5:8] + code[9:12])
	for i := range proof {
		at := (int(indexOf(proof[i])) + 1 + n%31) % 32
		proof[i], n = digits[at], n/31
	}
	return code[:5] + string(proof)
}

func indexOf(c byte) int {
	for i := range digits {
		if digits[i] == c {
			return i
		}
	}
	return 0
}

// TestFiveWrongGuessesEndACode also when 64 come at once, at two instances: the right
// one after them is too late, and what is counted is never more than five.
func TestFiveWrongGuessesEndACode(t *testing.T) {
	h := caretest.New(t)
	code := codeFor(t, h, newPatient(t, h).ID)
	instances := []*care.Care{h.Care, h.Instance()}
	var all sync.WaitGroup
	for i := range 64 {
		all.Go(func() {
			_, err := instances[i%2].Enrol(t.Context(), fmt.Sprint(i), wrongOf(code, i), phone())
			if models.KindOf(err) != models.KindInvalid || err.Error() != "code-not-valid" {
				t.Errorf("a wrong guess: %v", err)
			}
		})
	}
	all.Wait()
	_, err := h.Care.Enrol(t.Context(), "z", code, phone())
	wantKind(t, err, models.KindInvalid, "code-not-valid")
}

// TestGuessesAtTheSameTimeAreFiveAtMost: of many tries at once, the right one among
// them, no more than six are judged. Over many codes the right one gets in about as
// often as six of 64 would, not nearly always.
func TestGuessesAtTheSameTimeAreFiveAtMost(t *testing.T) {
	h := caretest.New(t)
	instances := []*care.Care{h.Care, h.Instance()}
	const rounds, tries = 4, 64
	in := 0
	for round := range rounds {
		code := codeFor(t, h, newPatient(t, h).ID)
		var all sync.WaitGroup
		var mu sync.Mutex
		for i := range tries {
			all.Go(func() {
				typed := wrongOf(code, i)
				if i == tries/2 {
					typed = code
				}
				if _, err := instances[i%2].Enrol(t.Context(), fmt.Sprint(round), typed, phone()); err == nil {
					mu.Lock()
					in++
					mu.Unlock()
				}
			})
		}
		all.Wait()
	}
	if in == rounds {
		t.Errorf("the right one of %d tries at once got in %d of %d times", tries, in, rounds)
	}
}

// TestARightCodeIsNotShutOutByWrongOnes: a clinic's phones share an address; a wrong
// guess of the same code at the same time does not stop the right one either.
func TestARightCodeIsNotShutOutByWrongOnes(t *testing.T) {
	h := caretest.New(t)
	code := codeFor(t, h, newPatient(t, h).ID)
	for i := range 24 {
		_, err := h.Care.Enrol(t.Context(), "clinic", fmt.Sprintf("0000-000-%03d", i), phone())
		wantKind(t, err, models.KindInvalid, "code-not-valid")
	}
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() { _, _ = h.Care.Enrol(t.Context(), "clinic", wrongOf(code, i), phone()) })
	}
	var err error
	all.Go(func() { _, err = h.Care.Enrol(t.Context(), "clinic", code, phone()) })
	all.Wait()
	if err != nil {
		t.Errorf("the right code: %v", err)
	}
}

// TestOneWayInAtATime: a new code ends those before it, also when several are made at
// once; the same request twice is one code.
func TestOneWayInAtATime(t *testing.T) {
	h := caretest.New(t)
	who := newPatient(t, h)
	first := codeFor(t, h, who.ID)
	second := codeFor(t, h, who.ID)
	_, err := h.Care.Enrol(t.Context(), "a", first, phone())
	wantKind(t, err, models.KindInvalid, "code-not-valid")
	if _, err := h.Care.Enrol(t.Context(), "a", second, phone()); err != nil {
		t.Fatal(err)
	}
	instances := []*care.Care{h.Care, h.Instance()}
	codes := make([]string, 8)
	var all sync.WaitGroup
	for i := range codes {
		all.Go(func() {
			c, err := instances[i%2].NewEnrolmentCode(t.Context(), h.Admin, who.ID, "")
			if err != nil {
				t.Error(err)
			}
			codes[i] = c.Code
		})
	}
	all.Wait()
	open, err := h.Care.OpenCodes(t.Context(), h.Admin, who.ID)
	if err != nil || len(open) != 1 || open[0].MadeBy != h.Admin.Name {
		t.Fatalf("open are %+v, %v", open, err)
	}
	in := 0
	for _, code := range codes {
		if _, err := h.Care.Enrol(t.Context(), "a", code, phone()); err == nil {
			in++
		}
	}
	if in != 1 {
		t.Errorf("%d of %d codes work", in, len(codes))
	}
}

func TestTheSameRequestIsOneCodeUntilItIsCancelled(t *testing.T) {
	h := caretest.New(t)
	who, key := newPatient(t, h), care.NewID()
	ask := func() (care.EnrolmentCode, error) { return h.Care.NewEnrolmentCode(t.Context(), h.Admin, who.ID, key) }
	first, err := ask()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ask()
	if err != nil || again.Code != first.Code {
		t.Fatalf("%v: %v", again, err)
	}
	codeFor(t, h, who.ID)
	_, err = ask()
	wantKind(t, err, models.KindConflict, "code-cancelled")
}

func TestACodeIsCancelledAtTheOffice(t *testing.T) {
	h := caretest.New(t)
	who := newPatient(t, h)
	code := codeFor(t, h, who.ID)
	open, err := h.Care.OpenCodes(t.Context(), h.Admin, who.ID)
	if err != nil || len(open) != 1 {
		t.Fatal(open, err)
	}
	other := newPatient(t, h)
	wantKind(t, h.Care.CancelCode(t.Context(), h.Admin, other.ID, open[0].ID), models.KindNotFound, "not-found")
	for range 2 {
		if err := h.Care.CancelCode(t.Context(), h.Admin, who.ID, open[0].ID); err != nil {
			t.Fatal(err)
		}
	}
	_, err = h.Care.Enrol(t.Context(), "a", code, phone())
	wantKind(t, err, models.KindInvalid, "code-not-valid")
	code = codeFor(t, h, who.ID)
	open, _ = h.Care.OpenCodes(t.Context(), h.Admin, who.ID)
	if _, err := h.Care.Enrol(t.Context(), "a", code, phone()); err != nil {
		t.Fatal(err)
	}
	wantKind(t, h.Care.CancelCode(t.Context(), h.Admin, who.ID, open[0].ID), models.KindConflict, "code-used")
	nurse := h.Clinician(models.DisciplineNursing)
	_, err = h.Care.OpenCodes(t.Context(), nurse, who.ID)
	wantKind(t, err, models.KindForbidden, "not-for-your-role")
}

// TestTheOfficeEndsALostPhone: of somebody else, live or ended by itself; the phone
// hears the word. A coordinator does it for patients, not for staff.
func TestTheOfficeEndsALostPhone(t *testing.T) {
	h := caretest.New(t)
	who := newPatient(t, h)
	lost, kept := h.SignIn(who.ID), h.SignIn(who.ID)
	desk := h.First(models.RoleCoordinator, "")
	for range 2 {
		if err := h.Care.EndSessionOf(t.Context(), desk, who.ID, lost.Session.ID, models.EndReportedLost); err != nil {
			t.Fatal(err)
		}
	}
	_, err := h.Care.Authenticate(t.Context(), lost.AccessToken)
	wantKind(t, err, models.KindUnsigned, models.EndReportedLost)
	_, err = h.Care.Refresh(t.Context(), lost.RefreshToken)
	wantKind(t, err, models.KindUnsigned, models.EndReportedLost)
	if _, err := h.Care.Authenticate(t.Context(), kept.AccessToken); err != nil {
		t.Errorf("the other phone: %v", err)
	}
	h.Clock.Move(200 * 24 * time.Hour) // the other one's session ends by itself, and then it is lost
	devices, err := h.Care.SessionsOf(t.Context(), desk, who.ID)
	if err != nil || len(devices) != 1 || devices[0].ID != kept.Session.ID {
		t.Fatalf("devices: %+v, %v", devices, err)
	}
	if err := h.Care.EndSessionOf(t.Context(), desk, who.ID, kept.Session.ID, models.EndGivenBack); err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Refresh(t.Context(), kept.RefreshToken)
	wantKind(t, err, models.KindUnsigned, models.EndGivenBack)
	wantKind(t, h.Care.EndSessionOf(t.Context(), desk, who.ID, h.Admin.SessionID, models.EndReportedLost), models.KindNotFound, "not-found")
	wantKind(t, h.Care.EndSessionOf(t.Context(), desk, h.Admin.AccountID, h.Admin.SessionID, models.EndReportedLost), models.KindForbidden, "not-for-your-role")
	wantKind(t, h.Care.EndSessionOf(t.Context(), h.Admin, who.ID, kept.Session.ID, models.EndSuspended), models.KindInvalid, "invalid-input")
}

func TestOneAdministratorIsLeft(t *testing.T) {
	h := caretest.New(t)
	_, err := h.Care.Suspend(t.Context(), h.Admin, care.AnyVersion, h.Admin.AccountID, true)
	wantKind(t, err, models.KindConflict, "last-administrator")
	second := h.Instance()
	for range 4 {
		other := h.First(models.RoleAdministrator, "")
		errs := make([]error, 2)
		var both sync.WaitGroup
		both.Go(func() { _, errs[0] = h.Care.Suspend(t.Context(), h.Admin, care.AnyVersion, other.AccountID, true) })
		both.Go(func() { _, errs[1] = second.Suspend(t.Context(), other, care.AnyVersion, h.Admin.AccountID, true) })
		both.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Fatalf("two suspended each other: %v, %v", errs[0], errs[1])
		}
		if errs[1] == nil {
			h.Admin = other
		}
	}
}
