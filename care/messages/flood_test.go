package messages_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/message"
	"handrail/models/risk"
)

// TestAFloodOverManyConversations: who begins one after the other is held back as who writes
// in one; a day later the next is taken; and nobody else is.
func TestAFloodOverManyConversations(t *testing.T) {
	h := caretest.New(t)
	p, other := h.Patient(), h.Patient()
	nurse := h.Clinician(models.DisciplineNursing, p, other)
	open := func(who models.Actor, of string) error {
		_, err := h.Chart(who, of).Messages.Begin(t.Context(), care.NewID(), message.Opening{Kind: message.WithPatient, First: message.Draft{ID: care.NewID(), Text: "again", Urgency: message.Routine}})
		return err
	}
	for range message.MaxThreads {
		if err := open(p, p.PatientID); err != nil {
			t.Fatal(err)
		}
	}
	caretest.WantKind(t, open(p, p.PatientID), models.KindTooMany, "too-many-messages")
	for who, of := range map[models.Actor]string{other: other.PatientID, nurse: p.PatientID} {
		if err := open(who, of); err != nil {
			t.Errorf("%s is held back for another: %v", who.Role, err)
		}
	}
	h.Clock.Move(24*time.Hour + time.Second)
	if err := open(p, p.PatientID); err != nil {
		t.Fatal(err)
	}
}

// TestAFloodOfADay: sixty in each hour come to two hundred, and no more on that day; what
// was sent before and is sent again is no flood.
func TestAFloodOfADay(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	first := message.Draft{ID: care.NewID(), Text: "first", Urgency: message.Routine}
	sent, err := h.Chart(p, p.PatientID).Messages.Begin(t.Context(), care.NewID(), message.Opening{Kind: message.WithPatient, First: first})
	if err != nil {
		t.Fatal(err)
	}
	id, n := sent.Thread.ID, 1
	for n < message.MaxPerDay {
		if _, err := write(h, h.Care, p, id, fmt.Sprint(n)); err == nil {
			n++
		} else {
			caretest.WantKind(t, err, models.KindTooMany, "too-many-messages")
			h.Clock.Move(time.Hour + time.Second)
		}
	}
	h.Clock.Move(time.Hour + time.Second)
	_, err = write(h, h.Care, p, id, "one too many")
	caretest.WantKind(t, err, models.KindTooMany, "too-many-messages")
	if again, err := h.Care.Messages.Send(t.Context(), p, id, first); err != nil || again.Message.Number != 1 {
		t.Errorf("the same again: %+v %v", again.Message, err)
	}
}

// TestAFloodAtOnce: on three instances together, each message has its own number, none is
// lost, and words that may mean danger are one alert however often they come.
func TestAFloodAtOnce(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse := h.Clinician(models.DisciplineNursing, p)
	on(t, h)
	id := begin(t, h, p, p.PatientID, message.WithPatient, "I want to die").Thread.ID
	three := []*care.Care{h.Care, h.Instance(), h.Instance()}
	var wg sync.WaitGroup
	for k, c := range three {
		wg.Go(func() {
			for range 8 {
				if _, err := write(h, c, p, id, fmt.Sprint("I want to die ", k)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	page, err := h.Care.Messages.Messages(t.Context(), nurse, id, "", 100)
	if err != nil || len(page.Items) != 25 {
		t.Fatalf("%d messages, %v", len(page.Items), err)
	}
	for i, m := range page.Items { // the newest first
		if m.Number != 25-i {
			t.Fatalf("number %d in place %d", m.Number, i)
		}
	}
	list, err := h.Care.Alerts.Alerts(t.Context(), nurse, alerts.Filter{}, "", 100)
	if err != nil || len(list.Items) != 1 || list.Items[0].Rule != risk.TextRule || len(list.Items[0].History) > 10 {
		t.Fatalf("%+v %v", list.Items, err)
	}
	if got := work(t, h, nurse); len(got) > 2 {
		t.Errorf("%d lines of one conversation", len(got))
	}
}

// TestAFloodOfWorries: twenty a day; the next is told to call, and nothing is lost of those
// that were taken.
func TestAFloodOfWorries(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, mother := h.Clinician(models.DisciplineNursing, p), h.Supporter(p)
	on(t, h)
	no := false
	send := func(i int) error {
		_, err := h.Care.Messages.SendWorry(t.Context(), mother, care.NewID(), message.Concern{PatientID: p.PatientID, Danger: &no, Text: fmt.Sprint("worry ", i)})
		return err
	}
	for i := range message.MaxWorries {
		if err := send(i); err != nil {
			t.Fatal(err)
		}
	}
	caretest.WantKind(t, send(99), models.KindTooMany, "too-many-messages")
	page, err := h.Care.Messages.Worries(t.Context(), nurse, p.PatientID, "", 100)
	if err != nil || len(page.Items) != message.MaxWorries || slices.ContainsFunc(page.Items, func(w message.Worry) bool { return w.Text == "worry 99" }) {
		t.Fatalf("%d worries, %v", len(page.Items), err)
	}
	h.Clock.Move(24*time.Hour + time.Second)
	if err := send(100); err != nil {
		t.Fatal(err)
	}
}
