package medicine

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"handrail/models"
)

// Source says where a medicine or substance comes from.
type Source string

// The sources.
const (
	Here      Source = "here"             // a prescriber of the clinic orders it (FHIR MedicationRequest)
	Elsewhere Source = "elsewhere"        // a prescriber of somewhere else
	Counter   Source = "over-the-counter" // bought without a prescription
	Street    Source = "street"           // as the person tells
)

// Sources lists them.
var Sources = []Source{Here, Elsewhere, Counter, Street}

// Status is where a line of the list stands (FHIR, those that we use).
type Status string

// The statuses.
const (
	Taken   Status = "active"
	Ended   Status = "stopped"
	Mistake Status = "entered-in-error"
)

// Terms is what is written about a medicine. Days are YYYY-MM-DD.
type Terms struct {
	Name         string  `json:"name"`
	Strength     *Amount `json:"strength,omitempty"`
	Form         Form    `json:"form,omitempty"`
	Taken        string  `json:"taken,omitempty"` // how it is taken, in the patient's words
	Why          string  `json:"why,omitempty"`   // what for, in the patient's words
	Directions   string  `json:"directions,omitempty"`
	Daily        *Amount `json:"daily,omitempty"`
	PrescribedBy string  `json:"prescribedBy,omitempty"`
	Setting      string  `json:"setting,omitempty"`
	Since        string  `json:"since,omitempty"`
	LastDoseOn   string  `json:"lastDoseOn,omitempty"`
	EveryDays    int     `json:"everyDays,omitempty"`
	SecondLine   string  `json:"secondLine,omitempty"`
}

// Limits of a list and its texts, in characters.
const (
	MaxName   = 200
	MaxText   = 1000
	MaxActive = 300 // lines that are taken at once
	MaxEvery  = 400 // days between doses of a depot
)

// Stop is when and why a medicine was stopped.
type Stop struct {
	On  string        `json:"on"`
	Why string        `json:"why"` // in somebody's words; "" when another line took its place
	By  models.Author `json:"by"`
	At  time.Time     `json:"at"`

	ReplacedBy string `json:"replacedBy,omitempty"` // the line that took its place
}

// Pass is that somebody went on after an interruption, and why.
type Pass struct {
	Key    string        `json:"key"`
	Rule   string        `json:"rule"`
	Reason string        `json:"reason"`
	By     models.Author `json:"by"`
	At     time.Time     `json:"at"`
}

// Medicine is one line of the list.
type Medicine struct {
	ID          string         `json:"id"`
	PatientID   string         `json:"patientId"`
	Source      Source         `json:"source"`
	Status      Status         `json:"status"`
	Ingredients []Ingredient   `json:"ingredients"`
	Known       bool           `json:"known"`      // all of its ingredients are
	UseRelated  bool           `json:"useRelated"` // tells of treatment for substance use, or of use: 42 CFR Part 2
	Prescriber  *models.Author `json:"prescriber,omitempty"`
	AddedBy     models.Author  `json:"addedBy"`
	AddedAt     time.Time      `json:"addedAt"`
	ChangedAt   time.Time      `json:"changedAt"`
	RenewedAt   *time.Time     `json:"renewedAt,omitempty"`
	Stop        *Stop          `json:"stop,omitempty"`
	Replaces    string         `json:"replaces,omitempty"`
	Passed      []Pass         `json:"passed,omitempty"`
	Rules       string         `json:"rules,omitempty"`     // version that the order was checked with
	Unchecked   string         `json:"unchecked,omitempty"` // why the order was not checked: Unchecked…
	Terms
}

// Why an order was not checked.
const (
	UncheckedRules      = "rules-unreadable"
	UncheckedIngredient = "not-known"
)

// CheckTerms holds what was written against what it can be. Errors: KindInvalid with
// fields.
func CheckTerms(source Source, t Terms, today time.Time) error {
	var c models.Checks
	c.Require(slices.Contains(Sources, source), "source", "not-a-choice", "Choose one of those that are offered.")
	c.Text("name", t.Name, 1, MaxName)
	c.Require(t.Form == "" || slices.Contains(Forms, t.Form), "form", "not-a-choice", "Choose one of those that are offered.")
	t.Strength.check(&c, "strength")
	t.Daily.check(&c, "daily")
	for _, f := range []struct{ field, text string }{{"taken", t.Taken}, {"why", t.Why}, {"directions", t.Directions}, {"secondLine", t.SecondLine}} {
		c.Text(f.field, f.text, 0, MaxText)
	}
	c.Text("prescribedBy", t.PrescribedBy, 0, MaxName)
	c.Text("setting", t.Setting, 0, MaxName)
	c.Require(source == Here || t.Directions == "", "directions", "by-a-prescriber", "Only an order of a prescriber says how much to take.")
	since := checkDay(&c, "since", t.Since, today)
	last := checkDay(&c, "lastDoseOn", t.LastDoseOn, today)
	c.Require(since.IsZero() || last.IsZero() || !last.Before(since), "lastDoseOn", "before-the-start", "The last dose is before the start.")
	c.Require(t.EveryDays >= 0 && t.EveryDays <= MaxEvery, "everyDays", "out-of-range", "Give the days between two doses, up to 400.")
	return c.Err()
}

