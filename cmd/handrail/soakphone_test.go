package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"handrail/client"
)

// soakPhone is one person's phone in a soak, with what it may rely on.
type soakPhone struct {
	s *soak
	r *rand.Rand
	*person
	other       int  // the program it asks first
	needsDevice bool // signed out, rightly
	purpose     bool // somebody ended this session on purpose
	unknown     bool // the restored backup may not know it
	goal        string
	kept        map[string]string            // check-ins with a 2xx: id to note
	waiting     map[string]client.NewCheckIn // those without an answer, and those that a restore took back
	sent        map[string]client.NewCheckIn
	graves      []client.SignIn // sessions that ended on purpose

	mu                        sync.Mutex // of what follows
	savedDevice, savingDevice string
	saved, savingKept         map[string]string
}

func (p *soakPhone) begin(who *person) {
	p.person, p.needsDevice, p.purpose, p.unknown, p.goal = who, false, false, false, ""
	p.kept, p.waiting, p.sent = map[string]string{}, map[string]client.NewCheckIn{}, map[string]client.NewCheckIn{}
	t := p.s.t
	v := got(p.SaveCrisisPlan(t.Context(), client.NoPlan, client.PlanContent{WarningSigns: []client.PlanSign{{Text: "No sleep"}}}, ""))(t)
	got(p.ActivateCrisisPlan(t.Context(), v.Value.Newest))(t)
	p.options = []client.Option{client.WithHTTPClient(&http.Client{Timeout: 20 * time.Second, Transport: p}), client.WithRetries(3, time.Second)}
	p.moveTo(who.r)
}

// oneCall keeps connections short: the program behind them comes and goes.
var oneCall = &http.Transport{DisableKeepAlives: true}

// RoundTrip is the phone's network, which loses one answer of eight.
func (p *soakPhone) RoundTrip(rq *http.Request) (*http.Response, error) {
	p.s.requests.Add(1)
	res, err := oneCall.RoundTrip(rq)
	if err == nil && p.r.IntN(8) == 0 {
		p.s.lost.Add(1)
		res.Body.Close()
		return nil, errors.New("the answer was lost")
	}
	return res, err
}

func (p *soakPhone) wrong(what string, v ...any) {
	p.s.t.Errorf("patient %s: %s (purpose %v, unknown %v)", p.patient, fmt.Sprintf(what, v...), p.purpose, p.unknown)
}

func (p *soakPhone) saving() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.savingDevice, p.savingKept = p.patient, maps.Clone(p.kept)
}

// setBack is what a restore may have taken: what was answered after the backup.
func (p *soakPhone) setBack() {
	p.mu.Lock()
	defer p.mu.Unlock()
	known := p.saved
	if p.savedDevice != p.patient {
		p.unknown, known = true, nil
	}
	for id := range p.kept {
		if _, ok := known[id]; !ok {
			delete(p.kept, id)
			p.waiting[id] = p.sent[id]
		}
	}
	p.goal = ""
}

// ask calls one of the programs, and holds a refusal of the session against what
// happened to it. It tells the status; 0 when no answer came.
func (p *soakPhone) ask(call func(context.Context) error) int {
	if p.r.IntN(4) == 0 {
		p.other = 1 - p.other
	}
	if program := p.s.programs[p.other].Load(); program != p.person.r {
		p.moveTo(program)
	}
	err := call(p.s.t.Context())
	if err == nil {
		return http.StatusOK
	}
	status := statusOf(err)
	switch {
	case status == 0:
		p.other = 1 - p.other
	case status == http.StatusUnauthorized:
		p.judge(err)
	case status >= 500 && status != http.StatusServiceUnavailable:
		p.wrong("%v", err)
	}
	return status
}

// judge looks at a 401.
func (p *soakPhone) judge(err error) {
	problem, _ := errors.AsType[*client.Problem](err)
	switch {
	case p.needsDevice: // was told before
	case problem.Wipe && !p.purpose:
		p.wrong("WIPED without a word: %v", err)
	case !problem.Wipe && p.purpose && !p.unknown:
		p.wrong("ended on purpose and not told so: %v", err)
	case !p.purpose && !p.unknown:
		p.wrong("signed out by nobody: %v", err)
	case p.purpose:
		p.s.purposes.Add(1)
	default:
		p.s.parted.Add(1)
	}
	p.needsDevice = true
}

func (p *soakPhone) renew() {
	if p.ask(func(ctx context.Context) error { return p.Refresh(ctx) }) == http.StatusOK {
		p.s.refreshes.Add(1)
		if p.purpose {
			p.wrong("a session that was ended goes on")
		}
	}
}

