package visits_test

import (
	"bufio"
	"context"
	"encoding/json"
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
	"handrail/care/upkeep"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store/seal"
	"handrail/store/storetest"
)

// The test binary runs itself as the program that is killed.
const (
	killDir   = "HANDRAIL_CARE_TEST_DIR"
	killRound = "HANDRAIL_CARE_TEST_ROUND"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(killDir); dir != "" {
		round, err := strconv.Atoi(os.Getenv(killRound))
		if err == nil {
			err = bookUntilKilled(context.Background(), dir, round)
		}
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// roundWindows are raced for between two kills; each round has days of its own.
const roundWindows = 30

// raceFolk are the people of the race, for the programs that come after.
type raceFolk struct {
	Patients   []models.Actor
	Clinicians [3]string
}

// raceOf is the race of one round, at a time when the holds of the rounds before are over.
func (f raceFolk) raceOf(ctx context.Context, s *seal.Store, dir string, round int) (*caretest.Race, error) {
	now := caretest.Start.Add(time.Duration(round) * schedule.HoldTime)
	kek, err := seal.CreateKEK(filepath.Join(dir, "kek.json"))
	if err != nil {
		return nil, err
	}
	c, err := care.New(ctx, s, care.Config{Site: caretest.Site, Now: func() time.Time { return now },
		PlanCopiesDir: filepath.Join(dir, "plans"), Sealer: seal.NewLocal(kek)})
	if err != nil {
		return nil, err
	}
	r := &caretest.Race{Attempts: 20 * roundWindows, Windows: roundWindows, Seed: uint64(round), First: midnight().AddDate(0, 0, round*roundWindows/3), Clinicians: f.Clinicians}
	for _, p := range f.Patients {
		ch, err := c.Open(ctx, p, p.PatientID, models.PurposeSelf)
		if err != nil {
			return nil, err
		}
		r.Charts = append(r.Charts, ch)
	}
	return r, nil
}

// bookUntilKilled tells each booking on standard output once it is durable.
func bookUntilKilled(ctx context.Context, dir string, round int) error {
	var folk raceFolk
	data, err := os.ReadFile(filepath.Join(dir, "folk.json"))
	if err == nil {
		err = json.Unmarshal(data, &folk)
	}
	if err != nil {
		return err
	}
	s, err := storetest.OpenIn(ctx, dir, care.Collections()...)
	if err != nil {
		return err
	}
	r, err := folk.raceOf(ctx, s, dir, round)
	if err != nil {
		return err
	}
	r.Booked = func(window int, id string) { fmt.Println(window, id) }
	if _, err := r.Run(ctx); err != nil {
		return err
	}
	select {} // all windows are won; the kill comes
}

// TestKilledWhileBooking: what was acknowledged stands, nothing is taken twice, and
// claims and visits agree, however often the program is killed.
func TestKilledWhileBooking(t *testing.T) {
	kills := rounds.Of(4, 20)
	dir := storetest.DiskDir(t)
	folk := raceTown(t, dir)
	rng := rand.New(rand.NewPCG(3, 4))
	won := make([]map[int]string, kills)
	acked := 0
	for round := range kills {
		won[round] = killRacers(t, dir, round, time.Duration(rng.IntN(150))*time.Millisecond)
		acked += len(won[round])
	}
	s, err := storetest.OpenIn(t.Context(), dir, care.Collections()...)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for round := range kills {
		checkRound(t, s, dir, folk, round, kills, won[round])
	}
	report, err := upkeep.VerifyClaims(t.Context(), s, caretest.Start.Add(time.Duration(kills+1)*schedule.HoldTime))
	if err != nil || len(report.Faults) > 0 {
		t.Errorf("verify: %+v, %v", report, err)
	}
	t.Logf("%d kills, %d bookings acknowledged, all there", kills, acked)
}

// raceTown makes the people and leaves them in the folder.
func raceTown(t *testing.T, dir string) raceFolk {
	t.Helper()
	s, err := storetest.OpenIn(t.Context(), dir, care.Collections()...)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	h := caretest.On(t, s)
	var folk raceFolk
	folk.Patients, folk.Clinicians = racers(t, h, 8)
	data, err := json.Marshal(folk)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "folk.json"), data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return folk
}

// killRacers returns what a child acknowledged before it was killed, some time after
// its first booking.
func killRacers(t *testing.T, dir string, round int, after time.Duration) map[int]string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), killDir+"="+dir, killRound+"="+strconv.Itoa(round))
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	won := map[int]string{}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var window int
		var id string
		if _, err := fmt.Sscan(lines.Text(), &window, &id); err != nil || len(id) != 36 {
			break // the last line may have been cut in two
		}
		if won[window] = id; len(won) == 1 {
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() || ctx.Err() != nil {
		t.Fatalf("the child was not killed: %v %s", err, &stderr)
	}
	return won
}

// checkRound: each window of a round can be won once more only where nobody has it.
func checkRound(t *testing.T, s *seal.Store, dir string, folk raceFolk, round, after int, acked map[int]string) {
	t.Helper()
	r, err := folk.raceOf(t.Context(), s, dir, after)
	if err != nil {
		t.Fatal(err)
	}
	r.First = midnight().AddDate(0, 0, round*roundWindows/3)
	out := &caretest.RaceResult{Won: map[int]string{}}
	if err := r.Fill(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	booked := map[string]bool{}
	from, to := r.First, r.First.AddDate(0, 0, roundWindows/3)
	for _, ch := range r.Charts {
		page, err := ch.Visits.Visits(t.Context(), visits.VisitList{From: &from, To: &to, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range page.Items {
			booked[v.Value.ID] = v.Value.Status == schedule.Booked
		}
	}
	for window, id := range acked {
		if !booked[id] || out.Won[window] != "" {
			t.Errorf("round %d: the acknowledged booking of window %d is gone", round, window)
		}
	}
	if len(booked) != roundWindows {
		t.Errorf("round %d: %d visits in %d windows", round, len(booked), roundWindows)
	}
}
