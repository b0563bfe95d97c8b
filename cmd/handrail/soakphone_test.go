package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
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
	goal, tag   string
	kept        map[string]string         // check-ins with a 2xx: id to note
	waiting     map[string]map[string]any // those without an answer, and those that a restore took back
	sent        map[string]map[string]any
	graves      []string // refresh tokens of sessions that ended on purpose

	mu                        sync.Mutex // of what follows
	savedDevice, savingDevice string
	saved, savingKept         map[string]string
}

func (p *soakPhone) begin(who *person) {
	p.person, p.needsDevice, p.purpose, p.unknown, p.goal = who, false, false, false, ""
	p.kept, p.waiting, p.sent = map[string]string{}, map[string]map[string]any{}, map[string]map[string]any{}
	own := "/v1/patients/" + p.patient
	p.must(http.StatusOK, "PUT", own+"/crisis-plan", map[string]any{"content": map[string]any{"warningSigns": []any{map[string]any{"text": "No sleep"}}}}, "If-Match", `"0"`)
	p.must(http.StatusOK, "POST", own+"/crisis-plan/activate", map[string]any{"version": 1})
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

// ask calls one of the programs. An answer can be lost: then it is 0.
func (p *soakPhone) ask(method, path string, body any, header ...string) (int, map[string]any) {
	if p.r.IntN(4) == 0 {
		p.other = 1 - p.other
	}
	p.s.requests.Add(1)
	p.person.r = p.s.programs[p.other].Load()
	code, out, head := p.exchange(method, path, body, header...)
	p.tag = head.Get("ETag")
	if code == 0 {
		p.other = 1 - p.other
	}
	if code != 0 && p.r.IntN(8) == 0 {
		p.s.lost.Add(1)
		return 0, nil
	}
	if code >= 500 && code != http.StatusServiceUnavailable {
		p.wrong("%s %s: %d %v", method, path, code, out)
	}
	return code, out
}

// as asks with a token, and refreshes once when it is refused.
func (p *soakPhone) as(method, path string, body any, header ...string) (int, map[string]any) {
	turn := p.s.turn.Load()
	code, out := p.ask(method, path, body, header...)
	if code == http.StatusUnauthorized && p.renew() {
		if code, out = p.ask(method, path, body, header...); code == http.StatusUnauthorized && p.s.turn.Load() == turn {
			p.wrong("a new token is refused: %s %v", path, out)
		}
	}
	return code, out
}

// renew refreshes, and holds a refusal against what happened to the session.
func (p *soakPhone) renew() bool {
	code, out := p.ask("POST", "/v1/auth/refresh", map[string]any{"refreshToken": p.refresh})
	switch code {
	case http.StatusOK:
		p.s.refreshes.Add(1)
		p.token, p.refresh = out["accessToken"].(string), out["refreshToken"].(string)
		if p.purpose {
			p.wrong("a session that was ended goes on")
		}
		return true
	case http.StatusUnauthorized:
		wipe, _ := out["wipe"].(bool)
		switch {
		case wipe && !p.purpose:
			p.wrong("WIPED without a word: %v", out)
		case !wipe && p.purpose && !p.unknown:
			p.wrong("ended on purpose and not told so: %v", out)
		case !p.purpose && !p.unknown:
			p.wrong("signed out by nobody: %v", out)
		case p.purpose:
			p.s.purposes.Add(1)
		default:
			p.s.parted.Add(1)
		}
		p.needsDevice = true
	}
	return false
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
	own := "/v1/patients/" + p.patient
	switch n := p.r.IntN(200); {
	case n < 2:
		p.endMine()
	case n < 50:
		p.renew()
	case n < 110:
		p.checkIn()
	case n < 150:
		if code, out := p.as("GET", own+"/crisis-plan/bundle", nil); code == http.StatusOK {
			p.s.plans.Add(1)
		} else if code != 0 && code != http.StatusUnauthorized {
			p.wrong("no plan: %d %v", code, out)
		}
	case p.goal == "":
		id := newID()
		if code, _ := p.as("POST", own+"/goals", map[string]any{"id": id, "title": "Walk", "domain": "health"}); code == http.StatusCreated {
			p.goal = id
		}
	default:
		if code, _ := p.as("GET", own+"/goals/"+p.goal, nil); code == http.StatusOK {
			p.as("PUT", own+"/goals/"+p.goal, map[string]any{"title": fmt.Sprint("Walk ", n), "domain": "health"}, "If-Match", p.tag)
		} else if code == http.StatusNotFound {
			p.wrong("the goal is gone")
		}
	}
}

// checkIn sends what waits, or a new one.
func (p *soakPhone) checkIn() {
	if len(p.waiting) == 0 {
		body := checkIn(newID())
		body["answers"].(map[string]any)["safety"] = p.r.IntN(5) == 0
		p.waiting[body["id"].(string)], p.sent[body["id"].(string)] = body, body
	}
	for id, body := range p.waiting {
		code, out := p.as("POST", "/v1/patients/"+p.patient+"/check-ins", body)
		switch {
		case code == http.StatusOK || code == http.StatusCreated:
			p.s.checkIns.Add(1)
			p.kept[id] = body["answers"].(map[string]any)["note"].(string)
			delete(p.waiting, id)
		case code != 0 && code != http.StatusUnauthorized && code != http.StatusServiceUnavailable && code != http.StatusTooManyRequests:
			p.wrong("a check-in: %d %v", code, out)
		}
		return
	}
}

// endMine is the owner who ends this phone.
func (p *soakPhone) endMine() {
	if code, _ := p.as("GET", "/v1/me/sessions", nil); code != http.StatusOK {
		return
	}
	p.purpose = true // from when it is asked: the answer can be lost
	for range 20 {
		code, _ := p.ask("DELETE", "/v1/me/sessions/"+p.session(), nil)
		if code == http.StatusNoContent || code == http.StatusUnauthorized {
			break
		}
		time.Sleep(200 * time.Millisecond)
	}
	p.bury()
}

func (p *soakPhone) session() string { return p.refresh[:36] }

// bury has the ended phone hear that it forgets its person.
func (p *soakPhone) bury() {
	for range 20 {
		if p.renew(); p.needsDevice {
			p.graves = append(p.graves, p.refresh)
			return
		}
	}
}

// reportLost has the office end this phone.
func (p *soakPhone) reportLost(admin *person) {
	p.purpose = true
	admin.must(http.StatusNoContent, "POST", "/v1/accounts/"+p.account+"/sessions/"+p.session()+"/end", map[string]any{"reason": "reported-lost"})
	p.bury()
}

// lookAtGraves wants that what was ended stays ended over a restore.
func (p *soakPhone) lookAtGraves() {
	for _, token := range p.graves {
		p.person.r = p.s.programs[p.other].Load()
		if code, out := p.call("POST", "/v1/auth/refresh", map[string]any{"refreshToken": token}); code != http.StatusUnauthorized {
			p.wrong("a session that ended on purpose: %d %v", code, out)
		}
	}
}

// look wants every check-in that was answered with 2xx, once.
func (p *soakPhone) look() {
	p.lookAtGraves()
	if p.needsDevice {
		return
	}
	found, notes, cursor := map[string]int{}, map[string]int{}, ""
	for tries := 0; tries < 200; tries++ {
		path := "/v1/patients/" + p.patient + "/check-ins?limit=50"
		if cursor != "" {
			path += "&cursor=" + cursor
		}
		code, out := p.as("GET", path, nil)
		if p.needsDevice {
			return
		}
		if code != http.StatusOK {
			continue
		}
		for _, one := range out["items"].([]any) {
			c := one.(map[string]any)
			found[c["id"].(string)]++
			if answers, ok := c["answers"].(map[string]any); ok {
				notes[fmt.Sprint(answers["note"])]++
			}
		}
		if cursor, _ = out["next"].(string); cursor == "" {
			for id, note := range p.kept {
				if found[id] != 1 || notes[note] != 1 {
					p.wrong("check-in %s: there %d times, its words %d times", id, found[id], notes[note])
				}
			}
			return
		}
	}
	p.wrong("it can't read its check-ins")
}
