package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
	"handrail/notify/fcm"
)

// callEvery is how often somebody is called while reminders are due.
const callEvery = 500 * time.Millisecond

// nurse is somebody who is called, with the token of their phone.
type nurse struct{ Account, Token string }

// ofACall begins the tokens of those who are called.
const ofACall = "call-"

// nurses makes some who can be called.
func nurses(ctx context.Context, b *bench, count int) (out []nurse, err error) {
	phones, err := fcm.New(ctx, fcm.Config{ProjectID: benchProject, Endpoint: "http://127.0.0.1:9/v1"}) // nothing is sent yet
	if err != nil {
		return nil, err
	}
	n, err := notify.New(ctx, notify.Config{Store: b.store, Channels: []notify.Channel{phones}, Now: func() time.Time { return planned }})
	if err != nil {
		return nil, err
	}
	for range count {
		s := models.Session{ID: uuid.NewString(), AccountID: uuid.NewString(), Role: models.RoleClinician, Device: models.Device{ID: uuid.NewString(), Platform: "android"}}
		one := nurse{s.AccountID, ofACall + s.ID}
		if err := withPhone(ctx, n, s, s.AccountID, one.Token); err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// calls is a channel that notes how long calls took to come to it.
type calls struct {
	notify.Channel
	mu   sync.Mutex
	made map[string]time.Time // by token
	took []time.Duration
}

// Send implements notify.Channel.
func (c *calls) Send(ctx context.Context, batch []notify.Message) []notify.Result {
	c.mu.Lock()
	for _, m := range batch {
		if at, ok := c.made[m.To.To]; ok && strings.HasPrefix(m.To.To, ofACall) {
			c.took = append(c.took, time.Since(at))
			delete(c.made, m.To.To)
		}
	}
	c.mu.Unlock()
	return c.Channel.Send(ctx, batch)
}

// call calls one after the other until ctx ends, and tells what came of it.
func (c *calls) call(ctx context.Context, n *notify.Notifier, list []nurse) {
	tick := time.NewTicker(callEvery)
	defer tick.Stop()
	made, failed := 0, 0
	for ctx.Err() == nil {
		who := list[made%len(list)]
		c.mu.Lock()
		c.made[who.Token] = time.Now()
		c.mu.Unlock()
		if n.Tell(ctx, notify.Note{AccountID: who.Account, Kind: reminder.TeamAlarm, Key: "call-" + strconv.Itoa(made)}) != nil {
			failed++
		}
		made++
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	slices.Sort(c.took)
	if len(c.took) > 0 {
		fmt.Fprintf(os.Stderr, "calls for somebody, from before they are written until a channel has them: %d of %d (%d failed), p50 %s, p99 %s, most %s\n",
			len(c.took), made, failed, of(c.took, 50), of(c.took, 99), c.took[len(c.took)-1].Round(10*time.Microsecond))
	}
}
