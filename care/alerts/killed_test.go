package alerts_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/caretest"
	"handrail/care/caretest/rounds"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store/seal"
	"handrail/store/storetest"
)

// The test binary runs itself as the program that is killed.
const (
	killDir   = "HANDRAIL_ALERTS_TEST_DIR"
	killRound = "HANDRAIL_ALERTS_TEST_ROUND"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(killDir); dir != "" {
		round, err := strconv.Atoi(os.Getenv(killRound))
		if err == nil {
			err = workUntilKilled(context.Background(), dir, round)
		}
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// alertsOfAll asks for whatever somebody owns.
var alertsOfAll alerts.Filter

// killFolk are those who work on alerts, for the programs that come after.
type killFolk struct {
	Patients []models.Actor
	People   []models.Actor // the last one is the administrator
}

// instancesIn opens three instances over one store, with a clock that all share: each
// round is some hours later.
func instancesIn(ctx context.Context, s *seal.Store, dir string, clock *caretest.Clock) ([]*care.Care, error) {
	kek, err := seal.CreateKEK(filepath.Join(dir, "kek.json"))
	if err != nil {
		return nil, err
	}
	var out []*care.Care
	for k := range 3 {
		c, err := care.New(ctx, s, care.Config{Site: caretest.Site, Now: clock.Now, PlanCopiesDir: filepath.Join(dir, fmt.Sprint("plans", k)), Sealer: seal.NewLocal(kek)})
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func folkIn(dir string) (folk killFolk, err error) {
	data, err := os.ReadFile(filepath.Join(dir, "folk.json"))
	if err == nil {
		err = json.Unmarshal(data, &folk)
	}
	return folk, err
}

func clockOf(round int) *caretest.Clock {
	clock := &caretest.Clock{}
	clock.Set(caretest.Start.Add(time.Duration(round) * 6 * time.Hour))
	return clock
}

// workUntilKilled has three instances work on the alerts of all, and says each outcome and
// acknowledgement on standard output once it is durable.
func workUntilKilled(ctx context.Context, dir string, round int) error {
	folk, err := folkIn(dir)
	if err != nil {
		return err
	}
	s, err := storetest.OpenIn(ctx, dir, care.Collections()...)
	if err != nil {
		return err
	}
	clock := clockOf(round)
	instances, err := instancesIn(ctx, s, dir, clock)
	if err != nil {
		return err
	}
	var out sync.Mutex
	var all sync.WaitGroup
	for k, c := range instances {
		r := rand.New(rand.NewPCG(uint64(round), uint64(k)))
		all.Go(func() {
			for {
				said := killStep(ctx, c, clock, folk, r)
				if said != "" {
					out.Lock()
					fmt.Println(said)
					out.Unlock()
				}
			}
		})
	}
	all.Wait()
	return nil
}

// killStep does one thing that somebody does, or that time does.
func killStep(ctx context.Context, c *care.Care, clock *caretest.Clock, folk killFolk, r *rand.Rand) string {
	who, p := folk.People[r.IntN(len(folk.People))], folk.Patients[r.IntN(len(folk.Patients))]
	id := ""
	if page, err := c.Alerts.Alerts(ctx, who, alertsOfAll, "", 20); err == nil && len(page.Items) > 0 {
		id = page.Items[r.IntN(len(page.Items))].ID
	}
	switch r.IntN(10) {
	case 0:
		h := &caretest.Clinic{Clock: clock}
		if unsafe(h, c, p) == nil {
			return "sent " + p.PatientID
		}
	case 1, 2:
		if v, err := c.Alerts.Acknowledge(ctx, who, id); err == nil && v.Owner == who.AccountID {
			return "acknowledged " + id + " " + who.AccountID
		}
	case 3:
		if _, err := c.Alerts.Record(ctx, who, id, risk.Ending{Status: risk.Resolved, Code: "reached-safe"}); err == nil {
			return "resolved " + id + " " + who.AccountID
		}
	case 4:
		_, _ = c.Alerts.HandOver(ctx, who, id, folk.People[r.IntN(len(folk.People))].AccountID)
	case 5:
		_ = c.Alerts.Recheck(ctx, p.PatientID)
	case 6:
		clock.Move(time.Duration(r.IntN(20)) * time.Minute)
	case 7:
		_ = killTeam(ctx, c, folk, p, r)
	case 8:
		nurse := folk.People[0].AccountID
		_, _ = c.People.Suspend(ctx, folk.People[len(folk.People)-1], care.AnyVersion, nurse, r.IntN(2) == 0)
		_ = c.Alerts.RecheckOwner(ctx, nurse)
	default:
		_ = c.Alerts.Follow(ctx)
	}
	return ""
}

// killTeam takes somebody off a team, or back, as the office does; the worker that
// follows the log may be killed before it looks at their alerts.
func killTeam(ctx context.Context, c *care.Care, folk killFolk, p models.Actor, r *rand.Rand) error {
	admin := folk.People[len(folk.People)-1]
	ch, err := c.Open(ctx, admin, p.PatientID, models.PurposeOf(admin.Role))
	if err != nil {
		return err
	}
	who := folk.People[r.IntN(len(folk.People)-1)].AccountID
	if r.IntN(2) == 0 {
		err = ch.People.LeaveTeam(ctx, care.AnyVersion, who)
	} else {
		_, err = ch.People.JoinTeam(ctx, care.AnyVersion, who, false)
	}
	return errors.Join(err, c.Alerts.Recheck(ctx, p.PatientID))
}

// TestKilledInTheMidst: three instances are killed again and again. What was acknowledged
// or resolved is in the history of its alert; each alert has a timer or an end, one owner
// who may answer for it, and one level; what was due, or missed, is done by the next
// program.
func TestKilledInTheMidst(t *testing.T) {
	kills := rounds.Of(3, 300)
	dir := storetest.DiskDir(t)
	folk := killTown(t, dir)
	rng := rand.New(rand.NewPCG(5, 6))
	said := 0
	for round := range kills {
		told := killWorkers(t, dir, round, 100+rng.IntN(200))
		said += len(told)
		checkKilled(t, dir, round, folk, told)
	}
	t.Logf("%d kills, %d answers, all there", kills, said)
}

func killTown(t *testing.T, dir string) killFolk {
	t.Helper()
	s, err := storetest.OpenIn(t.Context(), dir, care.Collections()...)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	h := caretest.On(t, s)
	folk := killFolk{Patients: []models.Actor{h.Patient(), h.Patient(), h.Patient()}}
	folk.People = []models.Actor{h.Clinician(models.DisciplineNursing, folk.Patients...), h.Clinician(models.DisciplinePsychiatry, folk.Patients...), h.Admin}
	on(t, h)
	writeFolk(t, dir, folk)
	return folk
}

func writeFolk(t *testing.T, dir string, folk killFolk) {
	t.Helper()
	data, err := json.Marshal(folk)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "folk.json"), data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// killWorkers gives what a child said before it was killed, some time after its first word.
func killWorkers(t *testing.T, dir string, round, millis int) (told []string) {
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
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if told = append(told, lines.Text()); len(told) == 1 {
			time.AfterFunc(time.Duration(millis)*time.Millisecond, func() { _ = cmd.Process.Kill() })
		}
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() || ctx.Err() != nil {
		t.Fatalf("the child was not killed: %v %s", err, &stderr)
	}
	return told
}

// checkKilled opens what the killed program left.
func checkKilled(t *testing.T, dir string, round int, folk killFolk, told []string) {
	t.Helper()
	s, err := storetest.OpenIn(t.Context(), dir, care.Collections()...)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	clock := clockOf(round + 1)
	instances, err := instancesIn(t.Context(), s, dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	c := instances[0]
	for _, p := range folk.Patients { // what the worker finds in the log that it follows
		if err := c.Alerts.Recheck(t.Context(), p.PatientID); err != nil {
			t.Fatal(err)
		}
	}
	for range 8 {
		if err := c.Alerts.Follow(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	admin := folk.People[len(folk.People)-1]
	may := killMayOwn(t, c, folk)
	all := map[string]risk.Alert{}
	for _, who := range folk.People {
		f := alertsOfAll
		f.Owner = who.AccountID
		for cursor, more := "", true; more; more = cursor != "" {
			page, err := c.Alerts.Alerts(t.Context(), admin, f, cursor, 100)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range page.Items {
				all[v.ID] = v.Alert
			}
			cursor = page.Next
		}
	}
	now := clock.Now()
	for _, a := range all {
		if err := whole(a); err != nil {
			t.Fatalf("round %d: %v: %+v", round, err, a)
		}
		if due := a.Due(); !due.IsZero() && !due.After(now) {
			t.Errorf("round %d: what was due at %s is not done: %+v", round, due, a)
		}
		if a.Status.Ended() {
			continue
		}
		if a.Status != risk.Unanswered && !a.ContactBy.After(now) {
			t.Errorf("round %d: a missed contact deadline without the next level: %+v", round, a)
		}
		if !may[a.PatientID+a.Owner] {
			t.Errorf("round %d: its owner can't answer for it: %+v", round, a)
		}
	}
	did := map[string]string{"acknowledged": risk.DidAcknowledge, "resolved": risk.DidResolve}
	for _, line := range told {
		words := strings.Fields(line)
		if len(words) != 3 || len(words[2]) != 36 || did[words[0]] == "" {
			continue // the last line may have been cut in two
		}
		if !slices.ContainsFunc(all[words[1]].History, func(s risk.Step) bool { return s.What == did[words[0]] && s.Who == words[2] }) {
			t.Errorf("round %d: %q was answered and is gone", round, line)
		}
	}
}

// killMayOwn tells who may answer for alerts of whom: the active people of each team, and
// the fail-safe.
func killMayOwn(t *testing.T, c *care.Care, folk killFolk) map[string]bool {
	t.Helper()
	admin := folk.People[len(folk.People)-1]
	out := map[string]bool{}
	for _, p := range folk.Patients {
		out[p.PatientID+admin.AccountID] = true
		ch := must(c.Open(t.Context(), admin, p.PatientID, models.PurposeOf(admin.Role)))(t)
		for _, m := range must(ch.People.CareTeam(t.Context()))(t) {
			a := must(c.Upkeep.Account(t.Context(), m.AccountID))(t)
			out[p.PatientID+m.AccountID] = a.Status == models.AccountActive
		}
	}
	return out
}
