package webtest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"handrail/care/caretest/rounds"
)

// fickle is a clinic's computer that takes what comes, takes it and loses the answer, is in trouble,
// or refuses. What it has it never refuses.
type fickle struct {
	mu      sync.Mutex
	dice    *rand.Rand
	well    bool
	arrived map[string]int
	has     map[string]bool
}

func (f *fickle) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var sent struct{ ID string }
	if err := json.NewDecoder(r.Body).Decode(&sent); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	f.mu.Lock()
	f.arrived[sent.ID]++
	way := f.dice.IntN(6)
	if f.well || way == 5 && f.has[sent.ID] {
		way = 0
	}
	f.has[sent.ID] = f.has[sent.ID] || way <= 2
	f.mu.Unlock()
	switch way {
	case 0, 1:
		taken(w)
	case 2:
		panic(http.ErrAbortHandler)
	case 3:
		refused(w, http.StatusServiceUnavailable)
	case 4:
		refused(w, http.StatusTooManyRequests)
	default:
		refused(w, http.StatusUnprocessableEntity)
	}
}

// counted is what the rounds did.
type counted struct{ saved, held, kills, full, updates, taken, again, refused int }

// The page in Chromium, with two tabs: each is killed in the midst of keeping and sending, the
// phone is full for a while, the page is updated, and the clinic's computer loses answers. What
// was called saved is at the clinic in the end, or is said to be refused; nothing stands there
// twice, and nothing is sent after its answer was kept.
func TestWhatWasSavedIsSentOnceInChromium(t *testing.T) {
	t.Parallel()
	var did counted
	for seed := range rounds.Of(3, 50) {
		t.Run(fmt.Sprint("round ", seed), func(t *testing.T) { savedRound(t, uint64(seed), &did) }) // its windows close with it
	}
	t.Logf("%+v", did)
}

func savedRound(t *testing.T, seed uint64, did *counted) {
	dice := rand.New(rand.NewPCG(seed, 19))
	f := &fickle{dice: rand.New(rand.NewPCG(seed, 20)), arrived: map[string]int{}, has: map[string]bool{}}
	server := renewable(t, map[string]http.HandlerFunc{
		"POST /v1/patients/p/check-ins": f.ServeHTTP,
		"POST /v1/auth/refresh": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, signedInAnswer("new", now().Add(time.Hour)))
		}})
	defer server.Close()
	p := newPhone(t, server.URL, "en-US")
	p.letWorker()
	p.load("#/help")
	p.title("Help now")
	p.keepSignIn(now().Add(time.Hour))
	tabs := []*dying{p.dying(), p.dying()}
	saved, full := map[string]bool{}, false
	for n := range 14 {
		i := dice.IntN(2)
		tab := tabs[i]
		id := fmt.Sprintf("0197a000-0000-7000-8000-%06d%06d", seed, n)
		keep := fmt.Sprintf(`m.keep('p', { id: '%s', answers: {} })`, id)
		switch what := dice.IntN(10); what {
		case 0, 1, 2, 3:
			stands := module[string](tab.phone, "outbox", `(await `+keep+`, (await m.standing()).find((e) => e.id === '`+id+`')?.heldOnly ? 'held' : 'saved')`)
			saved[id] = stands == "saved"
			did.held += one(!saved[id])
			did.saved += one(saved[id])
		case 4, 5:
			module[bool](tab.phone, "outbox", `(m.sendAll().catch(() => {}), true)`)
		case 6, 7: // in the midst of what it does
			module[bool](tab.phone, "outbox", `(`+keep+`.catch(() => {}), m.sendAll().catch(() => {}), true)`)
			<-time.After(time.Duration(dice.IntN(30)) * time.Millisecond)
			tab.die()
			tabs[i] = p.dying()
			tabs[i].fill(full)
			did.kills++
		case 8:
			full = dice.IntN(3) > 0
			for _, each := range tabs {
				each.fill(full)
			}
			did.full += one(full)
		default:
			server.newer.Store(true)
			module[bool](tab.phone, "outbox", `(navigator.serviceWorker.getRegistration().then((r) => r?.update()).catch(() => {}), true)`)
			tab.load("#/help")
			tab.title("Help now")
			tab.fill(full)
			did.updates++
		}
	}
	f.mu.Lock()
	f.well = true
	f.mu.Unlock()
	for i := range tabs {
		tabs[i].die()
		tabs[i] = p.dying()
		tabs[i].sendAll(2)
	}
	f.hold(t, seed, saved, tabs[0].phone, did)
}

// hold looks at what is where in the end.
func (f *fickle) hold(t *testing.T, seed uint64, saved map[string]bool, p *phone, did *counted) {
	t.Helper()
	stands := module[[]struct{ ID, State string }](p, "outbox", `(await m.standing()).map((e) => ({ ID: e.id, State: e.state }))`)
	state := map[string]string{}
	for _, e := range stands {
		if state[e.ID] != "" {
			t.Errorf("round %d: %s stands twice: %s and %s", seed, e.ID, state[e.ID], e.State)
		}
		state[e.ID] = e.State
	}
	f.mu.Lock()
	before := map[string]int{}
	for id, n := range f.arrived {
		before[id] = n
		did.again += n - 1
	}
	for id := range saved {
		did.taken += one(saved[id] && f.has[id])
		did.refused += one(state[id] == "refused")
		if saved[id] && !f.has[id] && state[id] != "refused" {
			t.Errorf("round %d: %s was called saved and is nowhere; it stands as %q", seed, id, state[id])
		}
	}
	f.mu.Unlock()
	p.sendAll(2)
	f.mu.Lock()
	defer f.mu.Unlock()
	for id, n := range f.arrived {
		if state[id] == "sent" && n != before[id] {
			t.Errorf("round %d: %s was sent after its answer was kept", seed, id)
		}
	}
}

func one(yes bool) int { return strings.Count(fmt.Sprint(yes), "true") }

// dying is a tab that can be closed at any moment, in the browser of a phone that lives on.
type dying struct {
	*phone
	die func()
}

func (p *phone) dying() *dying {
	p.t.Helper()
	tab, closeTab := chromedp.NewContext(p.ctx)
	if err := chromedp.Do(tab); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(closeTab)
	d := &dying{&phone{t: p.t, ctx: tab, base: p.base, noises: p.noises, moved: p.moved}, closeTab}
	d.move(0)
	d.load("#/help")
	d.title("Help now")
	return d
}

// fill makes the phone one that has no room, or has room again. The browser's own quota for
// tests is asked only now and then by IndexedDB, so the page is told what it would be told.
func (d *dying) fill(full bool) {
	d.t.Helper()
	eval[bool](d.phone, fmt.Sprintf(`((full) => {
	  globalThis.roomy ??= IDBObjectStore.prototype.put;
	  IDBObjectStore.prototype.put = full ? function put() { throw new DOMException('full', 'QuotaExceededError'); } : roomy;
	  return true;
	})(%t)`, full))
}
