package notify

import (
	"context"
	"errors"
	"time"

	"handrail/store"
)

// pruneEvery is how often what is old is looked for.
const pruneEvery = 10 * time.Minute

// pruneAtOnce bounds one call of Prune, so that it does not hold up the planning.
const pruneAtOnce = 20_000

// Prune deletes what is old: devices that were not seen for 30 days, and entries
// that ended longer ago than the ledger is kept. It gives the number.
func (n *Notifier) Prune(ctx context.Context) (int, error) {
	now := n.now()
	devices, err := n.prune(ctx, colDevices, ixSeen, now.Add(-n.stale()))
	if err != nil {
		return devices, err
	}
	if devices > 0 {
		n.log.Info("notify: devices were forgotten that were not seen for long", "count", devices, "days", n.limits.StaleDays)
	}
	entries, err := n.prune(ctx, colDue, ixEnded, now.AddDate(0, 0, -n.limits.KeepDays))
	return devices + entries, err
}

func (n *Notifier) prune(ctx context.Context, collection, index string, before time.Time) (int, error) {
	done := 0
	for done < pruneAtOnce {
		page, err := n.store.Query(ctx, collection, store.Query{Index: index, To: before.UnixMilli(), Limit: store.MaxBatch, Unopened: true})
		if err != nil || len(page.Docs) == 0 {
			return done, err
		}
		deleted, err := n.deleteAll(ctx, collection, page.Docs)
		done += deleted
		if err != nil || deleted == 0 {
			return done, err
		}
	}
	return done, nil
}

// deleteAll deletes documents that did not change meanwhile.
func (n *Notifier) deleteAll(ctx context.Context, collection string, docs []store.Doc) (int, error) {
	for len(docs) > 0 {
		ops := make([]store.Op, len(docs))
		for i, d := range docs {
			ops[i] = store.Delete(collection, d.ID, d.Version)
		}
		err := n.store.Batch(ctx, ops...)
		if op, ok := errors.AsType[*store.OpError](err); ok && taken(op.Err) {
			docs = append(docs[:op.Index:op.Index], docs[op.Index+1:]...)
			continue
		}
		return len(docs), err
	}
	return 0, nil
}

// Forget deletes everything about an account: rules, choices, addresses, devices and
// the ledger. Call it before the owner's data key is destroyed.
func (n *Notifier) Forget(ctx context.Context, accountID string) error {
	version, err := n.versionOf(ctx, colPeople, accountID)
	if err == nil && version > 0 {
		err = n.store.Delete(ctx, colPeople, accountID, version)
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return refusal(err)
	}
	for collection, index := range map[string]string{colDevices: ixDevices, colDue: ixAccount} {
		for {
			page, err := n.store.Query(ctx, collection, store.Query{Index: index, Equal: []any{accountID}, Limit: store.MaxBatch, Unopened: true})
			if err != nil {
				return refusal(err)
			}
			if len(page.Docs) == 0 {
				break
			}
			if _, err := n.deleteAll(ctx, collection, page.Docs); err != nil {
				return refusal(err)
			}
		}
	}
	return nil
}
