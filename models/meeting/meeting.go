// Package meeting knows the rules of meetings about patients: what is said before by those
// who can't come, what was decided, who does it by when, and what the patient is told. It is
// pure.
package meeting

import (
	"slices"
	"time"

	"handrail/models"
	"handrail/models/reading"
	"handrail/models/task"
)

// Limits of a meeting about one patient, texts in characters.
const (
	MaxText      = 1000
	MaxVoices    = 50 // and points
	MaxDecisions = 50
	maxQuorum    = 12
)

// Voice is what somebody of the team says in writing, or adds to what is talked about.
type Voice struct {
	ID         string            `json:"id"`
	By         models.Author     `json:"by"`
	Discipline models.Discipline `json:"discipline,omitempty"`
	Text       string            `json:"text"`
	At         time.Time         `json:"at"`
}

// Told is what the patient was told of a meeting.
type Told struct {
	At    time.Time     `json:"at"`
	By    models.Author `json:"by"`
	Words string        `json:"words,omitempty"` // beside the decisions
}

// Case is a meeting about one patient.
type Case struct {
	MeetingID string  `json:"meetingId"`
	PatientID string  `json:"patientId"`
	Voices    []Voice `json:"voices"`
	Points    []Voice `json:"points"`
	Told      *Told   `json:"told,omitempty"`
	TellTask  string  `json:"tellTask,omitempty"` // open until the patient was told
	Decided   int     `json:"decided"`
}

// NewCase is one of which nobody has said anything.
func NewCase(meetingID, patientID string) Case {
	return Case{MeetingID: meetingID, PatientID: patientID, Voices: []Voice{}, Points: []Voice{}}
}

// Add puts a voice into a list of them. The same id with the same text again is no change.
// Errors: KindInvalid with "text", KindConflict, KindTooMany.
func Add(all []Voice, id, text string, by models.Actor, now time.Time) ([]Voice, error) {
	var c models.Checks
	c.Text("text", text, 1, MaxText)
	if err := c.Err(); err != nil {
		return all, err
	}
	if i := slices.IndexFunc(all, func(v Voice) bool { return v.ID == id }); i >= 0 {
		if all[i].Text != text || all[i].By.AccountID != by.AccountID {
			return all, models.E(models.KindConflict, "already-exists", "Something with this id is here already.")
		}
		return all, nil
	}
	if len(all) >= MaxVoices {
		return all, models.E(models.KindTooMany, "too-many", "No more can be added to this meeting.")
	}
	return append(slices.Clip(all), Voice{ID: id, By: models.AuthorOf(by), Discipline: by.Discipline, Text: text, At: now.UTC().Truncate(time.Millisecond)}), nil
}

// Terms is what is decided: who does it by when, and the patient's view of it.
type Terms struct {
	Text        string    `json:"text"`
	To          string    `json:"to"` // account
	DueAt       time.Time `json:"dueAt"`
	ForPatient  string    `json:"forPatient,omitempty"`
	PatientView string    `json:"patientView,omitempty"`
}

// Check says what is wrong; the time is checked with the task. Errors: KindInvalid.
func (t Terms) Check() error {
	var c models.Checks
	c.Text("text", t.Text, 1, MaxText)
	c.Text("forPatient", t.ForPatient, 0, MaxText)
	c.Text("patientView", t.PatientView, 0, MaxText)
	c.Require(models.IsID(t.To), "to", "required", "Say who does it.")
	return c.Err()
}

// Decision is one. What became of it, its task says.
type Decision struct {
	ID        string        `json:"id"`
	MeetingID string        `json:"meetingId"`
	PatientID string        `json:"patientId"`
	By        models.Author `json:"by"`
	At        time.Time     `json:"at"`
	TaskID    string        `json:"taskId"`
	Asked     task.Person   `json:"asked"`
	Quorum    bool          `json:"quorum"` // the disciplines that are needed were there
	Terms
}

// Hard tells whether its words for the patient are above grade 6 (English).
func (d Decision) Hard() bool {
	return d.ForPatient != "" && reading.Count(reading.Text{Language: "en", Blocks: []string{d.ForPatient}}).FleschKincaid() > 6
}

// Shown tells whether the patient is shown a decision: it has words for them, and was
// there when they were told last.
func (d Decision) Shown(told *Told) bool {
	return told != nil && d.ForPatient != "" && !d.At.After(told.At)
}

// Room is what a meeting knows of itself, and of no patient: which disciplines are needed,
// and who is there.
type Room struct {
	MeetingID string              `json:"meetingId"`
	Quorum    []models.Discipline `json:"quorum"`
	Present   []string            `json:"present"` // accounts
}

// CheckQuorum says what is wrong. Errors: KindInvalid with "disciplines".
func CheckQuorum(needed []models.Discipline) error {
	var c models.Checks
	c.Require(len(needed) <= maxQuorum, "disciplines", "too-many", "Please keep it to 12.")
	for i, d := range needed {
		c.Require(slices.Contains(models.Disciplines, d), models.Indexed("disciplines", i), "not-a-choice", "Choose one of those that are offered.")
		c.Require(slices.Index(needed, d) == i, models.Indexed("disciplines", i), "twice", "Name each once.")
	}
	return c.Err()
}

// Missing lists the disciplines that are needed and not there. of tells the discipline of
// an account.
func (r Room) Missing(of map[string]models.Discipline) []models.Discipline {
	out := []models.Discipline{}
	for _, d := range r.Quorum {
		if !slices.ContainsFunc(r.Present, func(id string) bool { return of[id] == d }) {
			out = append(out, d)
		}
	}
	return out
}

// Report is what became of decisions: counts, of nobody by name.
type Report struct {
	Decided       int `json:"decided"`
	Done          int `json:"done"`
	NotDone       int `json:"notDone"` // called off, with the reason why
	Open          int `json:"open"`
	Late          int `json:"late"` // of those that are open
	WithoutQuorum int `json:"withoutQuorum"`
	DonePercent   int `json:"donePercent"`
}

// Count adds a decision with its task.
func (r *Report) Count(d Decision, t task.Task, now time.Time) {
	r.Decided++
	if !d.Quorum {
		r.WithoutQuorum++
	}
	switch {
	case t.Status == task.Completed:
		r.Done++
	case t.Status == task.Cancelled:
		r.NotDone++
	default:
		if r.Open++; t.Overdue(now) {
			r.Late++
		}
	}
	r.DonePercent = r.Done * 100 / r.Decided
}
