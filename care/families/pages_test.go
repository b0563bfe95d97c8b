package families_test

import (
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
)

// TestAPatientGivesAPageToRead: to one person of the circle, with their own words; nobody
// else reads of it, and nothing says whether it was read. It is gone with the place.
func TestAPatientGivesAPageToRead(t *testing.T) {
	h := caretest.NewWith(t, func(c *care.Config) { c.UnsignedTexts = true })
	p := h.Patient()
	mum, dad, stranger := h.Supporter(p), h.Supporter(p), h.Supporter(h.Patient())
	own, nurse := h.Chart(p, p.PatientID).Family, h.Clinician(models.DisciplineNursing, p)
	id := care.NewID()
	for range 2 {
		if g, err := own.GivePage(t.Context(), mum.AccountID, id, "naloxone", "It is in the kitchen."); err != nil || g.ID != id {
			t.Fatal(g, err)
		}
	}
	_, err := own.GivePage(t.Context(), mum.AccountID, id, "naloxone", "Other words.")
	caretest.WantKind(t, err, models.KindConflict, "already-exists")
	_, err = own.GivePage(t.Context(), mum.AccountID, care.NewID(), "no-such-page", "")
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	_, err = own.GivePage(t.Context(), stranger.AccountID, care.NewID(), "naloxone", "")
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	if _, err := h.Chart(nurse, p.PatientID).Family.GivePage(t.Context(), mum.AccountID, care.NewID(), "naloxone", ""); err == nil {
		t.Error("the team gave a page in the patient's name")
	}
	pages := func(who models.Actor) []models.PageFor {
		t.Helper()
		places, err := h.Care.Family.Supporting(t.Context(), who)
		if err != nil || len(places) != 1 {
			t.Fatal(places, err)
		}
		return places[0].Pages
	}
	if got := pages(mum); len(got) != 1 || got[0].Module != "naloxone" || got[0].Why != "It is in the kitchen." {
		t.Error(got)
	}
	if got := append(pages(dad), pages(stranger)...); len(got) != 0 {
		t.Error("others read of it: ", got)
	}
	err = h.Care.Family.PutPageAway(t.Context(), stranger, p.PatientID, id)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	for range 2 {
		if err := h.Care.Family.PutPageAway(t.Context(), mum, p.PatientID, id); err != nil {
			t.Fatal(err)
		}
	}
	if got := pages(mum); len(got) != 0 {
		t.Error(got)
	}
	for range models.MaxPagesFor {
		if _, err := own.GivePage(t.Context(), dad.AccountID, care.NewID(), "grief", ""); err != nil {
			t.Fatal(err)
		}
	}
	_, err = own.GivePage(t.Context(), dad.AccountID, care.NewID(), "grief", "")
	caretest.WantKind(t, err, models.KindConflict, "too-many-given")
	if err := own.TakePageBack(t.Context(), dad.AccountID, pages(dad)[0].ID); err != nil || len(pages(dad)) != models.MaxPagesFor-1 {
		t.Error(err)
	}
}
