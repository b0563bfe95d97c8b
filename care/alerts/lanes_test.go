package alerts_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store/storetest"
)

// lane is a clinic on a store of its own, whose three instances do one history after the
// other, a patient each.
type lane struct {
	t         *testing.T
	dir       string
	seed      uint64
	folk      killFolk
	h         *caretest.Clinic
	instances []*care.Care
	hours     risk.Hours
}

// workLanes is the program that is killed.
func workLanes(t *testing.T, dir string) {
	seed, err := strconv.ParseUint(os.Getenv(killRound), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	var all, open sync.WaitGroup
	open.Add(interleavings.lanes)
	for n := range interleavings.lanes {
		all.Go(func() {
			l := &lane{t: t, dir: filepath.Join(dir, fmt.Sprint("lane", n)), seed: seed<<24 | uint64(n)<<16}
			l.opened(&open)
			for !t.Failed() {
				l.next()
			}
		})
	}
	open.Wait()
	fmt.Println("ready")
	all.Wait()
}

func (l *lane) opened(open *sync.WaitGroup) {
	defer open.Done()
	l.start()
}

// start opens the store as the last program left it, or a new one.
func (l *lane) start() {
	if _, err := os.Stat(filepath.Join(l.dir, "whole")); err != nil {
		l.fresh()
	}
	var err error
	if l.folk, err = folkIn(l.dir); err != nil {
		l.t.Fatal(err)
	}
	ctx := context.Background()
	s, err := storetest.OpenIn(ctx, l.dir, care.Collections()...)
	if err != nil {
		l.t.Fatal(err)
	}
	clock := &caretest.Clock{}
	clock.Set(l.clock())
	if l.instances, err = instancesIn(ctx, s, l.dir, clock); err != nil {
		l.t.Fatal(err)
	}
	l.h = &caretest.Clinic{Care: l.instances[0], Store: s, Clock: clock, Admin: l.folk.People[2]}
	l.hours = must(l.h.Care.Alerts.Settings(ctx, l.h.Admin))(l.t).Value.Hours
}

// fresh makes a store of the template. A kill in its midst leaves it for the next program
// to make.
func (l *lane) fresh() {
	err := os.RemoveAll(filepath.Join(l.dir, "whole")) // first: what is left of a removal is not whole
	if err == nil {
		err = os.RemoveAll(l.dir)
	}
	if err == nil {
		err = os.CopyFS(l.dir, os.DirFS(filepath.Join(l.dir, "..", "template")))
	}
	if err == nil {
		err = os.Chmod(filepath.Join(l.dir, "kek.json"), 0o600)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(l.dir, "whole"), nil, 0o600)
	}
	if err != nil {
		l.t.Fatal(err)
	}
}

func (l *lane) log(patient int) string { return filepath.Join(l.dir, fmt.Sprint("history", patient)) }

// at is the history that was under way: the last one, of patient n.
func (l *lane) at() (n int, last told3) {
	for n = len(l.folk.Patients) - 1; n >= 0; n-- {
		last, err := readHistory(l.log(n))
		if err == nil && !last.now.IsZero() { // else its program was killed before it wrote a line
			return n, last
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			l.t.Fatal(err)
		}
	}
	return -1, last
}

// clock goes on where the last program was.
func (l *lane) clock() time.Time {
	_, last := l.at()
	if last.now.IsZero() {
		return caretest.Start.Add(time.Hour)
	}
	return last.now
}

// next does one history, or goes on with one that was cut.
func (l *lane) next() {
	n, last := l.at()
	if last.begin != nil {
		l.goOn(n, last)
		return
	}
	if n++; n == len(l.folk.Patients) {
		_ = l.h.Store.Close()
		l.fresh()
		l.start()
		n = 0
	}
	l.begin(n)
}

func (l *lane) runner(n int, b historyBegin, file *os.File) *runner {
	w := timedWorld{staff: l.folk.People[:2], admin: l.h.Admin, hours: l.hours, left: b.Left}
	return &runner{h: l.h, w: w, p: l.folk.Patients[n], id: b.ID, began: time.Now(), seed: b.Seed, noes: true, log: &historyLog{file: file, t: l.t}} // a stopwatch
}

