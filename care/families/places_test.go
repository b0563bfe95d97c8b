package families_test

import (
	"testing"

	"handrail/care/caretest"
	"handrail/models"
)

// older makes a place what an older program wrote: without the key by which the one who
// has it finds it.
func older(t *testing.T, h *caretest.Clinic, p, who models.Actor) (id string) {
	t.Helper()
	id = p.PatientID + ":" + who.AccountID
	d, err := h.Store.Get(t.Context(), "related_people", id)
	if err != nil {
		t.Fatal(err)
	}
	delete(d.Keys, "accountId")
	if err := h.Store.Replace(t.Context(), "related_people", d); err != nil {
		t.Fatal(err)
	}
	return id
}

// A place that the office gave under an older program is in the list of the one who has
// it. One that does not open stops no other.
func TestAPlaceOfAnOlderProgramIsFound(t *testing.T) {
	h := caretest.New(t)
	sam, lee := h.Patient(), h.Patient()
	mum, aunt := h.Supporter(sam), h.Supporter(lee)
	h.Spoil("related_people", older(t, h, lee, aunt), "not JSON")
	older(t, h, sam, mum)
	for turn, want := range []int{0, 1, 1} {
		if turn > 0 {
			if err := h.Care.Family.FindOldPlaces(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if places, err := h.Care.Family.Supporting(t.Context(), mum); err != nil || len(places) != want {
			t.Errorf("turn %d: %+v, %v", turn, places, err)
		}
	}
	if marks, err := h.Care.Aside().Marks(t.Context()); err != nil || len(marks) != 1 {
		t.Errorf("set aside: %+v, %v", marks, err)
	}
}
