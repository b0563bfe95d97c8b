package webtest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"
)

// moody is a server that loses answers: it notes each check-in that reached it, and
// then behaves as the test says.
type moody struct {
	mu      sync.Mutex
	arrived []string // ids, as they came
	behave  func(n int, w http.ResponseWriter)
}

func (m *moody) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var sent struct{ ID string }
	if err != nil || json.Unmarshal(body, &sent) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	m.mu.Lock()
	m.arrived = append(m.arrived, sent.ID)
	n := len(m.arrived)
	m.mu.Unlock()
	m.behave(n, w)
}

func (m *moody) ids() (all int, different map[string]bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	different = map[string]bool{}
	for _, id := range m.arrived {
		different[id] = true
	}
	return len(m.arrived), different
}

func taken(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	fmt.Fprint(w, `{"checkIn":{},"help":null}`)
}

func refused(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"status":%d,"code":"made-up"}`, status)
}

// withOutbox is a phone that is signed in and has one check-in to send.
func withOutbox(t *testing.T, m *moody) *phone {
	t.Helper()
	p := newPhone(t, bare(t, map[string]http.HandlerFunc{
		"POST /v1/patients/p/check-ins": m.ServeHTTP,
		"POST /v1/auth/refresh": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, signedInAnswer("new", now().Add(time.Hour)))
		}}), "en-US")
	p.load("#/help")
	p.title("Help now")
	p.keepSignIn(now().Add(time.Hour))
	module[bool](p, "outbox", `(await m.keep('p', { id: '0197a000-0000-7000-8000-000000000001', answers: {} }), true)`)
	return p
}

func (p *phone) sendAll(times int) {
	p.t.Helper()
	for range times {
		module[bool](p, "outbox", `m.sendAll().then(() => true, () => true)`)
	}
}

func (p *phone) stands() string {
	p.t.Helper()
	return module[string](p, "outbox", `(await m.standing()).map((e) => e.state).join()`)
}

func TestTheSameCheckInIsSentUntilItIsTaken(t *testing.T) {
	t.Parallel()
	m := &moody{behave: func(n int, w http.ResponseWriter) {
		switch n {
		case 1:
			refused(w, http.StatusServiceUnavailable)
		case 2: // taken, and the answer is lost on the way
			panic(http.ErrAbortHandler)
		case 3:
			refused(w, http.StatusTooManyRequests)
		default:
			taken(w)
		}
	}}
	p := withOutbox(t, m)
	p.sendAll(2)
	p.load("#/help") // the page is closed and opened between two tries
	p.title("Help now")
	p.sendAll(3)
	if got := p.stands(); got != "sent" {
		t.Errorf("it stands as %q", got)
	}
	all, different := m.ids()
	p.sendAll(2)
	again, _ := m.ids()
	if all < 4 || len(different) != 1 || again != all {
		t.Errorf("%d arrived, %d different; after it was taken %d", all, len(different), again)
	}
}

// Two tabs that both want to send do not send twice.
func TestTwoTabsSendOnce(t *testing.T) {
	t.Parallel()
	m := &moody{behave: func(_ int, w http.ResponseWriter) {
		<-time.After(200 * time.Millisecond) // the other tab must have time to be wrong
		taken(w)
	}}
	p := withOutbox(t, m)
	other := p.secondTab()
	other.load("#/help")
	other.title("Help now")
	var both sync.WaitGroup
	for _, tab := range []*phone{p, other} {
		both.Go(func() { tab.sendAll(2) })
	}
	both.Wait()
	if all, _ := m.ids(); all != 1 {
		t.Errorf("it arrived %d times", all)
	}
}

// What can never be taken does not stand in the way of what can, and the person is
// told.
func TestARefusedCheckInIsTold(t *testing.T) {
	t.Parallel()
	m := &moody{behave: func(n int, w http.ResponseWriter) {
		if n == 1 {
			refused(w, http.StatusUnprocessableEntity)
			return
		}
		taken(w)
	}}
	p := withOutbox(t, m)
	module[bool](p, "outbox", `(await m.keep('p', { id: '0197a000-0000-7000-8000-000000000002', answers: {} }), true)`)
	p.sendAll(1)
	if got := p.stands(); got != "sent,refused" && got != "refused,sent" {
		t.Errorf("they stand as %q", got)
	}
	p.to("#/today")
	p.see("This could not be taken")
	p.see("Please tell your team in another way.")
	p.tap("Remove it from this phone")
	p.until("it is gone", "!document.body.innerText.includes('could not be taken')")
}
