package people_test

import (
	"reflect"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
)

// TestATeamHasOneLead: who is made the lead takes it from whoever had it, in one batch.
func TestATeamHasOneLead(t *testing.T) {
	h := caretest.New(t)
	sam := h.Patient()
	team := h.Chart(h.Admin, sam.PatientID).People
	doctor, nurse := h.Clinician(models.DisciplinePsychiatry, sam), h.Clinician(models.DisciplineNursing, sam)
	for _, who := range []models.Actor{doctor, nurse, nurse} {
		if _, err := team.JoinTeam(t.Context(), care.AnyVersion, who.AccountID, true); err != nil {
			t.Fatal(err)
		}
	}
	found, err := team.CareTeam(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range found {
		if m.Lead != (m.AccountID == nurse.AccountID) {
			t.Errorf("%s leads: %v", m.Name, m.Lead)
		}
	}
}

// TestAVersionFarBehindIsRefused: who read the team fifty changes ago changes nothing of
// what it is now.
func TestAVersionFarBehindIsRefused(t *testing.T) {
	h := caretest.New(t)
	ctx := t.Context()
	sam := h.Patient()
	team := h.Chart(h.Admin, sam.PatientID).People
	doctor, nurse, other := h.Clinician(models.DisciplinePsychiatry, sam), h.Clinician(models.DisciplineNursing, sam), h.Clinician(models.DisciplineTherapy)
	read := func() care.Versioned[[]models.Membership] {
		t.Helper()
		v, err := team.VersionedTeam(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	old := read().Version
	for n := range 50 {
		if _, err := team.JoinTeam(ctx, old+int64(n), []models.Actor{nurse, doctor}[n%2].AccountID, true); err != nil {
			t.Fatal(n, err)
		}
	}
	want := read()
	if want.Version != old+50 {
		t.Fatalf("version %d after %d", want.Version, old)
	}
	join := func(version int64, who models.Actor, lead bool) error {
		_, err := team.JoinTeam(ctx, version, who.AccountID, lead)
		return err
	}
	for _, version := range []int64{old, -1, old + 51, 1 << 60} {
		for name, err := range map[string]error{
			"the lead":    join(version, nurse, true),
			"no lead":     join(version, doctor, false),
			"one more":    join(version, other, false),
			"off":         team.LeaveTeam(ctx, version, nurse.AccountID),
			"off, by yes": team.AskToLeave(ctx, version, nurse.AccountID, false),
		} {
			if models.KindOf(err) != models.KindStale || err.Error() != "version-not-newest" {
				t.Errorf("%s at version %d: %v", name, version-old, err)
			}
		}
	}
	if got := read(); got.Version != want.Version || !reflect.DeepEqual(got.Value, want.Value) {
		t.Errorf("%+v, before %+v", got, want)
	}
}
