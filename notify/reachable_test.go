package notify_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"handrail/models"
	"handrail/notify"
	"handrail/store"
)

var errRefused = errors.New("it does not answer")

func (w *clinic) reached(s models.Session) bool {
	w.t.Helper()
	ok, err := w.Reachable(w.t.Context(), s.AccountID)
	w.ok(err)
	offer, err := w.Offer(w.t.Context(), s.AccountID)
	w.ok(err)
	want(w.t, "what can be promised of them", len(offer.Ways) > 0, ok)
	return ok
}

// byMailAlone is somebody who has nothing but a confirmed address.
func (w *clinic) byMailAlone() models.Session {
	w.t.Helper()
	s := w.patient()
	w.ok(w.SessionEnded(w.t.Context(), s.ID))
	w.confirm(s, s.ID+"@clinic.example")
	w.mail.take()
	return s
}

// TestNobodyIsReachedByAChannelAtFault: whom others rely on has a way that was not found
// broken; one that nobody has looked at yet counts.
func TestNobodyIsReachedByAChannelAtFault(t *testing.T) {
	w := newClinic(t)
	s := w.byMailAlone()
	w.mail.breaks(errRefused)
	want(t, "before anybody has looked", w.reached(s), true)
	w.ok(w.KeepVerdicts(t.Context()))
	want(t, "after a look", w.reached(s), false)
	reach, err := w.ReachOf(t.Context(), s.AccountID)
	w.ok(err)
	want(t, "what the office reads", reach, notify.Reach{})

	w.ok(w.SetPhone(t.Context(), s.AccountID, "+14155550100", true))
	w.starts("+14155550100")
	want(t, "with a number", w.reached(s), true)
	w.sms.breaks(errRefused)
	w.clock.Move(10 * time.Minute)
	w.ok(w.KeepVerdicts(t.Context()))
	want(t, "with a number, and a gateway that does not answer", w.reached(s), false)
	w.ok(w.SetPhone(t.Context(), s.AccountID, "", false))
	w.register(s, "token")
	want(t, "with a phone", w.reached(s), true)
	w.fcm.breaks(errRefused)
	w.clock.Move(10 * time.Minute)
	w.ok(w.KeepVerdicts(t.Context()))
	want(t, "with a phone that Firebase refuses us for", w.reached(s), false)

	w.mail.breaks(nil)
	next := w.instance()
	w.ok(next.KeepVerdicts(t.Context()))
	w.clock.Move(10 * time.Second)
	want(t, "once another instance found it mended", w.reached(s), true)
}

// TestADeviceThatTookNothingReachesNobody: it is tried again, and relied on once that works.
func TestADeviceThatTookNothingReachesNobody(t *testing.T) {
	for code, o := range map[string]notify.Outcome{"401": notify.Unauthorized, "UNREGISTERED": notify.Gone} {
		w := newClinic(t)
		s := w.patient()
		want(t, "before", w.reached(s), true)
		w.fcm.answers(notify.Result{Outcome: o, Code: code})
		w.prompt(s, "1")
		w.clock.Move(25 * time.Hour)
		want(t, "after "+code, w.reached(s), false)
		w.fcm.answers(notify.Result{Outcome: notify.Accepted})
		want(t, "it is tried again", w.prompt(s, "2"), 1)
		want(t, "after it took one", w.reached(s), true)
	}
}

// sparing is a channel whose fault concerns one address.
type sparing struct{ wire }

func (*sparing) Spares(a notify.Address) bool { return a.To != "iphone" }

// TestAFaultThatConcernsSomeAddressesAlone leaves others reached.
func TestAFaultThatConcernsSomeAddressesAlone(t *testing.T) {
	push := &sparing{wire{name: notify.ChannelFCM}}
	push.breaks(errRefused)
	w := newClinic(t, func(c *notify.Config) { c.Channels = []notify.Channel{push} })
	s := w.patient()
	w.ok(w.KeepVerdicts(t.Context()))
	want(t, "by another browser", w.reached(s), true)
	w.register(s, "iphone")
	want(t, "by the one that is concerned", w.reached(s), false)
}

// counted counts what is asked about what the site keeps.
type counted struct {
	store.Store
	asked int
}

func (c *counted) GetMany(ctx context.Context, collection string, ids []string) ([]store.Doc, error) {
	if collection == notify.ColSite {
		c.asked++
	}
	return c.Store.GetMany(ctx, collection, ids)
}

