package medicines

import (
	"cmp"
	"context"
	"crypto/sha256"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/store"
)

// interruption is that a rule interrupted an order, and whether it went on. It names no
// patient and no person: it is there for the figures of the rule.
type interruption struct {
	Rule    string    `json:"rule"`
	At      time.Time `json:"at"`
	WentOn  bool      `json:"wentOn"`
	Version string    `json:"version,omitempty"`
}

var firedSpace = uuid.MustParse("5a2f1a35-94b6-4a7c-8e57-4bb2a6c8d0a1")

func ruleOf(key string) string { return strings.Split(key, ":")[0] }

func firedID(order, key string) string {
	return uuid.NewHash(sha256.New(), firedSpace, []byte(store.JoinText(order, key)), 8).String()
}

// noteFired counts interruptions, each once for an order however often it is tried.
func (c *Service) noteFired(ctx context.Context, order string, fired []medicine.Finding) error {
	for _, f := range fired {
		doc, err := interruptionDoc(firedID(order, f.Key), 0, interruption{Rule: f.Rule, At: c.now().UTC()})
		if err != nil {
			return err
		}
		err = chart.Refusal(c.store.Insert(ctx, chart.ColInterruptions, doc))
		if err != nil && models.KindOf(err) != models.KindConflict {
			return err
		}
	}
	return nil
}

// passedOps count that somebody went on.
func (c *Service) passedOps(ctx context.Context, order string, passed []GoOn) ([]store.Op, error) {
	var ops []store.Op
	for _, g := range passed {
		id := firedID(order, g.Key)
		v, err := chart.Load[interruption](ctx, c.store, chart.ColInterruptions, id)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return nil, err
		}
		if v.IsNew() {
			v.Value = interruption{Rule: ruleOf(g.Key), At: c.now().UTC()}
		}
		v.Value.WentOn = true
		doc, err := interruptionDoc(id, v.Version, v.Value)
		if err != nil {
			return nil, err
		}
		if v.IsNew() {
			ops = append(ops, store.Insert(chart.ColInterruptions, doc))
		} else {
			ops = append(ops, store.Replace(chart.ColInterruptions, doc))
		}
	}
	return ops, nil
}

func interruptionDoc(id string, version int64, i interruption) (store.Doc, error) {
	return chart.Encode(id, chart.OwnerSite, version, store.Keys{"site": 1, "at": chart.Millis(i.At)}, i)
}

// RuleFigures are how often a rule interrupted, how often somebody went on, and how often
// they did not: they acted on it.
type RuleFigures struct {
	Rule    string `json:"rule"`
	Fired   int    `json:"fired"`
	WentOn  int    `json:"wentOn"`
	ActedOn int    `json:"actedOn"`
	Review  bool   `json:"review"` // more than nine of ten went on, over sixty
}

// reviewAfter is from how many interruptions on a rule that nobody acts on is flagged.
const reviewAfter = 60

// Report tells the figures of the rules between two times, the most fired first. It is
// for who may change the rules, and for administrators. The others get those of the months
// that are over, from the month of from on, to before that of to: what is counted names no
// patient, and the count of one hour would tell of an order for one (decision 0196).
func (c *Service) Report(ctx context.Context, actor models.Actor, from, to time.Time) ([]RuleFigures, error) {
	if !mayRule(actor) {
		return nil, c.base.Forbid(ctx, actor, "medicine-report.read")
	}
	var checks models.Checks
	checks.Require(to.After(from) && to.Sub(from) <= 367*24*time.Hour, "to", "out-of-range", "Choose an end after the start, within a year.")
	if err := checks.Err(); err != nil {
		return nil, err
	}
	if actor.Role != models.RoleAdministrator {
		from, to = monthOf(from), monthOf(to)
		if now := monthOf(c.now()); to.After(now) {
			to = now
		}
	}
	of := map[string]*RuleFigures{}
	err := chart.Through(ctx, c.store, chart.ColInterruptions, store.Query{Index: "site", Equal: []any{1}, From: chart.Millis(from), To: chart.Millis(to)},
		func(v chart.Versioned[interruption]) (bool, error) {
			f := of[v.Value.Rule]
			if f == nil {
				f = &RuleFigures{Rule: v.Value.Rule}
				of[v.Value.Rule] = f
			}
			f.Fired++
			if v.Value.WentOn {
				f.WentOn++
			} else {
				f.ActedOn++
			}
			return false, nil
		})
	if err != nil {
		return nil, err
	}
	out := []RuleFigures{}
	for _, f := range of {
		f.Review = f.Fired >= reviewAfter && 10*f.WentOn > 9*f.Fired
		out = append(out, *f)
	}
	slices.SortFunc(out, func(a, b RuleFigures) int { return cmp.Or(b.Fired-a.Fired, cmp.Compare(a.Rule, b.Rule)) })
	return out, c.noteOffice(ctx, actor, "medicine-report.read", len(out))
}

// monthOf is when the month of a moment begins, in UTC.
func monthOf(t time.Time) time.Time {
	y, m, _ := t.UTC().Date()
	return time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
}

func (c *Service) noteOffice(ctx context.Context, actor models.Actor, action string, count int) error {
	e := c.base.AuditEvent(actor, action)
	e.Count = count
	return c.base.Note(ctx, e)
}
