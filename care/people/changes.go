package people

import (
	"cmp"
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// Changes are the parts of a chart that others changed since the reader looked at it.
type Changes struct {
	Since *time.Time    `json:"since,omitempty"` // the look; nil: they have not looked for 30 days, or not within what was read
	Parts []PartChanges `json:"parts"`
	More  bool          `json:"more"` // there may be older ones of these days, which were not read
}

// PartChanges is what was changed of one part.
type PartChanges struct {
	Section models.Section `json:"section"`
	Count   int            `json:"count"`
	LastAt  time.Time      `json:"lastAt"`
	LastBy  string         `json:"lastBy"`
}

// lineLook is the line of somebody who asked what changed: the look from which it is told
// the next time.
const lineLook = "changes.read"

const (
	// lookGap is how long ago a look must be to count: a page that is loaded again says the
	// same.
	lookGap = 30 * time.Minute
	// longestAgo and mostLines are how far back the log is read for one answer.
	longestAgo = 30 * 24 * time.Hour
	mostLines  = 600
)

// followed are the parts of which a change is told. Messages have marks of their own for
// what was not read.
var followed = []models.Section{models.SectionCheckIns, models.SectionGoals, models.SectionCarePlan, models.SectionCrisisPlan, models.SectionMedicines,
	models.SectionUseMedicines, models.SectionAppointments, models.SectionReferrals, models.SectionCareTeam}

// Changes tells somebody who works here what others changed since they asked for it, of the
// parts that they may read. The log says when that was, and nothing else is kept of it.
func (ch *Part) Changes(ctx context.Context) (Changes, error) {
	out := Changes{Parts: []PartChanges{}}
	d, err := ch.chart.May(ctx, models.SectionCareTeam, models.Read)
	if err != nil {
		return out, err
	}
	if !ch.actor.Role.Staff() {
		return out, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Somebody else does this."))
	}
	may, lines, now := map[models.Section]bool{}, 0, ch.care.now()
	for _, s := range followed {
		may[s] = ch.chart.Decide(s, models.Read).Allowed
	}
	err = chart.ThroughDocs(ctx, ch.care.store, chart.ColAudit, store.Query{Index: store.LaneIndex, Equal: []any{ch.patient}, Desc: true, Limit: 100}, func(doc store.Doc) (bool, error) {
		if lines++; lines > mostLines {
			out.More = true
			return true, nil
		}
		l := chart.ReadLine(doc)
		if !l.At.IsZero() && now.Sub(l.At) > longestAgo {
			return true, nil
		}
		if l.AccountID == ch.actor.AccountID && l.Action == lineLook && now.Sub(l.At) > lookGap {
			out.Since = &l.At
			return true, nil
		}
		if l.Changed && may[l.Section] && l.AccountID != ch.actor.AccountID {
			out.add(l)
		}
		return false, nil
	})
	if err != nil {
		return out, err
	}
	slices.SortStableFunc(out.Parts, func(a, b PartChanges) int {
		return cmp.Compare(slices.Index(followed, a.Section), slices.Index(followed, b.Section))
	})
	return out, ch.chart.NoteRead(ctx, d, lineLook, "", len(out.Parts))
}

// add counts a line; they come the newest first.
func (c *Changes) add(l models.AuditEvent) {
	for i := range c.Parts {
		if c.Parts[i].Section == l.Section {
			c.Parts[i].Count++
			return
		}
	}
	c.Parts = append(c.Parts, PartChanges{Section: l.Section, Count: 1, LastAt: l.At, LastBy: l.Name})
}
