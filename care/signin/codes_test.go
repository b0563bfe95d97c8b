package signin_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/signin"
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
	code := h.CodeFor(h.NewPatient().ID)
	instances := []*care.Care{h.Care, h.Instance()}
	var all sync.WaitGroup
	for i := range 64 {
		all.Go(func() {
			_, err := instances[i%2].Signin.Enrol(t.Context(), fmt.Sprint(i), wrongOf(code, i), caretest.Phone())
			if models.KindOf(err) != models.KindInvalid || err.Error() != "code-not-valid" {
				t.Errorf("a wrong guess: %v", err)
			}
		})
	}
	all.Wait()
	_, err := h.Care.Signin.Enrol(t.Context(), "z", code, caretest.Phone())
	caretest.WantKind(t, err, models.KindInvalid, "code-not-valid")
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
		code := h.CodeFor(h.NewPatient().ID)
		var all sync.WaitGroup
		var mu sync.Mutex
		for i := range tries {
			all.Go(func() {
				typed := wrongOf(code, i)
				if i == tries/2 {
					typed = code
				}
				if _, err := instances[i%2].Signin.Enrol(t.Context(), fmt.Sprint(round), typed, caretest.Phone()); err == nil {
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
	code := h.CodeFor(h.NewPatient().ID)
	for i := range 24 {
		_, err := h.Care.Signin.Enrol(t.Context(), "clinic", fmt.Sprintf("0000-000-%03d", i), caretest.Phone())
		caretest.WantKind(t, err, models.KindInvalid, "code-not-valid")
	}
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() { _, _ = h.Care.Signin.Enrol(t.Context(), "clinic", wrongOf(code, i), caretest.Phone()) })
	}
	var err error
	all.Go(func() { _, err = h.Care.Signin.Enrol(t.Context(), "clinic", code, caretest.Phone()) })
	all.Wait()
	if err != nil {
		t.Errorf("the right code: %v", err)
	}
}

// TestOneWayInAtATime: a new code ends those before it, also when several are made at
// once; the same request twice is one code.
func TestOneWayInAtATime(t *testing.T) {
	h := caretest.New(t)
	who := h.NewPatient()
	first := h.CodeFor(who.ID)
	second := h.CodeFor(who.ID)
	_, err := h.Care.Signin.Enrol(t.Context(), "a", first, caretest.Phone())
	caretest.WantKind(t, err, models.KindInvalid, "code-not-valid")
	if _, err := h.Care.Signin.Enrol(t.Context(), "a", second, caretest.Phone()); err != nil {
		t.Fatal(err)
	}
	instances := []*care.Care{h.Care, h.Instance()}
	codes := make([]string, 8)
	var all sync.WaitGroup
	for i := range codes {
		all.Go(func() {
			c, err := instances[i%2].Signin.NewEnrolmentCode(t.Context(), h.Admin, who.ID, signin.CodeRequest{Identity: []string{"photo-id"}})
			if err != nil {
				t.Error(err)
			}
			codes[i] = c.Code
		})
	}
	all.Wait()
	open, err := h.Care.Signin.OpenCodes(t.Context(), h.Admin, who.ID)
	if err != nil || len(open) != 1 || open[0].MadeBy != h.Admin.Name {
		t.Fatalf("open are %+v, %v", open, err)
	}
	in := 0
	for _, code := range codes {
		if _, err := h.Care.Signin.Enrol(t.Context(), "a", code, caretest.Phone()); err == nil {
			in++
		}
	}
	if in != 1 {
		t.Errorf("%d of %d codes work", in, len(codes))
	}
}

func TestTheSameRequestIsOneCodeUntilItIsCancelled(t *testing.T) {
	h := caretest.New(t)
	who, key := h.NewPatient(), care.NewID()
	ask := func() (signin.EnrolmentCode, error) {
		return h.Care.Signin.NewEnrolmentCode(t.Context(), h.Admin, who.ID, signin.CodeRequest{RequestID: key, Identity: []string{"photo-id"}})
	}
	first, err := ask()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ask()
	if err != nil || again.Code != first.Code {
		t.Fatalf("%v: %v", again, err)
	}
	h.CodeFor(who.ID)
	_, err = ask()
	caretest.WantKind(t, err, models.KindConflict, "code-cancelled")
}

func TestACodeIsCancelledAtTheOffice(t *testing.T) {
	h := caretest.New(t)
	who := h.NewPatient()
	code := h.CodeFor(who.ID)
	open, err := h.Care.Signin.OpenCodes(t.Context(), h.Admin, who.ID)
	if err != nil || len(open) != 1 {
		t.Fatal(open, err)
	}
	other := h.NewPatient()
	caretest.WantKind(t, h.Care.Signin.CancelCode(t.Context(), h.Admin, other.ID, open[0].ID), models.KindNotFound, "not-found")
	for range 2 {
		if err := h.Care.Signin.CancelCode(t.Context(), h.Admin, who.ID, open[0].ID); err != nil {
			t.Fatal(err)
		}
	}
	_, err = h.Care.Signin.Enrol(t.Context(), "a", code, caretest.Phone())
	caretest.WantKind(t, err, models.KindInvalid, "code-not-valid")
	code = h.CodeFor(who.ID)
	open, _ = h.Care.Signin.OpenCodes(t.Context(), h.Admin, who.ID)
	if _, err := h.Care.Signin.Enrol(t.Context(), "a", code, caretest.Phone()); err != nil {
		t.Fatal(err)
	}
	caretest.WantKind(t, h.Care.Signin.CancelCode(t.Context(), h.Admin, who.ID, open[0].ID), models.KindConflict, "code-used")
	nurse := h.Clinician(models.DisciplineNursing)
	_, err = h.Care.Signin.OpenCodes(t.Context(), nurse, who.ID)
	caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
}

// TestTheOfficeEndsALostPhone: of somebody else, live or ended by itself; the phone
// hears the word. A coordinator does it for patients, not for staff.
func TestTheOfficeEndsALostPhone(t *testing.T) {
	h := caretest.New(t)
	who := h.NewPatient()
	lost, kept := h.SignIn(who.ID), h.SignIn(who.ID)
	desk := h.First(models.RoleCoordinator, "")
	for range 2 {
		if err := h.Care.Signin.EndSessionOf(t.Context(), desk, who.ID, lost.Session.ID, models.EndReportedLost); err != nil {
			t.Fatal(err)
		}
	}
	_, err := h.Care.Signin.Authenticate(t.Context(), lost.AccessToken)
	caretest.WantKind(t, err, models.KindUnsigned, models.EndReportedLost)
	_, err = h.Care.Signin.Refresh(t.Context(), lost.RefreshToken)
	caretest.WantKind(t, err, models.KindUnsigned, models.EndReportedLost)
	if _, err := h.Care.Signin.Authenticate(t.Context(), kept.AccessToken); err != nil {
		t.Errorf("the other phone: %v", err)
	}
	h.Clock.Move(200 * 24 * time.Hour) // the other one's session ends by itself, and then it is lost
	devices, err := h.Care.Signin.SessionsOf(t.Context(), desk, who.ID)
	if err != nil || len(devices) != 1 || devices[0].ID != kept.Session.ID {
		t.Fatalf("devices: %+v, %v", devices, err)
	}
	if err := h.Care.Signin.EndSessionOf(t.Context(), desk, who.ID, kept.Session.ID, models.EndGivenBack); err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Signin.Refresh(t.Context(), kept.RefreshToken)
	caretest.WantKind(t, err, models.KindUnsigned, models.EndGivenBack)
	caretest.WantKind(t, h.Care.Signin.EndSessionOf(t.Context(), desk, who.ID, h.Admin.SessionID, models.EndReportedLost), models.KindNotFound, "not-found")
	caretest.WantKind(t, h.Care.Signin.EndSessionOf(t.Context(), desk, h.Admin.AccountID, h.Admin.SessionID, models.EndReportedLost), models.KindForbidden, "not-for-your-role")
	caretest.WantKind(t, h.Care.Signin.EndSessionOf(t.Context(), h.Admin, who.ID, kept.Session.ID, models.EndSuspended), models.KindInvalid, "invalid-input")
}

func TestOneAdministratorIsLeft(t *testing.T) {
	h := caretest.New(t)
	_, err := h.Care.People.Suspend(t.Context(), h.Admin, care.AnyVersion, h.Admin.AccountID, true)
	caretest.WantKind(t, err, models.KindConflict, "last-administrator")
	second := h.Instance()
	for range 4 {
		other := h.First(models.RoleAdministrator, "")
		errs := make([]error, 2)
		var both sync.WaitGroup
		both.Go(func() {
			_, errs[0] = h.Care.People.Suspend(t.Context(), h.Admin, care.AnyVersion, other.AccountID, true)
		})
		both.Go(func() {
			_, errs[1] = second.People.Suspend(t.Context(), other, care.AnyVersion, h.Admin.AccountID, true)
		})
		both.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Fatalf("two suspended each other: %v, %v", errs[0], errs[1])
		}
		if errs[1] == nil {
			h.Admin = other
		}
	}
}
