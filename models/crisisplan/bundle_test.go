package crisisplan

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"handrail/models"
)

func bundleOf(t *testing.T, s BundleSource) (Bundle, BuiltBundle) {
	t.Helper()
	built, err := BuildBundle(s, accessNow)
	if err != nil {
		t.Fatal(err)
	}
	var b Bundle
	if err := json.Unmarshal(built.JSON, &b); err != nil {
		t.Fatal(err)
	}
	return b, built
}

func samsSource(c Content) BundleSource {
	p, v := activePlan(c)
	return BundleSource{Plan: p, Active: v, Numbers: models.NumbersFor("US"), Language: "en-US",
		Monitoring: models.Monitoring{Hours: "Monday to Friday, 9 to 5", Who: "a nurse of your team"}}
}

func sectionOf(t *testing.T, b Bundle, key Section) BundleSection {
	t.Helper()
	i := slices.IndexFunc(b.Sections, func(s BundleSection) bool { return s.Key == key })
	if i < 0 {
		t.Fatalf("no section %s", key)
	}
	return b.Sections[i]
}

func TestBundleHasAllThatAPhoneNeeds(t *testing.T) {
	b, built := bundleOf(t, samsSource(samsPlan()))
	if b.Schema != BundleSchema || b.Subject != patientA || b.Locale != "en" || b.Direction != "ltr" || b.Version != 1 || b.Empty != nil ||
		b.ETag != built.ETag || b.GeneratedAt != "2026-03-01T12:00:00Z" || b.ActiveSince != "2026-03-01T12:00:00Z" {
		t.Errorf("head: %+v", b)
	}
	if b.Emergency[0].Href != "tel:911" || b.CrisisLines[0].Href != "tel:988" || b.Emergency[0].ToConfirm {
		t.Errorf("numbers: %+v, %+v", b.Emergency, b.CrisisLines)
	}
	ana := sectionOf(t, b, SectionCrisisSupport).Items[0]
	if want := []models.NumberToCall{{Display: "(555) 010-0001", Href: "tel:+15550100001", Kind: "call"},
		{Display: "(555) 010-0001", Href: "sms:+15550100001", Kind: "text"}}; !slices.Equal(ana.Calls, want) || ana.CheckFrom != "2026-05-30" || ana.Unreachable {
		t.Errorf("a helper: %+v", ana)
	}
	if want := (BundleDetail{Label: "Good until", Day: "2026-12-31"}); !slices.Contains(sectionOf(t, b, SectionNaloxone).Items[0].Details, want) {
		t.Errorf("a kit: %+v", sectionOf(t, b, SectionNaloxone).Items)
	}
	if len(b.Exercises) != 1 || b.Exercises[0].Key != "slow-breathing" || b.Exercises[0].Steps == nil {
		t.Errorf("exercises: %+v", b.Exercises)
	}
	if b.Cards[0].Key != "pulse-and-breathing" || !strings.Contains(b.Cards[0].Steps[1], "Call 911 now") {
		t.Errorf("cards: %+v", b.Cards[0])
	}
	if m := b.Monitoring; !strings.Contains(m.Text, "by a nurse of your team at these times: Monday to Friday, 9 to 5.") || m.Plan == "" {
		t.Errorf("monitoring: %+v", m)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, built.JSON); err != nil || !bytes.Equal(compact.Bytes(), built.JSON) {
		t.Errorf("the bytes hold what nobody needs: %v", err)
	}
}

func TestTheCrisisLineCannotBeTakenOut(t *testing.T) {
	for _, c := range []Content{{WarningSigns: []Sign{{Text: "x"}}}, samsPlan()} {
		b, _ := bundleOf(t, samsSource(c))
		items := sectionOf(t, b, SectionProfessionalSupport).Items
		if !slices.ContainsFunc(items, func(i BundleItem) bool { return len(i.Calls) > 0 && i.Calls[0].Href == "tel:988" }) {
			t.Errorf("no crisis line in %+v", items)
		}
	}
}