// TestVerdictsAreReadOnceForAll who are asked about.
func TestVerdictsAreReadOnceForAll(t *testing.T) {
	c := &counted{}
	w := newClinic(t, func(config *notify.Config) { c.Store = config.Store; config.Store = c })
	c.asked = 0 // by its start
	for range 5 {
		w.reached(w.byMailAlone())
	}
	want(t, "reads of the verdicts", c.asked, 1)
}

// TestAnInstanceWithoutAChannelLeavesItsVerdict, also where it looks at the same moment; and
// one that nobody has set for a day is forgotten.
func TestAnInstanceWithoutAChannelLeavesItsVerdict(t *testing.T) {
	var told []string
	var meanwhile func()
	w := newClinic(t, func(c *notify.Config) {
		c.Turned = func(_ context.Context, v notify.Verdict) error {
			told = append(told, v.Channel)
			if do := meanwhile; do != nil {
				meanwhile = nil
				do()
			}
			return nil
		}
	})
	s := w.byMailAlone()
	all := w.config.Channels
	w.config.Channels = []notify.Channel{w.fcm}
	other := w.instance()
	meanwhile = func() { w.ok(other.KeepVerdicts(t.Context())) }
	w.mail.breaks(errRefused)
	w.ok(w.KeepVerdicts(t.Context()))
	want(t, "after looks at one moment", w.reached(s), false)
	want(t, "told", slices.Equal(told, []string{notify.ChannelEmail}), true)
	w.clock.Move(10 * time.Minute)
	w.ok(other.KeepVerdicts(t.Context()))
	want(t, "after a later look of the other one", w.reached(s), false)
	want(t, "looks of the first one before it is due", w.mail.checks, 1)
	w.ok(w.KeepVerdicts(t.Context()))
	want(t, "and when it is: its own channel alone was not looked at", w.mail.checks, 2)

	w.clock.Move(24 * time.Hour)
	w.ok(other.KeepVerdicts(t.Context()))
	w.config.Channels = all
	verdicts, err := w.instance().Verdicts(t.Context())
	w.ok(err)
	for _, v := range verdicts {
		if v.Channel == notify.ChannelEmail && !v.At.IsZero() {
			t.Errorf("a day after the last look: %+v", v)
		}
	}
}

// TestAMomentWithoutAnAnswerIsNoNews: nobody is reached by the channel meanwhile, and the
// office hears of it when it lasts.
func TestAMomentWithoutAnAnswerIsNoNews(t *testing.T) {
	var told []bool
	fails := error(nil)
	w := newClinic(t, func(c *notify.Config) {
		c.Turned = func(_ context.Context, v notify.Verdict) error {
			if fails == nil {
				told = append(told, v.Works)
			}
			return fails
		}
	})
	s := w.byMailAlone()
	look := func(fault error) {
		t.Helper()
		w.mail.breaks(fault)
		w.clock.Move(10 * time.Minute)
		if err := w.KeepVerdicts(t.Context()); !errors.Is(err, fails) {
			t.Fatal(err)
		}
		want(t, "reached", w.reached(s), fault == nil)
	}
	look(nil)
	look(errRefused)
	look(nil)
	want(t, "of a moment", len(told), 0)
	look(errRefused)
	fails = errors.New("the store is away")
	look(errRefused) // kept all the same
	fails = nil
	look(errRefused)
	look(errRefused)
	want(t, "that it lasts", slices.Equal(told, []bool{false}), true)
	look(nil)
	look(nil)
	look(nil)
	want(t, "that it is over", slices.Equal(told, []bool{false, true}), true)
}

// TestAVerdictThatCantBeReadIsLookedAtAnew, and keeps nobody from being called.
func TestAVerdictThatCantBeReadIsLookedAtAnew(t *testing.T) {
	w := newClinic(t)
	s := w.byMailAlone()
	w.ok(w.KeepVerdicts(t.Context()))
	d, err := w.store.Get(t.Context(), "notify_site", "verdicts")
	w.ok(err)
	d.Body = []byte("[]")
	w.ok(w.store.Replace(t.Context(), "notify_site", d))
	w.clock.Move(time.Minute)
	want(t, "reached", w.reached(s), true)
	w.mail.breaks(errRefused)
	w.ok(w.KeepVerdicts(t.Context()))
	want(t, "after the next look", w.reached(s), false)
}
