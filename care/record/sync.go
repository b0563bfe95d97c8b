package record

import (
	"context"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/store"
)

// SyncLimit is how many lines of the log one answer covers.
const SyncLimit = 500

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
	Reset   bool // the token is no position in this chart's log: this is everything, from the beginning
	// What is told whole, as it is now.
	Goals    []chart.Versioned[GoalView]
	CheckIns []checkin.CheckIn
}

// Feed reads what changed in the chart since the token of the last answer, the
// sections that the actor may see whole only. An empty token starts at the
// beginning, and so does one that does not fit (syncToken). Entries are numbered in
// the order of their commits, so none can slip in behind a token.
func (ch *Part) Feed(ctx context.Context, since string) (Feed, error) {
	var out Feed
	lines, next, more, err := ch.eventsSince(ctx, since)
	if errors.Is(err, errNoPosition) {
		out.Reset = true
		lines, next, more, err = ch.eventsSince(ctx, "")
	}
	if err != nil {
		return out, err
	}
	if err := ch.gather(&out, lines); err != nil {
		return out, err
	}
	out.More, out.Next = more, next
	if err := ch.bring(ctx, &out); err != nil {
		return out, err
	}
	if len(out.Changes) == 0 {
		return out, nil // nothing leaves; a line for it would be new for the next sync
	}
	e := ch.chart.Event(models.Decision{Basis: ch.chart.Ground()}, "chart.synced")
	e.Count = len(out.Changes)
	return out, ch.care.base.Note(ctx, e)
}

// gather tells each thing once, with its last change.
func (ch *Part) gather(out *Feed, docs []store.Doc) error {
	type thing struct {
		section models.Section
		ref     string
	}
	seen := map[thing]int{}
	for _, d := range docs {
		l, err := chart.Decode[models.AuditEvent](d)
		if err != nil {
			return err
		}
		if d := ch.chart.Decide(l.Value.Section, models.Read); !l.Value.Changed || !d.Allowed || !d.Whole {
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

// bring adds the goals and check-ins that changed, read in as few questions for many as for one.
func (ch *Part) bring(ctx context.Context, out *Feed) error {
	ctx, ahead := chart.NewAhead(ctx)
	var goals, checkIns []string
	for _, c := range out.Changes {
		switch {
		case c.Section == models.SectionGoals:
			goals = append(goals, c.Ref)
		case c.Kind == CheckInSent:
			checkIns = append(checkIns, c.Ref)
		}
	}
	if err := errors.Join(ahead.Read(ctx, ch.care.store, chart.ColGoals, goals...), ahead.Read(ctx, ch.care.store, chart.ColCheckIns, checkIns...)); err != nil {
		return err
	}
	for _, c := range out.Changes {
		switch {
		case c.Section == models.SectionGoals:
			g, err := ch.goal(ctx, c.Ref)
			if err != nil {
				return err
			}
			out.Goals = append(out.Goals, ch.viewGoal(g))
		case c.Kind == CheckInSent:
			in, err := chart.Load[checkin.CheckIn](ctx, ch.care.store, chart.ColCheckIns, c.Ref)
			if err != nil {
				return err
			}
			out.CheckIns = append(out.CheckIns, ch.viewCheckIn(in.Value))
		}
	}
	return nil
}

// errNoPosition says that a sync token is no position in this chart's log.
var errNoPosition = errors.New("no position in this log")

// eventsSince reads the lines of the log behind a position, and the next position.
// The line at the position is read again: only if it is still the same one, what
// comes behind it is what the device does not have.
func (ch *Part) eventsSince(ctx context.Context, since string) (lines []store.Doc, next string, more bool, err error) {
	from, tag, ok := splitSyncToken(since)
	if !ok {
		return nil, "", false, errNoPosition
	}
	page, err := ch.care.store.Query(ctx, chart.ColAudit, store.Query{Index: store.LaneIndex,
		Equal: []any{ch.patient}, From: max(from, 1), Limit: SyncLimit})
	if err != nil {
		return nil, "", false, chart.Refusal(err)
	}
	lines, next = page.Docs, since
	if from > 0 {
		if len(lines) == 0 || lines[0].Seq != from || tag != ch.positionTag(lines[0]) {
			return nil, "", false, errNoPosition
		}
		lines = lines[1:]
	}
	if n := len(lines); n > 0 {
		next = ch.syncToken(lines[n-1])
	}
	return lines, next, page.Next != "", nil
}

// syncToken names a line of this chart's log as a position. Clients can't count on
// its form.
func (ch *Part) syncToken(at store.Doc) string {
	return base64.RawURLEncoding.EncodeToString([]byte(syncMark + strconv.FormatInt(at.Seq, 10) + "." + ch.positionTag(at)))
}

// syncMark begins every token of this form. Older programs gave a bare number
// ("s1."), which fitted every chart and every store: such a token starts over.
const syncMark = "s2."

// positionTag tells a line from those that have its number in another chart, in
// another life of the store (Incarnation), or in a copy that went another way since.
func (ch *Part) positionTag(at store.Doc) string {
	h := chart.Hash(store.JoinText(ch.care.base.Life.ID, ch.patient, string(at.Link)))
	return base64.RawURLEncoding.EncodeToString(h[:12])
}

// splitSyncToken reads the form of a token; the empty one is the beginning.
func splitSyncToken(token string) (seq int64, tag string, ok bool) {
	if token == "" {
		return 0, "", true
	}
	raw, err := base64.RawURLEncoding.DecodeString(token)
	text, found := strings.CutPrefix(string(raw), syncMark)
	number, tag, parted := strings.Cut(text, ".")
	seq, perr := strconv.ParseInt(number, 10, 64)
	return seq, tag, err == nil && found && parted && perr == nil && seq > 0
}
