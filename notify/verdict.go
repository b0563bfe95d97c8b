package notify

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
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
	// themselves: others rely on it that who is reached by one is reached.
	verdictsAgain = 10 * time.Minute
	// verdictsSure is how long the same must have been found before anybody is told, where
	// nobody asked for the look: a moment without an answer is no news.
	verdictsSure = verdictsAgain / 2
	// verdictsOfOthers is how long that of a channel is kept which this instance has not set.
	verdictsOfOthers = 24 * time.Hour
	verdictsID       = "verdicts"
)

// kept is a verdict as it stands in the store.
type kept struct {
	Verdict
	Refused []refused `json:"refused,omitempty"` // what it refused since it took a message last; see allRefused
	Told    *bool     `json:"told,omitempty"`    // whether it works, as it was told last; nil: as it was found
}

// told is whether the channel works, as far as anybody was told. That it works needs no telling.
func (k kept) told(seen bool) bool {
	if k.Told != nil {
		return *k.Told
	}
	return !seen || k.Works
}

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
		v, why := kept[name].Verdict, n.left[name]
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

// keptVerdicts are those of the channels that were set when somebody last looked. What can't
// be read is looked at anew.
func (n *Notifier) keptVerdicts(ctx context.Context) (map[string]kept, int64, error) {
	found := map[string]kept{}
	docs, err := n.store.GetMany(ctx, colSite, []string{verdictsID}) // also one that does not open
	if err != nil || len(docs) == 0 {
		return found, 0, err
	}
	d := docs[0]
	if _, err := readBody(d, &found); err != nil {
		n.skipped(colSite, d.ID, err)
		found = map[string]kept{}
	}
	return found, d.Version, nil
}

// CheckChannels looks at all channels now, as doctor does, keeps what it found, and tells
// of each that does not work any more, or works again. It sends nothing to anybody, and takes 10 seconds at
// most.
func (n *Notifier) CheckChannels(ctx context.Context) ([]Verdict, error) {
	if err := n.lookAnew(ctx, true); err != nil {
		return nil, refusal(err)
	}
	return n.Verdicts(ctx)
}

// lookAnew keeps what is found. Where it was asked for it tells at once, else when a second look
// finds the same; who could not be told is told after the next one. What another instance found of a
// channel that this one has not set stands.
func (n *Notifier) lookAnew(ctx context.Context, asked bool) error {
	found := n.lookAtChannels(ctx)
	if err := ctx.Err(); err != nil { // who asked went away: that no answer came says nothing of the channels
		return err
	}
	told := map[string]error{}
	for {
		before, version, err := n.keptVerdicts(ctx)
		if err != nil {
			return err
		}
		next := maps.Clone(before)
		maps.DeleteFunc(next, func(name string, k kept) bool {
			return !n.isSet(name) && n.now().Sub(k.At) >= verdictsOfOthers // nobody has it any more
		})
		var untold error
		for name, v := range found {
			old, seen := before[name]
			v = v.despite(old.Refused)
			if seen && old.Works == v.Works {
				v.Since = old.Since
			}
			v.turn = version
			tells := old.told(seen)
			if v.Works != tells && (asked || !seen || v.At.Sub(v.Since) >= verdictsSure) {
				if _, is := told[name]; !is && n.turned != nil {
					told[name] = n.turned(ctx, v)
				}
				if told[name] == nil {
					tells = v.Works
				}
				untold = errors.Join(untold, told[name])
			}
			next[name] = kept{v, old.Refused, &tells}
		}
		err = n.keep(ctx, next, version)
		if !errors.Is(err, store.ErrConflict) && !errors.Is(err, store.ErrExists) {
			return errors.Join(err, untold)
		} // another instance looked at the same moment
	}
}

func (n *Notifier) keep(ctx context.Context, all map[string]kept, version int64) error {
	body, err := json.Marshal(all)
	if err != nil {
		return err
	}
	d := store.Doc{ID: verdictsID, Version: version, Owner: store.Site, Body: body}
	if version == 0 {
		err = n.store.Insert(ctx, colSite, d)
	} else {
		err = n.store.Replace(ctx, colSite, d)
	}
	if err == nil {
		n.faults.Store(nil)
	}
	return err
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
// be new, and whenever nobody has looked for ten minutes. A worker calls it every minute: it
// asks the store once, and else nobody.
func (n *Notifier) KeepVerdicts(ctx context.Context) error {
	all, _, err := n.keptVerdicts(ctx)
	if err == nil {
		err = n.unrefused(ctx, all)
	}
	if err != nil || n.looked && !n.lookIsDue(all) {
		return err
	}
	if err = n.lookAnew(ctx, !n.looked); err == nil {
		n.looked = true
	}
	return err
}

// lookIsDue asks of the channels alone that a look can find otherwise.
func (n *Notifier) lookIsDue(all map[string]kept) bool {
	for name := range n.channels {
		k, seen := all[name]
		if age := n.now().Sub(k.At); !seen || age >= verdictsAgain || age < -verdictsAgain { // a clock that was set back does not put it off
			return true
		}
	}
	return false
}
