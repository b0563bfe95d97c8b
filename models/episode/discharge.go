package episode

import (
	"slices"
	"time"

	"handrail/models"
	"handrail/models/handoff"
)

// DischargeReasons are why somebody leaves.
var DischargeReasons = []string{"goals-met", "moves", "own-wish", "other-care", "other"}

// DischargeTerms is what is planned for somebody who leaves: who cares for them next and
// where, and who sees them after a week and a month. It can be written bit by bit.
type DischargeTerms struct {
	LeavesOn string          `json:"leavesOn,omitempty"` // YYYY-MM-DD, where the patient is
	Reason   string          `json:"reason,omitempty"`
	From     handoff.Setting `json:"fromSetting,omitempty"`
	To       handoff.Setting `json:"toSetting,omitempty"`
	Where    string          `json:"where,omitempty"`      // who cares for them next
	Next     string          `json:"next,omitempty"`       // what is next, in words for the patient
	Reach    string          `json:"reach,omitempty"`      // whom they turn to, and how
	PlanBy   string          `json:"planBy,omitempty"`     // YYYY-MM-DD: until when a crisis plan holds, where none does
	SeesDay7 string          `json:"seesOnDay7,omitempty"` // account
	Sees30   string          `json:"seesOnDay30,omitempty"`
}

// Moves tells whether they go to another setting: that makes a handoff.
func (t DischargeTerms) Moves() bool { return t.From != t.To }

// mostAhead is how many days ahead a discharge can be planned.
const mostAhead = 366

// Check says what is wrong with what was written. today is the patient's day. Errors:
// KindInvalid with fields.
func (t DischargeTerms) Check(today string) error {
	var c models.Checks
	c.Require(t.Reason == "" || slices.Contains(DischargeReasons, t.Reason), "reason", "not-a-choice", "Choose one of those that are offered.")
	c.Require((t.From == "") == (t.To == ""), "toSetting", "both-or-none", "Name where the person comes from and where they go.")
	c.Require(t.From == "" || slices.Contains(handoff.Settings, t.From), "fromSetting", "not-a-choice", "Choose one of those that are offered.")
	c.Require(t.To == "" || slices.Contains(handoff.Settings, t.To), "toSetting", "not-a-choice", "Choose one of those that are offered.")
	for _, f := range []struct{ field, text string }{{"where", t.Where}, {"next", t.Next}, {"reach", t.Reach}} {
		c.Text(f.field, f.text, 0, MaxWords)
	}
	last := ""
	if day, err := time.Parse(time.DateOnly, today); err == nil {
		last = day.AddDate(0, 0, mostAhead).Format(time.DateOnly)
	}
	for _, d := range []struct{ field, day string }{{"leavesOn", t.LeavesOn}, {"planBy", t.PlanBy}} {
		c.Date(d.field, d.day)
		c.Require(d.day == "" || d.day >= today, d.field, "in-the-past", "Give a day that is still to come.")
		c.Require(d.day == "" || d.day <= last, d.field, "too-far", "Give a day within a year.")
	}
	return c.Err()
}

// Standing is what stands elsewhere in the chart that a discharge depends on.
type Standing struct {
	PlanHolds bool // a crisis plan holds
	ListGone  bool // the list of medicines was gone through since the episode began
}

// Missing lists what a discharge still needs, by the names of its fields; "medicines" is
// the list to be gone through.
func (t DischargeTerms) Missing(s Standing) []string {
	out := []string{}
	need := func(there bool, field string) {
		if !there {
			out = append(out, field)
		}
	}
	need(t.LeavesOn != "", "leavesOn")
	need(t.Reason != "", "reason")
	need(t.Where != "", "where")
	need(t.Next != "", "next")
	need(t.Reach != "", "reach")
	need(t.SeesDay7 != "", "seesOnDay7")
	need(t.Sees30 != "", "seesOnDay30")
	need(s.PlanHolds || t.PlanBy != "", "planBy")
	need(s.ListGone, "medicines")
	return out
}

