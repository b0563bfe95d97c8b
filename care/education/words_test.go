package education_test

import (
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/education"
)

// Words of the app are shown in a language when a clinician of the site has signed these
// very words in it; a demo shows them before, and an office or a trainee signs nothing.
func TestWordsOfTheAppWaitForASignature(t *testing.T) {
	near, other := caretest.Words[0], caretest.Words[1]
	h := caretest.New(t)
	shown := func(c *care.Care) []string {
		t.Helper()
		all, err := c.Learn.ShownWords(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return all["near"]
	}
	if got := shown(h.Care); len(got) != 0 {
		t.Errorf("shown before anybody signed: %v", got)
	}
	demo := h.InstanceWith(func(c *care.Config) { c.UnsignedTexts = true })
	if got := shown(demo); len(got) != 2 {
		t.Errorf("a demo shows %v", got)
	}
	nurse, next := h.Clinician(models.DisciplineNursing), "2027-03-01"
	for _, who := range []models.Actor{h.Admin, h.Patient(), h.Clinician(models.DisciplineTrainee)} {
		_, err := h.Care.Learn.SignWords(t.Context(), who, "near", "en", near.Fingerprint(), next)
		caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
	}
	_, err := h.Care.Learn.SignWords(t.Context(), nurse, "near", "en", other.Fingerprint(), next)
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	_, err = h.Care.Learn.SignWords(t.Context(), nurse, "near", "en", near.Fingerprint(), "2020-01-01")
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	_, err = h.Care.Learn.SignWords(t.Context(), nurse, "near", "ar", near.Fingerprint(), next)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	for range 2 {
		s, err := h.Care.Learn.SignWords(t.Context(), nurse, "near", "en", near.Fingerprint(), next)
		if err != nil || !s.Shown || s.Review.Role != "nursing" {
			t.Fatalf("%+v, %v", s, err)
		}
	}
	if got := shown(h.Care); len(got) != 1 || got[0] != "en" {
		t.Errorf("after the signature: %v", got)
	}
	changed := near
	changed.Lines = []education.Line{{Key: "near.reach.1", Text: "Wait."}}
	updated := h.InstanceWith(func(c *care.Config) { c.Words = caretest.WordsOf(changed, other) })
	if got := shown(updated); len(got) != 0 {
		t.Errorf("other words of an update: %v", got)
	}
	list, err := h.Care.Learn.Texts(t.Context(), h.Admin)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		if s.ID == "words-near" {
			t.Error("a signature of words is in the list of pages")
		}
	}
	_, err = h.Care.Learn.SaveDraft(t.Context(), h.Admin, "words-near", "en", 1, "---\nid: words-near\nlanguage: en\n---\n")
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
}
