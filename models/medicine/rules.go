// Package medicine knows the rules of medicines: which do not go together, which facts a
// rule asks for before it interrupts, what a stop can do, what must be measured, and what
// a list of medicines is. The rules are data (data/rules.json); it is pure.
package medicine

import "time"

// Severity is how much a rule matters.
type Severity string

// The severities. Contraindicated interrupts each time; Major once for each new pair;
// the others show in the list.
const (
	Contraindicated Severity = "contraindicated"
	Major           Severity = "major"
	Moderate        Severity = "moderate"
	Minor           Severity = "minor"
)

// Severities lists them, the worst first.
var Severities = []Severity{Contraindicated, Major, Moderate, Minor}

// Kind is what a rule looks at.
type Kind string

// The kinds of rules.
const (
	KindPair     Kind = "pair"     // one of A with one of B
	KindLoad     Kind = "load"     // AtLeast different ones of A, one of With among them
	KindFact     Kind = "fact"     // one of A, and a fact about the person
	KindStop     Kind = "stop"     // one of A is stopped, while one of With goes on
	KindDuty     Kind = "duty"     // one of A wants a result every so many days
	KindLate     Kind = "late"     // a depot of A was due
	KindReaction Kind = "reaction" // a reaction before: to the same (A empty), or to a class of A
)

// Rule is one row of data. A name with @ is a group.
type Rule struct {
	ID       string         `json:"id"`
	Kind     Kind           `json:"kind"`
	Severity Severity       `json:"severity"`
	A        []string       `json:"a"`
	B        []string       `json:"b,omitempty"`
	With     []string       `json:"with,omitempty"`
	Within   map[string]int `json:"within,omitempty"` // days that one still counts after its stop
	Onc      []int          `json:"onc,omitempty"`    // its number among the fifteen pairs
	AtLeast  float64        `json:"atLeast,omitempty"`
	Below    float64        `json:"below,omitempty"`
	Fact     string         `json:"fact,omitempty"`
	Is       []string       `json:"is,omitempty"`
	Fresh    int            `json:"freshDays,omitempty"` // days for which a fact holds
	Every    int            `json:"everyDays,omitempty"`
	Early    []Early        `json:"early,omitempty"`
	Calm     *Calm          `json:"calm,omitempty"`
	Why      string         `json:"why"`
	Instead  string         `json:"instead"`
	Who      string         `json:"who"`    // whose decision: WhoPrescriber or WhoBoth
	Source   string         `json:"source"` // where it is from
	Tag      string         `json:"tag"`    // R read at the source, K from general knowledge, P our own design
}

// Whose decision an interruption is.
const (
	WhoPrescriber = "prescriber" // who orders
	WhoBoth       = "both"       // the prescribers together
)

// Early is how often a duty is due in the first days of a medicine.
type Early struct {
	Until int `json:"untilDays"`
	Every int `json:"everyDays"`
}

// Calm is what makes a rule matter less: a fact that is fresh, or a small amount a day.
type Calm struct {
	Ingredient string   `json:"ingredient,omitempty"`
	AtMost     float64  `json:"atMostDaily,omitempty"`
	Unit       string   `json:"unit,omitempty"`
	Fact       string   `json:"fact,omitempty"`
	Is         []string `json:"is,omitempty"`
	Below      float64  `json:"below,omitempty"`
	Fresh      int      `json:"freshDays,omitempty"`
	To         Severity `json:"to"`
}

// Set is a version of the rules, ready to be asked.
type Set struct {
	Version    string
	ReviewedOn time.Time
	Rules      []Rule
	groups     map[string][]string
	made       []compiled
	inA, inB   [][]int // rules of pairs by ingredient
	cat        *Catalogue
}

type compiled struct {
	a, b, with bits
	within     []int // by ingredient; nil: none
}

// bits is a set of ingredients.
type bits []uint64

func (b bits) has(i int) bool { return b[i>>6]&(1<<(i&63)) != 0 }

func (b bits) each(use func(i int)) {
	for i := range len(b) * 64 {
		if b.has(i) {
			use(i)
		}
	}
}

// In tells whether an ingredient is of a group.
func (s *Set) In(group, ingredient string) bool {
	which, err := s.set([]string{"@" + group})
	i, known := s.cat.index[ingredient]
	return err == nil && known && which.has(i)
}

// Members lists the ingredients of groups and names.
func (s *Set) Members(names ...string) []string {
	which, err := s.set(names)
	if err != nil {
		return nil
	}
	var out []string
	for _, name := range s.cat.All() {
		if which.has(s.cat.index[name]) {
			out = append(out, name)
		}
	}
	return out
}

// How long rules count as reviewed, and how long before the site is warned.
const (
	rulesYears = 1
	warnBefore = 60 // days
)

// Age is how old the rules are.
type Age struct {
	Until time.Time `json:"until"` // when they are a year old
	Warn  bool      `json:"warn"`  // 60 days or less are left
	Old   bool      `json:"old"`
}

// AgeAt tells it.
func (s *Set) AgeAt(now time.Time) Age {
	until := s.ReviewedOn.AddDate(rulesYears, 0, 0)
	return Age{until, !now.Before(until.AddDate(0, 0, -warnBefore)), !now.Before(until)}
}
