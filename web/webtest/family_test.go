package webtest

import (
	"strings"
	"testing"
)

// A patient invites her sister, who reads what both agree to, says yes, writes her part
// of the plan, tells that she is not safe and is met with help; and is removed in two taps.
func TestFromAnInvitationToAPlaceBeside(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya := newPhone(t, c.BaseURL, "en-US")
	maya.signIn(c.person("patient", "").EnrolmentCode)
	maya.to("#/family")
	maya.title("Family and friends")
	maya.accessible("family and friends")
	maya.to("#/family/new")
	maya.fill("Who is it for?", "Lena")
	maya.fill("What do they call you?", "May")
	maya.pick("Who are they to you?", "Brother or sister")
	maya.fill("What do you two agree to?", "Call before you come.")
	maya.tap("The times of your visits")
	maya.tap("Show me what they would see")
	maya.see("Your name:")
	maya.accessible("an invitation")
	maya.tap("I can take this back at any time")
	maya.fill("Sign with your name", "Maya Torres")
	maya.tap("Make the invitation")
	maya.see("We show it only now.")
	maya.shot("invitation")
	code := eval[string](maya, `document.querySelector('p.code').textContent`)
	link := eval[string](maya, `document.querySelector('p.code + p').textContent`) // what the QR code says
	if !strings.HasSuffix(link, "#/join/"+code) {
		t.Errorf("the QR code leads to %s", link)
	}

	lena := newPhone(t, c.BaseURL, "en-US")
	lena.load(link[strings.Index(link, "#"):])
	lena.title("You are invited")
	lena.see("From May")
	lena.see("Call before you come.")
	if said := eval[string](lena, `location.href + document.querySelector('main').innerText`); strings.Contains(said, "Torres") || strings.Contains(said, code[:4]+"/") || strings.Contains(said, "recover") {
		t.Errorf("a stranger reads %s", said)
	}
	lena.accessible("an invitation that was opened")
	lena.shot("join")
	lena.tap("I have read this, and I agree.")
	lena.fill("Your name", "Lena Torres")
	lena.tap("Say yes")
	lena.title("What you can do today")
	lena.accessible("the first screen of family")
	lena.shot("beside")
	lena.tap("May")
	lena.see("My part of the plan")
	lena.fill("What I do on a bad day", "I answer at night.")
	lena.tap("Save")
	lena.see("Saved.")
	lena.accessible("a place beside somebody")
	lena.see("You two have not practised the plan yet.")
	maya.to("#/plan/practice")
	maya.tap("Open my plan now")
	maya.see("Your plan opened in")
	maya.see("Was someone with you?")
	maya.pick("Was someone with you?", "Lena Torres")
	maya.tap("I have looked. Note it")
	maya.see("Well done. The practice is noted.")
	patient := c.person("patient", "").PatientID
	lena.to("#/p/" + patient + "/visits")
	lena.until("the time of a visit", `document.querySelector('main h1') && /\d:\d\d/.test(document.querySelector('main').innerText)`)
	if seen := eval[string](lena, `document.querySelector('main').innerText`); strings.Contains(seen, "Dr.") {
		t.Errorf("who may see times alone sees with whom: %s", seen)
	}
	lena.shot("visits-of-a-supporter")
	lena.to("#/beside/" + patient)
	lena.see("You two last practised the plan on")
	lena.to("#/coping")
	lena.choose("How is it for you now?", "Too much")
	lena.choose("Do you think of ending your life?", "Yes")
	lena.network(false)
	lena.tap("Save")
	lena.see("You matter too.")
	lena.until("what became of it", `/It waits in this phone|Kept, for you alone/.test(document.body.innerText)`) // the worker, whose network is there, may have sent it
	lena.accessible("help of their own")
	lena.network(true)
	lena.until("the answer is sent", `import('/app/outbox.js').then((m) => m.sendAll().then(() => m.standing())).then((all) => all.length === 1 && all[0].state === 'sent')`)
	lena.until("it is kept", `document.querySelector('main ul.cards p').textContent.startsWith('Too much') && document.body.innerText.includes('Kept, for you alone')`)

	maya.to("#/family")
	maya.see("I answer at night.")
	eval[bool](maya, `(() => { [...document.querySelectorAll('li.card')].find((c) => c.innerText.includes('Lena Torres')).querySelector('details:has(.note) > summary').click(); return true; })()`)
	maya.fill("A word to them", "It is in the kitchen.")
	maya.accessible("a page for somebody")
	maya.tap("Give this page")
	maya.see("They have it now.")
	lena.to("#/beside")
	lena.see("It is in the kitchen.")
	lena.tap("Put it away")
	lena.until("it is away", `!document.querySelector('main').innerText.includes('It is in the kitchen.')`)
	maya.tap("Remove Lena Torres")
	maya.tap("Yes, remove. They are not told.")
	maya.see("Removed. They see nothing from now on.")
	maya.until("nobody of that name", `!document.querySelector('main').innerText.includes('Lena')`)
	lena.to("#/near")
	lena.tap("I can't reach them")
	lena.see("Call the emergency number first.")
	if at := eval[string](lena, `location.hash`); at != "#/near" {
		t.Error(at)
	}
}
