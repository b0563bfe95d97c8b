package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"handrail/care/upkeep"
	"handrail/models"
	"handrail/notify"
)

// errSick ends doctor with an exit code that a script sees.
var errSick = errors.New("something that is set does not work, see above")

// opened opens the notifier of a store that is there already, for one command.
func (s settings) opened(ctx context.Context, log io.Writer, use func(*instance, *notify.Notifier, []broken) error) error {
	h, err := openInstance(ctx, s.storage, s.care(), false)
	if err != nil {
		return err
	}
	defer h.close()
	n, bad, err := s.notifier(ctx, h, slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelError + 1})))
	if err != nil {
		return err
	}
	return use(h, n, bad)
}

// runDoctor prints which channels work, and why the others don't. A channel that
// was never set is no fault.
func runDoctor(ctx context.Context, c *call) error {
	var proof pushProof
	s, _, err := c.settings(0, proof.flags)
	if err != nil {
		return err
	}
	return s.opened(ctx, c.errors, func(h *instance, n *notify.Notifier, bad []broken) error {
		if err := proof.check(ctx, h); err != nil {
			return err
		}
		workers, err := workersDiagnosis(ctx, h, n)
		if err != nil {
			return err
		}
		parts := append(n.Doctor(ctx), workers, s.pushesLeave(ctx, n), s.mediaDiagnosis())
		parts = append(parts, s.fromOutside(ctx, h)...)
		tried, err := proof.try(ctx, n)
		if err != nil {
			return err
		}
		err = printDiagnosis(c.out, append(parts, tried...), s.mayBeOff(), bad)
		return cmp.Or(err, proof.shownBy(tried))
	})
}

// mayBeOff tells of what may be left out whether the site asked for it.
func (s settings) mayBeOff() map[string]bool {
	set := s.channels.set()
	set[partServices] = s.pushesLeaveHere()
	set[partProxy], set[partSocket], set[partTURN] = s.baseURL != "", s.baseURL != "" && !s.video.off, s.baseURL != "" && !s.video.off && s.video.turnPort >= 0
	return set
}

// set tells which channels a site asked for.
func (c channels) set() map[string]bool {
	return map[string]bool{notify.ChannelFCM: c.fcm.ProjectID != "", notify.ChannelEmail: c.mail.Host != "",
		notify.ChannelSMS: c.sms.URL != "", notify.ChannelWebPush: true}
}

func printDiagnosis(out io.Writer, parts []notify.Diagnosis, set map[string]bool, bad []broken) error {
	says := map[string]string{}
	for _, b := range bad {
		says[b.name] = b.why.Error()
	}
	sick := false
	for _, d := range parts {
		word := "works"
		switch isChannel, asked := channelPart(d.Part, set); {
		case d.Works:
		case isChannel && !asked:
			word = "off"
		case d.Open:
			word = "open"
		default:
			word, sick = "FAILS", true
		}
		if why, ok := says[d.Part]; ok {
			d.Says = why
		}
		fmt.Fprintf(out, "%-14s %-6s %s\n", d.Part, word, d.Says)
	}
	if sick {
		return errSick
	}
	return nil
}

func channelPart(name string, set map[string]bool) (isChannel, asked bool) {
	asked, isChannel = set[name]
	return isChannel, asked
}

// runRemindersDead lists what no step could hand over. It names people by id only.
func runRemindersDead(ctx context.Context, c *call) error {
	s, _, err := c.settings(0, nil)
	if err != nil {
		return err
	}
	return s.opened(ctx, c.errors, func(_ *instance, n *notify.Notifier, _ []broken) error {
		count := 0
		for p := (notify.Paging{Limit: 100}); ; {
			page, err := n.Dead(ctx, p)
			if err != nil {
				return err
			}
			for _, d := range page.Items {
				count++
				again := "can be queued again until " + d.Until.UTC().Format(time.RFC3339)
				if !s.now().Before(d.Until) {
					again = "its time is over"
				}
				fmt.Fprintf(c.out, "%s  account %s  due %s  %s  %s\n", d.ID, d.AccountID, d.Due.UTC().Format(time.RFC3339), d.Why, again)
			}
			if p.Cursor = page.Next; p.Cursor == "" {
				fmt.Fprintf(c.out, "%d dead letters.\n", count)
				return nil
			}
		}
	})
}

func runRemindersRequeue(ctx context.Context, c *call) error {
	s, rest, err := c.settings(1, nil)
	if err != nil {
		return err
	}
	return s.opened(ctx, c.errors, func(_ *instance, n *notify.Notifier, _ []broken) error {
		err := n.Requeue(ctx, rest[0])
		if models.KindOf(err) == models.KindNotFound {
			return errors.New("there is no dead letter with this id; see handrail reminders dead")
		}
		if err != nil {
			return plain(err)
		}
		fmt.Fprintln(c.out, "It is due now, with all its steps anew.")
		return nil
	})
}

// forgetting destroys what is kept for a person's reminders before their data key
// goes: what is sealed with a key that is gone can't be found by its content.
type forgetting struct {
	upkeep.Eraser
	notifier *notify.Notifier
	account  string
}

// Erase implements care.Eraser.
func (f forgetting) Erase(ctx context.Context, owner string) error {
	if err := f.notifier.Forget(ctx, f.account); err != nil {
		return err
	}
	return f.Eraser.Erase(ctx, owner)
}
