package taper

import (
	"cmp"
	"math"
	"slices"

	"handrail/models"
	"handrail/models/medicine"
)

// Strength is one that exists: what the clinic entered. Scored: it can be halved.
type Strength struct {
	Strength medicine.Amount `json:"strength"`
	Form     medicine.Form   `json:"form"`
	Scored   bool            `json:"scored,omitempty"`
}

// StrengthForms are the forms that are counted in pieces.
var StrengthForms = []medicine.Form{"tablet", "capsule", "film"}

// Limits of strengths and of what is taken at once.
const (
	MaxStrengths = 12 // of one medicine
	MaxPieces    = 12 // tablets at one time
	maxFiner     = 200_000
)

// Piece is how many of one strength. Halves: 1 is half a tablet, 2 is a whole one.
type Piece struct {
	Strength medicine.Amount `json:"strength"`
	Form     medicine.Form   `json:"form"`
	Halves   int             `json:"halves"`
}

// scale is how many of the smallest parts that are counted a unit has: a nanogram for
// masses. What is poured or measured out has none: it is not made of tablets.
var scale = map[string]float64{"g": 1e9, "mg": 1e6, "mcg": 1e3, "units": 1e3, "mmol": 1e3}

func mass(unit string) bool { return unit == "g" || unit == "mg" || unit == "mcg" }

// fits tells whether two units measure the same thing.
func fits(a, b string) bool { return scale[a] > 0 && (a == b || mass(a) && mass(b)) }

// parts is an amount in the smallest parts; false where it is finer than they are, or no
// amount at all.
func parts(value float64, unit string) (int64, bool) {
	x := value * scale[unit]
	n := math.Round(x)
	ok := scale[unit] > 0 && !math.IsNaN(x) && x >= 0 && x <= 1e13 && math.Abs(x-n) <= 1e-6*math.Max(1, x)
	if !ok {
		return 0, false
	}
	return int64(n), true
}

// CheckStrength holds one that a clinic enters against what it can be.
func CheckStrength(c *models.Checks, field string, s Strength) {
	s.Strength.Check(c, field+".strength")
	n, ok := parts(s.Strength.Value, s.Strength.Unit)
	c.Require(scale[s.Strength.Unit] > 0, field+".strength.unit", "unit-does-not-fit", "Tablets are counted in g, mg, mcg, units or mmol.")
	c.Require(scale[s.Strength.Unit] == 0 || ok && n > 0, field+".strength.value", "out-of-range", "This amount can't be right. Please look at the number and the unit.")
	c.Require(slices.Contains(StrengthForms, s.Form), field+".form", "not-a-choice", "Choose one of those that are offered.")
	c.Require(!s.Scored || s.Form == "tablet", field+".scored", "not-with-form", "Only a tablet has a score to break it at.")
}

// coin is a whole or half piece, in smallest parts.
type coin struct {
	parts  int64
	of     int
	halves int
}

// maker knows what amounts can be made.
type maker struct {
	strengths []Strength
	coins     []coin
	unit      int64 // the largest part of which each coin is a multiple
	best      []int32
	by        []int8
}

// made by cost: fewer pieces first, then fewer broken ones.
const pieceCost, halfCost = 1000, 1

// newMaker makes one for amounts up to most smallest parts.
func newMaker(strengths []Strength, most int64) *maker {
	m := &maker{strengths: strengths}
	for i, s := range strengths {
		n, ok := parts(s.Strength.Value, s.Strength.Unit)
		if !ok || n == 0 {
			continue
		}
		m.coins = append(m.coins, coin{n, i, 2})
		if s.Scored && n%2 == 0 {
			m.coins = append(m.coins, coin{n / 2, i, 1})
		}
	}
	slices.SortStableFunc(m.coins, func(a, b coin) int { return cmp.Or(-cmp.Compare(a.parts, b.parts), -cmp.Compare(a.halves, b.halves)) })
	for _, c := range m.coins {
		m.unit = gcd(m.unit, c.parts)
	}
	if m.unit == 0 {
		return m
	}
	most = min(most/m.unit, maxFiner)
	m.best, m.by = make([]int32, most+1), make([]int8, most+1)
	for n := int64(1); n <= most; n++ {
		m.best[n] = math.MaxInt32
		for i, c := range m.coins {
			if p := c.parts / m.unit; p <= n && m.best[n-p] != math.MaxInt32 {
				if cost := m.best[n-p] + pieceCost + halfCost*int32(2-c.halves); cost < m.best[n] {
					m.best[n], m.by[n] = cost, int8(i)
				}
			}
		}
	}
	return m
}

// make gives the pieces of an amount, the largest strength first; false where it can't be
// made of whole and scored tablets, or of too many.
func (m *maker) make(amount int64) ([]Piece, bool) {
	if m.unit == 0 || amount <= 0 || amount%m.unit != 0 || amount/m.unit >= int64(len(m.best)) {
		return nil, false
	}
	halves := map[int]int{}
	count := 0
	for n := amount / m.unit; n > 0; {
		if m.best[n] == math.MaxInt32 {
			return nil, false
		}
		c := m.coins[m.by[n]]
		halves[c.of] += c.halves
		n -= c.parts / m.unit
		if count++; count > MaxPieces {
			return nil, false
		}
	}
	var out []Piece
	for i, s := range m.strengths {
		if halves[i] > 0 {
			out = append(out, Piece{s.Strength, s.Form, halves[i]})
		}
	}
	slices.SortStableFunc(out, func(a, b Piece) int {
		x, _ := parts(a.Strength.Value, a.Strength.Unit)
		y, _ := parts(b.Strength.Value, b.Strength.Unit)
		return -cmp.Compare(x, y)
	})
	return out, true
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// smallest is the smallest whole piece, in smallest parts.
func smallest(strengths []Strength) int64 {
	var out int64
	for _, s := range strengths {
		if n, ok := parts(s.Strength.Value, s.Strength.Unit); ok && n > 0 && (out == 0 || n < out) {
			out = n
		}
	}
	return out
}

// MadeOf tells whether each piece of a plan is of a strength that there is.
func (p *Plan) MadeOf(strengths []Strength) bool {
	for _, day := range p.Tablets {
		for _, dose := range day {
			for _, piece := range dose.Pieces {
				if !slices.ContainsFunc(strengths, func(s Strength) bool {
					return s.Strength == piece.Strength && s.Form == piece.Form && (s.Scored || piece.Halves%2 == 0)
				}) {
					return false
				}
			}
		}
	}
	return true
}
