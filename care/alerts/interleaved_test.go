package alerts_test

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
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/caretest/rounds"
	"handrail/models"
	"handrail/store/storetest"
)

// lanesDir names the folder of a program that is killed; the test binary runs itself.
const lanesDir = "HANDRAIL_ALERTS_TEST_LANES"

// interleavings is the shape of a run: so many clinics beside each other in one program,
// and so many patients in the store of each before it begins anew.
var interleavings = struct{ lanes, patients, most int }{8, 100, 100}

// TestInterleavingsWithKills: histories as those of TestAlertsInTimeAreLinearizable, where
// the patient says no and takes it back as well, in programs that are killed (kill -9)
// again and again; the next program goes on with each history that was cut, and looks at
// it as at the others. A call that was cut may have happened or not; what was answered
// has happened. Each history is one of its own clinic's three instances.
//
//	HANDRAIL_ROUNDS=many go test ./care/alerts -run InterleavingsWithKills -v -timeout 3h
func TestInterleavingsWithKills(t *testing.T) {
	if dir := os.Getenv(lanesDir); dir != "" {
		workLanes(t, dir)
		return
	}
	wanted, most := rounds.Of(40, 100_000), interleavings.most
	if wanted < 1000 {
		most = 20
	}
	dir := t.TempDir() // in memory: what is killed is a process, and not the machine
	laneTemplate(t, filepath.Join(dir, "template"))
	seed := rand.Uint64N(1 << 30)
	t.Logf("from seed %d on", seed)
	var sum laneSum
	var cpu time.Duration
	for sum.histories < wanted {
		used, one := killLanes(t, dir, seed+uint64(sum.kills), rand.IntN(most), rand.IntN(30))
		sum.add(one)
		sum.kills++
		if cpu += used; sum.kills%50 == 0 {
			t.Logf("so far: %+v, %s of processor time", sum, cpu.Round(time.Second))
		}
	}
	t.Logf("%d histories with %d calls, %d of them cut by some of %d kills, %s of processor time", sum.histories, sum.calls, sum.cut, sum.kills, cpu.Round(time.Second))
}

// laneSum counts what programs said.
type laneSum struct{ histories, calls, cut, kills int }

func (s *laneSum) add(o laneSum) {
	s.histories, s.calls, s.cut = s.histories+o.histories, s.calls+o.calls, s.cut+o.cut
}

// laneTemplate makes the clinic that each lane begins with.
func laneTemplate(t *testing.T, dir string) {
	t.Helper()
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := storetest.OpenIn(t.Context(), dir, care.Collections()...)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	h := caretest.On(t, s)
	folk := killFolk{}
	for range min(interleavings.patients, rounds.Of(20, interleavings.patients)) {
		folk.Patients = append(folk.Patients, h.Patient())
	}
	folk.People = []models.Actor{h.Clinician(models.DisciplineNursing, folk.Patients...)}
	h.Clock.Move(time.Second)
	folk.People = append(folk.People, h.Clinician(models.DisciplinePsychiatry, folk.Patients...), h.Admin)
	on(t, h)
	writeFolk(t, dir, folk)
}

// killLanes runs one program until it is killed, some time after so many histories.
func killLanes(t *testing.T, dir string, seed uint64, histories, millis int) (time.Duration, laneSum) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestInterleavingsWithKills$")
	tmp := filepath.Join(dir, "tmp")
	if err := os.MkdirAll(tmp, 0o700); err != nil {
		t.Fatal(err)
	}
	cmd.Env = append(os.Environ(), lanesDir+"="+dir, killRound+"="+strconv.FormatUint(seed, 10), "TMPDIR="+tmp, "GOGC=400")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	var sum laneSum
	var said []string
	ready, dying := false, false
	for lines := bufio.NewScanner(out); lines.Scan(); {
		one := laneSum{}
		if lines.Text() == "ready" {
			ready = true
		} else if _, err := fmt.Sscanf(lines.Text(), "done %d %d", &one.calls, &one.cut); err == nil {
			one.histories = 1
			sum.add(one)
		} else {
			said = append(said, lines.Text())
		}
		if ready && !dying && sum.histories >= histories {
			dying = true
			time.AfterFunc(time.Duration(millis)*time.Millisecond, func() { _ = cmd.Process.Kill() })
		}
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() || ctx.Err() != nil {
		t.Fatalf("seed %d: the program was not killed: %v %s\n%s", seed, err, &stderr, strings.Join(said, "\n"))
	}
	if err := os.RemoveAll(tmp); err != nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), sum
}
