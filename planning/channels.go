package planning

import (
	"context"
	"log/slog"

	"handrail/care"
	"handrail/models/reminder"
	"handrail/notify"
)

// What news of a channel names.
const (
	channelBadRef  = "channel-bad:"
	channelGoodRef = "channel-good:"
)

// TellChannel tells the administrators that a channel does not work any more, or works
// again: once for each turn. It comes by those that work, and stands in the inbox.
func TellChannel(ctx context.Context, c *care.Care, n *notify.Notifier, v notify.Verdict) error {
	office, err := c.Upkeep.Administrators(ctx)
	if err != nil {
		return err
	}
	ref := channelBadRef
	if v.Works {
		ref = channelGoodRef
	}
	p := &Planner{care: c, notify: n, log: slog.Default()}
	for _, account := range office {
		note := notify.Note{AccountID: account, Kind: reminder.News, Key: ref + v.Turn(), Ref: ref + v.Channel}
		if err := unlessGone(p.say(ctx, note)); err != nil {
			return err
		}
	}
	return nil
}