func (l *lane) begin(n int) {
	file, err := os.OpenFile(l.log(n), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		l.t.Fatal(err)
	}
	defer file.Close()
	p, nurse := l.folk.Patients[n], l.folk.People[0]
	l.h.Clock.Move(time.Second)
	(&historyLog{file: file, t: l.t}).line(historyLine{Begin: &historyBegin{Now: l.h.Clock.Now()}})
	if err := unsafe(l.h, l.h.Care, p); err != nil {
		l.t.Fatal(err)
	}
	page := must(l.h.Care.Alerts.Alerts(context.Background(), nurse, alertsOfAll, "", 1))(l.t)
	if len(page.Items) != 1 || page.Items[0].PatientID != p.PatientID {
		l.t.Fatalf("the nurse has not the alert: %+v", page.Items)
	}
	a := page.Items[0].Alert
	b := historyBegin{a.ID, a, l.h.Clock.Now(), (l.seed+uint64(n))%2 == 1, l.seed + uint64(n)}
	r := l.runner(n, b, file)
	r.log.line(historyLine{Begin: &b})
	l.do(r, b, 3, 0)
}

// goOn ends a history of a program that was killed: other instances do some more of it.
func (l *lane) goOn(n int, last told3) {
	file, err := os.OpenFile(l.log(n), os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		l.t.Fatal(err)
	}
	defer file.Close()
	r := l.runner(n, *last.begin, file)
	r.began = r.began.Add(-time.Duration(last.last))
	r.history, r.log.n = last.history, last.calls
	r.log.line(historyLine{Again: true})
	l.do(r, *last.begin, 2, last.kills+1)
}

// do lets each instance do so many things, then looks at what is left.
func (l *lane) do(r *runner, b historyBegin, each, kills int) {
	var together sync.WaitGroup
	for k, c := range l.instances {
		rng := rand.New(rand.NewPCG(r.seed, uint64(k+10*kills)))
		together.Go(func() {
			for range each {
				r.do(l.t, k, c, r.any(k, rng))
			}
		})
	}
	together.Wait()
	r.rest(l.t, l.instances)
	if got := porcupine.CheckOperationsTimeout(r.w.model(timedState(b.First, b.Now)), r.history, time.Minute); got != porcupine.Ok {
		l.t.Errorf("seed %d, after %d kills: %s: %s", r.seed, kills, got, told2(r.history))
		return
	}
	if !l.t.Failed() {
		fmt.Println("done", len(r.history), min(kills, 1))
	}
}

// sayNo has the patient take the right to their check-ins from somebody of the team, and
// sayYes gives it back; a worker looks at their alerts then.
func (r *runner) sayNo(c *care.Care) error {
	ctx := context.Background()
	ch, err := c.Open(ctx, r.p, r.p.PatientID, models.PurposeSelf)
	if err != nil {
		return err
	}
	end := r.h.Clock.Now().AddDate(0, 1, 0)
	_, err = ch.People.GiveConsent(ctx, care.NewID(), models.ConsentTerms{
		Kind: models.ConsentSharing, Provision: models.Deny, Recipient: r.w.staff[0].AccountID, Scopes: []models.Scope{models.Scope(models.SectionCheckIns)},
		Purposes: []models.Purpose{models.PurposeOf(r.w.staff[0].Role)}, Expiry: models.Expiry{At: &end},
		Statements: []models.Statement{models.StatementRevocation}, Signature: models.Signature{Name: r.p.Name, Method: "typed"}})
	return errors.Join(err, c.Alerts.Recheck(ctx, r.p.PatientID))
}

func (r *runner) sayYes(c *care.Care) error {
	ctx := context.Background()
	ch, err := c.Open(ctx, r.p, r.p.PatientID, models.PurposeSelf)
	if err != nil {
		return err
	}
	page, err := ch.People.Consents(ctx, "", 100)
	for _, v := range page.Items {
		if v.Recipient == r.w.staff[0].AccountID && v.Status == "active" {
			err = errors.Join(err, ch.People.RevokeConsent(ctx, v.ID))
		}
	}
	return errors.Join(err, c.Alerts.Recheck(ctx, r.p.PatientID))
}
