package notify

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"sync"
	"time"

	"handrail/store"
)

// Verdict is what was last found about a channel, as doctor finds it.
type Verdict struct {
	Channel string    `json:"channel" doc:"webpush, fcm, email or sms."`
	Set     bool      `json:"set" doc:"The clinic asked for it in the settings of the server."`
	Works   bool      `json:"works" doc:"What can be looked at without sending anything is right. False as well where nobody has looked yet: then there is no at."`
	Says    string    `json:"says" doc:"One sentence for who runs the server, in English, as handrail doctor says it: what is wrong and what to do. Empty where there is nothing to say. It holds no secret."`
	At      time.Time `json:"at,omitzero" doc:"When it was last looked at. Left out: never, with these settings."`
	Since   time.Time `json:"since,omitzero" doc:"From when on the same was found."`

	turn int64 // the version of what was kept when it turned
}

// Turn names the change that was found, the same for all instances that find it together.
func (v Verdict) Turn() string { return v.Channel + ":" + strconv.FormatInt(v.turn, 10) }

const (
	// verdictsAgain is how old a verdict gets before the channels are looked at again by
	// themselves.
	verdictsAgain = 23 * time.Hour
	verdictsID    = "verdicts"
)

// channelNames are all channels, in the order in which they are shown.
var channelNames = []string{ChannelWebPush, ChannelFCM, ChannelEmail, ChannelSMS}

// Verdicts are those that were found last. It asks the store once, and nobody outside.
func (n *Notifier) Verdicts(ctx context.Context) ([]Verdict, error) {
	kept, _, err := n.keptVerdicts(ctx)
	if err != nil {
		return nil, refusal(err)
	}
	out := make([]Verdict, 0, len(channelNames))
	for _, name := range channelNames {
		v, why := kept[name], n.left[name]
		if !n.isSet(name) {
			v = Verdict{Says: offSays[name]}
		} else if why != "" && v.Says != why { // known without a look
			v = Verdict{Says: why}
		}
		v.Channel, v.Set = name, n.isSet(name)
		out = append(out, v)
	}
	return out, nil
}

func (n *Notifier) isSet(name string) bool { return n.channels[name] != nil || n.left[name] != "" }

// keptVerdicts are those of the channels that were set when somebody last looked.
func (n *Notifier) keptVerdicts(ctx context.Context) (map[string]Verdict, int64, error) {
	kept := map[string]Verdict{}
	d, err := n.store.Get(ctx, colSite, verdictsID)
	if errors.Is(err, store.ErrNotFound) {
		return kept, 0, nil
	}
	if err == nil && json.Unmarshal(d.Body, &kept) != nil {
		kept = map[string]Verdict{} // what can't be read is looked at anew
	}
	return kept, d.Version, err
}

// CheckChannels looks at all channels now, as doctor does, keeps what it found, and tells
// of each that does not work any more, or works again. It sends nothing to anybody, and takes 10 seconds at
// most. Where two instances look at the same moment, one of them keeps what it found.
func (n *Notifier) CheckChannels(ctx context.Context) ([]Verdict, error) {
	kept, version, err := n.keptVerdicts(ctx)
	if err != nil {
		return nil, refusal(err)
	}
	found := n.lookAtChannels(ctx)
	if err := ctx.Err(); err != nil { // who asked went away: that no answer came says nothing of the channels
		return nil, err
	}
	for name, v := range found {
		old, seen := kept[name]
		if seen && old.Works == v.Works {
			v.Since = old.Since
		}
		v.turn = version
		found[name] = v
		if v.Works != (!seen || old.Works) && n.turned != nil { // before it is kept: else nobody would be told
			if err := n.turned(ctx, v); err != nil {
				return nil, refusal(err)
			}
		}
	}
	body, err := json.Marshal(found)
	if err != nil {
		return nil, err
	}
	next := store.Doc{ID: verdictsID, Version: version, Owner: store.Site, Body: body}
	if version == 0 {
		err = n.store.Insert(ctx, colSite, next)
	} else {
		err = n.store.Replace(ctx, colSite, next)
	}
	if err != nil && !errors.Is(err, store.ErrConflict) && !errors.Is(err, store.ErrExists) {
		return nil, refusal(err)
	}
	return n.Verdicts(ctx)
}

// lookAtChannels looks at those that are set, all at once.
func (n *Notifier) lookAtChannels(ctx context.Context) map[string]Verdict {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	now := n.now().UTC().Truncate(time.Millisecond)
	found := map[string]Verdict{}
	for name, why := range n.left {
		found[name] = Verdict{Channel: name, Set: true, Says: why, At: now, Since: now}
	}
	var mu sync.Mutex
	var all sync.WaitGroup
	for name, ch := range n.channels {
		all.Go(func() {
			v := Verdict{Channel: name, Set: true, Works: true, Says: worksSays[name], At: now, Since: now}
			if err := ch.Check(ctx); err != nil {
				v.Works, v.Says = false, err.Error()
			}
			mu.Lock()
			defer mu.Unlock()
			found[name] = v
		})
	}
	all.Wait()
	return found
}

// KeepVerdicts looks at the channels when this instance has begun, since its settings may
// be new, and whenever nobody has looked for a day. A worker calls it every minute: it asks
// the store when that day is over, and else nobody.
func (n *Notifier) KeepVerdicts(ctx context.Context) error {
	if now := n.now(); now.Before(n.verdictsDue) && n.verdictsDue.Sub(now) <= verdictsAgain { // a clock that was set back does not put it off
		return nil
	}
	kept, _, err := n.keptVerdicts(ctx)
	if err != nil {
		return err
	}
	looked := n.now()
	for _, v := range kept {
		looked = v.At
	}
	if n.verdictsDue.IsZero() || len(kept) == 0 || n.now().Sub(looked) >= verdictsAgain {
		looked = n.now()
		_, err = n.CheckChannels(ctx)
	}
	if err == nil {
		n.verdictsDue = looked.Add(verdictsAgain)
	}
	return err
}
