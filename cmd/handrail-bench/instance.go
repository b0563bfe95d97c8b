package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"handrail/care"
	"handrail/cmd/internal/garbage"
	"handrail/notify"
	"handrail/notify/fcm"
	"handrail/planning"
	"handrail/store/seal"
	"handrail/store/sqlite"
)

// instanceEnv holds the configuration of an instance; it also says that this process
// is one.
const instanceEnv = "HANDRAIL_BENCH_INSTANCE"

// instanceConfig is what an instance of the program needs: the store that it shares,
// the endpoint that stands for Firebase, and what time it is for its reminders when
// it starts.
type instanceConfig struct {
	Dir, Endpoint string
	Credentials   string // a service account's file, in place of Endpoint: as with Google itself
	At            time.Time
	Lease         time.Duration
	Nurses        []nurse // who are called meanwhile
	Profile       string  // a file for its CPU profile; "": none
}

// instance serves the API and hands over reminders, as serve does, until its
// standard input ends.
func instance(ctx context.Context, config string) (err error) {
	began := time.Now()
	var c instanceConfig
	if err := json.Unmarshal([]byte(config), &c); err != nil {
		return err
	}
	if c.Profile != "" {
		stop, err := profiled(c.Profile)
		if err != nil {
			return err
		}
		defer stop()
	}
	b := &bench{dir: c.Dir}
	defer func() { err = errors.Join(err, b.close()) }()
	kek, err := seal.OpenKEK(filepath.Join(c.Dir, "kek.json"))
	if err != nil {
		return err
	}
	if b.engine, err = sqlite.Open(ctx, filepath.Join(c.Dir, "handrail.db"), collections()); err != nil {
		return err
	}
	if b.store, err = seal.Open(ctx, b.engine, kek, seal.Options{}); err != nil {
		return err
	}
	b.stop = append(b.stop, b.store.Close)
	if b.care, err = care.New(ctx, b.store, care.Config{Site: benchSite, PlanCopiesDir: filepath.Join(c.Dir, "plans"), Sealer: seal.NewLocal(kek)}); err != nil {
		return err
	}
	address, err := b.serve()
	if err != nil {
		return err
	}
	now := func() time.Time { return c.At.Add(time.Since(began)) }
	channel, err := fcm.New(ctx, fcm.Config{ProjectID: benchProject, Endpoint: c.Endpoint, CredentialsFile: c.Credentials, Now: now})
	if err != nil {
		return err
	}
	called := &calls{Channel: channel, made: map[string]time.Time{}}
	n, err := notify.New(ctx, notify.Config{Store: b.store, Channels: []notify.Channel{called}, Site: notify.Site{Language: "en"},
		Ended: func(ctx context.Context, sessions []string) ([]string, error) {
			return b.care.Signin.EndedOf(ctx, sessions)
		},
		Wanted: func(ctx context.Context, account, ref string) (bool, error) {
			return planning.Wanted(ctx, b.care, account, ref)
		},
		Stands: planning.Stands(b.care),
		Now:    now, Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
		Limits: notify.Limits{PlanDays: planDays, Lease: c.Lease}})
	if err != nil {
		return err
	}
	garbage.Roomy()
	fmt.Println(address)
	ctx, stop := context.WithCancel(ctx)
	go func() {
		defer stop()
		_, _ = io.Copy(io.Discard, os.Stdin) // ends with who started us
	}()
	var all sync.WaitGroup
	defer all.Wait()
	if len(c.Nurses) > 0 {
		all.Go(func() { called.call(ctx, n, c.Nurses) })
	}
	return n.Run(ctx)
}

// instanceProfile is where an instance writes its profile, if one is wanted.
func instanceProfile(o options) string {
	if o.profile == "" {
		return ""
	}
	return o.profile + ".instance"
}

// process is an instance in a process of its own.
type process struct {
	spent   time.Duration // processor time, once it has stopped
	cmd     *exec.Cmd
	stdin   io.Closer
	address string
}

func startInstance(ctx context.Context, c instanceConfig) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	config, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	p := &process{cmd: exec.CommandContext(ctx, self)}
	p.cmd.Env = append(os.Environ(), instanceEnv+"="+string(config))
	p.cmd.Stderr = os.Stderr
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("an instance did not start: %w", err), p.kill())
	}
	p.address = strings.TrimSpace(line)
	return p, nil
}

// stop ends it as an operator does; kill as a power cut does.
func (p *process) stop() error {
	err := errors.Join(p.stdin.Close(), p.cmd.Wait())
	p.spent = p.cmd.ProcessState.UserTime() + p.cmd.ProcessState.SystemTime()
	return err
}

func (p *process) kill() error {
	err := p.cmd.Process.Kill()
	_ = p.cmd.Wait() // says that it was killed
	return err
}
