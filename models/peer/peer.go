// Package peer knows the rules of two people who walk beside each other: a peer worker
// whom a patient finds by what they want, and what a patient and somebody who keeps them
// to their word have agreed on. Both sides say yes, and either ends it in one tap without
// a reason. It is pure.
package peer

import (
	"slices"
	"time"

	"handrail/models"
)

// Limits; texts in characters.
const (
	MaxWords     = 1000
	MaxLines     = 10
	MaxLine      = 300
	MaxLanguages = 10
	MaxPlaces    = 50
	MaxAsked     = 3   // peers whom a patient asks at once
	MaxOf        = 200 // matches of a patient
	MaxContracts = 50
	AnswerDays   = 3 // within which a peer answers [P]
)

// Genders that a peer can choose to share, and a patient to wish for.
var Genders = []string{"woman", "man", "another"}

// Experiences that a peer can choose to share.
var Experiences = []string{"alcohol", "opioids", "other-drugs", "depression", "anxiety", "voices", "trauma", "no-home", "prison", "parent", "loss"}

// HoursOf the day and week.
var HoursOf = []string{"mornings", "afternoons", "evenings", "weekends"}

// ProfileTerms is what a peer shares of themselves, and nothing that they did not choose.
type ProfileTerms struct {
	Open      bool     `json:"open"` // can be asked now
	Languages []string `json:"languages"`
	Gender    string   `json:"gender,omitempty"`
	Shares    []string `json:"shares"`
	Hours     []string `json:"hours"`
	Words     string   `json:"words,omitempty"`
	Places    int      `json:"places"` // how many people at once
}

// Profile is a peer as patients may see them.
type Profile struct {
	AccountID string `json:"accountId"`
	Name      string `json:"name"`
	ProfileTerms
}

// Normal is the terms without nil lists.
func (t ProfileTerms) Normal() ProfileTerms {
	t.Languages, t.Shares, t.Hours = append([]string{}, t.Languages...), append([]string{}, t.Shares...), append([]string{}, t.Hours...)
	return t
}

// Check says what is wrong. Errors: KindInvalid with fields.
func (t ProfileTerms) Check() error {
	var c models.Checks
	c.Require(!t.Open || len(t.Languages) > 0, "languages", "required", "Name at least one language.")
	c.Require(len(t.Languages) <= MaxLanguages, "languages", "too-many", "Please keep it to 10.")
	for i, l := range t.Languages {
		c.Text(models.Indexed("languages", i), l, 2, 35)
	}
	c.Require(t.Gender == "" || slices.Contains(Genders, t.Gender), "gender", "not-a-choice", "Choose one of those that are offered.")
	chosen(&c, "shares", t.Shares, Experiences)
	chosen(&c, "hours", t.Hours, HoursOf)
	c.Text("words", t.Words, 0, MaxWords)
	c.Require(t.Places >= 0 && t.Places <= MaxPlaces, "places", "out-of-range", "Give a number from 0 to 50.")
	return c.Err()
}

func chosen(c *models.Checks, field string, these, of []string) {
	c.Require(len(these) <= len(of), field, "too-many", "Choose each at most once.")
	for i, w := range these {
		c.Require(slices.Contains(of, w) && slices.Index(these, w) == i, field, "not-a-choice", "Choose each of those that are offered at most once.")
	}
}

// Wish is what a patient wants of a peer. Language and gender are kept to; the others say
// who comes first.
type Wish struct {
	Language string   `json:"language,omitempty"`
	Gender   string   `json:"gender,omitempty"`
	Shares   []string `json:"shares"`
	Hours    []string `json:"hours"`
}

// Check says what is wrong. Errors: KindInvalid with fields.
func (w Wish) Check() error {
	var c models.Checks
	c.Text("language", w.Language, 0, 35)
	c.Require(w.Gender == "" || slices.Contains(Genders, w.Gender), "gender", "not-a-choice", "Choose one of those that are offered.")
	chosen(&c, "shares", w.Shares, Experiences)
	chosen(&c, "hours", w.Hours, HoursOf)
	return c.Err()
}

// Fit is a peer who can be asked, and which of the wishes they meet.
type Fit struct {
	Profile
	Meets []string `json:"meets"`
}

// Fits lists the peers who can be asked, those who meet most wishes first. taken is how
// many people each has.
func Fits(all []Profile, w Wish, taken map[string]int) []Fit {
	out := []Fit{}
	for _, p := range all {
		language := w.Language == "" || slices.Contains(p.Languages, w.Language)
		gender := w.Gender == "" || p.Gender == w.Gender
		if !p.Open || taken[p.AccountID] >= p.Places || !language || !gender {
			continue
		}
		f := Fit{Profile: p, Meets: []string{}}
		for _, wish := range w.Shares {
			if slices.Contains(p.Shares, wish) {
				f.Meets = append(f.Meets, wish)
			}
		}
		for _, wish := range w.Hours {
			if slices.Contains(p.Hours, wish) {
				f.Meets = append(f.Meets, wish)
			}
		}
		out = append(out, f)
	}
	slices.SortStableFunc(out, func(a, b Fit) int { return len(b.Meets) - len(a.Meets) })
	return out
}

// The statuses of a match and of a contract.
const (
	Asked    = "asked"
	Together = "together" // both said yes
	Declined = "declined"
	Ended    = "ended"
)

// Statuses lists them.
var Statuses = []string{Asked, Together, Declined, Ended}

// Match is that a patient asked a peer. It opens no chart: what the peer knows is the
// name and the words that the patient sent.
type Match struct {
	ID          string     `json:"id"`
	PatientID   string     `json:"patientId"`
	PatientName string     `json:"patientName"`
	PeerID      string     `json:"peerId"`
	PeerName    string     `json:"peerName"`
	Words       string     `json:"words,omitempty"`
	Status      string     `json:"status"`
	AskedAt     time.Time  `json:"askedAt"`
	DueAt       time.Time  `json:"dueAt"` // until when the peer answers
	TaskID      string     `json:"taskId"`
	AnsweredAt  *time.Time `json:"answeredAt,omitempty"`
	EndedAt     *time.Time `json:"endedAt,omitempty"`
}

// Open tells whether the two wait for an answer, or go together.
func (m Match) Open() bool { return m.Status == Asked || m.Status == Together }

// Answer is the peer's yes or no. The same again changes nothing.
//
// Errors: KindConflict "not-from-here".
func (m Match) Answer(yes bool, now time.Time) (Match, error) {
	to := map[bool]string{true: Together, false: Declined}[yes]
	if m.Status == to {
		return m, nil
	}
	if m.Status != Asked {
		return m, notFromHere()
	}
	at := now.UTC().Truncate(time.Millisecond)
	m.Status, m.AnsweredAt = to, &at
	return m, nil
}

// End ends it, of either side, without a reason. Twice is once.
func (m Match) End(now time.Time) Match {
	if m.Open() {
		at := now.UTC().Truncate(time.Millisecond)
		m.Status, m.EndedAt = Ended, &at
	}
	return m
}

func notFromHere() error {
	return models.E(models.KindConflict, "not-from-here", "This has been answered or ended already. Load it again.")
}
