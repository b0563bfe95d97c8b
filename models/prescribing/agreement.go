// Package prescribing knows the rules of what several prescribers of one person agree on:
// who changes what, who watches what, when doses are looked at, and what is done when it
// goes wrong. It is pure.
package prescribing

import (
	"slices"
	"time"

	"handrail/models"
	"handrail/models/medicine"
)

// Status is where an agreement stands.
type Status string

// The statuses. Only Ended ends one.
const (
	Proposed    Status = "proposed"     // not all prescribers have signed
	Agreed      Status = "agreed"       // all have; nothing of it is done yet
	InForce     Status = "in-force"     // its duties are somebody's tasks
	UnderReview Status = "under-review" // it holds, and is looked at
	Ended       Status = "ended"
)

// Statuses lists them.
var Statuses = []Status{Proposed, Agreed, InForce, UnderReview, Ended}

var moves = map[Status][]Status{
	"":          {Proposed},
	Proposed:    {Proposed, Agreed, Ended},
	Agreed:      {InForce, Ended},
	InForce:     {UnderReview, Ended},
	UnderReview: {InForce, Ended},
}

// MayMove tells whether an agreement may go from one status to another.
func MayMove(from, to Status) bool { return slices.Contains(moves[from], to) }

// Holds tells whether its duties and its times count.
func (s Status) Holds() bool { return s == InForce || s == UnderReview }

// Limits of an agreement.
const (
	MaxPrescribers = 6
	MaxWatches     = 40
	MaxSigns       = 20
	MaxText        = 1000
	MaxNames       = 20 // medicines that one prescriber changes
	leastHours     = 1
	mostHours      = 14 * 24
	mostDays       = 366
)

// SideEffects is a Watch of no result: somebody asks the patient.
const SideEffects = "side-effects"

// Watched lists what can be watched: the facts of medicine, and side effects.
var Watched = append([]string{SideEffects}, medicine.FactCodes...)

// Prescriber is one of those who agree, and what they change.
type Prescriber struct {
	AccountID string   `json:"accountId"`
	Name      string   `json:"name"`
	Changes   []string `json:"changes"` // medicines, as they are called
}

// Watch is that somebody looks after something each so many days.
type Watch struct {
	ID        string `json:"id"`
	What      string `json:"what"`               // one of Watched
	Medicine  string `json:"medicine,omitempty"` // of side effects: which; empty: any
	Owner     string `json:"owner"`              // account
	OwnerName string `json:"ownerName"`
	EveryDays int    `json:"everyDays"`
	FirstOn   string `json:"firstOn"` // YYYY-MM-DD
}

// Sign is an early sign of relapse, in the patient's words, and what is done then.
type Sign struct {
	ID        string `json:"id"`
	Words     string `json:"words"`
	Then      string `json:"then"`
	Owner     string `json:"owner"` // account that is asked when somebody notices it
	OwnerName string `json:"ownerName"`
}

// Intolerable is an effect that can't be borne, and what is done then.
type Intolerable struct {
	Effect string `json:"effect"`
	Then   string `json:"then"`
}

// Terms is what is agreed.
type Terms struct {
	Prescribers     []Prescriber  `json:"prescribers"`
	AnswerHours     int           `json:"answerHours"` // how soon the other looks at a change
	ReviewEveryDays int           `json:"reviewEveryDays"`
	ReviewOwner     string        `json:"reviewOwner"` // account
	ReviewOwnerName string        `json:"reviewOwnerName"`
	Watches         []Watch       `json:"watches"`
	Signs           []Sign        `json:"signs"`
	Intolerable     []Intolerable `json:"intolerable"`
	Besides         []string      `json:"besides"` // what is tried besides medicine
}

// Signature is that a prescriber agrees to these terms.
type Signature struct {
	By models.Author `json:"by"`
	At time.Time     `json:"at"`
}

// Step is a move of an agreement.
type Step struct {
	At   time.Time     `json:"at"`
	To   Status        `json:"to"`
	By   models.Author `json:"by"`
	Note string        `json:"note,omitempty"`
}

// Agreement is one, of one patient. Its terms change only while it is proposed: what
// stands is changed by a new one that takes its place.
type Agreement struct {
	ID         string        `json:"id"`
	PatientID  string        `json:"patientId"`
	Status     Status        `json:"status"`
	By         models.Author `json:"by"`
	At         time.Time     `json:"at"`
	ChangedAt  time.Time     `json:"changedAt"`
	Signatures []Signature   `json:"signatures"`
	Steps      []Step        `json:"steps"`
	ReplacedBy string        `json:"replacedBy,omitempty"`
	Terms
}

// Owners are the accounts that something is asked of, each once, with the field that
// names them.
func (t Terms) Owners() (out []Owner) {
	add := func(field, account string) {
		if account != "" && !slices.ContainsFunc(out, func(o Owner) bool { return o.AccountID == account }) {
			out = append(out, Owner{field, account})
		}
	}
	for i, p := range t.Prescribers {
		add(models.Indexed("prescribers", i)+".accountId", p.AccountID)
	}
	add("reviewOwner", t.ReviewOwner)
	for i, w := range t.Watches {
		add(models.Indexed("watches", i)+".owner", w.Owner)
	}
	for i, s := range t.Signs {
		add(models.Indexed("signs", i)+".owner", s.Owner)
	}
	return out
}

// Owner is an account that an agreement asks something of.
type Owner struct{ Field, AccountID string }

// Signed tells whether an account has signed.
func (a Agreement) Signed(account string) bool {
	return slices.ContainsFunc(a.Signatures, func(s Signature) bool { return s.By.AccountID == account })
}

// Of tells whether an account is one of the prescribers who agree.
func (a Agreement) Of(account string) bool {
	return slices.ContainsFunc(a.Prescribers, func(p Prescriber) bool { return p.AccountID == account })
}

// Changer is the prescriber who changes a medicine, by the names of the agreement. ok is
// false where it says nothing, or the same of several.
func (t Terms) Changer(m medicine.Medicine) (account string, ok bool) {
	for _, p := range t.Prescribers {
		if !slices.ContainsFunc(p.Changes, func(name string) bool { return names(name, m) }) {
			continue
		}
		if ok && account != p.AccountID {
			return "", false
		}
		account, ok = p.AccountID, true
	}
	return account, ok
}

// Watcher is who watches the side effects of a medicine: who is named for it, else who is
// for any.
func (t Terms) Watcher(m medicine.Medicine) (account string, ok bool) {
	for _, w := range t.Watches {
		switch {
		case w.What != SideEffects:
		case w.Medicine != "" && names(w.Medicine, m):
			return w.Owner, true
		case w.Medicine == "" && !ok:
			account, ok = w.Owner, true
		}
	}
	return account, ok
}

// names tells whether a text names a medicine: by an ingredient that both have, or as it
// is written.
func names(text string, m medicine.Medicine) bool {
	named := medicine.Medicine{Terms: medicine.Terms{Name: text}}
	named.Identify()
	if len(named.Ingredients) == 0 {
		return same(text, m.Name)
	}
	has := m.Names()
	return !slices.ContainsFunc(named.Names(), func(n string) bool { return !slices.Contains(has, n) })
}
