package webtest

import "testing"

// The browser's own push service is asked for real. Where it answers, notes are on;
// where it can't be reached, as on most build machines, the page says so in plain words
// and goes on: the inbox does not need it.
func TestTheBrowsersOwnPushServiceIsAsked(t *testing.T) {
	// Not beside others: the browser asks the real service in its own time.
	c := openClinic(t)
	p := newKeptPhone(t, c.BaseURL, "en-US")
	p.signIn(c.person("patient", "").EnrolmentCode)
	p.allowNotes()
	p.settled(screen{"reminders", "#/reminders", "Notes are off."})
	p.tap("Turn on notes")
	p.until("an answer", `['Notes are on for this phone.', 'This browser could not turn on notes.'].some((s) => document.body.innerText.includes(s))`)
	p.accessible("after an answer of the push service")
	p.settled(screen{"inbox", "#/inbox", "All your reminders are kept here"})
}
