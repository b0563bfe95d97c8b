package schedule

import (
	"cmp"
	"slices"
)

// Claim is time of one person or resource that a visit takes, with buffers and
// travel.
type Claim struct {
	Visit string `json:"visit"` // id of the Appointment
	Who   string `json:"who"`
	Type  string `json:"type"` // id of the VisitType, for PerDay
	Span
	Start   int64 `json:"start"`             // when the person's part begins, in Unix seconds
	Expires int64 `json:"expires,omitempty"` // a hold counts before this, in Unix seconds; 0: booked
}

// Live tells whether the claim counts at an instant. Nothing has to sweep a hold
// whose time is over: whoever reads it sees that it is gone.
func (c Claim) Live(now int64) bool { return c.Expires == 0 || now < c.Expires }

// FirstDay is the first UTC day that the claim touches.
func (c Claim) FirstDay() Day { return dayOf(c.From) }

// SortClaims brings claims into the order that a Person wants.
func SortClaims(claims []Claim) { slices.SortFunc(claims, compareClaims) }

func compareClaims(a, b Claim) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Visit, b.Visit), cmp.Compare(a.Who, b.Who))
}

// claimsFrom are the claims that can touch an instant or what follows it: no claim
// is longer than MaxClaim.
func claimsFrom(claims []Claim, unix int64) []Claim {
	from := unix - int64(MaxClaim.Seconds())
	i, _ := slices.BinarySearchFunc(claims, from, func(c Claim, t int64) int { return cmp.Compare(c.From, t) })
	return claims[i:]
}
