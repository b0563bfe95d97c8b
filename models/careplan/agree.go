package careplan

import (
	"slices"
	"time"

	"handrail/models"
)

// Answer is what somebody said of a version: yes, or no with what they would have
// otherwise.
type Answer struct {
	By      models.Author `json:"by"`
	Version int64         `json:"version"`
	Yes     bool          `json:"yes"`
	Note    string        `json:"note,omitempty"`
	At      time.Time     `json:"at"`
}

// maxAnswers bounds the last answers that a plan shows: one of each person.
const maxAnswers = 40

// Say notes an answer to the version that a plan has now. It is agreed when the patient
// and one clinician have said yes to the same version. The same again is no change.
//
// Errors: KindForbidden, KindStale for another version, KindInvalid.
func (p Plan) Say(version int64, yes bool, note string, by models.Actor, now time.Time) (Plan, error) {
	if !May(ActAgree, by.Role, by.Discipline) {
		return p, notYours()
	}
	var c models.Checks
	c.Text("note", note, 0, MaxText)
	c.Require(yes || note != "" || by.Role == models.RolePatient, "note", "required", "Say what should be otherwise.")
	if err := c.Err(); err != nil {
		return p, err
	}
	if version != p.Version {
		return p, models.E(models.KindStale, "version-not-newest", "The plan has changed. Read what it says now before you answer.")
	}
	a := Answer{models.AuthorOf(by), version, yes, note, now.UTC().Truncate(time.Millisecond)}
	for _, stands := range p.Answers {
		if stands.By.AccountID == by.AccountID && stands.Version == version && stands.Yes == yes && stands.Note == note {
			return p, nil
		}
	}
	answers := slices.DeleteFunc(slices.Clone(p.Answers), func(a Answer) bool { return a.By.AccountID == by.AccountID })
	p.Answers = append(answers, a)
	if over := len(p.Answers) - maxAnswers; over > 0 {
		p.Answers = p.Answers[over:]
	}
	patient, clinician := false, false
	for _, a := range p.Answers {
		if a.Version == version && a.Yes {
			patient = patient || a.By.Role == models.RolePatient
			clinician = clinician || a.By.Role == models.RoleClinician
		}
	}
	if patient && clinician {
		p.Agreed = version
	} else if p.Agreed == version { // somebody took their yes back
		p.Agreed = 0
	}
	return p, nil
}

// IsAgreed tells whether all that an item says was agreed.
func (p Plan) IsAgreed(i Item) bool {
	if p.Agreed == 0 {
		return false
	}
	for _, m := range i.Fields {
		if m.Version > p.Agreed {
			return false
		}
	}
	return true
}

// InForce tells whether an open item holds: it was agreed, or is a duty of safety that
// can't wait for it.
func (p Plan) InForce(i Item) bool { return i.Open() && (i.Safety || p.IsAgreed(i)) }

// Useful is what the patient says of an activity.
type Useful struct {
	Last    []Rating `json:"last,omitempty"` // the newest at the end, at most 30
	Helpful int      `json:"helpful,omitempty"`
	Little  int      `json:"little,omitempty"`
	Not     int      `json:"not,omitempty"`
}

// Rating is one answer.
type Rating struct {
	ID     string    `json:"id"`
	At     time.Time `json:"at"`
	Answer string    `json:"answer"`
}

// The answers to how useful something is.
const (
	Helpful = "helpful"
	Little  = "a-little"
	NotYet  = "not-helpful"
)

// Answers lists them.
var Answers = []string{Helpful, Little, NotYet}

const (
	lastRatings = 30
	askAfter    = 3 // times in a row that something did not help
)

// Rate notes what the patient says of an activity or a step. ask is true when it is the
// third time in a row that it did not help: then somebody looks at it together with
// them. The same id again is no change.
func (p Plan) Rate(itemID, id, answer string, by models.Actor, now time.Time) (out Plan, ask bool, err error) {
	at := p.index(itemID)
	switch {
	case at < 0:
		return p, false, models.NotFound()
	case by.Role != models.RolePatient:
		return p, false, models.E(models.KindForbidden, "only-the-patient", "Only the patient says how useful it is.")
	case !slices.Contains(Answers, answer):
		var c models.Checks
		c.Fail("answer", "not-a-choice", "Choose one of those that are offered.")
		return p, false, c.Err()
	case p.Items[at].Kind != Activity && p.Items[at].Kind != Step, !p.Items[at].Open():
		return p, false, models.E(models.KindConflict, "not-to-rate", "This is not something that you do now.")
	}
	p.Items = slices.Clone(p.Items)
	u := p.Items[at].Useful
	if slices.ContainsFunc(u.Last, func(r Rating) bool { return r.ID == id }) {
		return p, false, nil
	}
	u.Last = append(slices.Clip(u.Last), Rating{id, now.UTC().Truncate(time.Millisecond), answer})
	if over := len(u.Last) - lastRatings; over > 0 {
		u.Last = u.Last[over:]
	}
	switch answer {
	case Helpful:
		u.Helpful++
	case Little:
		u.Little++
	default:
		u.Not++
	}
	p.Items[at].Useful = u
	row := 0
	for _, r := range slices.Backward(u.Last) {
		if r.Answer != NotYet {
			break
		}
		row++
	}
	return p, row > 0 && row%askAfter == 0, nil
}
