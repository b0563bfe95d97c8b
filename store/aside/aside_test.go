package aside_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"handrail/store"
	"handrail/store/aside"
	"handrail/store/storetest"
)

func TestOneThatFailsIsSetAsideAndTheRestGoOn(t *testing.T) {
	s := storetest.Open(t, aside.Collection("set_aside"))
	now := time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC)
	var log bytes.Buffer
	book := aside.New(s, "set_aside", func() time.Time { return now }, slog.New(slog.NewTextHandler(&log, nil)))
	tries, good := map[string]int{}, 0
	broken := true
	turn := func() {
		t.Helper()
		r, err := book.Round(t.Context(), "planner")
		if err != nil {
			t.Fatal(err)
		}
		for _, ref := range []string{"unreadable", "panics", "fails", "good"} {
			err := r.Do(t.Context(), ref, func() error {
				tries[ref]++
				switch {
				case !broken || ref == "good":
					good++
					return nil
				case ref == "unreadable":
					return aside.Unreadable(errors.New("Sam took two"))
				case ref == "panics":
					panic("Sam took two")
				}
				return fmt.Errorf("of Sam: %w", store.ErrInvalid)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for range 100 { // without a back-off this would be a hundred tries
		turn()
	}
	if good != 100 || tries["panics"] != 1 || tries["unreadable"] != 1 || strings.Count(log.String(), "set something aside") != 3 {
		t.Errorf("%d good, tries %v, log %s", good, tries, log.String())
	}
	if strings.Contains(log.String(), "Sam") {
		t.Error("the log tells of somebody:", log.String())
	}
	for range 24 * 60 { // a day, minute by minute
		now = now.Add(time.Minute)
		turn()
	}
	if n := tries["fails"]; n < 8 || n > 16 {
		t.Errorf("%d tries in a day", n)
	}
	marks, err := book.Marks(t.Context())
	if err != nil || len(marks) != 3 || book.Counts()["planner"] != 3 {
		t.Fatalf("%+v, %v, %v", marks, book.Counts(), err)
	}
	causes := map[string]string{}
	for _, m := range marks {
		causes[m.Ref] = m.Cause
	}
	if fmt.Sprint(causes) != "map[fails:not-storable panics:panic unreadable:unreadable]" {
		t.Error(causes)
	}
	broken = false
	now = now.Add(aside.Most)
	turn()
	if marks, err = book.Marks(t.Context()); err != nil || len(marks) != 0 || book.Counts()["planner"] != 0 {
		t.Errorf("%+v, %v", marks, err)
	}
}

func TestAStoreThatDoesNotAnswerIsNobodysFault(t *testing.T) {
	s := storetest.Open(t, aside.Collection("set_aside"))
	book := aside.New(s, "set_aside", func() time.Time { return time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC) }, slog.New(slog.DiscardHandler))
	r, err := book.Round(t.Context(), "planner")
	if err != nil {
		t.Fatal(err)
	}
	for _, why := range []error{store.ErrUnavailable, context.Canceled, context.DeadlineExceeded} {
		if err := r.Do(t.Context(), "sam", func() error { return fmt.Errorf("reading: %w", why) }); !errors.Is(err, why) {
			t.Errorf("%v: %v", why, err)
		}
	}
	if marks, err := book.Marks(t.Context()); err != nil || len(marks) != 0 {
		t.Errorf("%+v, %v", marks, err)
	}
}
