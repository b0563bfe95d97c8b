package checkin

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"handrail/models"
)

// TestInstrumentFilesAreWhole reads every file as a clinical lead would.
func TestInstrumentFilesAreWhole(t *testing.T) {
	duration := regexp.MustCompile(`^P[1-9][0-9]*[DMY]$`)
	for _, i := range Instruments() {
		if i.Title == "" || i.Version == "" || len(i.Items) == 0 || len(i.Sources) == 0 || i.Licence.Status == "" || !duration.MatchString(i.Recall) {
			t.Errorf("%s is not whole", i.ID)
		}
		if !slices.Contains([]string{"yes", "attribution", "import"}, i.Licence.Ship) {
			t.Errorf("%s: what is %q?", i.ID, i.Licence.Ship)
		}
		seen := map[string]bool{}
		for _, it := range i.Items {
			if it.N == "" || it.Label == "" || seen[it.N] || (len(it.Options) == 0) == (it.Max == 0) {
				t.Errorf("%s: item %q is not whole", i.ID, it.N)
			}
			if it.LOINC != "" && it.LinkID != "/"+it.LOINC {
				t.Errorf("%s: item %s has another code in its linkId", i.ID, it.N)
			}
			values := map[int]bool{}
			for _, o := range it.Options {
				if values[o.Value] || o.Value < 0 {
					t.Errorf("%s: item %s has the answer %d twice", i.ID, it.N, o.Value)
				}
				values[o.Value] = true
			}
			seen[it.N] = true
		}
	}
}

// TestLabelsAreNotTheWording: a label is a short name of our own, so that an
// instrument without a licence for its wording shows none of it.
func TestLabelsAreNotTheWording(t *testing.T) {
	for _, i := range Instruments() {
		text, _ := BuiltInText(i.ID, "en")
		for _, it := range i.Items {
			if len(it.Label) > 70 || strings.HasPrefix(it.Label, "Item ") || strings.EqualFold(it.Label, text.Items[it.N].Text) {
				t.Errorf("%s: item %s is called %q", i.ID, it.N, it.Label)
			}
		}
	}
}

// TestShippedWordingFitsItsInstrument with the very check that an import goes
// through, apart from who accepted a licence.
func TestShippedWordingFitsItsInstrument(t *testing.T) {
	shipped := []string{}
	for _, i := range Instruments() {
		text, ok := BuiltInText(i.ID, "en")
		if !ok {
			continue
		}
		shipped = append(shipped, i.ID)
		text.Accepted = &LicenceAccepted{By: "a test", On: "2026-11-23"}
		if err := text.check(); err != nil {
			t.Errorf("%s: %v", i.ID, err.(*models.Error).Fields)
		}
	}
	if want := []string{"audit", "audit-c", "gad-7", "pcl-5", "phq-2", "phq-9"}; !slices.Equal(shipped, want) {
		t.Errorf("shipped are %v, want %v", shipped, want)
	}
}

// TestDaysAreNoAnswers: questions that ask for a number of days take one, and those
// with answers take nothing else.
func TestDaysAreNoAnswers(t *testing.T) {
	i, _ := FindInstrument("whodas-2-12")
	for v, ok := range map[int]bool{0: true, 30: true, 31: false, -1: false} {
		if _, err := i.Score(InstrumentAnswers{"H1": v}); (err == nil) != ok {
			t.Errorf("H1 with %d days: %v", v, err)
		}
	}
	if _, err := i.Score(InstrumentAnswers{"S1": 5}); err == nil {
		t.Error("S1 took 5")
	}
}
