package webtest

import "testing"

// Two prescribers agree. The psychiatrist starts a sedative for somebody on buprenorphine,
// is interrupted once, and takes the safer way; the addiction specialist gets the question
// and the agreement stands. The patient has the new list and the agreement with no network,
// and tells of a side effect that waits in the phone until there is one.
func TestASedativeIsInterrupted(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	maya := c.person("patient", "")
	own := newPhone(t, c.BaseURL, "en-US")
	own.signIn(maya.EnrolmentCode)
	at := func(part string) string { return "#/p/" + maya.PatientID + part }
	order := func(p *phone, name string) {
		p.settled(screen{"order", at("/medicines/new"), "Directions, as you order them"})
		p.fill("What is it called?", name)
		p.tap("Put it on the list")
	}
	specialist := newPhone(t, c.BaseURL, "en-US")
	specialist.signIn(c.person("clinician", "addiction").EnrolmentCode)
	order(specialist, "Suboxone film")
	specialist.see("It is on the list.")
	team := newPhone(t, c.BaseURL, "en-US")
	team.signIn(c.person("clinician", "psychiatry").EnrolmentCode)
	team.agree(specialist, at)

	order(team, "diazepam")
	team.see("Please read this first")
	team.see("not withheld")
	team.accessible("interruption")
	team.tap("Go on with this reason") // none was given
	team.see("Why does it go on?")
	team.tap("Change the order")
	team.see("Nothing was sent.")
	team.fill("What is it called?", "melatonin")
	team.tap("Put it on the list")
	team.see("It is on the list.")
	team.mustNotSee("diazepam")
	team.settled(screen{"referrals", at("/referrals"), "What do they want help with?"})
	team.tap("Housing")
	team.tap("Save")
	team.see("Saved.")
	team.settled(screen{"medicines", at("/medicines"), "Suboxone film"})
	team.tap("Timeline")
	team.see("Housing")
	team.shot("timeline")
	team.accessible("timeline")
	specialist.comes("#/tasks", "Another prescriber changed a medicine.")

	own.settled(screen{"medicines", "#/medicines", "Suboxone film"})
	own.settled(screen{"agreement", "#/medicines/agreements", "This counts now."})
	own.accessible("agreement of a patient")
	own.network(false)
	own.settled(screen{"kept agreement", "#/medicines/agreements", "I do not answer my sister."})
	own.settled(screen{"kept medicines", "#/medicines", "This is the list from"})
	own.see("melatonin")
	own.settled(screen{"side effect", "#/medicines/side-effects/new", "How bad is it?"})
	own.pick("From which medicine?", "melatonin")
	own.tap("Dizzy")
	own.tap("It bothers me a lot")
	own.tap("Send it")
	own.see("It is kept on this phone")
	own.network(true)
	team.comes(at("/medicines/side-effects"), "Dizzy")
	team.tap("Dizzy")
	team.fill("What you say to the patient", "We look at it on Monday.")
	team.accessible("side effect")
	team.tap("Save")
	team.see("It is saved.")
	own.comes("#/medicines/side-effects", "your team has answered")
}

// agree has two prescribers propose, sign and begin an agreement.
func (p *phone) agree(other *phone, at func(string) string) {
	p.t.Helper()
	p.settled(screen{"new agreement", at("/medicines/agreements/new"), "Medicines that you change"})
	p.fill("Medicines that you change", "melatonin, diazepam")
	name := func(of *phone) string {
		return eval[string](of, `import('/app/session.js').then((m) => m.session()).then((s) => s.name)`)
	}
	p.pick("Who?", name(other))
	p.fill("The sign, in the patient's words", "I do not answer my sister.")
	p.fill("What is done then?", "A visit within two days.")
	p.tap("Propose it and sign")
	p.see("The other prescribers are asked to sign.")
	other.settled(screen{"agreements", at("/medicines/agreements"), "not signed by all"})
	other.tap(name(p))
	other.accessible("agreement")
	other.tap("Sign it")
	other.see("It has not begun yet.")
	p.settled(screen{"agreements", at("/medicines/agreements"), "signed, not begun"})
	p.tap(name(p))
	p.tap("Put it in force")
	p.see("This counts now.")
}

// comes waits for what a worker brings to a screen, and looks anew now and then.
func (p *phone) comes(at, words string) {
	p.t.Helper()
	p.to(at)
	p.until(words+" at "+at, `location.hash === `+quote(at)+` && document.querySelector('main').innerText.includes(`+quote(words)+`) ||
	  (performance.now() - (window.looked ??= performance.now()) > 2000 && (window.looked = performance.now(), location.hash = location.hash === '#/more' ? `+quote(at)+` : '#/more'), false)`)
}
