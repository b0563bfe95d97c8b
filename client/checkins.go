package client

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// NewCheckIn is a check-in as it is sent.
type NewCheckIn struct {
	ID          string                 `json:"id,omitempty"`       // Made by the phone, once for each check-in, and sent again with it. Without one the same content is the same check-in.
	FormVersion int                    `json:"formVersion"`        // Version of the form that was on the screen.
	AnsweredAt  time.Time              `json:"answeredAt"`         // When it was answered, by the phone's clock.
	Zone        string                 `json:"zone"`               // IANA time zone where it was answered.
	Answers     map[string]any         `json:"answers"`            // By question id. Left out means skipped.
	Declined    []string               `json:"declined,omitempty"` // Ids of questions to which the patient would rather not say.
	Instruments []InstrumentSubmission `json:"instruments,omitempty"`
	DeviceID    string                 `json:"deviceId,omitempty"`
	Sequence    int                    `json:"sequence,omitempty"` // The device's own count.
}

// CheckIn is a check-in as it is kept.
type CheckIn struct {
	ID          string                 `json:"id"`
	PatientID   string                 `json:"patientId"`
	AnsweredAt  time.Time              `json:"answeredAt"`           // When it was answered, by the phone's clock.
	Answers     map[string]any         `json:"answers"`              // By question id. Left out means skipped.
	Declined    []string               `json:"declined,omitempty"`   // Ids of questions to which the patient would rather not say.
	Mistake     *Mistake               `json:"mistake,omitempty"`    // What the patient marked as a mistake. It is kept, and no alert goes away by it.
	Taken       *Taken                 `json:"taken,omitempty"`      // Who of the team wrote it down for the patient, and how they told it.
	ClockAhead  bool                   `json:"clockAhead,omitempty"` // The phone's clock was ahead of ours.
	DeviceID    string                 `json:"deviceId,omitempty"`
	FormVersion int                    `json:"formVersion"` // Version of the form that was on the screen.
	Instruments []InstrumentSubmission `json:"instruments,omitempty"`
	LocalDay    string                 `json:"localDay"`
	Read        *CheckInRead           `json:"read,omitempty"`        // Who of the team read this first. Left out: nobody has said so.
	NeedsPerson *NeedsPerson           `json:"needsPerson,omitempty"` // Somebody of the team must read this: the program could not.
	Notes       []CheckInNote          `json:"notes,omitempty"`       // What could not be taken as it was, and why. Nothing of it is lost: see raw.
	Raw         string                 `json:"raw,omitempty"`         // Where there is something in it that the fields here do not hold: what the phone sent, as it sent it. Long ones only when one check-in is read.
	ReceivedAt  time.Time              `json:"receivedAt"`            // By the clinic's clock. What was answered long before acts all the same.
	Scores      []ScoredResponse       `json:"scores,omitempty"`
	Sequence    int                    `json:"sequence,omitempty"` // The device's own count.
	Signals     []Signal               `json:"signals,omitempty"`
	Zone        string                 `json:"zone"` // IANA time zone where it was answered.
}

// CheckInAnswer is what a device hears after it sent a check-in.
type CheckInAnswer struct {
	CheckIn    CheckIn       `json:"checkIn"`
	Help       *Help         `json:"help,omitempty"`  // Only where an answer asks for it: show it first, before anything else.
	Notes      []CheckInNote `json:"notes,omitempty"` // What could not be taken as it was sent. All of it was kept.
	ServerTime time.Time     `json:"serverTime"`      // The clinic's clock, for a phone whose own is wrong.
}

// CheckInNote says what of a check-in could not be taken as it was.
type CheckInNote struct {
	Text  string `json:"text"`  // One plain sentence.
	Code  string `json:"code"`  // Stable and machine-readable.
	Field string `json:"field"` // JSON path in what was sent; empty for all of it.
}

// Help is what to show first, before anything else.
type Help struct {
	Monitoring Monitoring       `json:"monitoring"`
	Needs      []string         `json:"needs"` // Which kinds of help come first on the screen.
	Numbers    EmergencyNumbers `json:"numbers"`
	PlanBundle string           `json:"planBundle"`
	Watch      *AlertWatch      `json:"watch,omitempty"` // Whether somebody of the clinic is called about answers like this.
}

// AlertWatch tells whether somebody of the clinic is called about an answer, and when.
type AlertWatch struct {
	On      bool      `json:"on"`               // Somebody is called about answers like this.
	Now     bool      `json:"now"`              // Somebody is there at this moment.
	LooksAt time.Time `json:"looksAt,omitzero"` // When somebody is called, at the latest.
}

// CheckInRead says who of the team read a check-in first, and when.
type CheckInRead struct {
	Name        string    `json:"name"`
	At          time.Time `json:"at"`
	ContactName string    `json:"contactName,omitempty"` // Who said that they handle what this told.
	ContactBy   time.Time `json:"contactBy,omitzero"`    // Until when they are to be in touch.
}

// Taken says that somebody of the team wrote a check-in down: told by "phone", on "paper" or "in-person".
type Taken struct {
	How string `json:"how"`
	By  Author `json:"by"`
}

// Mistake says that the patient marked answers of a check-in as mistakes.
type Mistake struct {
	Questions []string  `json:"questions"`
	At        time.Time `json:"at"`
}

// InstrumentSubmission is a questionnaire that was filled in.
type InstrumentSubmission struct {
	ID      string         `json:"id"`
	Version string         `json:"version,omitempty"` // Version of the instrument that was on the screen. Left out: the one of today.
	Answers map[string]int `json:"answers"`           // By the item's number; the option's value, yes is 1.

	Declined []string `json:"declined,omitempty"` // Numbers of items to which the patient would rather not say (asked-declined). They count as missing.
}

// ScoredResponse is a questionnaire with its score.
type ScoredResponse struct {
	Algorithm         string         `json:"algorithm"`
	Answers           map[string]int `json:"answers"`
	Declined          []string       `json:"declined,omitempty"` // Items that were asked and declined; they count as missing.
	Instrument        string         `json:"instrument"`
	InstrumentVersion string         `json:"instrumentVersion"`
	Result            map[string]any `json:"result"`
}

// Signal is what a check-in set off for the team.
type Signal struct {
	Version string         `json:"version"`
	Inputs  map[string]any `json:"inputs"`
	Rule    string         `json:"rule"`
	Tier    string         `json:"tier"`
}

// NeedsPerson says that somebody must read a check-in.
type NeedsPerson struct {
	Why  []string `json:"why"` // Codes of the notes that are why.
	Tier string   `json:"tier"`
}

// CheckIns lists the patient's check-ins, newest first.
func (ch *Chart) CheckIns(ctx context.Context) iter.Seq2[CheckIn, error] {
	return pages[CheckIn](ctx, ch.c, ch.path+"/check-ins", nil)
}

// SendCheckIn sends one. A check-in that waits to be sent is made with its ID, so that it
// stays one however often it is sent. What comes with Help shows that first.
func (ch *Chart) SendCheckIn(ctx context.Context, in NewCheckIn) (CheckInAnswer, error) {
	in.ID = orNewID(in.ID)
	return into[CheckInAnswer](ctx, ch.c, Request{Method: http.MethodPost, Path: ch.path + "/check-ins", Body: in, SameTwice: true})
}
