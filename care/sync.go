package care

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"handrail/models"
	"handrail/store"
)

// syncLimit is how many lines of the log one answer covers.
const syncLimit = 500

// Change tells that something of the chart changed. It names the thing and not
// what it says.
type Change struct {
	Kind    string         `json:"kind"`
	Section models.Section `json:"section"`
	Ref     string         `json:"ref"`
	At      time.Time      `json:"at"`
}

// Feed is what changed for a device since a token.
type Feed struct {
	Changes []Change
	Next    string
	More    bool // ask again at once with Next
	Reset   bool // the token is not one of this chart's: forget what you hold and take everything
	// What is told whole, as it is now.
	Goals    []Versioned[GoalView]
	CheckIns []models.CheckIn
}

// Feed reads what changed in the chart since the token of the last answer, the
// sections that the actor may see whole only. An empty token starts at the
// beginning. Entries are numbered in the order of their commits, so none can slip
// in behind a token.
func (ch *Chart) Feed(ctx context.Context, since string) (Feed, error) {
	var out Feed
	from, ok := syncPosition(since)
	out.Reset = !ok
	page, err := ch.care.store.Query(ctx, colAudit, store.Query{Index: store.LaneIndex,
		Equal: []any{ch.patient}, From: from + 1, Limit: syncLimit})
	if err != nil {
		return out, refusal(err)
	}
	if err := ch.gather(&out, page.Docs); err != nil {
		return out, err
	}
	if n := len(page.Docs); n > 0 {
		from = page.Docs[n-1].Seq
	}
	out.More, out.Next = page.Next != "", syncToken(from)
	if err := ch.bring(ctx, &out); err != nil {
		return out, err
	}
	if len(out.Changes) == 0 {
		return out, nil // nothing leaves; a line for it would be new for the next sync
	}
	l := ch.line(models.Decision{Basis: ch.ground()}, "chart.synced")
	l.Count = len(out.Changes)
	return out, ch.care.note(ctx, l)
}

// gather tells each thing once, with its last change.
func (ch *Chart) gather(out *Feed, docs []store.Doc) error {
	type thing struct {
		section models.Section
		ref     string
	}
	seen := map[thing]int{}
	for _, d := range docs {
		l, err := decode[models.AuditLine](d)
		if err != nil {
			return err
		}
		if d := ch.decide(l.Value.Section, models.Read); !l.Value.Changed || !d.Allowed || !d.Whole {
			continue // who sees a part only must not learn of the rest, not even its ids
		}
		c, key := Change{l.Value.Action, l.Value.Section, l.Value.Ref, l.Value.At}, thing{l.Value.Section, l.Value.Ref}
		if i, again := seen[key]; again {
			out.Changes[i] = c
			continue
		}
		seen[key] = len(out.Changes)
		out.Changes = append(out.Changes, c)
	}
	return nil
}

// bring adds the goals and check-ins that changed.
func (ch *Chart) bring(ctx context.Context, out *Feed) error {
	for _, c := range out.Changes {
		switch {
		case c.Section == models.SectionGoals:
			g, err := ch.goal(ctx, c.Ref)
			if err != nil {
				return err
			}
			out.Goals = append(out.Goals, ch.viewGoal(g))
		case c.Kind == checkInSent:
			in, err := load[models.CheckIn](ctx, ch.care.store, colCheckIns, c.Ref)
			if err != nil {
				return err
			}
			out.CheckIns = append(out.CheckIns, ch.viewCheckIn(in.Value))
		}
	}
	return nil
}

// syncToken hides a position, so that clients do not count on its form.
func syncToken(seq int64) string {
	return base64.RawURLEncoding.EncodeToString([]byte("s1." + strconv.FormatInt(seq, 10)))
}

// syncPosition reads a token; one that is not ours starts over.
func syncPosition(token string) (seq int64, ok bool) {
	if token == "" {
		return 0, true
	}
	raw, err := base64.RawURLEncoding.DecodeString(token)
	text, found := strings.CutPrefix(string(raw), "s1.")
	seq, perr := strconv.ParseInt(text, 10, 64)
	if err != nil || !found || perr != nil || seq < 0 {
		return 0, false
	}
	return seq, true
}
