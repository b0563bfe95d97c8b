package notify

import "context"

// Tell2Log writes the line of a tally.
func (n *Notifier) Tell2Log(t Tally) { n.tell(t) }

// ClaimAll claims what is due, as a worker does that dies before it sends.
func (n *Notifier) ClaimAll(ctx context.Context) (claimed int, err error) {
	for s := range shards {
		list, _, err := n.claim(ctx, s, n.now())
		if err != nil {
			return claimed, err
		}
		claimed += len(list)
	}
	return claimed, nil
}

// ClaimAndSend claims and sends, as a worker does that dies before it writes down
// what became of it.
func (n *Notifier) ClaimAndSend(ctx context.Context) error {
	for s := range shards {
		list, _, err := n.claim(ctx, s, n.now())
		if err != nil {
			return err
		}
		jobs := map[string][]job{}
		for _, e := range list {
			if err := n.prepare(ctx, e, jobs, map[*entry][]answer{}); err != nil {
				return err
			}
		}
		n.sendAll(ctx, jobs)
	}
	return nil
}

// ColDue is where entries wait.
const ColDue = colDue

// Pass works once on what may be due, as a worker does.
func (n *Notifier) Pass(ctx context.Context) (found int, err error) { return n.pass(ctx, 0, false) }

// ShardOf is the lane of somebody's entries.
func ShardOf(accountID string) int64 { return shardOf(accountID) }
