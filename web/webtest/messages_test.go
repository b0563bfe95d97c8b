package webtest

import (
	"strings"
	"testing"

	"handrail/models/phrases"
)

// A patient writes at night with no network: help is there while they write, the message is
// kept and goes out once, the clinician finds it and answers, and a note inside the team
// never shows on the patient's page. What the phone kept is read and answered with no network,
// and each answer goes out once, in order. The phone finds the same phrases as the server.
func TestAMessageInTheNight(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya, doctor := c.person("patient", ""), c.person("clinician", "psychiatry")
	own := newPhone(t, c.BaseURL, "en-US")
	own.signIn(maya.EnrolmentCode)
	for _, text := range []string{"I can't go on.", "أُرِيدُ أَنْ أَمُوتَ", "وأريد ان اموت", "Ojalá estuviera muerta", "quiero hacerme daño", "ｗａｎｔ ｔｏ ｄｉｅ", "See you on Monday.", "Quiero vivir aquí", ""} {
		if got, want := module[bool](own, "phrases", "m.needsHelp("+quote(text)+")"), len(phrases.Find(text)) > 0; got != want {
			t.Errorf("%q: the phone says %v, the server %v", text, got, want)
		}
	}
	own.to("#/messages/new")
	own.title("Write a message")
	own.accessible("write a message")
	own.shot("write-a-message")
	own.network(false)
	own.fill("Your message", "I can't go on.")
	own.see("You told us that things are hard. Help is here.")
	own.until("help is whole, and moves nothing any more", `document.querySelector('main').innerText.split('What you send is read by').length === 3`)
	own.tap("Send")
	own.see("Saved. It goes to the clinic by itself.")
	own.network(true)
	own.until("the message is sent", `import('/app/outbox.js').then((m) => m.sendAll().then(() => m.standing())).then((all) => all.length === 1 && all[0].state === 'sent')`)
	own.to("#/messages")
	own.see("The patient and the care team read this.")

	day := newPhone(t, c.BaseURL, "en-US")
	day.signIn(doctor.EnrolmentCode)
	day.to("#/my-day")
	day.see("New: 1")
	day.accessible("my day with a message")
	thread := eval[string](day, `import('/app/api.js').then((m) => m.read('/v1/worklist?limit=100')).then((w) => w.items.find((i) => i.kind === 'message').id)`)
	day.to("#/threads/" + thread)
	day.see("Some words here may mean danger.")
	day.accessible("a conversation")
	day.shot("conversation")
	day.fill("Your message", "I call you at nine.")
	day.tap("Send")
	day.see("I call you at nine.")
	patient := eval[string](own, `import('/app/session.js').then((m) => m.session()).then((s) => s.patientId)`)
	day.to("#/p/" + patient + "/messages/new")
	day.choose("Who reads it?", "Only the care team. The patient and the family never see it.")
	day.fill("Your message", "Let us talk about her.")
	day.tap("Send")
	day.see("Only the team. Not for the patient or the family.")

	own.to("#/threads/" + thread)
	own.see("I call you at nine.")
	own.see("read up to here")
	own.to("#/messages")
	own.see("The patient and the care team read this.")
	own.mustNotSee("Only the team")

	own.network(false)
	own.load("#/messages") // as after a restart of the phone
	own.see("These are the conversations that this phone kept.")
	own.to("#/threads/" + thread)
	own.see("This is what the phone kept on")
	own.see("I call you at nine.")
	own.accessible("a conversation with no network")
	own.shot("conversation-offline")
	for _, words := range []string{"I will be at home.", "Ring twice, please."} {
		own.fill("Your message", words)
		own.tap("Send")
		own.see(words) // it waits there
		own.until("an empty field", `document.querySelector('main textarea').value === ''`)
	}
	if got := standing(own); got != "waiting waiting sent" {
		t.Fatalf("with no network: %s", got)
	}
	own.network(true)
	own.until("all are sent", `import('/app/outbox.js').then((m) => Promise.all([m.sendAll(), m.sendAll()]).then(() => m.standing())).then((all) => all.length === 3 && all.every((e) => e.state === 'sent'))`)
	said := eval[[]string](day, `import('/app/api.js').then((m) => m.read('/v1/threads/`+thread+`/messages?limit=30')).then((d) => d.items.map((x) => x.text).reverse())`)
	if got := strings.Join(said, " | "); got != "I can't go on. | I call you at nine. | I will be at home. | Ring twice, please." {
		t.Errorf("the clinic has: %s", got)
	}
	own.to("#/threads/" + thread)
	own.until("the clinic's own", `!document.body.innerText.includes('This is what the phone kept on') && document.body.innerText.includes('Ring twice, please.')`)
	own.mustBeQuiet()
}

// standing tells how each thing of the outbox stands, the newest first.
func standing(p *phone) string {
	p.t.Helper()
	return eval[string](p, `import('/app/outbox.js').then((m) => m.standing()).then((all) => all.map((e) => e.state).join(' '))`)
}

// A supporter is asked one question first; yes shows the number before anything is sent.
func TestAWorryAsksFirst(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(c.person("supporter", "").EnrolmentCode)
	p.to("#/worry")
	p.title("I am worried about somebody")
	p.accessible("a worry")
	p.choose("Are they in danger now?", "Yes, or I am not sure")
	p.see("Call first.")
	p.see("911")
	p.fill("What do you see?", "She did not open the door.")
	p.tap("Send to the team")
	p.see("That does not mean that someone has read it.")
	p.shot("worry")
	p.mustBeQuiet()
}
