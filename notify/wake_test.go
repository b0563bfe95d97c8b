package notify_test

import (
	"context"
	"testing"

	"handrail/models/reminder"
	"handrail/notify"
	"handrail/store"
)

// meanwhile does something once, after a worker has claimed nothing and before it looks
// for what comes next.
type meanwhile struct {
	store.Store
	do func()
}

func (m *meanwhile) Query(ctx context.Context, collection string, q store.Query) (store.Page, error) {
	page, err := m.Store.Query(ctx, collection, q)
	if do := m.do; do != nil && collection == notify.ColDue && q.To != nil && len(page.Docs) == 0 {
		m.do = nil
		do()
	}
	return page, err
}

// TestWhatComesWhileAWorkerLooksDoesNotRest: a worker that has found nothing left takes
// what was written meanwhile for something new, and not for something that rests.
func TestWhatComesWhileAWorkerLooksDoesNotRest(t *testing.T) {
	s := &meanwhile{}
	w := newClinic(t, func(c *notify.Config) { s.Store = c.Store; c.Store = s })
	nurse := w.patient()
	calls := func(key string) {
		w.ok(w.Tell(t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: reminder.TeamAlarm, Key: key, Ref: "alert:" + key}))
	}
	pass := func() {
		_, err := w.Pass(t.Context())
		w.ok(err)
	}
	calls("one")
	pass()
	want(t, "calls", w.fcm.sent(), 1)
	s.do = func() { calls("two") }
	pass()
	if s.do != nil {
		t.Fatal("no worker looked")
	}
	pass()
	want(t, "calls that came meanwhile", w.fcm.sent(), 1)
}
