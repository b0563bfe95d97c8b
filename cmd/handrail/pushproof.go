package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"time"

	"handrail/models"
	"handrail/notify"
)

// partServices is whether pushes can leave.
const partServices = "push services"

// pushesLeaveHere tells whether there is anything to ask: pages take pushes over https
// alone (and on localhost, for tests).
func (s settings) pushesLeaveHere() bool { return s.secure() || s.channels.services != nil }

func (s settings) pushesLeave(ctx context.Context, n *notify.Notifier) notify.Diagnosis {
	if !s.pushesLeaveHere() {
		return notify.Diagnosis{Part: partServices, Says: "--base-url is not https: browsers take no pushes from such a site"}
	}
	d := n.DoctorReach(ctx, partServices)
	if !d.Works && os.Getenv("HTTPS_PROXY")+os.Getenv("https_proxy") != "" {
		d.Says += ". HTTPS_PROXY does not count here"
	}
	return d
}

// pushProof sends a test push to the devices of somebody of the clinic, and waits until
// they say that it was shown: nothing else proves that pushes arrive.
type pushProof struct {
	to   string        // an account's id; "": none is sent
	wait time.Duration // for the devices to say so
}

func (p *pushProof) flags(f *flag.FlagSet) {
	f.StringVar(&p.to, "push-to", "", "")
	f.DurationVar(&p.wait, "push-wait", 30*time.Second, "")
}

// check refuses accounts of patients and families: they would be told of something to
// see where there is nothing for them.
func (p *pushProof) check(ctx context.Context, h *instance) error {
	if p.to == "" {
		return nil
	}
	a, err := h.care.Upkeep.Account(ctx, p.to)
	switch {
	case models.KindOf(err) == models.KindNotFound || err == nil && !a.Role.Staff():
		return errors.New("--push-to takes the id of an account of somebody who works for the clinic")
	case err != nil:
		return plain(err)
	}
	return nil
}

func (p *pushProof) try(ctx context.Context, n *notify.Notifier) ([]notify.Diagnosis, error) {
	if p.to == "" {
		return nil, nil
	}
	tried, err := n.TryPush(ctx, p.to)
	if err != nil {
		return nil, plain(err)
	}
	if len(tried) == 0 {
		return []notify.Diagnosis{{Part: "push", Says: "the account has no device that gets pushes: sign in there and turn on notes"}}, nil
	}
	shown, err := p.shown(ctx, n, tried)
	if err != nil {
		return nil, plain(err)
	}
	out := make([]notify.Diagnosis, len(tried))
	for i, t := range tried {
		out[i] = p.diagnosis(t, shown[t.ID])
		out[i].Part = fmt.Sprintf("push %d of %d", i+1, len(tried))
	}
	return out, nil
}

// errUnproved ends doctor where a proof was asked for and none was had.
var errUnproved = errors.New("no device said that it showed the push, see above")

func (p *pushProof) shownBy(tried []notify.Diagnosis) error {
	if p.to == "" || slices.ContainsFunc(tried, func(d notify.Diagnosis) bool { return d.Works }) {
		return nil
	}
	return errUnproved
}

// shown waits until each device that can say that it showed the push did, or the time
// is over.
func (p *pushProof) shown(ctx context.Context, n *notify.Notifier, tried []notify.Tried) (map[string]bool, error) {
	ctx, cancel := context.WithTimeout(ctx, p.wait)
	defer cancel()
	shown := map[string]bool{}
	for {
		missing := 0
		for _, t := range tried {
			if t.Outcome != notify.Accepted && t.Outcome != notify.Lost || shown[t.ID] {
				continue
			}
			ok, err := n.Received(context.WithoutCancel(ctx), p.to, t.ID)
			if err != nil {
				return nil, err
			}
			if shown[t.ID] = ok; !ok {
				missing++
			}
		}
		if missing == 0 {
			return shown, nil
		}
		select {
		case <-ctx.Done():
			return shown, nil
		case <-time.After(lookAgain):
		}
	}
}

const lookAgain = 250 * time.Millisecond

// diagnosis says of one device what was shown, and what was not.
func (p *pushProof) diagnosis(t notify.Tried, shown bool) notify.Diagnosis {
	service := t.Service
	switch {
	case t.Device.Channel == notify.ChannelFCM:
		service = "Firebase"
	case service == "":
		service = "its push service"
	}
	switch {
	case shown:
		return notify.Diagnosis{Works: true, Says: service + " took it, and the device says that it showed it"}
	case t.ID == "":
		return notify.Diagnosis{Open: true, Says: "nothing was sent: the device is " + t.Device.State + " and is to bring a fresh subscription. Open the page on it, then ask again"}
	}
	switch t.Outcome {
	case notify.Accepted:
		return notify.Diagnosis{Open: true, Says: fmt.Sprintf("%s took it. That is not yet that it arrived: the device did not say so within %s. Is it on, in a network, and may its browser show notes?", service, p.wait)}
	case notify.Gone, notify.Mismatch:
		return notify.Diagnosis{Open: true, Says: fmt.Sprintf("%s answered (%s), and does not have this device any more. Open the page on it, then ask again", service, t.Code)}
	case notify.Unauthorized:
		return notify.Diagnosis{Says: fmt.Sprintf("%s refuses this site (%s): look at --webpush-subject, the clock of this machine and, for Firebase, the credentials", service, t.Code)}
	case notify.Lost:
		return notify.Diagnosis{Open: true, Says: "it left, and " + service + " did not answer in time: it may have been taken"}
	case notify.Retry:
		return notify.Diagnosis{Says: fmt.Sprintf("%s did not take it now (%s)", service, t.Code)}
	}
	return notify.Diagnosis{Says: fmt.Sprintf("%s refuses it (%s)", service, t.Code)}
}
