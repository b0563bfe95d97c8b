package notify_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"testing"

	"github.com/google/uuid"

	"handrail/models/reminder"
	"handrail/notify"
	"handrail/store"
)

func allOf() store.Query { return store.Query{Index: store.IDIndex, Limit: store.MaxLimit} }

// TestPayloadCantHoldContent: no field of it is a text, or holds one.
func TestPayloadCantHoldContent(t *testing.T) {
	p := reflect.TypeFor[notify.Payload]()
	want(t, "fields", p.NumField(), 3)
	for i := range p.NumField() {
		switch k := p.Field(i).Type; {
		case k.Kind() == reflect.Uint8 || k.Kind() == reflect.Uint32:
		case k == reflect.TypeFor[uuid.UUID]():
		default:
			t.Errorf("%s is a %s", p.Field(i).Name, k)
		}
	}
}

// TestNothingOfAPersonIsOnTheWire: whatever kinds and ids there are, what leaves is a
// class, a random id and a number.
func TestNothingOfAPersonIsOnTheWire(t *testing.T) {
	w := newClinic(t, func(c *notify.Config) { c.Site.PerDay = 1000 })
	s := w.patient()
	w.choose(s, reminder.Choices{Quiet: []reminder.Window{}, Language: "es"})
	r := rand.New(rand.NewPCG(1, 1))
	for i := range 40 {
		k := reminder.Kinds[r.IntN(len(reminder.Kinds))]
		w.ok(w.Tell(t.Context(), notify.Note{AccountID: s.AccountID, Kind: k, Key: fmt.Sprint("naloxone-", i), Ref: "relapse"}))
		w.drain()
	}
	form := regexp.MustCompile(`^\{"kind":"(look|time|soon|now)","id":"[0-9a-f-]{36}","epoch":[0-9]+\}$`)
	list := w.fcm.take()
	for _, m := range list {
		body, err := json.Marshal(m.Payload)
		w.ok(err)
		if !form.Match(body) {
			t.Errorf("payload: %s", body)
		}
	}
	if len(list) < 20 {
		t.Errorf("only %d were sent", len(list))
	}
}

func FuzzPayload(f *testing.F) {
	f.Add(uint8(0), []byte("0123456789abcdef"), uint32(1))
	f.Add(uint8(255), []byte("naloxone, opioid"), uint32(1<<31))
	form := regexp.MustCompile(`^\{"kind":"(look|time|soon|now|token)","id":"[0-9a-f-]{36}","epoch":[0-9]+\}$`)
	f.Fuzz(func(t *testing.T, code uint8, id []byte, epoch uint32) {
		p := notify.Payload{Kind: notify.Code(code), Epoch: epoch}
		copy(p.ID[:], id)
		if body, err := json.Marshal(p); err != nil || !form.Match(body) {
			t.Errorf("%s %v", body, err)
		}
	})
}
