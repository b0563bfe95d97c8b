package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"handrail/care/caretest/instants"
	"handrail/store/storetest"
)

// soak is two programs on one store under phones that go on: they are killed, their
// store is backed up and restored, their clock jumps.
type soak struct {
	t         *testing.T
	data      string
	backup    string
	ahead     time.Duration
	r         *rand.Rand
	programs  [2]atomic.Pointer[running]
	phones    []*soakPhone
	quiet     sync.RWMutex // phones hold it to read; held to write, none is asking
	turn      atomic.Int64 // goes up with each kill, jump and restore
	requests  atomic.Int64
	kills     int
	restores  int
	backups   int
	jumps     int
	looks     int
	checkIns  atomic.Int64
	lost      atomic.Int64
	refreshes atomic.Int64
	plans     atomic.Int64
	purposes  atomic.Int64
	parted    atomic.Int64
}

// TestSoak runs only when told for how long:
//
//	HANDRAIL_SOAK=30m nice -n 10 go test ./cmd/handrail -run TestSoak -timeout 45m -v
func TestSoak(t *testing.T) {
	if os.Getenv("HANDRAIL_SOAK") == "" {
		t.Skip("HANDRAIL_SOAK says for how long, e.g. 30m")
	}
	length, err := time.ParseDuration(os.Getenv("HANDRAIL_SOAK"))
	if err != nil {
		t.Fatal(err)
	}
	dir := storetest.DiskDir(t)
	s := &soak{t: t, data: filepath.Join(dir, "data"), ahead: instants.Ahead(), r: rand.New(rand.NewPCG(11, 1))}
	s.start(0)
	s.start(1)
	for i := range 6 {
		s.phones = append(s.phones, &soakPhone{s: s, r: rand.New(rand.NewPCG(11, uint64(i)+2)), other: i % 2, needsDevice: true})
	}
	s.enrolAll()
	s.saveBackup(filepath.Join(dir, "copy0.db"))
	end := time.After(length)
	stop := make(chan struct{})
	var at sync.WaitGroup
	for _, p := range s.phones {
		at.Go(func() { p.live(stop) })
	}
	for going := true; going; {
		select {
		case <-end:
			going = false
		case <-time.After(time.Duration(4+s.r.IntN(12)) * time.Second):
			s.happen(dir)
		}
	}
	close(stop)
	at.Wait()
	s.lookAll()
	for i := range s.programs {
		s.programs[i].Load().stop()
	}
	if code, out := s.operator("verify"); code != exitFine {
		t.Error(out)
	}
	t.Logf("%v: %d kills, %d backups, %d restores, %d jumps of the clock, %d requests, %d answers lost, %d refreshes, %d check-ins, %d plans read, %d ended on purpose, %d unknown to a restored backup, %d looks at everything",
		length, s.kills, s.backups, s.restores, s.jumps, s.requests.Load(), s.lost.Load(), s.refreshes.Load(), s.checkIns.Load(), s.plans.Load(), s.purposes.Load(), s.parted.Load(), s.looks)
}

func (s *soak) start(i int) {
	s.programs[i].Store(runAhead(s.t, s.data, s.ahead, time.Hour, "--log-level", "warn"))
}

func (s *soak) kill(i int) {
	s.programs[i].Load().kill()
	s.kills++
	s.turn.Add(1)
}

func (s *soak) operator(args ...string) (code int, out string) {
	var o bytes.Buffer
	c := &call{environ: []string{"HANDRAIL_DATA=" + s.data}, out: &o, errors: &o, now: clockAhead(time.Now, s.ahead)}
	code = c.run(s.t.Context(), args)
	return code, o.String()
}

// happen is one thing of those that befall a clinic.
func (s *soak) happen(dir string) {
	switch n := s.r.IntN(100); {
	case n < 50:
		i := s.r.IntN(2)
		s.kill(i)
		s.start(i)
	case n < 65:
		s.saveBackup(filepath.Join(dir, fmt.Sprintf("copy%d.db", s.backups)))
	case n < 72:
		s.restore()
	case n < 88:
		s.jump()
	default:
		s.quiet.Lock()
		if p := s.phones[s.r.IntN(len(s.phones))]; !p.needsDevice {
			p.reportLost(s.newAdmin())
		}
		s.enrolAll()
		s.quiet.Unlock()
		s.lookAll()
	}
}

// jump starts both again with another clock: hours to days, both ways.
func (s *soak) jump() {
	s.quiet.Lock()
	defer s.quiet.Unlock()
	s.kill(0)
	s.kill(1)
	s.ahead = instants.Ahead() + time.Duration(s.r.Int64N(int64(10*24*time.Hour))) - 5*24*time.Hour
	s.jumps++
	s.turn.Add(1)
	s.start(0)
	s.start(1)
}

// saveBackup copies the store while phones write. What was answered before it began
// must be in it.
func (s *soak) saveBackup(file string) {
	s.quiet.Lock()
	for _, p := range s.phones {
		p.saving()
	}
	s.quiet.Unlock()
	if code, out := s.operator("backup", file); code != exitFine {
		s.t.Errorf("backup: %s", out)
		return
	}
	for _, p := range s.phones {
		p.mu.Lock()
		p.savedDevice, p.saved = p.savingDevice, p.savingKept
		p.mu.Unlock()
	}
	s.backup = file
	s.backups++
}

func (s *soak) restore() {
	s.quiet.Lock()
	s.kill(0)
	s.kill(1)
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(filepath.Join(s.data, "handrail.db"+end)); err != nil && !os.IsNotExist(err) {
			s.t.Error(err)
		}
	}
	if code, out := s.operator("restore", s.backup); code != exitFine {
		s.t.Fatalf("restore: %s", out)
	}
	s.restores++
	s.start(0)
	s.start(1)
	for _, p := range s.phones {
		p.setBack()
	}
	s.quiet.Unlock()
	s.lookAll()
}

// enrolAll gives a phone to whom it was taken from. Nobody else is asking.
func (s *soak) enrolAll() {
	var admin *person
	for _, p := range s.phones {
		if !p.needsDevice {
			continue
		}
		if admin == nil {
			admin = s.newAdmin()
		}
		p.begin(s.programs[0].Load().newPatient(admin))
	}
}

func (s *soak) newAdmin() *person {
	code, out := s.operator("account", "create", "--role", "administrator", "--name", "Ada Park")
	if code != exitFine {
		s.t.Fatal(out)
	}
	_, rest, _ := strings.Cut(out, "Enrolment code: ")
	return s.programs[0].Load().enrol(strings.Fields(rest)[0])
}

// lookAll has every phone look for all that it was told is kept.
func (s *soak) lookAll() {
	s.quiet.Lock()
	defer s.quiet.Unlock()
	s.looks++
	for _, p := range s.phones {
		p.look()
	}
}
