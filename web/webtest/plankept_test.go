package webtest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"handrail/care/caretest/rounds"
	"handrail/client"
)

// Lost requests, lost answers, two tabs, the worker of the page, pages and programs
// that start again, restores, clocks that are days off: the plan and the sign-in stay,
// and each check-in arrives once.
func TestNothingCostsThePlan(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	officePhone := newPhone(t, c.BaseURL, "en-US")
	officePhone.signIn(c.person("administrator", "").EnrolmentCode)
	between := newLossy(t, c, refreshPath)
	for i := range min(rounds.Of(2, 20), 20) {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			h := &history{t: t, c: c, between: between, r: rand.New(rand.NewPCG(uint64(i), 11))}
			office := officePhone.own(c) // the office goes on over restores too
			account := must(office.CreateAccount(t.Context(), client.NewAccount{Role: "patient", Name: "Sam"}))(t)
			h.run(office.code(account.ID))
		})
	}
}

// history is one phone on a bad day.
type history struct {
	t       *testing.T
	c       *clinic
	between *lossy
	r       *rand.Rand
	phone   *phone
	tab     *phone
	kept    int // check-ins
	did     []string
}

func (h *history) run(code string) {
	h.phone = newPhone(h.t, h.between.URL, "en-US")
	h.phone.signIn(code)
	h.phone.letWorker()
	h.phone.until("the plan", `import('/app/keptplan.js').then((m) => m.keptPlan())`)
	h.tab = h.phone.secondTab()
	h.tab.load("#/help")
	h.tab.title("Help now")
	h.backup()
	steps := []func(){h.loseAnswers, h.loseRequests, h.bothTabs, h.awayAndBack, h.pageAgain, h.phoneClock, h.programAgain, h.restore, h.backup, h.checkIn, h.checkIn}
	h.checkIn()
	for range 6 {
		steps[h.r.IntN(len(steps))]()
		if got := h.phone.holds(); got[:9] != "true,true" {
			h.t.Fatalf("after %v: %s", h.did, got)
		}
	}
	h.bothTabs()
	if !h.phone.tryRefresh() {
		h.t.Fatalf("signed out after %v", h.did)
	}
	h.phone.sendAll(3)
	if got := module[int](h.phone, "outbox", `(await m.standing()).filter((e) => e.state === 'sent').length`); got != h.kept {
		h.t.Errorf("%d of %d check-ins are sent after %v", got, h.kept, h.did)
	}
	if got := h.phone.holds(); got != "true,true,0" {
		h.t.Errorf("at the end %s after %v", got, h.did)
	}
}

func (h *history) note(what string) { h.did = append(h.did, what) }

func (h *history) loseAnswers() {
	h.note("lost answers")
	h.between.answers.Store(100)
	h.phone.tokenRunsOut()
	h.phone.tryRefresh()
	h.between.answers.Store(0)
}

func (h *history) loseRequests() {
	h.note("lost requests")
	h.between.requests.Store(100)
	h.phone.tokenRunsOut()
	h.tab.tryRefresh()
	h.between.requests.Store(0)
}

func (h *history) bothTabs() {
	h.note("both tabs")
	h.phone.tokenRunsOut()
	var both sync.WaitGroup
	for _, tab := range []*phone{h.phone, h.tab} {
		both.Go(func() { tab.tryRefresh() })
	}
	both.Wait()
}

// checkIn is sent by the worker of the page, which needs new tokens for it.
func (h *history) checkIn() {
	h.note("check-in")
	h.kept++
	h.phone.tokenRunsOut()
	h.phone.keepOneCheckIn()
}

func (h *history) awayAndBack() {
	h.note("no network")
	h.phone.network(false)
	h.phone.tokenRunsOut()
	h.phone.tryRefresh()
	h.phone.network(true)
}

func (h *history) pageAgain() {
	h.note("page again")
	h.phone.tokenRunsOut()
	h.phone.load("#/plan")
	h.phone.title("My crisis plan")
}

func (h *history) phoneClock() {
	by := time.Duration(h.r.IntN(144)-72) * time.Hour
	h.note("phone's clock " + by.String())
	h.phone.move(by)
	h.phone.tryRefresh()
	h.phone.move(-by)
}

func (h *history) programAgain() {
	h.note("program again")
	h.c.move(time.Duration(h.r.IntN(90)) * time.Second)
}

func (h *history) copyFile() string { return filepath.Join(h.c.dir, "backup.db") }

func (h *history) operator(args ...string) {
	h.t.Helper()
	path, err := program()
	if err != nil {
		h.t.Fatal(err)
	}
	cmd := exec.Command(path, append(args, "--data", filepath.Join(h.c.dir, "data"))...)
	cmd.Env = []string{}
	if out, err := cmd.CombinedOutput(); err != nil {
		h.t.Fatalf("%v: %s", err, out)
	}
}

func (h *history) backup() {
	h.note("backup")
	if err := os.Remove(h.copyFile()); err != nil && !os.IsNotExist(err) {
		h.t.Fatal(err)
	}
	h.operator("backup", h.copyFile())
}

func (h *history) restore() {
	h.note("restore")
	h.c.stop()
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(filepath.Join(h.c.dir, "data", "handrail.db"+end)); err != nil && !os.IsNotExist(err) {
			h.t.Fatal(err)
		}
	}
	h.operator("restore", h.copyFile())
	h.c.again()
}
