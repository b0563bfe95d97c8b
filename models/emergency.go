package models

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
	"time"
)

// EmergencyNumbers are the numbers of one country, as dated data. A number marked
// ToConfirm must be confirmed by the site before patients rely on it.
type EmergencyNumbers struct {
	Country     string         `json:"country"` // ISO 3166-1 alpha-2; "" for everywhere else
	Emergency   []NumberToCall `json:"emergency"`
	CrisisLines []NumberToCall `json:"crisisLines"`
	VerifiedOn  string         `json:"verifiedOn"` // YYYY-MM-DD
	VerifiedBy  string         `json:"verifiedBy"`
	Source      string         `json:"source"`
}

// NumberToCall is a number and how a phone dials it.
type NumberToCall struct {
	Name      string `json:"name,omitempty"`
	Display   string `json:"display"`
	Href      string `json:"href"` // tel: or sms:
	Kind      string `json:"kind"` // call, text
	ToConfirm bool   `json:"toConfirm,omitempty"`
}

// EmergencyMaxDays is how old a row may grow before a release is refused [P].
const EmergencyMaxDays = 180

//go:embed data/emergency-numbers.json
var emergencyData []byte

// emergencyNumbersData are the numbers as they were read in, for a fingerprint.
func EmergencyNumbersData() []byte { return emergencyData }

var emergencyRows = sync.OnceValue(func() []EmergencyNumbers {
	var rows []EmergencyNumbers
	if err := json.Unmarshal(emergencyData, &rows); err != nil {
		panic("models: emergency-numbers.json: " + err.Error()) // built in; a test reads it
	}
	return rows
})

// everywhere is for countries that we have no row for. 112 is the number of the
// whole EU and works from mobile phones in most of the world [K]; the page adds
// that the local emergency number is right where it is known.
var NumbersEverywhere = EmergencyNumbers{Emergency: []NumberToCall{{Display: "112", Href: "tel:112", Kind: "call", ToConfirm: true}},
	CrisisLines: []NumberToCall{}, VerifiedOn: "2026-11-01", VerifiedBy: "reference pack", Source: "general"}

// NumbersFor finds the numbers of a country. There is always an answer.
func NumbersFor(country string) EmergencyNumbers {
	if strings.EqualFold(country, "UK") { // what many people write for GB
		country = "GB"
	}
	for _, r := range emergencyRows() {
		if strings.EqualFold(r.Country, country) {
			return r
		}
	}
	return NumbersEverywhere
}

// AllNumbers lists every country, for a phone to keep.
func AllNumbers() []EmergencyNumbers { return append([]EmergencyNumbers{}, emergencyRows()...) }

// StaleNumbers lists the countries whose numbers nobody has verified for too long.
func StaleNumbers(now time.Time) []string {
	var out []string
	for _, r := range append(AllNumbers(), NumbersEverywhere) {
		on, err := time.Parse(time.DateOnly, r.VerifiedOn)
		if err != nil || now.Sub(on) > EmergencyMaxDays*24*time.Hour {
			out = append(out, r.Country)
		}
	}
	return out
}
