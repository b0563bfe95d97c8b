package planning

import (
	"context"
	"errors"
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
// again: once for each turn. It comes by those that work, and stands in the inbox. Who is on
// duty and has no other way is told of as a hole of the rota.
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
	return errors.Join(p.sayAll(ctx, office, notify.Note{Kind: reminder.News, Key: ref + v.Turn(), Ref: ref + v.Channel, Relied: true}), c.Duty.LookSoon(ctx))
}
