package medicine

import (
	"slices"
	"strings"
	"time"

	"handrail/models"
	"handrail/models/schedule"
)

// TakingState is what is known of one dose, or of a day. The four are kept apart: that
// nobody asked is no silence, and silence is no missed dose.
type TakingState string

// The states. Somebody tells the first two; the others follow.
const (
	DoseTaken    TakingState = "taken"
	DoseSkipped  TakingState = "skipped"
	DoseNotAsked TakingState = "not-asked" // nothing asked the person that day
	DoseNoData   TakingState = "no-data"   // it was asked, and nobody answered
)

// TakingStates lists them.
var TakingStates = []TakingState{DoseTaken, DoseSkipped, DoseNotAsked, DoseNoData}

// From where a dose was told.
const (
	ViaReminder = "reminder"
	ViaTeam     = "team" // somebody saw it, or gave it
)

// Taking is what was told of one dose of one line. At is a time of a plan of steps,
// HH:MM; "" is the whole day.
type Taking struct {
	PatientID  string        `json:"patientId"`
	MedicineID string        `json:"medicineId"`
	On         string        `json:"on"`
	At         string        `json:"at,omitempty"`
	State      TakingState   `json:"state"`
	Via        string        `json:"via"`
	By         models.Author `json:"by"`
	ToldAt     time.Time     `json:"toldAt"`
}

// TakingBack is how many days back a dose can be told of.
const TakingBack = 31

// CheckTaking holds what is told against what it can be. today is the date where the
// patient is; a phone elsewhere may be a day ahead.
func CheckTaking(t Taking, today string) error {
	var c models.Checks
	at, err := time.Parse(time.DateOnly, t.On)
	now, _ := time.Parse(time.DateOnly, today)
	c.Require(err == nil, "on", "not-a-day", "Write the day as YYYY-MM-DD.")
	c.Require(err != nil || !at.After(now.AddDate(0, 0, 1)), "on", "not-a-past-day", "This day is still to come.")
	c.Require(err != nil || !at.Before(now.AddDate(0, 0, -TakingBack)), "on", "too-old", "This is too long ago to write down here. Please tell your team.")
	_, clock := schedule.ParseClock(t.At)
	c.Require(t.At == "" || clock && t.At != "24:00", "at", "bad-time", "Write a time of day such as 09:00.")
	c.Require(t.State == DoseTaken || t.State == DoseSkipped, "state", "not-a-choice", "Choose one of those that are offered.")
	return c.Err()
}

// DayTaking is what is known of one day of a line.
type DayTaking struct {
	On    string      `json:"on"`
	State TakingState `json:"state"`
	Doses []Taking    `json:"doses"`
}

// DayOf puts together what is known of a day: what was told of its doses comes first, then
// the check-in's word for all medicines ("all", "none"), then whether anything asked.
// "some" says of no line which it was.
func DayOf(on string, doses []Taking, checkIn string, asked bool) DayTaking {
	d := DayTaking{On: on, Doses: doses, State: DoseNotAsked}
	if d.Doses == nil {
		d.Doses = []Taking{}
	}
	taken := slices.ContainsFunc(doses, func(t Taking) bool { return t.State == DoseTaken })
	switch {
	case taken:
		d.State = DoseTaken
	case len(doses) > 0:
		d.State = DoseSkipped
	case checkIn == "all":
		d.State = DoseTaken
	case checkIn == "none":
		d.State = DoseSkipped
	case asked || checkIn == "some":
		d.State = DoseNoData
	}
	return d
}

// lateWords are the ingredients that have words of their own for who is late: after a gap
// what was safe to take may not be any more, or the next dose is not theirs to decide. Each
// says to ask, and none says what to take.
var lateWords = []string{"methadone", "buprenorphine", "naltrexone", "clozapine", "lithium", "lamotrigine"}

// LateWords names the words for who is late with a medicine: one of its ingredients, or
// "other".
func LateWords(m Medicine) string {
	for _, n := range lateWords {
		if slices.Contains(m.Names(), n) {
			return n
		}
	}
	return "other"
}

// LateCodes lists what LateWords can say.
func LateCodes() []string { return append(slices.Clone(lateWords), "other") }

// RefillStatus is where a request for a refill stands.
type RefillStatus string

// The statuses.
const (
	RefillAsked    RefillStatus = "asked"
	RefillReady    RefillStatus = "ready"
	RefillDeclined RefillStatus = "declined"
)

// RefillStatuses lists them.
var RefillStatuses = []RefillStatus{RefillAsked, RefillReady, RefillDeclined}

// Refill is a request for more of a medicine, and what came of it. Days are YYYY-MM-DD.
type Refill struct {
	ID         string         `json:"id"`
	PatientID  string         `json:"patientId"`
	MedicineID string         `json:"medicineId"`
	Name       string         `json:"name"`
	Words      string         `json:"words,omitempty"`
	Status     RefillStatus   `json:"status"`
	By         models.Author  `json:"by"`
	At         time.Time      `json:"at"`
	AnsweredBy *models.Author `json:"answeredBy,omitempty"`
	AnsweredAt *time.Time     `json:"answeredAt,omitempty"`
	RefillAnswer
}

// RefillAnswer is what the team says to it.
type RefillAnswer struct {
	Pharmacy  string `json:"pharmacy,omitempty"`
	ReadyOn   string `json:"readyOn,omitempty"`   // from when it can be fetched
	LastsTo   string `json:"lastsTo,omitempty"`   // the day on which it will be used up
	AnswerSay string `json:"answerSay,omitempty"` // in plain words, to the patient
}

// Check holds an answer against what it can be.
func (a RefillAnswer) Check(status RefillStatus) error {
	var c models.Checks
	c.Require(status == RefillReady || status == RefillDeclined, "status", "not-a-choice", "Choose one of those that are offered.")
	c.Text("pharmacy", a.Pharmacy, 0, MaxName)
	c.Text("answerSay", a.AnswerSay, 0, MaxText)
	for field, day := range map[string]string{"readyOn": a.ReadyOn, "lastsTo": a.LastsTo} {
		at, err := time.Parse(time.DateOnly, day)
		c.Require(day == "" || err == nil && at.Year() >= 2000 && at.Year() < 2200, field, "not-a-day", "Write the day as YYYY-MM-DD.")
	}
	c.Require(status != RefillReady || a.ReadyOn != "", "readyOn", "required", "Say from when it can be fetched.")
	c.Require(status != RefillDeclined || strings.TrimSpace(a.AnswerSay) != "", "answerSay", "required", "Say why, in plain words.")
	c.Require(a.ReadyOn == "" || a.LastsTo == "" || a.LastsTo >= a.ReadyOn, "lastsTo", "before-the-start", "This is before it can be fetched.")
	return c.Err()
}
