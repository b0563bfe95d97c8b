package checkin

import (
	"slices"
	"time"

	"handrail/models"
)

// Form is which questions a patient is asked. The team shapes it.
type Form struct {
	PatientID   string           `json:"patientId"`
	Questions   []string         `json:"questions"` // ids, in order
	Instruments []FormInstrument `json:"instruments"`
	ChangedBy   models.Author    `json:"changedBy"`
	ChangedAt   time.Time        `json:"changedAt"`
}

// FormInstrument is a standard instrument on a form and how often it is asked.
type FormInstrument struct {
	ID        string `json:"id"`
	EveryDays int    `json:"everyDays"`
}

// maxFormQuestions keeps a check-in short enough to be sent every day.
const maxFormQuestions = 15

// MaxEveryDays is how seldom an instrument is asked, in days.
const MaxEveryDays = 366

// DefaultForm takes under half a minute.
func DefaultForm(patientID string, now time.Time) Form {
	return Form{PatientID: patientID, Questions: []string{"mood", "craving", "sleep", "medicines", "use", "safety", "note"},
		Instruments: []FormInstrument{}, ChangedAt: now.UTC().Truncate(time.Millisecond)}
}

// CheckForm holds a form: known questions and instruments, once each, and the
// safety question always. worded tells whether an instrument's wording may be shown.
func CheckForm(f Form, worded func(id string) bool) error {
	var c models.Checks
	c.Require(len(f.Questions) > 0 && len(f.Questions) <= maxFormQuestions, "questions", "too-many", "Choose 1 to 15 questions.")
	for i, id := range f.Questions {
		_, ok := FindQuestion(id)
		c.Require(ok, models.Indexed("questions", i), "unknown-question", "This question is not known.")
		c.Require(slices.Index(f.Questions, id) == i, models.Indexed("questions", i), "twice", "This question is here twice.")
	}
	c.Require(slices.Contains(f.Questions, "safety"), "questions", "safety-needed", "The safety question stays on every form.")
	c.Require(len(f.Instruments) <= MaxInstruments, "instruments", "too-many", "Choose up to 10 instruments.")
	for i, in := range f.Instruments {
		_, ok := FindInstrument(in.ID)
		at := models.Indexed("instruments", i)
		c.Require(ok, at+".id", "unknown-instrument", "This instrument is not known.")
		c.Require(!ok || worded(in.ID), at+".id", "wording-needed", "Its wording needs a licence. Import it first: handrail instruments import.")
		c.Require(in.EveryDays >= 1 && in.EveryDays <= MaxEveryDays, at+".everyDays", "out-of-range", "Ask every 1 to 366 days.")
		c.Require(slices.IndexFunc(f.Instruments, func(o FormInstrument) bool { return o.ID == in.ID }) == i, at+".id", "twice", "This instrument is here twice.")
	}
	return c.Err()
}
