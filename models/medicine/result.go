package medicine

import "time"

// State is how a medicine counts in a check.
type State string

// The states.
const (
	Active   State = "active"
	New      State = "new"      // the one that is ordered
	Stopping State = "stopping" // the one that is stopped
	Stopped  State = "stopped"  // Since days ago
)

// Item is one medicine or substance of a list.
type Item struct {
	ID      string
	Names   []string // ingredients, as Catalogue.Find gives them
	State   State
	Since   int     // days since it was stopped, or since its depot ran out
	Amount  float64 // a day, in Unit; 0: not known
	Unit    string
	Started time.Time
	Late    bool // a depot whose next dose was due
}

// Reaction is one that a person had.
type Reaction struct {
	Names   []string
	Certain bool // confirmed, or severe
}

// Input is what a check looks at: what the asker may see and nothing else.
type Input struct {
	Items     []Item
	Facts     map[string]Fact
	Reactions []Reaction
	Passed    map[string]bool // keys of findings that somebody went on with, of what is still taken
	At        time.Time
}

// Finding is what a rule found.
type Finding struct {
	Key         string   `json:"key"`
	Rule        string   `json:"rule"`
	Kind        Kind     `json:"kind"`
	Severity    Severity `json:"severity"`
	Ingredients []string `json:"ingredients"`
	Items       []string `json:"items"`
	Interrupts  bool     `json:"interrupts"`
	EachTime    bool     `json:"eachTime"`
	MayPass     bool     `json:"mayPass"`
	Moud        bool     `json:"moud"`
	Why         string   `json:"why"`
	Instead     string   `json:"instead"`
	Who         string   `json:"who"`
	Source      string   `json:"source"`
	Tag         string   `json:"tag"`
	Calmed      bool     `json:"calmed,omitempty"`
	Unknown     bool     `json:"unknown,omitempty"`
}

// Ask is a fact that a rule would like to know: a field of the order's form.
type Ask struct {
	Fact     string   `json:"fact"`
	Rules    []string `json:"rules"`
	Required bool     `json:"required"` // "unknown" is an answer where words are
}

// Duty is a result that a medicine wants. Due is zero when there is none yet.
type Duty struct {
	Rule       string    `json:"rule"`
	Ingredient string    `json:"ingredient"`
	Fact       string    `json:"fact"`
	Last       time.Time `json:"last,omitzero"`
	Due        time.Time `json:"due"`
	Overdue    bool      `json:"overdue"`
	Why        string    `json:"why"`
	Instead    string    `json:"instead"`
}

// Result is what a check gives.
type Result struct {
	Version  string
	Findings []Finding // the worst first
	Asks     []Ask
	Duties   []Duty
}

// Interruptions are the findings that stop an order until somebody says why it goes on.
func (r Result) Interruptions() []Finding {
	var out []Finding
	for _, f := range r.Findings {
		if f.Interrupts {
			out = append(out, f)
		}
	}
	return out
}
