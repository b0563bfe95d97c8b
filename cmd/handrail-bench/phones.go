package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"sync"
	"syscall"
	"time"

	"handrail/client"
)

// phonesEnv holds what the phones of a bench are to do; it also says that this process is
// the phones. They have a process of their own, since a phone does not wait for what the
// endpoint of pushes does on the same machine.
const phonesEnv = "HANDRAIL_BENCH_PHONES"

type phonesConfig struct {
	Address string
	Most    time.Duration
	People  []phoneConfig
}

type phoneConfig struct{ AccessToken, PatientID string }

// callers have the bench's people ask for crisis plans and send check-ins until done, for
// no longer than most, and return how long the answers took, sorted.
func callers(ctx context.Context, b *bench, address string, most time.Duration, done func() bool) (took [2][]time.Duration, err error) {
	config := phonesConfig{Address: address, Most: most}
	for _, who := range b.people {
		config.People = append(config.People, phoneConfig{who.AccessToken, who.Session.PatientID})
	}
	text, err := json.Marshal(config)
	if err != nil {
		return took, err
	}
	self, err := os.Executable()
	if err != nil {
		return took, err
	}
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, self)
	cmd.Env = append(os.Environ(), phonesEnv+"="+string(text))
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return took, err
	}
	if err := cmd.Start(); err != nil {
		return took, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for stopped := false; ; {
		select {
		case err := <-ended:
			if err != nil {
				return took, fmt.Errorf("the phones: %w", err)
			}
			return took, json.Unmarshal(out.Bytes(), &took)
		case <-tick.C:
			if !stopped && done() {
				stopped = true
				stdin.Close()
			}
		}
	}
}

// phones ask for crisis plans and send check-ins, each of the people ten times a second by
// turns, until standard input ends, and tell how long the answers took, sorted.
func phones(ctx context.Context, config string) error {
	var c phonesConfig
	if err := json.Unmarshal([]byte(config), &c); err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, c.Most)
	defer stop()
	go func() {
		defer stop()
		_, _ = io.Copy(io.Discard, os.Stdin) // ends with who started us
	}()
	var mu sync.Mutex
	var took [2][]time.Duration
	var all sync.WaitGroup
	for _, who := range c.People {
		all.Go(func() {
			who.asks(ctx, c.Address, func(what int, t time.Duration) {
				mu.Lock()
				defer mu.Unlock()
				took[what] = append(took[what], t)
			})
		})
	}
	all.Wait()
	for i := range took {
		slices.Sort(took[i])
	}
	return json.NewEncoder(os.Stdout).Encode(took)
}

// asks is what one phone does until ctx ends; took is told of plans (0) and check-ins (1). What was
// begun is waited for.
func (p phoneConfig) asks(ctx context.Context, address string, took func(what int, t time.Duration)) {
	c, broken := client.New(address, client.WithSignIn(client.SignIn{AccessToken: p.AccessToken}), client.WithRetries(1, 0))
	whole := context.WithoutCancel(ctx)
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for i := 0; ctx.Err() == nil; i++ {
		sent, err := time.Now(), broken
		switch {
		case err != nil:
		case i%2 == 0:
			_, err = c.Chart(p.PatientID).CrisisPlanBundle(whole, "")
		default:
			_, err = c.Chart(p.PatientID).SendCheckIn(whole, newCheckIn())
		}
		t := time.Since(sent)
		if err != nil {
			t = time.Hour // a failure is the worst
		}
		took(i%2, t)
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
	}
}
