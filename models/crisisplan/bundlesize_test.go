package crisisplan

import (
	"encoding/base64"
	"strings"
	"testing"

	"handrail/models"
)

// fillPlan makes a plan with every list full and every text as long as it may be.
func fillPlan(text func(n int) string) Content {
	var c Content
	phone := func(i int) Phone {
		return Phone{"+4915112345" + string(rune('0'+i/10)) + string(rune('0'+i%10)), "", "both"}
	}
	of := func(i int) *Phone { p := phone(i); return &p }
	week := &Hours{Zone: "America/Argentina/ComodRivadavia"}
	for range 7 {
		week.Open = append(week.Open, Open{weekdays, "09:00", "17:00"})
	}
	c.ProfessionalSupport = &Professionals{EmergencyDepartment: &Department{text(100), text(200), of(90)}}
	c.Naloxone, c.NeverUseAlone, c.DrugChecking = &Naloxone{}, &NeverUseAlone{text(100), of(91), text(500)}, &DrugChecking{true, text(200)}
	for i := range 10 {
		c.WarningSigns = append(c.WarningSigns, Sign{text(200), "behaviour"})
		c.InternalCoping = append(c.InternalCoping, Coping{text(200), Exercises[i%3]})
		c.SocialDistraction = append(c.SocialDistraction, Company{text(100), "place", of(10 + i), text(200)})
		c.LethalMeansSafety = append(c.LethalMeansSafety, MeansStep{text(200), text(100), true, planDay})
		c.Naloxone.Responders = append(c.Naloxone.Responders, text(100))
	}
	for i := range 8 {
		c.CrisisSupport = append(c.CrisisSupport, Helper{text(100), text(60), phone(30 + i), true, true})
		c.ProfessionalSupport.Contacts = append(c.ProfessionalSupport.Contacts, Professional{text(100), text(100), phone(50 + i), week, "2026-03-01"})
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
		fill := func(permille int) Content {
			return fillPlan(func(n int) string { return "x" + strings.Repeat(letter, (n-1)*permille/1000) })
		}
		low, high := 0, 1000
		if refusalOf(fill(high)) == nil {
			low = high
		}
		for high-low > 1 {
			if mid := (low + high) / 2; refusalOf(fill(mid)) == nil {
				low = mid
			} else {
				high = mid
			}
		}
		if err := refusalOf(fill(low)); err != nil {
			t.Fatalf("%q: a plan with every list full does not fit: %v", letter, err)
		}
		largest = max(largest, biggestBundle(t, fill(low)))
	}
	if largest < MaxBundleJSON*3/4 {
		t.Errorf("the largest bundle has %d bytes: the budget can grow", largest)
	}
	t.Logf("the largest bundle has %d of %d bytes", largest, MaxBundleJSON)
}

func biggestBundle(t *testing.T, c Content) int {
	t.Helper()
	p, v := activePlan(c)
	for n, check := range p.Numbers {
		check.Unreachable = true
		p.Numbers[n] = check
	}
	biggest := 0
	for _, language := range planLanguages {
		for _, numbers := range models.AllNumbers() {
			b, err := BuildBundle(BundleSource{p, v, numbers, language, models.Monitoring{Hours: strings.Repeat("h", 1000), Who: strings.Repeat("w", 100)}}, accessNow)
			if err != nil {
				t.Errorf("%s in %s: %v, %d bytes", language, numbers.Country, err, len(b.JSON))
			}
			biggest = max(biggest, len(b.JSON))
		}
	}
	return biggest
}

// The signed form must stay below 64 KB: base64url of the bundle, and room for the
// header and the signature.
func TestTheSignedBundleFits(t *testing.T) {
	if n := base64.RawURLEncoding.EncodedLen(MaxBundleJSON) + 1024; n > 64<<10 {
		t.Errorf("a signed bundle can have %d bytes", n)
	}
	s := samsSource(samsPlan())
	s.Monitoring.Hours = strings.Repeat("at nine ", 6000)
	if _, err := BuildBundle(s, accessNow); models.KindOf(err) != models.KindTooLarge {
		t.Errorf("a statement without an end: %v", err)
	}
}