func (p *soakPhone) live(stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		case <-time.After(time.Duration(500+p.r.IntN(1500)) * time.Millisecond):
			p.s.quiet.RLock()
			if !p.needsDevice {
				p.step()
			}
			p.s.quiet.RUnlock()
		}
	}
}

func (p *soakPhone) step() {
	switch n := p.r.IntN(200); {
	case n < 2:
		p.endMine()
	case n < 50:
		p.renew()
	case n < 110:
		p.checkIn()
	case n < 150:
		p.plan()
	case p.goal == "":
		p.ask(func(ctx context.Context) error {
			g, err := p.ProposeGoal(ctx, client.GoalTerms{Title: "Walk", Domain: "health"})
			p.goal = g.Value.ID
			return err
		})
	default:
		p.editGoal(fmt.Sprint("Walk ", n))
	}
}

func (p *soakPhone) plan() {
	switch status := p.ask(func(ctx context.Context) error { _, err := p.CrisisPlanBundle(ctx, ""); return err }); status {
	case http.StatusOK:
		p.s.plans.Add(1)
	case 0, http.StatusUnauthorized:
	default:
		p.wrong("no plan: %d", status)
	}
}

func (p *soakPhone) editGoal(title string) {
	var g client.Versioned[client.Goal]
	status := p.ask(func(ctx context.Context) (err error) { g, err = p.Goal(ctx, p.goal); return err })
	if status == http.StatusNotFound {
		p.wrong("the goal is gone")
	}
	if status == http.StatusOK {
		g.Value.Title = title
		p.ask(func(ctx context.Context) error { _, err := p.EditGoal(ctx, g); return err })
	}
}

// checkIn sends what waits, or a new one.
func (p *soakPhone) checkIn() {
	if len(p.waiting) == 0 {
		in := checkIn(newID())
		in.Answers["safety"] = p.r.IntN(5) == 0
		p.waiting[in.ID], p.sent[in.ID] = in, in
	}
	for id, in := range p.waiting {
		switch status := p.ask(func(ctx context.Context) error { _, err := p.SendCheckIn(ctx, in); return err }); status {
		case http.StatusOK:
			p.s.checkIns.Add(1)
			p.kept[id] = in.Answers["note"].(string)
			delete(p.waiting, id)
		case 0, http.StatusUnauthorized, http.StatusServiceUnavailable, http.StatusTooManyRequests:
		default:
			p.wrong("a check-in: %d", status)
		}
		return
	}
}

// endMine is the owner who ends this phone.
func (p *soakPhone) endMine() {
	if p.ask(func(ctx context.Context) error {
		for _, err := range p.MySessions(ctx) {
			return err
		}
		return nil
	}) != http.StatusOK {
		return
	}
	p.purpose = true // from when it is asked: the answer can be lost
	for range 20 {
		status := p.ask(func(ctx context.Context) error { return p.EndMySession(ctx, p.SignedIn().Session.ID) })
		if status == http.StatusOK || status == http.StatusUnauthorized {
			break
		}
		time.Sleep(200 * time.Millisecond)
	}
	p.bury()
}

// bury has the ended phone hear that it forgets its person.
func (p *soakPhone) bury() {
	for range 20 {
		if p.renew(); p.needsDevice {
			p.graves = append(p.graves, p.SignedIn())
			return
		}
	}
}

// reportLost has the office end this phone.
func (p *soakPhone) reportLost(admin *person) {
	p.purpose = true
	if err := admin.EndAccountSession(p.s.t.Context(), p.account, p.SignedIn().Session.ID, "reported-lost"); err != nil {
		p.s.t.Fatal(err)
	}
	p.bury()
}

// lookAtGraves wants that what was ended stays ended over a restore.
func (p *soakPhone) lookAtGraves() {
	for _, ended := range p.graves {
		err := p.s.programs[p.other].Load().client(client.WithSignIn(ended)).Refresh(p.s.t.Context())
		if statusOf(err) != http.StatusUnauthorized {
			p.wrong("a session that ended on purpose: %v", err)
		}
	}
}

// look wants every check-in that was answered with 2xx, once.
func (p *soakPhone) look() {
	p.lookAtGraves()
	for range 200 {
		if p.needsDevice {
			return
		}
		found, notes := map[string]int{}, map[string]int{}
		status := p.ask(func(ctx context.Context) error {
			for in, err := range p.CheckIns(ctx) {
				if err != nil {
					return err
				}
				found[in.ID]++
				notes[fmt.Sprint(in.Answers["note"])]++
			}
			return nil
		})
		if status != http.StatusOK {
			continue
		}
		for id, note := range p.kept {
			if found[id] != 1 || notes[note] != 1 {
				p.wrong("check-in %s: there %d times, its words %d times", id, found[id], notes[note])
			}
		}
		return
	}
	p.wrong("it can't read its check-ins")
}