// The days after somebody has left on which they are seen (HEDIS FUM, FUA, FUI, FUH: within
// 7 and 30 days, and not on the day itself).
var FollowUpDays = []int{7, 30}

// The outcomes of a follow-up.
const (
	Seen    = "seen"    // a visit, also by video
	Reached = "reached" // spoken with, and not seen
	Missed  = "missed"  // neither came nor could be reached
)

// Outcomes lists them.
var Outcomes = []string{Seen, Reached, Missed}

// FollowUp is that somebody is seen after they have left. Until Outcome is known its task
// is open.
type FollowUp struct {
	Day     int       `json:"day"`
	Name    string    `json:"name"` // of who was to see them
	TaskID  string    `json:"taskId"`
	DueAt   time.Time `json:"dueAt"`
	Outcome string    `json:"outcome,omitempty"`
	Note    string    `json:"note,omitempty"`
	By      *Mark     `json:"by,omitempty"`
}

// Discharge is how somebody leaves.
type Discharge struct {
	Terms     DischargeTerms `json:"terms"`
	WrittenBy Mark           `json:"writtenBy"`
	DoneBy    *Mark          `json:"doneBy,omitempty"`
	HandoffID string         `json:"handoffId,omitempty"`
	ListAsOf  *time.Time     `json:"medicinesAsOf,omitempty"` // when the list of medicines was gone through last
	PlanHeld  int64          `json:"crisisPlan,omitempty"`    // version of the crisis plan that held; 0: none
	FollowUps []FollowUp     `json:"followUps"`
}

// Written is the episode with the plan of a discharge.
func (e Episode) Written(t DischargeTerms, by models.Author, now time.Time) (Episode, error) {
	if e.Status != Active && e.Status != OnHold {
		return e, models.E(models.KindConflict, "not-from-here", "This can't be done from where it stands. Load it again.")
	}
	e.Discharge = &Discharge{Terms: t, WrittenBy: Mark{by, now.UTC().Truncate(time.Millisecond)}, FollowUps: []FollowUp{}}
	return e, nil
}

// Left is the episode that has ended with its discharge.
func (e Episode) Left(d Discharge, by models.Actor, now time.Time) Episode {
	d.DoneBy = &Mark{models.AuthorOf(by), now.UTC().Truncate(time.Millisecond)}
	e.Discharge = &d
	return e.step(Finished, by, "", now)
}

// Followed is the episode with the outcome of a follow-up. The same again changes nothing.
//
// Errors: KindInvalid with fields; KindConflict "follow-up-over"; models.NotFound.
func (e Episode) Followed(day int, outcome, note string, by models.Author, now time.Time) (Episode, error) {
	var c models.Checks
	c.Require(slices.Contains(Outcomes, outcome), "outcome", "not-a-choice", "Choose one of those that are offered.")
	c.Text("note", note, 0, MaxWords)
	if err := c.Err(); err != nil {
		return e, err
	}
	if e.Status != Finished || e.Discharge == nil {
		return e, models.NotFound()
	}
	d := *e.Discharge
	i := slices.IndexFunc(d.FollowUps, func(f FollowUp) bool { return f.Day == day })
	if i < 0 {
		return e, models.NotFound()
	}
	if f := d.FollowUps[i]; f.Outcome == outcome && f.Note == note {
		return e, nil
	} else if f.Outcome != "" {
		return e, models.E(models.KindConflict, "follow-up-over", "What came of it is written down already.")
	}
	d.FollowUps = slices.Clone(d.FollowUps)
	d.FollowUps[i].Outcome, d.FollowUps[i].Note, d.FollowUps[i].By = outcome, note, &Mark{by, now.UTC().Truncate(time.Millisecond)}
	e.Discharge = &d
	return e, nil
}

// CheckReminders says what is wrong with a choice of reminders. Errors: KindInvalid.
func CheckReminders(what string) error {
	var c models.Checks
	c.Require(slices.Contains(Reminders, what), "reminders", "not-a-choice", "Choose one of those that are offered.")
	return c.Err()
}
