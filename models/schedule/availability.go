package schedule

// Modality says how a visit takes place.
type Modality string

// The modalities.
const (
	Video        Modality = "video"
	Phone        Modality = "phone"
	InPerson     Modality = "in-person"    // at a site
	HomeVisit    Modality = "home-visit"   // at the patient's home; has travel time
	Asynchronous Modality = "asynchronous" // a clinician's work without the patient: a check-in review
)

// Attended are those in which the patient is there.
var Attended = []Modality{Video, Phone, InPerson, HomeVisit}

// Modalities lists every modality.
var Modalities = []Modality{Video, Phone, InPerson, HomeVisit, Asynchronous}

// Availability is when somebody can be booked, in their own words of time. All
// date-times are readings of their wall clock (RFC 8984 LocalDateTime,
// "2026-03-02T09:00:00").
type Availability struct {
	Zone          string    `json:"zone"`                    // IANA name: home
	NoticeMinutes int       `json:"noticeMinutes,omitempty"` // nothing sooner than this
	Hours         []Hours   `json:"hours"`
	Extra         []Opening `json:"extra,omitempty"`
	Leave         []Absence `json:"leave,omitempty"`
	Travel        []Travel  `json:"travel,omitempty"`
}

// Terms narrow what hours are for.
type Terms struct {
	Site       string     `json:"site,omitempty"`       // where the clinician sits; in-person visits need one
	Modalities []Modality `json:"modalities,omitempty"` // none: all
	VisitTypes []string   `json:"visitTypes,omitempty"` // ids; none: all
}

// Hours are hours that recur. They begin at Start's time of day and end when the
// wall clock shows End, on the next day when End is not after the start: 22:00 to
// 08:00 ends at 08:00 also in the night in which the clocks change.
type Hours struct {
	ID      string   `json:"id"`
	Start   string   `json:"start"` // DTSTART: the first day that the rule falls on, and the time
	End     string   `json:"end"`   // "17:00", "24:00"
	RRule   string   `json:"rrule"` // RFC 5545 section 3.3.10; see parseRule for the parts that are allowed
	ExDates []string `json:"exDates,omitempty"`
	Terms
}

// Opening is one more time that is open, once.
type Opening struct {
	Start string `json:"start"`
	End   string `json:"end"` // as in Hours
	Terms
}

// Absence is time away, whatever the hours say. It is read on the home clock.
type Absence struct {
	Start string `json:"start"`
	End   string `json:"end"` // LocalDateTime, the first moment back
}

// Travel says that somebody lives by another clock from the first to the last of
// some dates. Their hours move to that clock ("move": 09:00 is 09:00 there) or
// stay as they are at home ("keep"). Either way their local times are shown there.
type Travel struct {
	From  string      `json:"from"` // YYYY-MM-DD, inclusive
	To    string      `json:"to"`   // YYYY-MM-DD, inclusive
	Zone  string      `json:"zone"`
	Hours TravelHours `json:"hours"`
}

// TravelHours says what becomes of the hours on a travel.
type TravelHours string

// The two ways to travel.
const (
	KeepHours TravelHours = "keep"
	MoveHours TravelHours = "move"
)

// Closure is time when a site is shut, on the site's clock. Without a site, all
// are shut, and remote work rests too.
type Closure struct {
	Site  string `json:"site,omitempty"`
	Zone  string `json:"zone"`
	Start string `json:"start"`
	End   string `json:"end"`
}
