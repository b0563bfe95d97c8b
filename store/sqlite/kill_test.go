package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/care/caretest/rounds"
	"handrail/store"
	"handrail/store/seal"
	"handrail/store/sqlite"
	"handrail/store/storetest"
)

// The test binary runs itself as the program that is killed.
const (
	childDir   = "HANDRAIL_STORE_TEST_DIR"
	childFirst = "HANDRAIL_STORE_TEST_FIRST" // first number to write
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		first, err := strconv.ParseInt(os.Getenv(childFirst), 10, 64)
		if err == nil {
			err = writeForever(dir, first)
		}
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func openSealed(dir string) (*seal.Store, error) {
	ctx := context.Background()
	kek, err := seal.CreateKEK(filepath.Join(dir, "kek.json"))
	if err != nil {
		return nil, err
	}
	db, err := sqlite.Open(ctx, filepath.Join(dir, "store.db"), benchCollections)
	if err != nil {
		return nil, err
	}
	return seal.Open(ctx, db, kek, seal.Options{})
}

// writeForever writes numbered batches with four writers, and the number of each on
// standard output once it is durable. It ends when killed, or when the pipe breaks.
func writeForever(dir string, first int64) error {
	s, err := openSealed(dir)
	if err != nil {
		return err
	}
	const writers = 4
	failed := make(chan error, writers)
	var mu sync.Mutex
	for w := range int64(writers) {
		ctx := context.Background()
		if w%2 == 1 { // then the log is moved beside the writer, in pieces, all the time
			ctx = store.Background(ctx)
		}
		go func() {
			for i := first + w; ; i += writers {
				if err := s.Batch(ctx, benchBatch(i)...); err != nil {
					failed <- err
					return
				}
				mu.Lock()
				_, err := fmt.Println(i)
				mu.Unlock()
				if err != nil {
					failed <- err
					return
				}
			}
		}()
	}
	return <-failed
}

// TestKilled: a program is killed at random moments, 8 times (50 at scale) on the same
// file. Each time all that it had acknowledged is there, nothing is there in part, and
// the chain holds.
func TestKilled(t *testing.T) {
	const perRound = 1_000_000
	kills := rounds.Of(8, 50)
	dir := storetest.DiskDir(t)
	rng := rand.New(rand.NewPCG(5, 6))
	acked := 0
	for round := range int64(kills) {
		numbers := runAndKill(t, dir, round*perRound, time.Duration(rng.IntN(120_000))*time.Microsecond)
		acked += len(numbers)
		checkAfterKill(t, dir, round*perRound, numbers)
	}
	if acked < kills {
		t.Errorf("only %d writes were acknowledged in %d rounds", acked, kills)
	}
	t.Logf("%d kills, %d acknowledged batches, all there", kills, acked)
}

// runAndKill returns the numbers that the child acknowledged before it died, some
// time after the first of them.
func runAndKill(t *testing.T, dir string, first int64, after time.Duration) []int64 {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir, childFirst+"="+strconv.FormatInt(first, 10))
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	var numbers []int64
	for lines := bufio.NewScanner(out); lines.Scan(); {
		n, err := strconv.ParseInt(lines.Text(), 10, 64)
		if err != nil {
			break // the last line may have been cut in two
		}
		if numbers = append(numbers, n); len(numbers) == 1 {
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() || ctx.Err() != nil {
		t.Fatalf("the child was not killed: %v %s", err, &stderr)
	}
	return numbers
}

func checkAfterKill(t *testing.T, dir string, first int64, acked []int64) {
	t.Helper()
	ctx := context.Background()
	s, err := openSealed(dir)
	must(t, err)
	defer s.Close()
	for _, n := range acked {
		for _, op := range benchBatch(n) {
			d, err := s.Get(ctx, op.Collection, op.Doc.ID)
			if err != nil || string(d.Body) != string(op.Doc.Body) {
				t.Fatalf("acknowledged %d is not whole: %s: %v", n, op.Collection, err)
			}
		}
	}
	// The others of this round, too, are there with all three parts or not at all.
	from := benchDoc(first).ID
	var counts []int
	for _, c := range benchCollections {
		q := store.Query{Index: store.IDIndex, From: from, Limit: store.MaxLimit}
		n := 0
		for {
			page, err := s.Query(ctx, c.Name, q)
			must(t, err)
			n += len(page.Docs)
			if q.Cursor = page.Next; q.Cursor == "" {
				break
			}
		}
		counts = append(counts, n)
	}
	if counts[0] < len(acked) || counts[0] != counts[1] || counts[1] != counts[2] {
		t.Fatalf("parts of batches: %v, acknowledged %d", counts, len(acked))
	}
	report, err := s.VerifyChain(ctx)
	must(t, err)
	if len(report.Faults) > 0 {
		t.Fatalf("chain: %+v", report.Faults)
	}
}
