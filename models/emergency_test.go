package models

import (
	"strings"
	"testing"
	"time"
)

// released is the day of the newest release in the CHANGELOG's sense: move it when
// you release, and verify the rows that this test then names.
var released = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

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
