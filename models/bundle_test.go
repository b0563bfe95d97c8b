package models

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func bundleOf(t *testing.T, s BundleSource) (PlanBundle, BuiltBundle) {
	t.Helper()
	built, err := BuildBundle(s, accessNow)
	if err != nil {
		t.Fatal(err)
	}
	var b PlanBundle
	if err := json.Unmarshal(built.JSON, &b); err != nil {
		t.Fatal(err)
	}
	return b, built
}

func samsSource(c PlanContent) BundleSource {
	p, v := activePlan(c)
	return BundleSource{Plan: p, Active: v, Numbers: NumbersFor("US"), Language: "en-US",
		Monitoring: Monitoring{Hours: "Monday to Friday, 9 to 5", Who: "a nurse of your team"}}
}

func sectionOf(t *testing.T, b PlanBundle, key PlanSection) BundleSection {
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
	ana := sectionOf(t, b, PlanCrisisSupport).Items[0]
	if want := []NumberToCall{{Display: "(555) 010-0001", Href: "tel:+15550100001", Kind: "call"},
		{Display: "(555) 010-0001", Href: "sms:+15550100001", Kind: "text"}}; !slices.Equal(ana.Calls, want) || ana.CheckFrom != "2026-05-30" || ana.Unreachable {
		t.Errorf("a helper: %+v", ana)
	}
	if want := (BundleDetail{Label: "Good until", Day: "2026-12-31"}); !slices.Contains(sectionOf(t, b, PlanNaloxone).Items[0].Details, want) {
		t.Errorf("a kit: %+v", sectionOf(t, b, PlanNaloxone).Items)
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
	for _, c := range []PlanContent{{WarningSigns: []PlanSign{{Text: "x"}}}, samsPlan()} {
		b, _ := bundleOf(t, samsSource(c))
		items := sectionOf(t, b, PlanProfessionalSupport).Items
		if !slices.ContainsFunc(items, func(i BundleItem) bool { return len(i.Calls) > 0 && i.Calls[0].Href == "tel:988" }) {
			t.Errorf("no crisis line in %+v", items)
		}
	}
}

func TestEmptyBundle(t *testing.T) {
	draft := CrisisPlan{PatientID: patientA}
	v, _, err := draft.Save(PlanEdit{Content: samsPlan()}, sam, planDay, accessNow)
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]BundleSource{
		"nothing": {Plan: CrisisPlan{PatientID: patientA}, Numbers: NumbersFor("GB")},
		"a draft": {Plan: draft, Active: v, Numbers: NumbersFor("GB")},
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
		"country":  func(s *BundleSource) { s.Numbers = NumbersFor("CA") },
		"hours":    func(s *BundleSource) { s.Monitoring.Hours = "never" },
		"patient":  func(s *BundleSource) { s.Plan.PatientID = "pb" },
		"words":    func(s *BundleSource) { s.Active.Content.ReasonForLiving = "The sea" },
		"a number that was tried": func(s *BundleSource) {
			if err := s.Plan.CheckNumbers([]PlanNumberReport{{"+15550100001", false}}, sam, planDay); err != nil {
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

// fillPlan makes a plan with every list full and every text as long as it may be.
func fillPlan(text func(n int) string) PlanContent {
	var c PlanContent
	phone := func(i int) PlanPhone {
		return PlanPhone{"+4915112345" + string(rune('0'+i/10)) + string(rune('0'+i%10)), "", "both"}
	}
	of := func(i int) *PlanPhone { p := phone(i); return &p }
	week := &PlanHours{Zone: "America/Argentina/ComodRivadavia"}
	for range 7 {
		week.Open = append(week.Open, PlanOpen{weekdays, "09:00", "17:00"})
	}
	c.ProfessionalSupport = &PlanProfessionals{EmergencyDepartment: &PlanDepartment{text(100), text(200), of(90)}}
	c.Naloxone, c.NeverUseAlone, c.DrugChecking = &Naloxone{}, &NeverUseAlone{text(100), of(91), text(500)}, &DrugChecking{true, text(200)}
	for i := range 10 {
		c.WarningSigns = append(c.WarningSigns, PlanSign{text(200), "behaviour"})
		c.InternalCoping = append(c.InternalCoping, PlanCoping{text(200), PlanExercises[i%3]})
		c.SocialDistraction = append(c.SocialDistraction, PlanCompany{text(100), "place", of(10 + i), text(200)})
		c.LethalMeansSafety = append(c.LethalMeansSafety, PlanMeansStep{text(200), text(100), true, planDay})
		c.Naloxone.Responders = append(c.Naloxone.Responders, text(100))
	}
	for i := range 8 {
		c.CrisisSupport = append(c.CrisisSupport, PlanHelper{text(100), text(60), phone(30 + i), true, true})
		c.ProfessionalSupport.Contacts = append(c.ProfessionalSupport.Contacts, PlanProfessional{text(100), text(100), phone(50 + i), week})
	}
	for range 6 {
		c.Naloxone.Kits = append(c.Naloxone.Kits, NaloxoneKit{text(200), "injectable", "2027-01-01", text(200)})
		c.ToleranceLoss = append(c.ToleranceLoss, ToleranceLoss{"missed-medicine", planDay})
	}
	for range 3 {
		c.PostOverdose = append(c.PostOverdose, PostOverdoseStep{"restart-medicine", planDay})
	}
	c.ReasonForLiving = text(1000)
	return c.normal()
}

// TestTheLargestPlanFits fills plans to the last byte that is allowed, in scripts of
// one to four bytes and with characters that JSON has to escape, and builds them in
// every language for every country.
func TestTheLargestPlanFits(t *testing.T) {
	largest := 0
	for _, letter := range []string{"a", `"`, "ش", "愛", "😀", "\n", "<"} {
		// The share of each text's limit that fills the plan: bisect on the budget.
		fill := func(permille int) PlanContent {
			return fillPlan(func(n int) string { return "x" + strings.Repeat(letter, (n-1)*permille/1000) })
		}
		low, high := 0, 1000
		if fill(high).check() == nil {
			low = high
		}
		for high-low > 1 {
			if mid := (low + high) / 2; fill(mid).check() == nil {
				low = mid
			} else {
				high = mid
			}
		}
		if err := fill(low).check(); err != nil {
			t.Fatalf("%q: a plan with every list full does not fit: %v", letter, err)
		}
		largest = max(largest, biggestBundle(t, fill(low)))
	}
	if largest < MaxBundleJSON*3/4 {
		t.Errorf("the largest bundle has %d bytes: the budget can grow", largest)
	}
	t.Logf("the largest bundle has %d of %d bytes", largest, MaxBundleJSON)
}

func biggestBundle(t *testing.T, c PlanContent) int {
	t.Helper()
	p, v := activePlan(c)
	for n, check := range p.Numbers {
		check.Unreachable = true
		p.Numbers[n] = check
	}
	biggest := 0
	for _, language := range planLanguages {
		for _, numbers := range AllNumbers() {
			b, err := BuildBundle(BundleSource{p, v, numbers, language, Monitoring{Hours: strings.Repeat("h", 1000), Who: strings.Repeat("w", 100)}}, accessNow)
			if err != nil {
				t.Errorf("%s in %s: %v, %d bytes", language, numbers.Country, err, len(b.JSON))
			}
			biggest = max(biggest, len(b.JSON))
		}
	}
	return biggest
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
		for _, s := range PlanSections {
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
	p := CrisisPlan{PatientID: "0199b2c0-0000-7000-8000-000000000001"}
	by := Actor{AccountID: "a", Role: RolePatient, PatientID: p.PatientID, Name: "Sam"}
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	content := PlanContent{WarningSigns: []PlanSign{{Text: "I stop answering the phone"}}}
	version, _, err := p.Save(PlanEdit{Content: content}, by, "2026-03-01", now)
	if err == nil {
		err = p.Activate(&version, nil, by, "2026-03-01", now)
	}
	if err != nil {
		fmt.Println(err)
	}
	b, err := BuildBundle(BundleSource{Plan: p, Active: version, Numbers: NumbersFor("US"), Language: "en"}, now)
	fmt.Println(b.Version, len(b.JSON) <= MaxBundleJSON, err)
	// Output: 1 true <nil>
}

// The signed form must stay below 64 KB: base64url of the bundle, and room for the
// header and the signature.
func TestTheSignedBundleFits(t *testing.T) {
	if n := base64.RawURLEncoding.EncodedLen(MaxBundleJSON) + 1024; n > 64<<10 {
		t.Errorf("a signed bundle can have %d bytes", n)
	}
	s := samsSource(samsPlan())
	s.Monitoring.Hours = strings.Repeat("at nine ", 6000)
	if _, err := BuildBundle(s, accessNow); KindOf(err) != KindTooLarge {
		t.Errorf("a statement without an end: %v", err)
	}
}
