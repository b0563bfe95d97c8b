package crisisplan

import (
	"testing"

	"handrail/models"
)

func TestRehearsals(t *testing.T) {
	p, _ := activePlan(samsPlan())
	steps := []struct {
		today  string
		opened bool
		next   string
	}{
		{"2026-03-01", false, "2026-03-01"}, // it did not open: again
		{"2026-03-02", true, "2026-03-09"},
		{"2026-03-20", true, "2026-04-19"},
		{"2026-04-19", true, "2026-05-19"},
		{"2026-05-01", false, "2026-05-19"},
	}
	for i, s := range steps {
		got, err := p.Rehearse("r", RehearsalTerms{Opened: s.opened, TookMillis: 850}, sam, s.today, hours(i))
		if err != nil || got.TookMillis != 850 || got.Opened != s.opened || p.Rehearsals.NextOn() != s.next {
			t.Errorf("%s: next %s, %+v, %v", s.today, p.Rehearsals.NextOn(), got, err)
		}
	}
	for took, kind := range map[int64]models.Kind{-1: models.KindInvalid, 600_001: models.KindInvalid, 0: 0, 600_000: 0} {
		if _, err := p.Rehearse("r", RehearsalTerms{Opened: true, TookMillis: took}, sam, "2026-06-01", accessNow); models.KindOf(err) != kind {
			t.Errorf("%d ms: %v", took, err)
		}
	}
	if _, err := p.Rehearse("r", RehearsalTerms{Opened: true, TookMillis: 1}, nurse, "2026-06-01", accessNow); models.KindOf(err) != models.KindForbidden {
		t.Errorf("somebody else practised: %v", err)
	}
	empty := Plan{PatientID: patientA}
	if _, err := empty.Rehearse("r", RehearsalTerms{Opened: true, TookMillis: 1}, sam, planDay, accessNow); models.KindOf(err) != models.KindConflict || empty.Rehearsals.NextOn() != "" {
		t.Errorf("practised nothing: %v", err)
	}
}
