package notify

import (
	"context"
	"sync"
	"time"

	"handrail/store/aside"
)

// send hands one channel its messages. While a provider has asked for rest, nothing
// is sent to it; the other providers of the channel go on.
func (n *Notifier) send(ctx context.Context, c Channel, list []job) []Result {
	out := make([]Result, 0, len(list))
	for len(out) < len(list) {
		out = append(out, n.sendPart(ctx, c, list[len(out):min(len(out)+MaxSend, len(list))])...)
	}
	return out
}

func (n *Notifier) sendPart(ctx context.Context, c Channel, part []job) []Result {
	out := make([]Result, len(part))
	var batch []Message
	var gates []gate
	var places []int
	for i, j := range part {
		g := gateOf(c, j)
		if rest := n.gates.rest(g, n.now()); rest > 0 {
			out[i] = Result{Outcome: Retry, After: rest, Code: "provider-rests"}
			continue
		}
		batch, gates, places = append(batch, j.message), append(gates, g), append(places, i)
	}
	if len(batch) == 0 {
		return out
	}
	results := n.hand(ctx, c, batch)
	n.gates.learn(n.now(), gates, results)
	for k, i := range places {
		out[i] = results[k]
	}
	return out
}

// lateBy is how long after its context's end a channel may still come back.
const lateBy = time.Second

// hand gives a channel a batch, and comes back when ctx ends whatever the channel
// does: a batch must not outlive its lease. A channel that panics, that does not come
// back, or that gives another number of answers has lost them.
func (n *Notifier) hand(ctx context.Context, c Channel, batch []Message) []Result {
	if ctx.Err() != nil {
		return resultsOf(batch, Result{Outcome: Retry, Code: "not-sent"})
	}
	came := make(chan []Result, 1)
	go func() {
		var out []Result
		if err := aside.Safely(func() error {
			out = c.Send(ctx, batch)
			return nil
		}); err != nil || len(out) != len(batch) {
			n.log.Error("notify: a channel failed in the middle of a batch", "channel", c.Name(), "cause", aside.Cause(err))
			out = resultsOf(batch, Result{Outcome: Lost, Code: "channel-failed"})
		}
		came <- out
	}()
	select {
	case out := <-came:
		return out
	case <-ctx.Done():
	}
	late := time.NewTimer(lateBy)
	defer late.Stop()
	select {
	case out := <-came:
		return out
	case <-late.C:
		n.log.Error("notify: a channel did not come back in its time", "channel", c.Name())
		return resultsOf(batch, Result{Outcome: Lost, Code: "channel-late"})
	}
}

func resultsOf(batch []Message, r Result) []Result {
	out := make([]Result, len(batch))
	for i := range out {
		out[i] = r
	}
	return out
}

// gate is one provider: a channel and, where it has several, which one.
type gate struct{ channel, service string }

func gateOf(c Channel, j job) gate {
	g := gate{channel: c.Name()}
	if s, ok := c.(Serviced); ok {
		g.service = s.Service(j.message.To)
	}
	return g
}

// gates remember which providers asked for rest.
type gates struct {
	mu    sync.Mutex
	until map[gate]time.Time
}

func (g *gates) rest(of gate, now time.Time) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return max(0, g.until[of].Sub(now))
}

// maxRest bounds how long one answer may silence a provider.
const maxRest = 10 * time.Minute

// maxGates bounds how many providers are remembered: anybody can run one.
const maxGates = 1000

// learn closes a gate when its provider named a time for most of its messages.
func (g *gates) learn(now time.Time, of []gate, results []Result) {
	sent, asked, after := map[gate]int{}, map[gate]int{}, map[gate]time.Duration{}
	for i, r := range results {
		sent[of[i]]++
		if r.Outcome == Retry && r.After > 0 {
			asked[of[i]]++
			after[of[i]] = max(after[of[i]], r.After)
		}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.until == nil {
		g.until = map[gate]time.Time{}
	}
	for one, until := range g.until {
		if !now.Before(until) {
			delete(g.until, one)
		}
	}
	for one, count := range asked {
		if count*2 > sent[one] && len(g.until) < maxGates {
			g.until[one] = now.Add(min(after[one], maxRest))
		}
	}
}
