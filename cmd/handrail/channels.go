package main

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"handrail/models"
	"handrail/notify"
	"handrail/notify/fcm"
	"handrail/notify/mail"
	"handrail/notify/sms"
	"handrail/notify/webpush"
	"handrail/planning"
	"handrail/store"
)

// channels are what a site sets for the ways by which people are reminded.
type channels struct {
	fcm     fcm.Config
	mail    mail.Config
	sms     sms.Config
	subject string // whom a push service writes to; "" follows from the base URL
	perDay  int
	// bounceSecret is shared with the mail host that hands on what comes back.
	bounceSecret []byte
	// loopback lets Web Push go to this very machine: of the demo alone, for tests of
	// the page without the push service of a browser's maker.
	loopback bool
	services []webpush.Service // nil: the known ones
}

// agree checks what must hold between settings of one channel.
func (c channels) agree() []string {
	var wrong []string
	for _, pair := range []struct {
		have bool
		says string
	}{
		{(c.fcm.ProjectID == "") == (c.fcm.CredentialsFile == ""), "--fcm-project and --fcm-credentials belong together"},
		{(c.mail.Host == "") == (c.mail.From == ""), "--smtp-host and --smtp-from belong together"},
		{(c.mail.User == "") == (c.mail.Password == ""), "--smtp-user and " + prefix + "SMTP_PASSWORD belong together"},
		{c.mail.Bounces == "" || c.mail.Host != "" && len(c.bounceSecret) > 0, "--smtp-bounces needs --smtp-host and " + prefix + "SMTP_BOUNCE_SECRET"},
		{(c.sms.URL == "") == (len(c.sms.Secret) == 0), "--sms-url and " + prefix + "SMS_SECRET belong together"},
	} {
		if !pair.have {
			wrong = append(wrong, pair.says)
		}
	}
	return wrong
}

// broken is a channel that is set and can't be built, with the sentence that says
// why.
type broken struct {
	name string
	why  error
}

// build makes the channels that are set. One that can't be built is left out, not
// the whole program: the crisis plan must not wait for a mail server.
func (c channels) build(ctx context.Context, s store.Store, base string, now models.Clock) (good []notify.Channel, bad []broken, err error) {
	c.fcm.Now, c.sms.Now = now, now
	keys, err := notify.Keys(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	subject := c.subject
	local := !strings.HasPrefix(base, "https://") // browsers give subscriptions over https and on localhost only
	if subject == "" {
		subject = base
		if local {
			subject = "mailto:operator@localhost"
		}
	}
	add := func(name string, set bool, make func() (notify.Channel, error)) {
		if !set {
			return
		}
		if ch, err := make(); err != nil {
			bad = append(bad, broken{name, err})
		} else {
			good = append(good, ch)
		}
	}
	add(notify.ChannelWebPush, true, func() (notify.Channel, error) {
		return webpush.New(webpush.Config{Keys: keys, Subject: subject, AllowLoopback: c.loopback || c.services != nil, Local: local, Services: c.services, Now: now})
	})
	add(notify.ChannelFCM, c.fcm.ProjectID != "", func() (notify.Channel, error) { return fcm.New(ctx, c.fcm) })
	add(notify.ChannelEmail, c.mail.Host != "", func() (notify.Channel, error) { return mail.New(c.mail) })
	add(notify.ChannelSMS, c.sms.URL != "", func() (notify.Channel, error) { return sms.New(c.sms) })
	return good, bad, nil
}

// notifier makes what reminds people, over the store of an instance.
func (s settings) notifier(ctx context.Context, h *instance, log *slog.Logger) (*notify.Notifier, []broken, error) {
	good, bad, err := s.channels.build(ctx, h.store, s.address(), s.now)
	if err != nil {
		return nil, nil, err
	}
	left := map[string]string{}
	for _, b := range bad {
		left[b.name] = b.why.Error()
		log.Error("a channel for reminders is left out; see handrail doctor", "channel", b.name, "cause", b.why.Error())
	}
	begun := time.Now() // read as a stopwatch: a clock that nobody sets
	var n *notify.Notifier
	n, err = notify.New(ctx, notify.Config{Store: h.store, Channels: good, Now: s.now, Elapsed: func() time.Duration { return time.Since(begun) }, Log: log,
		Task: func(ctx context.Context, u notify.Undelivered) error { return planning.AskTeam(ctx, h.care, n, u) },
		Ended: func(ctx context.Context, sessions []string) ([]string, error) {
			return h.care.Signin.EndedOf(ctx, sessions)
		},
		Wanted: func(ctx context.Context, accountID, ref string) (bool, error) {
			return planning.Wanted(ctx, h.care, accountID, ref)
		},
		Stands:  planning.Stands(h.care),
		Bounced: func(ctx context.Context, b notify.Bounce) error { return planning.TellBounced(ctx, h.care, n, b) },
		Turned:  func(ctx context.Context, v notify.Verdict) error { return planning.TellChannel(ctx, h.care, n, v) },
		Left:    left,
		Site:    notify.Site{Language: s.site.Language, BaseURL: s.address(), PerDay: s.channels.perDay, Zone: s.site.Zone}})
	return n, bad, err
}
