package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"handrail/store"
)

func init() { benches["start"] = start }

// start measures how soon serve is ready on a store with -count documents (100,000), what
// is resident then, and how large the binary is.
func start(ctx context.Context, o options) (err error) {
	b, err := open(ctx, 1, time.Now, nil)
	if err != nil {
		return err
	}
	if err := fillDocuments(ctx, b, cmp.Or(o.count, 100_000)); err != nil {
		return errors.Join(err, b.close())
	}
	keep := filepath.Join(os.TempDir(), "handrail-bench-start")
	if err := errors.Join(b.store.Close(), os.RemoveAll(keep), os.Rename(b.dir, keep)); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(keep)) }()
	binary, err := build(ctx, keep)
	if err != nil {
		return err
	}
	var took []time.Duration
	var resident []int
	for range o.rounds {
		t, kib, err := startOnce(ctx, binary, keep)
		if err != nil {
			return err
		}
		took, resident = append(took, t), append(resident, kib)
	}
	fmt.Printf("ready after %s, %d MiB resident (medians of %d)\n", median(took).Round(time.Millisecond), median(resident)>>10, o.rounds)
	return nil
}

// fillDocuments makes so many documents: 1,000 check-ins by the patient's own way, each with
// its line of the log, and copies of those two with ids of their own, of the days before,
// in batches as large as the store takes. Half of them link in the patient's lane of the log.
func fillDocuments(ctx context.Context, b *bench, documents int) error {
	const made = 1000
	who := b.people[0]
	if err := fillCheckIns(ctx, b, who, made); err != nil {
		return err
	}
	began := time.Now()
	var pairs [][2]store.Doc
	q := store.Query{Index: "patient", Equal: []any{who.Session.PatientID}, Limit: made}
	sent, err := b.store.Query(ctx, "check_ins", q)
	if err != nil {
		return err
	}
	lines, err := b.store.Query(ctx, "audit", store.Query{Index: store.LaneIndex, Equal: []any{who.Session.PatientID}, Desc: true, Limit: made})
	if err != nil {
		return err
	}
	for i := range min(len(sent.Docs), len(lines.Docs)) {
		pairs = append(pairs, [2]store.Doc{sent.Docs[i], lines.Docs[i]})
	}
	if len(pairs) == 0 {
		return errors.New("there is nothing to copy")
	}
	var left atomic.Int64
	left.Store(int64(documents-2*made) / 2)
	const batch = store.MaxBatch / 2
	err = each(int(left.Load()+batch-1)/batch, func() error {
		ops := make([]store.Op, 0, store.MaxBatch)
		first := left.Add(-batch)
		for i := max(first, 0); i < first+batch; i++ {
			for k, collection := range []string{"check_ins", "audit"} {
				d := pairs[int(i)%len(pairs)][k]
				d.ID, d.Version, d.Seq, d.Link = uuid.NewString(), 0, 0, nil
				ops = append(ops, store.Insert(collection, d))
			}
		}
		return b.store.Batch(ctx, ops...)
	})
	if err != nil {
		return err
	}
	fmt.Printf("%d documents made in %s\n", documents, time.Since(began).Round(time.Second))
	return nil
}

// build makes the binary as a release does, and tells its sizes and modules.
func build(ctx context.Context, dir string) (string, error) {
	plain, small := filepath.Join(dir, "handrail-plain"), filepath.Join(dir, "handrail")
	for file, flags := range map[string]string{plain: "", small: "-s -w"} {
		cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags="+flags, "-o", file, "./cmd/handrail")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", fmt.Errorf("%w: %s", err, out)
		}
	}
	modules, err := exec.CommandContext(ctx, "go", "version", "-m", small).Output()
	if err != nil {
		return "", err
	}
	for file, name := range map[string]string{plain: "plain", small: "-s -w"} {
		info, err := os.Stat(file)
		if err != nil {
			return "", err
		}
		fmt.Printf("binary, %s: %.1f MiB\n", name, float64(info.Size())/(1<<20))
	}
	fmt.Printf("modules linked: %d\n", bytes.Count(modules, []byte("\tdep\t")))
	return small, nil
}

func startOnce(ctx context.Context, binary, dir string) (time.Duration, int, error) {
	port, err := freePort()
	if err != nil {
		return 0, 0, err
	}
	cmd := exec.CommandContext(ctx, binary, "serve", "--data", dir, "--port", port, "--admin-listen", "off", "--log-level", "error", "--video-port", "0", "--turn-port", "0")
	cmd.Stderr = os.Stderr
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	took, err := ready(ctx, "http://127.0.0.1:"+port+"/readyz", began)
	kib := 0
	if err == nil {
		kib, err = residentKiB(cmd.Process.Pid)
	}
	// Killed, for a stop takes a last turn of each worker, and none has read these documents.
	err = errors.Join(err, cmd.Process.Kill())
	_ = cmd.Wait() // says that it was killed
	return took, kib, err
}

func ready(ctx context.Context, url string, began time.Time) (time.Duration, error) {
	for time.Since(began) < 20*time.Second && ctx.Err() == nil {
		res, err := http.Get(url)
		if err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return time.Since(began), nil
			}
		}
		time.Sleep(time.Millisecond)
	}
	return 0, errors.New("serve did not become ready")
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, errors.Join(err, l.Close())
}

// residentKiB reads VmRSS of a process.
func residentKiB(pid int) (int, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(b)) {
		if text, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			return strconv.Atoi(strings.Fields(text)[0])
		}
	}
	return 0, errors.New("no VmRSS")
}