// checkDay reads a day that has been; the zero Time for none.
func checkDay(c *models.Checks, field, day string, today time.Time) time.Time {
	if day == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.DateOnly, day)
	c.Require(err == nil, field, "not-a-day", "Write the day as YYYY-MM-DD.")
	if err != nil {
		return time.Time{}
	}
	c.Require(at.Year() >= 1900 && !at.After(today.Add(36*time.Hour)), field, "not-a-past-day", "This day is still to come, or too long ago.")
	return at
}

// CheckStop holds a stop against the medicine.
func (m Medicine) CheckStop(on, why string, today time.Time) error {
	var c models.Checks
	at := checkDay(&c, "on", on, today)
	c.Require(on != "", "on", "required", "Say when it was stopped.")
	c.Text("why", why, 1, MaxText)
	since, err := time.Parse(time.DateOnly, m.Since)
	c.Require(err != nil || at.IsZero() || !at.Before(since), "on", "before-the-start", "This is before it was begun.")
	return c.Err()
}

// Identify says which ingredients a medicine has, and whether it tells of substance use.
func (m *Medicine) Identify() {
	names, all := Known().Find(m.Name)
	m.Known, m.Ingredients, m.UseRelated = all, []Ingredient{}, m.Source == Street
	for _, n := range names {
		m.Ingredients = append(m.Ingredients, Known().Of(n))
		m.UseRelated = m.UseRelated || slices.Contains(useRelated, n)
	}
}

// useRelated are ingredients that tell of treatment for substance use, or of use. They
// stand here and not among the rules: who may see a line must not hang on a file that can
// be missing.
var useRelated = []string{"buprenorphine", "methadone", "naltrexone", "naloxone", "disulfiram", "acamprosate", "lofexidine",
	"ethanol", "heroin", "cocaine", "cannabis", "methamphetamine"}

// Names are the ingredients by name.
func (m Medicine) Names() []string {
	out := make([]string, 0, len(m.Ingredients))
	for _, i := range m.Ingredients {
		out = append(out, i.Name)
	}
	return out
}

// Item is the medicine as a check counts it.
func (m Medicine) Item(now time.Time) Item {
	item := Item{ID: m.ID, Names: m.Names(), State: Active, Started: dayOr(m.Since, m.AddedAt)}
	if m.Daily != nil {
		item.Amount, item.Unit = m.Daily.Value, m.Daily.Unit
	}
	lasts := m.LastsUntil()
	item.Late = m.Status == Taken && !lasts.IsZero() && now.After(lasts)
	if m.Status == Ended && m.Stop != nil {
		ended := dayOr(m.Stop.On, m.Stop.At)
		if lasts.After(ended) { // a depot works on after its stop
			ended = lasts
		}
		if item.State = Stopped; now.Before(ended) {
			item.State = Active
		}
		item.Since = max(0, int(now.Sub(ended).Hours()/24))
	}
	return item
}

// LastsUntil is when the last dose of a depot runs out; zero for what is none.
func (m Medicine) LastsUntil() time.Time {
	at, err := time.Parse(time.DateOnly, m.LastDoseOn)
	if err != nil || m.EveryDays == 0 {
		return time.Time{}
	}
	return at.AddDate(0, 0, m.EveryDays+1)
}

func dayOr(day string, or time.Time) time.Time {
	if at, err := time.Parse(time.DateOnly, day); err == nil {
		return at
	}
	return or
}

// SameLine tells whether two lines are one ingredient in one setting.
func SameLine(a, b Medicine) bool {
	if a.Setting != b.Setting || a.Source != b.Source {
		return false
	}
	x, y := a.Names(), b.Names()
	slices.Sort(x)
	slices.Sort(y)
	if !a.Known || !b.Known {
		return strings.EqualFold(a.Name, b.Name)
	}
	return slices.Equal(x, y)
}

// Order is how a list is read: what is taken first, then what was stopped, newest first.
func Order(a, b Medicine) int {
	return cmp.Or(cmp.Compare(b2i(a.Status != Taken), b2i(b.Status != Taken)), b.AddedAt.Compare(a.AddedAt), cmp.Compare(a.ID, b.ID))
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
