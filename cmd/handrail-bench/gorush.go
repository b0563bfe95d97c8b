package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

func init() { benches["gorush"] = besideGorush }

const (
	// gorushEnv names the peer's program. Without it this program is measured alone.
	gorushEnv = "HANDRAIL_BENCH_GORUSH"
	// insideEnv says that this process is in a network of its own.
	insideEnv = "HANDRAIL_BENCH_INSIDE"
	// gorushWorkers is how many messages gorush has under way: as many as this program has
	// (10 workers with 50 each). Its own default is the number of processors.
	gorushWorkers = 500
)

// besideGorush measures how fast reminders that are all due leave, and how fast gorush
// (github.com/appleboy/gorush) hands over as many pushes that it holds in memory: in turns, to
// the same endpoint with 20 ms an answer. Both believe that it is Google's: the bench starts
// itself anew in a network with nothing but a loopback, with a hosts file and a certificate
// authority of its own, so nothing can leave. It needs root, unshare and ip.
func besideGorush(ctx context.Context, o options) error {
	if os.Getenv(insideEnv) == "" {
		return goInside(ctx, o)
	}
	people := cmp.Or(o.count, 20_000)
	dir, err := os.MkdirTemp("", "handrail-bench-gorush-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	g, err := playGoogle(dir)
	if err != nil {
		return err
	}
	defer g.close()
	peer := os.Getenv(gorushEnv)
	if peer == "" {
		fmt.Println("no gorush: set", gorushEnv, "to its program; see docs/benchmarks-reminders.md")
	}
	var ours, theirs []time.Duration
	for range o.rounds {
		took, spent, err := ourTurn(ctx, g, people, instanceProfile(o))
		if err != nil {
			return err
		}
		ours = append(ours, took)
		tellTurn("handrail, durable", people, took, spent)
		if peer == "" {
			continue
		}
		if took, spent, err = gorushTurn(ctx, g, peer, dir, people); err != nil {
			return err
		}
		theirs = append(theirs, took)
		tellTurn("gorush, from memory", people, took, spent)
	}
	if len(theirs) > 0 {
		fmt.Printf("rate beside gorush's: %.2f (medians)\n", median(theirs).Seconds()/median(ours).Seconds())
	}
	return nil
}

func tellTurn(who string, people int, took, spent time.Duration) {
	fmt.Printf("%-20s %d in %s, %.0f a second; processor time each %s\n", who, people, took.Round(10*time.Millisecond), float64(people)/took.Seconds(), (spent / time.Duration(people)).Round(time.Microsecond))
}

// goInside starts this bench again in a network and with mounts of its own.
func goInside(ctx context.Context, o options) error {
	dir, err := os.MkdirTemp("", "handrail-bench-hosts-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	hosts := filepath.Join(dir, "hosts")
	if err := os.WriteFile(hosts, []byte("127.0.0.1 localhost fcm.googleapis.com\n"), 0o644); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "unshare", "-n", "-m", "--", "sh", "-c", `ip link set lo up && mount --bind "$0" /etc/hosts && exec "$@"`, hosts,
		self, "-count", fmt.Sprint(o.count), "-rounds", fmt.Sprint(o.rounds), "-cpuprofile", o.profile, "gorush")
	cmd.Env = append(os.Environ(), insideEnv+"=1")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	return cmd.Run()
}

func ourTurn(ctx context.Context, g *google, people int, profile string) (took, spent time.Duration, err error) {
	b, err := open(ctx, 0, time.Now, nil)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	if err := remind(ctx, b, people); err != nil {
		return 0, 0, err
	}
	g.begin()
	began := time.Now()
	p, err := startInstance(ctx, instanceConfig{Dir: b.dir, Credentials: g.credentials, At: due, Profile: profile})
	if err != nil {
		return 0, 0, err
	}
	err = until(ctx, func() bool { return g.arrived() >= people })
	took = time.Since(began)
	err = errors.Join(err, p.stop())
	return took, p.spent, err
}

func gorushTurn(ctx context.Context, g *google, program, dir string, people int) (took, spent time.Duration, err error) {
	config := filepath.Join(dir, "gorush.yml")
	text := fmt.Sprintf("core:\n  enabled: true\n  address: 127.0.0.1\n  port: \"8088\"\n  worker_num: %d\n  queue_num: 8192\n  max_notification: 100\n  mode: release\n"+
		"android:\n  enabled: true\n  key_path: %q\nlog:\n  format: json\n  access_log: /dev/null\n  error_log: stderr\n  access_level: error\n  error_level: error\nstat:\n  engine: memory\nqueue:\n  engine: local\n", gorushWorkers, g.credentials)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		return 0, 0, err
	}
	g.begin()
	began := time.Now()
	cmd := exec.CommandContext(ctx, program, "-c", config)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	if _, err = ready(ctx, "http://127.0.0.1:8088/healthz", began); err == nil {
		err = pushAll(ctx, g, people)
	}
	if err == nil {
		err = until(ctx, func() bool { return g.arrived() >= people })
	}
	took = time.Since(began)
	_ = cmd.Process.Kill()
	_ = cmd.Wait() // says that it was killed
	return took, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), err
}

// pushAll gives gorush its pushes, 100 at a time, and no more than its queue holds.
func pushAll(ctx context.Context, g *google, people int) error {
	type push struct {
		Tokens   []string          `json:"tokens"`
		Platform int               `json:"platform"` // 2: Android
		Priority string            `json:"priority"`
		Data     map[string]string `json:"data"`
	}
	for sent := 0; sent < people; {
		var body struct {
			Notifications []push `json:"notifications"`
		}
		for range min(100, people-sent) {
			sent++
			id := fmt.Sprint("token-", sent)
			body.Notifications = append(body.Notifications, push{[]string{id}, 2, "normal", map[string]string{"kind": "time", "id": id, "epoch": "1"}})
		}
		text, err := json.Marshal(body)
		if err != nil {
			return err
		}
		res, err := http.Post("http://127.0.0.1:8088/api/push", "application/json", bytes.NewReader(text))
		if err != nil {
			return err
		}
		res.Body.Close()
		if res.StatusCode != http.StatusOK {
			return fmt.Errorf("gorush answers %s", res.Status)
		}
		if err := until(ctx, func() bool { return sent-g.arrived() < 6000 }); err != nil {
			return err
		}
	}
	return nil
}
