package messages_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/caretest"
	"handrail/care/messages"
	"handrail/models"
	"handrail/models/message"
	"handrail/models/risk"
)

// on turns alerts on, on weekdays from 9 to 5, with an administrator as the fail-safe.
func on(t *testing.T, h *caretest.Clinic) {
	t.Helper()
	hours := risk.Hours{Zone: "America/New_York"}
	for day := 1; day <= 5; day++ {
		hours.Windows = append(hours.Windows, risk.Window{Day: day, From: "09:00", To: "17:00"})
	}
	v, err := h.Care.Alerts.Settings(t.Context(), h.Admin)
	if err == nil {
		_, err = h.Care.Alerts.Set(t.Context(), h.Admin, v.Version, alerts.Terms{Hours: hours, FailSafe: h.Admin.AccountID, Confirmed: true})
	}
	if err != nil {
		t.Fatal(err)
	}
}

func begin(t *testing.T, h *caretest.Clinic, who models.Actor, patientID string, kind message.Kind, text string) messages.Sent {
	t.Helper()
	out, err := h.Chart(who, patientID).Messages.Begin(t.Context(), care.NewID(), message.Opening{Kind: kind, First: message.Draft{ID: care.NewID(), Text: text, Urgency: message.Routine}})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func write(h *caretest.Clinic, c *care.Care, who models.Actor, threadID, text string) (messages.Sent, error) {
	return c.Messages.Send(context.Background(), who, threadID, message.Draft{ID: care.NewID(), Text: text, Urgency: message.Routine})
}

func work(t *testing.T, h *caretest.Clinic, who models.Actor) []alerts.Work {
	t.Helper()
	w, err := h.Care.Alerts.Worklist(t.Context(), who, always, func(all []alerts.Work) ([]alerts.Work, error) { return all, nil })
	if err != nil {
		t.Fatal(err)
	}
	return w.Items
}

func always(string) error { return nil }

// TestAMessageIsReadAndAnswered: it stands in the list of each who reads for the patient,
// the patient sees who has read it, and an answer of one takes it out of all lists.
func TestAMessageIsReadAndAnswered(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, doctor := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplinePsychiatry, p)
	sent := begin(t, h, p, p.PatientID, message.WithPatient, "Can I move my visit?")
	id := sent.Thread.ID
	for _, who := range []models.Actor{nurse, doctor} {
		got := work(t, h, who)
		if len(got) != 1 || got[0].Kind != "message" || got[0].ID != id || got[0].Message == nil {
			t.Fatalf("%+v", got)
		}
	}
	for range 2 {
		if err := h.Care.Messages.MarkRead(t.Context(), nurse, id, 1); err != nil {
			t.Fatal(err)
		}
	}
	v, err := h.Care.Messages.Thread(t.Context(), p, id, always)
	if err != nil || len(v.ReadBy) != 1 || v.ReadBy[0].Name != nurse.Name || v.Waits != nil || v.Staff != nil {
		t.Fatalf("the patient reads %+v %v", v, err)
	}
	if left := work(t, h, nurse); len(left) != 0 {
		t.Fatalf("%+v", left)
	}
	if _, err := write(h, h.Care, doctor, id, "Yes. Tuesday?"); err != nil {
		t.Fatal(err)
	}
	if left := work(t, h, doctor); len(left) != 0 {
		t.Fatalf("answered, and in the list: %+v", left)
	}
	list, err := h.Chart(p, p.PatientID).Messages.Threads(t.Context(), "", 10, always)
	if err != nil || len(list.Items) != 1 || list.Items[0].Unread != 1 || list.Items[0].Count != 2 {
		t.Fatalf("%+v %v", list, err)
	}
	page, err := h.Care.Messages.Messages(t.Context(), p, id, "", 1)
	if err != nil || len(page.Items) != 1 || page.Items[0].Text != "Yes. Tuesday?" || page.Next == "" {
		t.Fatalf("%+v %v", page, err)
	}
}

