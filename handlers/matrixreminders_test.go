package handlers_test

import (
	"log/slog"
	"maps"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
	"handrail/notify/fcm"
	"handrail/notify/notifytest"
	"handrail/notify/webpush"
	"handrail/store"
)

// clinicReminders is what the patient of the matrix was reminded of.
type clinicReminders struct {
	id      string
	version int64 // of their settings
}

// newNotifier makes reminders over a clinic, with the real channels for phones and
// browsers.
func newNotifier(t testing.TB, h *caretest.Clinic, more ...notify.Channel) *notify.Notifier {
	t.Helper()
	return newNotifierOn(t, h, h.Store, more...)
}

func newNotifierOn(t testing.TB, h *caretest.Clinic, s store.Store, more ...notify.Channel) *notify.Notifier {
	t.Helper()
	provider := notifytest.NewFCM("riverside")
	t.Cleanup(provider.Close)
	phones, err := fcm.New(t.Context(), fcm.Config{ProjectID: "riverside", Endpoint: provider.Endpoint()})
	if err != nil {
		t.Fatal(err)
	}
	keys, err := notify.Keys(t.Context(), h.Store)
	if err != nil {
		t.Fatal(err)
	}
	browsers, err := webpush.New(webpush.Config{Keys: keys, Subject: "mailto:operator@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	n, err := notify.New(t.Context(), notify.Config{Store: s, Now: h.Clock.Now, Log: slog.New(slog.DiscardHandler),
		Channels: append([]notify.Channel{phones, browsers}, more...), Site: notify.Site{Language: "en", BaseURL: "https://clinic.example"}})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// remind makes the patient known and tells them something.
func (c *clinic) remind(t testing.TB) {
	t.Helper()
	if c.reminders.id != "" {
		return
	}
	enroll(t, c.notify, c.patient)
	note := notify.Note{AccountID: c.patient.AccountID, Kind: reminder.News, Key: "first"}
	if err := c.notify.Tell(t.Context(), note); err != nil {
		t.Fatal(err)
	}
	page, err := c.notify.Inbox(t.Context(), c.patient.AccountID, notify.Paging{})
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("%+v %v", page, err)
	}
	c.reminders.id = page.Items[0].ID
	c.chose(t)
}

// chose reads the version at which the settings stand.
func (c *clinic) chose(t testing.TB) {
	t.Helper()
	s, err := c.notify.Settings(t.Context(), c.patient.AccountID)
	if err != nil {
		t.Fatal(err)
	}
	c.reminders.version = s.Version
}

func enroll(t testing.TB, n *notify.Notifier, who models.Actor) {
	t.Helper()
	owner := who.PatientID
	if owner == "" {
		owner = who.AccountID
	}
	if err := n.Enroll(t.Context(), notify.Person{AccountID: who.AccountID, Owner: owner, Home: "America/New_York", Language: "en"}); err != nil {
		t.Fatal(err)
	}
}

// reminderVisits adds what is about reminders.
func (c *clinic) reminderVisits(visits map[string]visit, path map[string]string) {
	one := map[string]string{"reminderId": c.reminders.id}
	window := "?from=" + c.Clock.Now().Add(-time.Hour).UTC().Format(time.RFC3339) + "&to=" + c.Clock.Now().Add(time.Hour).UTC().Format(time.RFC3339)
	maps.Copy(visits, map[string]visit{
		"readNotificationSettings": {},
		"readCheckInTimes":         {path: path},
		"setCheckInTimes":          {path: path, header: map[string]string{"If-Match": `"1"`}, body: map[string]any{"times": []string{"09:00"}, "days": []string{}}},
		"readCheckInPause":         {path: path},
		"setCheckInPause":          {path: path, header: map[string]string{"If-Match": `"1"`}, body: map[string]any{"until": c.Clock.Now().AddDate(0, 0, 7).Format(time.DateOnly)}},
		"readContactState":         {path: path},
		"setContactState":          {path: path, header: map[string]string{"If-Match": `"1"`}, body: map[string]any{"state": "away"}},
		"markMistake":              {path: map[string]string{"patientId": path["patientId"], "checkInId": c.checkInID}, body: map[string]any{"questions": []string{"mood"}}},
		"readMedicineTimes":        {path: path},
		"setMedicineTimes": {path: path, header: map[string]string{"If-Match": `"1"`}, body: map[string]any{"items": []any{
			map[string]any{"id": "0197a000-0000-7000-8000-00000000abcd", "clock": "here", "times": []string{"08:00"}}}}},
		"setNotificationSettings": {header: map[string]string{"If-Match": edge.ETag(c.reminders.version)}, body: map[string]any{"digest": "18:00"}},
		"setMyEmail":              {body: map[string]any{"email": ""}},
		"setMyPhone":              {body: map[string]any{"phone": "+14155550100", "sms": true}},
		"askMyPhone":              {},
		"readCallWish":            {path: path},
		"setCallWish":             {path: path, header: map[string]string{"If-Match": `"1"`}, body: map[string]any{"texts": true, "voicemail": "no", "note": "Not at work, please."}},
		"listPossibleGuests":      {path: path},
		"inviteGuest":             {path: map[string]string{"patientId": path["patientId"], "appointmentId": c.visits.id, "accountId": care.NewID()}},
		"removeGuest":             {path: map[string]string{"patientId": path["patientId"], "appointmentId": c.visits.id, "accountId": care.NewID()}},
		"listMyHelpCalls":         {},
		"answerHelpCall":          {path: map[string]string{"callId": care.NewID()}, body: map[string]any{"answer": "reached"}},
		"listReminders":           {}, "listComingReminders": {},
		"readReminderTrail": {path: one},
		"openReminder":      {path: one},
		"receiveReminder":   {path: one, body: map[string]any{"by": "push"}},
		"listReached":       {path: path, query: window},
		"readPushKey":       {}, "readPushDevice": {}, "removePushDevice": {},
		"setPushDevice": {body: map[string]any{"channel": "fcm", "token": care.NewID(), "zone": "America/New_York"}},
		"unsubscribe":   {path: map[string]string{"token": "none"}},
		"hearSMS":       {body: map[string]any{"from": "+14155550100", "text": "STOP"}},
		"reportSMS":     {body: map[string]any{"id": care.NewID(), "to": "+14155550100", "status": "gone"}},
		"returnMail":    {body: map[string]any{"message": []byte("To: a@example.org\r\n\r\n")}},
		"confirmEmail":  {body: map[string]any{"token": "none"}},
	})
}

// repairReminders undoes what a call did to the next callers.
func (c *clinic) repairReminders(t testing.TB, operationID string) {
	t.Helper()
	switch operationID {
	case "setNotificationSettings", "setMyEmail", "setMyPhone", "setPushDevice":
		c.chose(t)
	}
}
