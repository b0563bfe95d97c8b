package notify_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
	"handrail/store/seal"
	"handrail/store/storetest"
)

// start is a Monday, 10:00 in New York.
var start = time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC)

// clock stands still until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }

func (c *clock) Move(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.now = c.now.Add(d) }

func (c *clock) Set(t time.Time) { c.mu.Lock(); defer c.mu.Unlock(); c.now = t }

// wire is a channel that a test answers for.
type wire struct {
	name   string
	mu     sync.Mutex
	answer func(notify.Message) notify.Result // nil: accepted
	got    []notify.Message                   // accepted or lost on the way back
	asked  int
	fault  func() error // of a check; nil: none
	checks int
}

func (w *wire) Name() string { return w.name }

func (w *wire) Check(context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.checks++
	if w.fault == nil {
		return nil
	}
	return w.fault()
}

// breaks makes each check of the channel fail, or with nil none.
func (w *wire) breaks(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fault = func() error { return err }
}

func (w *wire) Send(_ context.Context, batch []notify.Message) []notify.Result {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := make([]notify.Result, len(batch))
	for i, m := range batch {
		w.asked++
		out[i] = notify.Result{Outcome: notify.Accepted, ID: "x"}
		if w.answer != nil {
			out[i] = w.answer(m)
		}
		if out[i].Outcome == notify.Accepted || out[i].Outcome == notify.Lost {
			w.got = append(w.got, m)
		}
	}
	return out
}

func (w *wire) answers(r notify.Result) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answer = func(notify.Message) notify.Result { return r }
}

// sent counts what arrived since the last call.
func (w *wire) sent() int { return len(w.take()) }

func (w *wire) take() []notify.Message {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := w.got
	w.got = nil
	return out
}

// clinic is a clinic with reminders on a real store.
type clinic struct {
	*notify.Notifier
	t      testing.TB
	store  *seal.Store
	clock  *clock
	fcm    *wire
	web    *wire
	mail   *wire
	sms    *wire
	log    *strings.Builder
	config notify.Config
}

func newClinic(t testing.TB, change ...func(*notify.Config)) *clinic {
	w := &clinic{t: t, store: storetest.Open(t, notify.Collections()...), clock: &clock{now: start}, log: &strings.Builder{},
		fcm: &wire{name: notify.ChannelFCM}, web: &wire{name: notify.ChannelWebPush}, mail: &wire{name: notify.ChannelEmail}, sms: &wire{name: notify.ChannelSMS}}
	w.config = notify.Config{Store: w.store, Now: w.clock.Now, Rand: func() float64 { return 0.5 }, Log: slog.New(slog.NewTextHandler(&lockedWriter{w: w.log}, nil)),
		Channels: []notify.Channel{w.fcm, w.web, w.mail, w.sms}, Site: notify.Site{Language: "en", BaseURL: "https://clinic.example", PerDay: 8}}
	for _, c := range change {
		c(&w.config)
	}
	w.Notifier = w.instance()
	return w
}

type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

// instance starts one more instance over the same store.
func (w *clinic) instance() *notify.Notifier {
	w.t.Helper()
	n, err := notify.New(w.t.Context(), w.config)
	w.ok(err)
	return n
}

func (w *clinic) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// patient enrolls somebody in New York who has a phone.
func (w *clinic) patient() models.Session {
	w.t.Helper()
	s := w.session()
	w.enrol(s)
	return s
}

// enrol makes somebody of New York known, with a phone.
func (w *clinic) enrol(s models.Session) {
	w.t.Helper()
	w.ok(w.Enroll(w.t.Context(), notify.Person{AccountID: s.AccountID, Owner: s.PatientID, Home: "America/New_York", Language: "en"}))
	w.register(s, "token-"+s.ID)
}

func (w *clinic) session() models.Session {
	return models.Session{ID: uuid.NewString(), AccountID: uuid.NewString(), PatientID: uuid.NewString(), Role: models.RolePatient,
		Device: models.Device{ID: uuid.NewString()}}
}

func (w *clinic) register(s models.Session, token string) {
	w.t.Helper()
	_, err := w.Register(w.t.Context(), s, notify.Registration{DeviceID: s.Device.ID, Channel: notify.ChannelFCM, Address: notify.Address{To: token}})
	w.ok(err)
}

func (w *clinic) rules(s models.Session, source string, rules []reminder.Rule) {
	w.t.Helper()
	w.ok(w.SetRules(w.t.Context(), s.AccountID, source, rules))
}

func (w *clinic) choose(s models.Session, ch reminder.Choices) {
	w.t.Helper()
	_, err := w.SetChoices(w.t.Context(), s.AccountID, 0, ch)
	w.ok(err)
}

// drain hands over what is due and gives what ended, as "state why: count".
func (w *clinic) drain() map[string]int {
	w.t.Helper()
	tally, err := w.Drain(w.t.Context())
	w.ok(err)
	return tally.Ended
}

// at sets the clock to a time of New York in March 2026, before the clocks change.
func (w *clinic) at(day, hour, minute int) {
	w.clock.Set(time.Date(2026, 3, day, hour+5, minute, 0, 0, time.UTC))
}

func (w *clinic) inbox(s models.Session) []notify.Item {
	w.t.Helper()
	page, err := w.Inbox(w.t.Context(), s.AccountID, notify.Paging{Limit: 100})
	w.ok(err)
	return page.Items
}

// trail is an entry's trail as "planned claimed accepted:fcm".
func (w *clinic) trail(s models.Session, id string) string {
	w.t.Helper()
	tr, err := w.TrailOf(w.t.Context(), s.AccountID, id)
	w.ok(err)
	var out []string
	for _, m := range tr.Marks {
		word := m.What
		if m.Channel != "" {
			word += ":" + m.Channel
		}
		if m.Note != "" {
			word += "(" + m.Note + ")"
		}
		out = append(out, word)
	}
	return strings.Join(out, " ") + " = " + string(tr.State)
}

func want[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func wantCode(t testing.TB, err error, kind models.Kind, code string) {
	t.Helper()
	if models.KindOf(err) != kind || !strings.Contains(fmt.Sprint(err), code) {
		t.Errorf("error is %v, want %s", err, code)
	}
}
