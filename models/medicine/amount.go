package medicine

import (
	"math"

	"handrail/models"
)

// Form is how a medicine is made.
type Form string

// Forms lists the forms.
var Forms = []Form{"tablet", "capsule", "film", "patch", "liquid", "injection", "depot", "inhaler", "drops", "spray", "other"}

// Amount is a strength, or how much a day.
type Amount struct {
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
}

// mostOf is the largest amount that can be meant, by unit (UCUM where it has one).
var mostOf = map[string]float64{"mg": 20_000, "mcg": 50_000, "g": 50, "mL": 2_000, "mg/mL": 2_000, "%": 100, "units": 1_000_000, "mmol": 1_000}

// Units lists the units in order.
var Units = []string{"mg", "mcg", "g", "mL", "mg/mL", "%", "units", "mmol"}

// Check holds an amount against what can be meant; nil passes.
func (a *Amount) Check(c *models.Checks, field string) { a.check(c, field) }

func (a *Amount) check(c *models.Checks, field string) {
	if a == nil {
		return
	}
	most, known := mostOf[a.Unit]
	c.Require(known, field+".unit", "unknown-unit", "Choose one of the units that are offered.")
	c.Require(a.Value > 0 && !math.IsNaN(a.Value) && (!known || a.Value <= most), field+".value", "out-of-range", "This amount can't be right. Please look at the number and the unit.")
}
