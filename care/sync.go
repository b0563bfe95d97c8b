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

// syncLimit is how many entries of the feed one answer covers.
const syncLimit = 200

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
}

// Feed reads what changed in the chart since the token of the last answer, the
// sections that the actor may see only. An empty token starts at the beginning.
// Entries are numbered in the order of their commits, so none can slip in behind
// a token.
func (ch *Chart) Feed(ctx context.Context, since string) (Feed, error) {
	var out Feed
	from, ok := syncPosition(since)
	out.Reset = !ok
	page, err := ch.care.store.Query(ctx, colChanges, store.Query{Index: store.LaneIndex,
		Equal: []any{ch.patient}, From: from + 1, Limit: syncLimit})
	if err != nil {
		return out, refusal(err)
	}
	last := from
	seen := map[Change]int{}
	for _, d := range page.Docs {
		c, err := decode[Change](d)
		if err != nil {
			return out, err
		}
		last = d.Seq
		if d := ch.decide(c.Value.Section, models.Read); !d.Allowed || !d.Whole {
			continue // who sees a part only must not learn of the rest, not even its ids
		}
		// The same thing changed twice is told once, with its last time.
		key := Change{Section: c.Value.Section, Ref: c.Value.Ref}
		if i, again := seen[key]; again {
			out.Changes[i] = c.Value
			continue
		}
		seen[key] = len(out.Changes)
		out.Changes = append(out.Changes, c.Value)
	}
	out.More = page.Next != ""
	out.Next = syncToken(last)
	return out, nil
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
