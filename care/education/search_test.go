package education_test

import (
	"strings"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models/education"
	"handrail/models/education/infobutton"
)

// TestWhatIsShownIsFound, and nothing else: by words and by codes. A page leads to the
// site's library with its codes and nobody's name.
func TestWhatIsShownIsFound(t *testing.T) {
	h := caretest.NewWith(t, func(c *care.Config) { c.UnsignedTexts, c.Site.Library = true, "https://library.example.org/ib" })
	found, err := h.Care.Learn.Search(t.Context(), "en", "where do i keep narcan", education.ForFamily)
	if err != nil || found.Help || len(found.Pages) == 0 || found.Pages[0].ID != "naloxone" || len(found.Pages[0].Why) == 0 {
		t.Fatalf("%+v %v", found, err)
	}
	for _, p := range found.Pages {
		if !p.Audience.Fits(education.ForFamily) {
			t.Error(p.ID, " is for patients")
		}
	}
	shown, err := h.Care.Learn.About(t.Context(), infobutton.Question{Codes: []infobutton.Code{{System: "icd10cm", Code: "F11.23"}}, Language: "ar"})
	if err != nil || len(shown) != 3 || shown[0].ID != "withdrawal-danger" || shown[0].Language != "ar" {
		t.Errorf("%+v %v", shown, err)
	}
	v, err := h.Care.Learn.View(t.Context(), shown[0], []string{"ar"})
	if err != nil || !strings.HasPrefix(v.Library, "https://library.example.org/ib?") || !strings.Contains(v.Library, "F11.23") || strings.Contains(strings.ToLower(v.Library), "person") {
		t.Error(v.Library, err)
	}
	other := caretest.New(t)
	if found, err := other.Care.Learn.Search(t.Context(), "en", "narcan overdose", ""); err != nil || !found.Help || len(found.Pages) > 0 && found.Pages[0].Safety {
		t.Errorf("%+v %v", found, err)
	}
}
