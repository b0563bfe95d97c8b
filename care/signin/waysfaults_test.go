package signin_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
)

// TestACodeOfTheOfficeIsNoSecondFactor, and becomes none by recovery codes that its
// session makes for itself.
func TestACodeOfTheOfficeIsNoSecondFactor(t *testing.T) {
	h := caretest.New(t)
	nurse := h.Clinician(models.DisciplineNursing)
	_, err := h.Care.Signin.NewRecoveryCodes(t.Context(), nurse)
	caretest.WantKind(t, err, models.KindConflict, "factor-first")
	code := addTOTP(t, h, nurse)
	codes, err := h.Care.Signin.NewRecoveryCodes(t.Context(), nurse)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Care.Signin.StepUpWithTOTP(t.Context(), nurse, code()); err != nil {
		t.Fatal(err)
	}
	if err := h.Care.Signin.RemoveTOTP(t.Context(), nurse); err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Signin.StepUpWithRecoveryCode(t.Context(), nurse, codes.Codes[0]) // of before
	caretest.WantKind(t, err, models.KindConflict, "factor-first")
}

// TestALostAnswerToARecoveryCodeIsGivenAgain to the same device, for a while.
func TestALostAnswerToARecoveryCodeIsGivenAgain(t *testing.T) {
	h := caretest.New(t)
	who := h.Patient()
	codes, err := h.Care.Signin.NewRecoveryCodes(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	phone := caretest.Phone()
	first, err := h.Care.Signin.SignInWithRecoveryCode(t.Context(), codes.Codes[0], phone)
	if err != nil {
		t.Fatal(err)
	}
	again, err := h.Care.Signin.SignInWithRecoveryCode(t.Context(), codes.Codes[0], phone)
	if err != nil || again.Session.ID != first.Session.ID || again.RefreshToken != first.RefreshToken {
		t.Errorf("another answer: %v", err)
	}
	_, err = h.Care.Signin.SignInWithRecoveryCode(t.Context(), codes.Codes[0], caretest.Phone())
	caretest.WantKind(t, err, models.KindInvalid, "recovery-code-not-valid")
	h.Clock.Move(16 * time.Minute)
	_, err = h.Care.Signin.SignInWithRecoveryCode(t.Context(), codes.Codes[0], phone)
	caretest.WantKind(t, err, models.KindInvalid, "recovery-code-not-valid")
}

// TestANewTOTPIsOfTheSessionThatBeganIt, for a quarter of an hour and five codes.
func TestANewTOTPIsOfTheSessionThatBeganIt(t *testing.T) {
	h := caretest.New(t)
	nurse := h.Clinician(models.DisciplineNursing)
	made, err := h.Care.Signin.BeginTOTP(t.Context(), nurse)
	if err != nil {
		t.Fatal(err)
	}
	right := totpNow(t, h, made.Secret)
	elsewhere := h.SignIn(nurse.AccountID).Session.Actor()
	_, err = h.Care.Signin.ConfirmTOTP(t.Context(), elsewhere, right)
	caretest.WantKind(t, err, models.KindConflict, "totp-not-begun")
	for range 5 {
		_, err = h.Care.Signin.ConfirmTOTP(t.Context(), nurse, "000")
		caretest.WantKind(t, err, models.KindInvalid, "totp-not-right")
	}
	_, err = h.Care.Signin.ConfirmTOTP(t.Context(), nurse, right)
	caretest.WantKind(t, err, models.KindConflict, "totp-not-begun")
	if made, err = h.Care.Signin.BeginTOTP(t.Context(), nurse); err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(16 * time.Minute)
	_, err = h.Care.Signin.ConfirmTOTP(t.Context(), nurse, totpNow(t, h, made.Secret))
	caretest.WantKind(t, err, models.KindConflict, "totp-not-begun")
}

// TestWaysThatCantBeReadShutNobodyOut of their own record, and stop no emergency.
func TestWaysThatCantBeReadShutNobodyOut(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	if _, err := h.Care.Signin.SetPIN(t.Context(), p, "280417"); err != nil {
		t.Fatal(err)
	}
	h.Spoil("ways_in", p.AccountID, "{")
	h.SignIn(p.AccountID) // by a code of the clinic
	medic := h.Clinician(models.DisciplineNursing)
	if _, err := h.Care.Signin.SetPIN(t.Context(), p, "280417"); err == nil {
		t.Error("what can't be read was overwritten")
	}
	addTOTP(t, h, medic)
	h.Spoil("ways_in", medic.AccountID, "{")
	if err := h.Care.Signin.EmergencyStepUpNeeded(t.Context(), medic); err != nil {
		t.Errorf("a factor that was given a minute ago: %v", err)
	}
	h.Clock.Move(time.Hour)
	wantStepUp(t, h.Care.Signin.EmergencyStepUpNeeded(t.Context(), medic), models.WayWord)
}

// TestALostFactorIsTakenOff by another administrator, who shows that it is them, or by
// the operator; and its person is told.
func TestALostFactorIsTakenOff(t *testing.T) {
	h := caretest.New(t)
	nurse := h.Clinician(models.DisciplineNursing)
	addTOTP(t, h, nurse)
	if _, err := h.Care.Signin.NewRecoveryCodes(t.Context(), nurse); err != nil {
		t.Fatal(err)
	}
	enrol := func() error {
		_, err := h.Care.Signin.Enrol(t.Context(), "a", h.CodeFor(nurse.AccountID), caretest.Phone())
		return err
	}
	caretest.WantKind(t, enrol(), models.KindInvalid, "totp-required")
	coordinator := h.First(models.RoleCoordinator, "")
	caretest.WantKind(t, h.Care.Signin.TakeOffFactors(t.Context(), coordinator, nurse.AccountID), models.KindForbidden, "not-for-your-role")
	caretest.WantKind(t, h.Care.Signin.TakeOffFactors(t.Context(), h.Admin, h.Admin.AccountID), models.KindForbidden, "not-for-yourself")
	for range 2 { // twice is once
		if err := h.Care.Signin.TakeOffFactors(t.Context(), h.Admin, nurse.AccountID); err != nil {
			t.Fatal(err)
		}
	}
	if err := enrol(); err != nil {
		t.Fatal(err)
	}
	if w, err := h.Care.Signin.MyWays(t.Context(), nurse); err != nil || w.TOTP != nil || w.RecoveryCodes != 0 {
		t.Errorf("%+v, %v", w, err)
	}
	addTOTP(t, h, nurse)
	h.Spoil("ways_in", nurse.AccountID, "{")
	if err := h.Care.Signin.TakeOffFactors(t.Context(), care.System(), nurse.AccountID); err != nil {
		t.Fatal(err)
	}
	if err := enrol(); err != nil {
		t.Errorf("what could not be read is in the way: %v", err)
	}
	addTOTP(t, h, h.Admin)
	h.Clock.Move(time.Hour)
	wantStepUp(t, h.Care.Signin.TakeOffFactors(t.Context(), h.Admin, nurse.AccountID), models.WayTOTP)
}
