package planning

import (
	"context"
	"log/slog"

	"handrail/care"
	"handrail/models/reminder"
	"handrail/notify"
)

// channelRef is what news of a channel names.
const channelRef = "channel-bad:"

// TellChannel tells the administrators that a channel does not work any more: once a day
// for each. It comes by those that are left, and stands in the inbox.
func TellChannel(ctx context.Context, c *care.Care, n *notify.Notifier, v notify.Verdict) error {
	office, err := c.Upkeep.Administrators(ctx)
	if err != nil {
		return err
	}
	p := &Planner{care: c, notify: n, log: slog.Default()}
	for _, account := range office {
		note := notify.Note{AccountID: account, Kind: reminder.News, Key: channelRef + v.Channel + ":" + v.At.UTC().Format("20060102"), Ref: channelRef + v.Channel}
		if err := unlessGone(p.say(ctx, note)); err != nil {
			return err
		}
	}
	return nil
}
