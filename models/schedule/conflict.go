package schedule

import "time"

// Conflict is one reason why a visit can't begin at a time.
type Conflict struct {
	Code string    `json:"code"`           // stable, one of the Conflict codes
	Role string    `json:"role,omitempty"` // Role.Key
	Who  string    `json:"who,omitempty"`
	From time.Time `json:"from"` // the part of the asked time that it is about, UTC
	To   time.Time `json:"to"`
	Text string    `json:"text"` // what is in the way
	Help string    `json:"help"` // what would help
}

// The Conflict codes.
const (
	InThePast    = "in-the-past"
	TooSoon      = "too-soon"
	TooFar       = "too-far"
	OffGrid      = "off-grid"
	ShownTwice   = "shown-twice"
	ShortNotice  = "short-notice"
	NoHours      = "no-hours"
	OutsideHours = "outside-hours"
	OtherVisits  = "other-visits"
	OnLeave      = "on-leave"
	SiteClosed   = "site-closed"
	Taken        = "taken"
	BufferTaken  = "buffer-taken"
	DayFull      = "day-full"
	NotEnough    = "not-enough-people"
)

// maxConflicts bounds an explanation.
const maxConflicts = 200

// conflictTexts are what is in the way, and what would help, in plain words: a
// patient reads them.
var conflictTexts = map[string][2]string{
	InThePast:    {"This time has passed.", "Choose a later time."},
	TooSoon:      {"This time is too soon for this kind of visit.", "Choose a later time."},
	TooFar:       {"This time is too far away to book yet.", "Choose an earlier time."},
	OffGrid:      {"Visits of this kind do not start at this minute.", "Choose one of the times that are shown."},
	ShownTwice:   {"The clock shows this time twice on this day. Only the first one can be booked.", "Choose another time."},
	ShortNotice:  {"This person needs to know earlier.", "Choose a later time or another person."},
	NoHours:      {"This person has no hours yet.", "Choose another person."},
	OutsideHours: {"This person does not work then.", "Choose another time or another person."},
	OtherVisits:  {"This person keeps this time for other kinds of visits or another place.", "Choose another time, another place or another way to meet."},
	OnLeave:      {"This person is away then.", "Choose another day or another person."},
	SiteClosed:   {"The clinic is closed then.", "Choose another day."},
	Taken:        {"This time is taken.", "Choose another time or another person."},
	BufferTaken:  {"There is too little time before or after another visit.", "Choose a time a little earlier or later."},
	DayFull:      {"This person has no more room for such visits on this day.", "Choose another day or another person."},
	NotEnough:    {"Too few of the people who could come are free.", "Choose another time, or let more people take part."},
}

// conflict makes a Conflict about a piece of time.
func conflict(code string, at Span) Conflict {
	t := conflictTexts[code]
	return Conflict{Code: code, From: at.Start(), To: at.End(), Text: t[0], Help: t[1]}
}
