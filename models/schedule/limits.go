package schedule

import "time"

// Limits on what is asked, so that each piece of work is bounded.
const (
	MaxRules      = 50   // weekly hours of one availability
	MaxExtra      = 200  // extra openings, and leaves, of one availability
	MaxTravel     = 50   // travels of one availability
	MaxExDates    = 200  // exceptions of one rule
	MaxClosures   = 1000 // closures of all sites
	MaxRuleText   = 200  // bytes of an RRULE
	MaxCount      = 1000 // COUNT of an RRULE
	MaxSeries     = 52   // visits of a series
	MaxWindowDays = 366  // From..To of a Request
	MaxRoles      = 12   // of a Request
	MaxCandidates = 200  // of one Role
	MaxSeats      = 20   // people and resources of one visit: 4 ledgers each at most still fit a store batch
	MaxSlots      = 200  // Limit of a Request
	DefaultSlots  = 20
	MaxDayClaims  = 288   // of one ledger: a day of 5 minutes each
	MaxVisit      = 720   // minutes
	MaxBuffer     = 120   // minutes, each side
	MaxTravelTime = 240   // minutes, each way
	MaxNotice     = 43200 // minutes: 30 days
	MaxHorizon    = 400   // days
	MaxKey        = 64    // characters of the name of a part, and of the id of a kind of visit or a site
	MaxPreferred  = 21    // windows of a Preference: three a day
)

// maxCountDays is how far a COUNT may reach.
const maxCountDays = 3660

// MaxClaim is the longest time that one claim takes: visit, buffers and travel.
const MaxClaim = 24 * time.Hour

// HoldTime is how long a hold keeps a slot for a patient who is deciding.
const HoldTime = 5 * time.Minute