func TestEmptyBundle(t *testing.T) {
	draft := Plan{PatientID: patientA}
	v, _, err := draft.Save(Edit{Content: samsPlan()}, sam, planDay, accessNow)
	if err != nil {
		t.Fatal(err)
	}
	held, ended := activePlan(samsPlan())
	ended.State = StateSuperseded
	for name, s := range map[string]BundleSource{
		"an old copy": {Plan: held, Active: ended, Numbers: models.NumbersFor("GB")},
		"nothing":     {Plan: Plan{PatientID: patientA}, Numbers: models.NumbersFor("GB")},
		"a draft":     {Plan: draft, Active: v, Numbers: models.NumbersFor("GB")},
	} {
		b, built := bundleOf(t, s)
		if b.Version != 0 || b.Empty == nil || len(b.Empty.Steps) == 0 || b.Emergency[0].Display != "999" || len(b.Cards) != 4 || b.Sections == nil {
			t.Errorf("%s: %+v", name, b)
		}
		if bytes.Contains(built.JSON, []byte("answering the phone")) {
			t.Errorf("%s: a draft got out", name)
		}
		if !strings.HasPrefix(b.Monitoring.Text, "Nobody at the clinic") {
			t.Errorf("%s: promises %q", name, b.Monitoring.Text)
		}
	}
	if b, _ := bundleOf(t, BundleSource{}); len(b.Emergency) == 0 {
		t.Error("a bundle without a number")
	}
}

func TestTheTagFollowsTheContentAndNotTheClock(t *testing.T) {
	s := samsSource(samsPlan())
	first, err := BuildBundle(s, accessNow)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := BuildBundle(s, accessNow)
	later, _ := BuildBundle(s, accessNow.AddDate(0, 6, 0))
	if !bytes.Equal(first.JSON, again.JSON) || first.ETag != later.ETag || bytes.Equal(first.JSON, later.JSON) {
		t.Error("the same plan gave another bundle")
	}
	seen := map[string]string{first.ETag: "the plan"}
	for name, change := range map[string]func(*BundleSource){
		"language": func(s *BundleSource) { s.Language = "es" },
		"country":  func(s *BundleSource) { s.Numbers = models.NumbersFor("CA") },
		"hours":    func(s *BundleSource) { s.Monitoring.Hours = "never" },
		"patient":  func(s *BundleSource) { s.Plan.PatientID = "pb" },
		"words":    func(s *BundleSource) { s.Active.Content.ReasonForLiving = "The sea" },
		"a number that was tried": func(s *BundleSource) {
			if err := s.Plan.CheckNumbers([]NumberReport{{"+15550100001", false}}, sam, planDay); err != nil {
				t.Error(err)
			}
		},
	} {
		changed := samsSource(samsPlan())
		change(&changed)
		b, err := BuildBundle(changed, accessNow)
		if err != nil || seen[b.ETag] != "" {
			t.Errorf("%s: tag of %q, %v", name, seen[b.ETag], err)
		}
		seen[b.ETag] = name
	}
}

// Whatever a plan says, the phone reads exactly that.
func TestBundleKeepsEveryWord(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	for range 300 {
		c := wholePlan(r, "mark<&>\u00e9\u0634"+string(rune('a'+r.IntN(26))))
		b, built := bundleOf(t, samsSource(c))
		if !utf8.Valid(built.JSON) {
			t.Fatal("not UTF-8")
		}
		all := string(built.JSON)
		for _, s := range Sections {
			items := sectionOf(t, b, s).Items
			if len(items) == 0 {
				t.Fatalf("%s is empty", s)
			}
		}
		for _, word := range []string{c.ReasonForLiving, c.NeverUseAlone.Text, c.DrugChecking.Where, c.LethalMeansSafety[0].HeldBy,
			c.Naloxone.Kits[0].WhoKnows, c.Naloxone.Responders[0], c.SocialDistraction[0].Note, c.ProfessionalSupport.EmergencyDepartment.Address} {
			if !strings.Contains(all, word) {
				t.Fatalf("%q got lost", word)
			}
		}
		for _, n := range c.numbers() {
			if !strings.Contains(all, `"tel:`+n+`"`) {
				t.Fatal("a number got lost")
			}
		}
	}
}

func ExampleBuildBundle() {
	p := Plan{PatientID: "0199b2c0-0000-7000-8000-000000000001"}
	by := models.Actor{AccountID: "a", Role: models.RolePatient, PatientID: p.PatientID, Name: "Sam"}
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	content := Content{WarningSigns: []Sign{{Text: "I stop answering the phone"}}}
	version, _, err := p.Save(Edit{Content: content}, by, "2026-03-01", now)
	if err == nil {
		err = p.Activate(&version, nil, by, Assent{}, "2026-03-01", now)
	}
	if err != nil {
		fmt.Println(err)
	}
	b, err := BuildBundle(BundleSource{Plan: p, Active: version, Numbers: models.NumbersFor("US"), Language: "en"}, now)
	fmt.Println(b.Version, len(b.JSON) <= MaxBundleJSON, err)
	// Output: 1 true <nil>
}