// TestSentAgainIsOneMessage: however often, by however many instances, and with other
// messages in between.
func TestSentAgainIsOneMessage(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	h.Clinician(models.DisciplineNursing, p)
	thread, o := care.NewID(), message.Opening{Kind: message.WithPatient, First: message.Draft{ID: care.NewID(), Text: "Hello", Urgency: message.Routine}}
	draft := message.Draft{ID: care.NewID(), Text: "Are you there?", Urgency: message.Urgent}
	instances := []*care.Care{h.Care, h.Instance(), h.Instance()}
	var all sync.WaitGroup
	for _, c := range instances {
		all.Go(func() {
			ch, err := c.Open(context.Background(), p, p.PatientID, models.PurposeSelf)
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := ch.Messages.Begin(context.Background(), thread, o); err != nil {
				t.Error(err)
			}
			if _, err := c.Messages.Send(context.Background(), p, thread, draft); err != nil {
				t.Error(err)
			}
			if _, err := write(h, c, p, thread, "one more"); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	page, err := h.Care.Messages.Messages(t.Context(), p, thread, "", 100)
	if err != nil || len(page.Items) != 5 {
		t.Fatalf("%d messages, %v", len(page.Items), err)
	}
	for i, m := range page.Items {
		if m.Number != 5-i {
			t.Errorf("message %d has number %d", i, m.Number)
		}
	}
	draft.Text = "Something else"
	_, err = h.Care.Messages.Send(t.Context(), p, thread, draft)
	caretest.WantKind(t, err, models.KindConflict, "already-exists")
	other := h.Patient()
	_, err = h.Chart(other, other.PatientID).Messages.Begin(t.Context(), thread, o)
	caretest.WantKind(t, err, models.KindConflict, "already-exists")
}

// TestInsideTheTeam: the patient and the family learn nothing of it, and are told what they
// are of an id that there is not.
func TestInsideTheTeam(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, doctor := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplinePsychiatry, p)
	mother := h.Supporter(p)
	h.Share(p, mother, models.ScopeMessagesShared)
	before, err := h.Chart(p, p.PatientID).People.AccessLog(t.Context(), "en", "", 100)
	if err != nil {
		t.Fatal(err)
	}
	id := begin(t, h, nurse, p.PatientID, message.InTeam, "Should we ask her to come in?").Thread.ID
	if _, err := write(h, h.Care, doctor, id, "Yes."); err != nil {
		t.Fatal(err)
	}
	if err := h.Care.Messages.MarkRead(t.Context(), nurse, id, 2); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Care.Messages.Thread(t.Context(), doctor, id, always); err != nil {
		t.Fatal(err)
	}
	work(t, h, doctor)
	for name, who := range map[string]models.Actor{"patient": p, "mother": mother, "stranger": h.Clinician(models.DisciplineTherapy), "administrator": h.Admin} {
		_, err := h.Care.Messages.Thread(t.Context(), who, id, always)
		_, nobody := h.Care.Messages.Thread(t.Context(), who, care.NewID(), always)
		if models.KindOf(err) != models.KindNotFound || err.Error() != nobody.Error() {
			t.Errorf("%s: %v, of nobody %v", name, err, nobody)
		}
		if _, err := write(h, h.Care, who, id, "x"); models.KindOf(err) != models.KindNotFound {
			t.Errorf("%s writes: %v", name, err)
		}
	}
	for _, who := range []models.Actor{p, mother} {
		list, err := h.Chart(who, p.PatientID).Messages.Threads(t.Context(), "", 1, always)
		if err != nil || len(list.Items) != 0 || list.Next != "" {
			t.Errorf("%+v %v", list, err)
		}
	}
	after, err := h.Chart(p, p.PatientID).People.AccessLog(t.Context(), "en", "", 100)
	if err != nil {
		t.Fatal(err)
	}
	// The mother's look at her list, the patient's two looks, and the first one at the log.
	if n := len(after.Items) - len(before.Items); n != 3 {
		t.Errorf("%d lines more in the patient's log: %+v", n, after.Items[:n])
	}
}

// TestAConsentTakenBackEndsIt: at once, to read and to write, for all in the thread.
func TestAConsentTakenBackEndsIt(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, mother, aunt := h.Clinician(models.DisciplineNursing, p), h.Supporter(p), h.Supporter(p)
	h.Share(p, aunt, models.ScopeGoalsShared)
	opening := message.Opening{Kind: message.WithFamily, Supporter: mother.AccountID, First: message.Draft{ID: care.NewID(), Text: "Together?", Urgency: message.Routine}}
	_, err := h.Chart(nurse, p.PatientID).Messages.Begin(t.Context(), care.NewID(), opening)
	caretest.WantKind(t, err, models.KindConflict, "no-consent")
	consent := h.Share(p, mother, models.ScopeMessagesShared)
	sent, err := h.Chart(nurse, p.PatientID).Messages.Begin(t.Context(), care.NewID(), opening)
	if err != nil {
		t.Fatal(err)
	}
	id := sent.Thread.ID
	if _, err := write(h, h.Care, mother, id, "Yes, please."); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Care.Messages.Thread(t.Context(), aunt, id, always); models.KindOf(err) != models.KindNotFound {
		t.Errorf("the aunt: %v", err)
	}
	if err := h.Chart(p, p.PatientID).People.RevokeConsent(t.Context(), consent.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Care.Messages.Messages(t.Context(), mother, id, "", 10); models.KindOf(err) != models.KindNotFound {
		t.Errorf("she reads on: %v", err)
	}
	if _, err := write(h, h.Care, mother, id, "Hello?"); models.KindOf(err) != models.KindNotFound {
		t.Errorf("she writes on: %v", err)
	}
	_, err = write(h, h.Care, nurse, id, "To nobody")
	caretest.WantKind(t, err, models.KindConflict, "no-consent")
}

// TestAFloodIsHeldBack: after sixty in an hour; an hour later the next is taken.
func TestAFloodIsHeldBack(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	id := begin(t, h, p, p.PatientID, message.WithPatient, "1").Thread.ID
	for range message.MaxPerHour - 1 {
		if _, err := write(h, h.Care, p, id, "again"); err != nil {
			t.Fatal(err)
		}
	}
	_, err := write(h, h.Care, p, id, "one too many")
	caretest.WantKind(t, err, models.KindTooMany, "too-many-messages")
	h.Clock.Move(time.Hour + time.Second)
	if _, err := write(h, h.Care, p, id, "later"); err != nil {
		t.Fatal(err)
	}
}
