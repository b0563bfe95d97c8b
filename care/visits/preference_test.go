package visits_test

import (
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

func TestASearchKeepsToWhatThePatientWouldRatherHave(t *testing.T) {
	v := openClinic(t)
	view := must[care.Versioned[visits.VisitPreference]](t)
	if got := view(v.own.Visits.Preference(t.Context())); got.Version != 1 || len(got.Value.Windows) != 0 {
		t.Errorf("before: %+v", got)
	}
	wish := visits.VisitPreference{Modality: schedule.Video, Preference: schedule.Preference{
		Windows: []schedule.PreferredWindow{{Days: []string{"TH"}, From: "13:00", To: "15:00"}}}}
	set := view(v.own.Visits.SetPreference(t.Context(), 1, wish))
	if again := view(v.own.Visits.SetPreference(t.Context(), 1, wish)); again.Version != set.Version {
		t.Error("the same call twice changed something")
	}
	q := visits.SlotQuestion{Ask: caretest.With(v.one), From: caretest.At(1, 0, 0), To: caretest.At(8, 0, 0), Suiting: true, Limit: 50}
	page, err := v.own.Visits.Slots(t.Context(), q)
	if err != nil || len(page.Items) != 3 || !page.Items[0].Start.Equal(caretest.At(3, 13, 0)) || !page.Items[2].Start.Equal(caretest.At(3, 14, 0)) {
		t.Errorf("slots: %+v, %v", page.Items, err)
	}
	if q.Suiting = false; len(must[care.Page[schedule.Slot]](t)(v.own.Visits.Slots(t.Context(), q)).Items) <= 3 {
		t.Error("a wish binds")
	}
	other := wish
	other.Windows = nil
	_, err = v.own.Visits.SetPreference(t.Context(), 1, other)
	caretest.WantKind(t, err, models.KindStale, "version-not-newest")
	if team := view(v.Chart(v.one, v.patient.PatientID).Visits.Preference(t.Context())); len(team.Value.Windows) != 1 {
		t.Errorf("the team reads %+v", team)
	}
	wish.Windows[0].To = "12:00"
	_, err = v.own.Visits.SetPreference(t.Context(), 2, wish)
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
}
