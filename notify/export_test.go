package notify

import "context"

// Tell2Log writes the line of a tally.
func (n *Notifier) Tell2Log(t Tally) { n.tell(t) }

// ClaimAll claims what is due, as a worker does that dies before it sends.
func (n *Notifier) ClaimAll(ctx context.Context) (claimed int, err error) {
	for s := range shards {
		c, err := n.claimSome(ctx, s)
		if err != nil {
			return claimed, err
		}
		claimed += len(c.list)
	}
	return claimed, nil
}

// claimSome claims of a shard until there is something to send, or nothing is left.
func (n *Notifier) claimSome(ctx context.Context, shard int) (c claim, err error) {
	for looked := 1; looked > 0 && len(c.list) == 0 && err == nil; {
		c, looked, err = n.claim(ctx, shard, false)
	}
	return c, err
}

// ClaimAndSend claims and sends, as a worker does that dies before it writes down
// what became of it.
func (n *Notifier) ClaimAndSend(ctx context.Context) error {
	for s := range shards {
		c, err := n.claimSome(ctx, s)
		if err != nil {
			return err
		}
		jobs := map[string][]job{}
		for _, e := range c.list {
			if err := n.prepare(ctx, e, nil, jobs, map[*entry][]answer{}); err != nil {
				return err
			}
		}
		n.sendAll(ctx, jobs)
	}
	return nil
}

// Where entries wait, what workers have in their hands, and what a site knows.
const (
	ColDue   = colDue
	ColHolds = colHolds
	ColSite  = colSite
)

// HoldsID is where the claims of somebody's shard stand.
func HoldsID(accountID string) string { return holdsID(int(shardOf(accountID))) }

// Pass works once on what may be due, as a worker does.
func (n *Notifier) Pass(ctx context.Context) (found int, err error) { return n.pass(ctx, 0, false) }

// HandCallsOf hands over the calls of somebody's shard, as who has calls alone to do.
func (n *Notifier) HandCallsOf(ctx context.Context, accountID string) error {
	return n.handCallsOf(ctx, int(shardOf(accountID)))
}

// ShardOf is the lane of somebody's entries.
func ShardOf(accountID string) int64 { return shardOf(accountID) }
