package webtest

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestAReminderLeadsToThePracticeAndTheReview: from the inbox to the plan that opens,
// the note of it, and the team that reads it and notes that the plan was looked at.
func TestAReminderLeadsToThePracticeAndTheReview(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya := c.person("patient", "")
	own := newPhone(t, c.BaseURL, "en-US")
	own.signIn(maya.EnrolmentCode)
	own.settled(screen{"plan", "#/plan", "How I notice that it starts"})
	own.tap("Practise opening my plan")
	own.practise()
	const later = 8 * 24 * time.Hour // the next practice is asked for after a week
	c.move(later)
	own.move(later)
	own.load("#/inbox")
	own.inboxHas("crisis-plan-rehearsal", "")
	own.load("#/inbox")
	own.openInInbox("Try out my plan")
	own.title("Practise opening my plan")
	own.practise()

	team := newPhone(t, c.BaseURL, "en-US")
	team.signIn(c.person("clinician", "psychiatry").EnrolmentCode)
	team.to("#/p/" + maya.PatientID + "/plan")
	team.tap("Look over the plan")
	team.see("opened in")
	team.fill("What came of it", "Read it aloud, all still right.")
	team.tap("We looked at the plan")
	team.see("It is noted that the plan was looked at.")

	own.load("#/plan/review")
	own.see("Read it aloud, all still right.")
	own.see("Dr. Imani Cole")
}

// practise opens the plan in practice and notes it.
func (p *phone) practise() {
	p.t.Helper()
	p.tap("Open my plan now")
	p.see("Your plan opened in")
	p.see("How I notice that it starts")
	p.see("988")
	p.shot("patient-practice")
	p.accessible("patient practice")
	p.tap("I have looked. Save it")
	p.see("Well done. The practice is noted.")
}

// openInInbox opens the card with this heading.
func (p *phone) openInInbox(heading string) {
	p.t.Helper()
	p.until("the card "+heading, `[...document.querySelectorAll('main li.card')].some((e) => e.querySelector('h2').textContent === `+quote(heading)+`)`)
	eval[chromedp.Void](p, `[...document.querySelectorAll('main li.card')].find((e) => e.querySelector('h2').textContent === `+quote(heading)+`)
	  .querySelector('.actions button').click(); undefined`)
}
