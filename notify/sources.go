package notify

import (
	"bytes"
	"context"
	"encoding/json"

	"handrail/models/reminder"
)

// SetSources replaces the rules of all sources of a person at once, and plans that
// person again when they differ. A rule that is said once and late keeps the instant
// that it was first planned with: it is named by it, and must not be said twice
// because something else about the same thing changed.
func (n *Notifier) SetSources(ctx context.Context, accountID string, sources map[string][]reminder.Rule) error {
	return n.change(ctx, accountID, func(p *person) error {
		next := map[string][]reminder.Rule{}
		for name, rules := range sources {
			if kept := keepInstants(rules, p.Sources[name]); len(kept) > 0 {
				next[name] = kept
			}
		}
		if same, err := sameRules(next, p.Sources); err != nil {
			return err
		} else if same {
			return errUnchanged
		}
		p.Sources = next
		return reminder.CheckRules(p.rules())
	})
}

func keepInstants(rules, before []reminder.Rule) []reminder.Rule {
	at := map[string]reminder.Rule{}
	for _, r := range before {
		at[r.ID] = r
	}
	out := make([]reminder.Rule, 0, len(rules))
	for _, r := range rules {
		if was, ok := at[r.ID]; ok && r.Late && r.Policy == reminder.Once {
			r.At = was.At
		}
		out = append(out, r)
	}
	return out
}

// sameRules compares rules as they are stored: an empty list is one that is left out.
func sameRules(a, b map[string][]reminder.Rule) (bool, error) {
	if len(a) != len(b) {
		return false, nil
	}
	x, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	y, err := json.Marshal(b)
	return len(a) == 0 || bytes.Equal(x, y), err
}
