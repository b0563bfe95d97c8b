package models

import (
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care/caretest/instants"
)

var released = instants.Release()

func TestEmergencyNumbersAreFresh(t *testing.T) {
	if stale := StaleNumbers(released); len(stale) > 0 {
		t.Errorf("verify the numbers of %v again", stale)
	}
	if len(StaleNumbers(released.AddDate(1, 0, 0))) == 0 {
		t.Error("numbers never grow old")
	}
}

func TestEmergencyNumbersCanBeDialled(t *testing.T) {
	for _, r := range append(AllNumbers(), NumbersFor("XX")) {
		if len(r.Emergency) == 0 {
			t.Errorf("%s has no emergency number", r.Country)
		}
		for _, n := range append(r.Emergency, r.CrisisLines...) {
			scheme, number, _ := strings.Cut(n.Href, ":")
			if scheme != map[string]string{"call": "tel", "text": "sms"}[n.Kind] || strings.Trim(number, "+0123456789") != "" || number == "" || n.Display == "" {
				t.Errorf("%s: %+v can't be dialled", r.Country, n)
			}
		}
	}
	if NumbersFor("us").Country != "US" || NumbersFor("").Emergency[0].Display != "112" {
		t.Error("lookup")
	}
}

// TestWhatNobodyReadIsToBeConfirmed: only these were read in a source that is not
// known to carry withdrawn numbers (crisis-plan reference, section 7). A new entry
// here needs a source in the data.
func TestWhatNobodyReadIsToBeConfirmed(t *testing.T) {
	read := []string{"US tel:988", "CA tel:988", "CA sms:988", "GB tel:999", "AU tel:000", "AU tel:131114", "JP tel:119", "KR tel:119", "KR tel:112"}
	seen := map[string]bool{}
	for _, r := range append(AllNumbers(), NumbersEverywhere) {
		for _, n := range append(slices.Clone(r.Emergency), r.CrisisLines...) {
			key := r.Country + " " + n.Href
			was := slices.Contains(read, key) && !strings.Contains(n.Display, "then")
			if n.ToConfirm == was {
				t.Errorf("%s %s: to confirm is %v", key, n.Display, n.ToConfirm)
			}
			seen[key] = true
		}
		if r.Source == "" || r.VerifiedBy == "" {
			t.Errorf("%s: nobody stands for it", r.Country)
		}
	}
	for _, key := range read {
		if !seen[key] {
			t.Errorf("%s is gone", key)
		}
	}
}

// TestWhatIsShownIsWhatIsDialled finds a typing mistake in either.
func TestWhatIsShownIsWhatIsDialled(t *testing.T) {
	digits := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, s)
	}
	for _, r := range append(AllNumbers(), NumbersEverywhere) {
		for _, n := range append(slices.Clone(r.Emergency), r.CrisisLines...) {
			shown, _, _ := strings.Cut(n.Display, ",") // "988, then 1"
			want, got := digits(shown), digits(n.Href)
			if strings.Contains(n.Href, "+") && r.Country != "IT" { // with the country code, without the 0; Italy keeps it
				want = strings.TrimPrefix(want, "0")
			}
			if !strings.HasSuffix(got, want) || !strings.Contains(n.Href, "+") && got != want {
				t.Errorf("%s: shows %s and dials %s", r.Country, n.Display, n.Href)
			}
		}
	}
}

func TestEveryCountryHasANumber(t *testing.T) {
	for country, emergency := range map[string]string{"US": "911", "us": "911", "UK": "999", "gb": "999", "AU": "000", "XX": "112", "": "112", "not a country": "112"} {
		n := NumbersFor(country)
		if n.Emergency[0].Display != emergency {
			t.Errorf("%q: %s, want %s", country, n.Emergency[0].Display, emergency)
		}
	}
	countries := map[string]bool{}
	for _, r := range AllNumbers() {
		if len(r.Country) != 2 || strings.ToUpper(r.Country) != r.Country || countries[r.Country] || len(r.CrisisLines) == 0 {
			t.Errorf("%q is no row", r.Country)
		}
		countries[r.Country] = true
	}
	if len(countries) < 24 {
		t.Errorf("only %d countries", len(countries))
	}
}

// TestNumbersAgeByTheDay: 180 days old is fresh, a day more is not.
func TestNumbersAgeByTheDay(t *testing.T) {
	on, err := time.Parse(time.DateOnly, NumbersFor("US").VerifiedOn)
	if err != nil {
		t.Fatal(err)
	}
	if slices.Contains(StaleNumbers(on.AddDate(0, 0, EmergencyMaxDays)), "US") || !slices.Contains(StaleNumbers(on.AddDate(0, 0, EmergencyMaxDays+1)), "US") {
		t.Error("the limit is not where it is said to be")
	}
}
