package webtest

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// wordsIn are the texts of a language, by key.
func wordsIn(t *testing.T, language string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile("../texts/" + language + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]string
	if err := json.Unmarshal(raw, &words); err != nil {
		t.Fatal(err)
	}
	return words
}

// handless is somebody who has keys alone and is told by a screen reader what is there.
type handless struct {
	*phone
	language string
	w        map[string]string
}

// in is the phone in a language, at its first screen.
func (p *phone) in(language, hash string) handless {
	p.t.Helper()
	module[bool](p, "texts", `(await m.choose(`+quote(language)+`), true)`)
	p.load(hash)
	p.until("the page in "+language, `document.documentElement.lang === `+quote(language)+` && document.querySelector('main h1') && !document.querySelector('main .wait')`)
	return handless{p, language, wordsIn(p.t, language)}
}

// by presses the keys that lead to what has the words of a key and open it, and finds the
// focus on the heading of what comes.
func (p handless) by(key, title string) {
	p.t.Helper()
	p.reach(p.w[key])
	p.keys(kb.Enter)
	p.heading(p.w[title])
}

// heading waits for a screen whose heading has the focus.
func (p handless) heading(words string) {
	p.t.Helper()
	p.title(words)
	p.until("the focus is on the heading "+words, "document.activeElement.tagName === 'H1' && document.activeElement.textContent === "+quote(words))
}

// is holds a screen against its golden tree, and walks around it once.
func (p handless) is(name string) {
	p.t.Helper()
	p.sameTree(name + "-" + p.language)
	if p.language == "en" {
		p.around()
	}
}

// Five journeys that people make every day, in three languages, with Tab, Enter, Space, the
// arrows and Escape alone; what a screen reader is told on the way is held against a golden tree.
func TestFiveJourneysWithKeysAlone(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	devices := fakeDevices(t)
	open := func(a account) *phone {
		p := newPhone(t, c.BaseURL, "en-US", devices...)
		p.signIn(a.EnrolmentCode)
		p.tap("Not now") // another way in; it would come a moment after the rest
		return p
	}
	languages := []string{"en", "es", "ar"}
	clinician := open(c.person("clinician", "therapy"))
	clinician.atDesk()
	for _, language := range languages {
		p := clinician.in(language, "#/more")
		p.by("menu.myday", "menu.myday")
		p.see(p.w["myday.visits"])
		p.is("my-day")
		p.tour("my-day")
		p.by("menu.patients", "menu.patients")
		if *writeTour && language == "en" {
			p.settled(screen{"patient", "#/p/" + c.person("patient", "").PatientID, "The last 30 days"})
			p.tour("patient-at-a-desk")
		}
		p.by("menu.myday", "menu.myday")
	}
	supporter := open(c.person("supporter", ""))
	for _, language := range languages {
		p := supporter.in(language, "")
		p.title(p.w["patients.today"]) // a page that is opened leaves the focus alone
		p.is("supporter")
		p.by("worry.open", "worry.title")
		p.by("menu.today", "patients.today")
	}
	patient := open(c.person("patient", ""))
	for _, language := range languages {
		p := patient.in(language, "#/today")
		p.tour("today")
		p.by("frame.help", "help.title")
		p.see(p.w["help.plan"])
		p.until("what comes below the plan", `['.floor', '.settles'].every((part) => document.querySelector(part).checkVisibility({ visibilityProperty: true }))`)
		p.is("help")
		p.tour("help")
		p.by("menu.today", "menu.today")
		p.joins()
		p.checksIn()
	}
}

// joins goes from the first screen to the waiting room of the visit of today, and back.
func (p handless) joins() {
	p.t.Helper()
	p.by("menu.visits", "visits.title")
	p.by("join.button", "join.title")
	p.see(p.w["check.heard"])
	p.devices()
	p.is("join")
	p.by("join.go", "call.title.lobby")
	p.see(p.w["call.link.good"])
	p.see(p.w["check.heard"])
	p.devices()
	p.is("waiting-room")
	p.tour("waiting-room")
	p.by("call.leave", "call.title.over")
	p.by("visits.title", "visits.title")
	p.by("menu.today", "menu.today")
}

// devices waits until the picture and the lists of devices are there.
func (p handless) devices() {
	p.t.Helper()
	p.until("picture and lists", `document.querySelector('.preview').videoWidth > 0 && document.querySelectorAll('.check select').length === 2`)
}

// checksIn answers the first question with the arrows, and sends.
func (p handless) checksIn() {
	p.t.Helper()
	start := map[bool]string{true: "today.start", false: "today.again"} // they have checked in once when the second language comes
	p.by(start[p.language == "en"], "checkin.title")
	p.is("check-in")
	p.tour("check-in")
	for range 60 { // to the first question, and with the arrows to a 3
		if eval[bool](p.phone, "document.activeElement.type === 'radio'") {
			break
		}
		p.next()
	}
	p.keys(" ")
	for range 3 {
		p.keys(kb.ArrowRight)
	}
	p.reach(p.w["checkin.send"])
	p.keys(kb.Enter)
	p.heading(p.w["checkin.thanks"])
	p.see(p.w["outbox.sent"])
	p.is("checked-in")
	p.by("menu.today", "menu.today")
}
