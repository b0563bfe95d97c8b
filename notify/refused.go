package notify

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"handrail/store"
)

// A provider can take the sign-in and refuse each message, which no look finds that sends nothing.
// So what is really handed over counts: when so many in a row were refused, to different
// people, and none was taken between them, by no instance, the channel is at fault until one is taken.
const (
	// refusedEnough is how many refusals that say nothing of the address: one can be a word
	// that a filter does not like, two a coincidence at a small clinic.
	refusedEnough = 3
	// refusedAll is how many where they say that the address is not there: a server that refuses everybody says so
	// too, and so many different addresses do not die in a row.
	refusedAll = 5
	// refusedWithin is how long a refusal counts while there are not enough: a day has mails
	// also where few are sent.
	refusedWithin = 24 * time.Hour
)

// refused is a message that a provider refused since it took one last.
type refused struct {
	Whom string    `json:"whom"` // a keyed hash of the account: whoever gives many odd addresses stops nobody's mail
	At   time.Time `json:"at"`
	Gone bool      `json:"gone,omitempty"` // it said that the address is not there
	Code string    `json:"code"`
}

// answerCode is what a server says; what we say ourselves of a message are words.
var answerCode = regexp.MustCompile(`^[0-9]{3}$`)

// refuses tells whether an answer counts as a refusal by the provider. One for now counts when it was the
// last of all tries: greylisting refuses each first one. That a device is gone is no news of its push service.
func refuses(channel string, r Result, last bool) bool {
	switch r.Outcome {
	case Unauthorized:
		return true
	case Gone:
		return channel == ChannelEmail || channel == ChannelSMS
	case Permanent:
		return answerCode.MatchString(r.Code)
	case Retry:
		return last && answerCode.MatchString(r.Code)
	}
	return false
}

// allRefused tells whether they are enough to say that the channel is at fault.
func allRefused(list []refused) bool {
	other := 0
	for _, r := range list {
		if !r.Gone {
			other++
		}
	}
	return other >= refusedEnough || len(list) >= refusedAll
}

// despite is a verdict of a look, where what was handed over meanwhile says otherwise.
func (v Verdict) despite(list []refused) Verdict {
	if v.Works && allRefused(list) {
		v.Works = false
		v.Says = fmt.Sprintf("It can be signed in to, and refused the last %d messages, each to somebody else, the last with %s. Look at the sender, the quota and what the provider says. It counts as working once it takes a message: have an address or a number confirmed anew to send one.", len(list), list[len(list)-1].Code)
	}
	return v
}

// heard is what a batch says of a channel.
type heard struct {
	took bool
	no   []refused
}

// hear draws from what was handed over what it says of the channels, before the entries go on.
func (n *Notifier) hear(jobs map[string][]job, results map[string][]Result) map[string]heard {
	out := map[string]heard{}
	for name, list := range jobs {
		h := heard{}
		for i, j := range list {
			if n.anybodys(name, j.message.To) {
				continue
			}
			r := results[name][i]
			h.took = h.took || r.Outcome == Accepted
			if refuses(name, r, j.entry.Attempts+1 >= n.triesOf(j.entry)) {
				h.no = append(h.no, refused{n.keys.hash("refused", j.entry.AccountID), n.now().UTC(), r.Outcome == Gone, r.Code})
			}
		}
		out[name] = h
	}
	return out
}

func (n *Notifier) learn(ctx context.Context, said map[string]heard) error {
	var errs []error
	for name, h := range said {
		errs = append(errs, n.learnOf(ctx, name, h.took, h.no))
	}
	return errors.Join(errs...)
}

// anybodys tells an address that leads to a server that somebody may have made up: what it answers says
// nothing of a channel.
func (n *Notifier) anybodys(channel string, a Address) bool {
	p, is := n.channels[channel].(Proving)
	return is && p.KnownService(a) == ""
}

// sendOne sends a message that asks somebody whether an address is theirs. That it was taken says
// something of the channel; an address that is refused may never have been one.
func (n *Notifier) sendOne(ctx context.Context, channel string, m Message) Result {
	r := n.channels[channel].Send(ctx, []Message{m})[0]
	if err := n.learnOf(context.WithoutCancel(ctx), channel, r.Outcome == Accepted, nil); err != nil {
		n.log.Error("notify: what a channel answered could not be kept", "channel", channel, "error", err)
	}
	return r
}

// learnOf keeps refusals, or forgets them since a message was taken. Where there is nothing new it
// asks nobody.
func (n *Notifier) learnOf(ctx context.Context, channel string, took bool, no []refused) error {
	if took {
		n.took.Store(channel, n.now())
		if _, err := n.faulty(ctx); err != nil {
			return err
		}
		if f := n.faults.Load(); f != nil && !f.refused[channel] {
			return nil
		}
	} else if len(no) == 0 {
		return nil
	}
	return n.changeVerdict(ctx, channel, func(k *kept) bool {
		before := len(k.Refused)
		if took {
			k.Refused = nil
			return before > 0
		}
		if allRefused(k.Refused) {
			return false // it is known
		}
		k.Refused = slices.DeleteFunc(slices.Clone(k.Refused), func(r refused) bool {
			return n.now().Sub(r.At) >= refusedWithin || slices.ContainsFunc(no, func(o refused) bool { return o.Whom == r.Whom })
		})
		for _, r := range no {
			if len(k.Refused) < refusedAll && !slices.ContainsFunc(k.Refused, func(o refused) bool { return o.Whom == r.Whom }) {
				k.Refused = append(k.Refused, r)
			}
		}
		return true
	})
}

// unrefused forgets refusals that came before this instance handed over a message that was taken, which it
// did not know of then.
func (n *Notifier) unrefused(ctx context.Context, all map[string]kept) error {
	var errs []error
	for name, k := range all {
		at, took := n.took.Load(name)
		if last := len(k.Refused) - 1; took && last >= 0 && k.Refused[last].At.Before(at.(time.Time)) {
			errs = append(errs, n.learnOf(ctx, name, true, nil))
		}
	}
	return errors.Join(errs...)
}

// changeVerdict changes what is kept of a channel, whoever comes between, and tells at once where it turns by
// that: many messages were refused, or one was taken, which is no matter of a moment.
func (n *Notifier) changeVerdict(ctx context.Context, channel string, edit func(*kept) bool) error {
	for {
		all, version, err := n.keptVerdicts(ctx)
		if err != nil {
			return err
		}
		k, seen := all[channel]
		was := k
		if !edit(&k) {
			return nil
		}
		if !seen {
			k.Verdict = Verdict{Channel: channel, Set: true, Works: true, Says: worksSays[channel]} // no At: nobody has looked
		} else if allRefused(was.Refused) && len(k.Refused) == 0 {
			k.Works, k.Says = true, worksSays[channel] // it took one: no look says more
		}
		k.Verdict = k.despite(k.Refused)
		var untold error
		if k.Works != was.Works || !seen && !k.Works {
			k.Since, k.turn = n.now().UTC().Truncate(time.Millisecond), version
			if tells := was.told(seen); tells != k.Works && n.turned != nil {
				if untold = n.turned(ctx, k.Verdict); untold == nil {
					tells = k.Works
				}
				k.Told = &tells
			}
		}
		all[channel] = k
		err = n.keep(ctx, all, version)
		if !errors.Is(err, store.ErrConflict) && !errors.Is(err, store.ErrExists) {
			return errors.Join(err, untold)
		}
	}
}
