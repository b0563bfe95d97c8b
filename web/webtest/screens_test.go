package webtest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// screen is one address of the page and something that stands on it.
type screen struct{ name, hash, says string }

// settled waits until an address shows its screen and not the wait before it.
func (p *phone) settled(s screen) {
	p.t.Helper()
	p.to(s.hash)
	p.until(s.name+" shows "+s.says, `location.hash === `+quote(s.hash)+` && document.querySelector('main').innerText.includes(`+quote(s.says)+`)`)
}

// walk goes through screens, holds each against the rules and takes its picture.
func (p *phone) walk(prefix string, screens []screen) {
	p.t.Helper()
	for _, s := range screens {
		p.settled(s)
		if at := eval[float64](p, `new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame)).then(() => scrollY)`); at != 0 {
			p.t.Errorf("%s %s begins %v pixels below its top", prefix, s.name, at)
		}
		p.accessible(prefix + " " + s.name)
		p.shot(prefix + "-" + s.name)
	}
}

var patientScreens = []screen{
	{"today", "#/today", "How are you today?"},
	{"check-in", "#/check-in", "How is your mood today?"},
	{"goals", "#/goals", "Walk with my son"},
	{"new-goal", "#/goals/new", "What do you want to reach?"},
	{"plan", "#/plan", "How I notice that it starts"},
	{"edit-plan", "#/plan/edit", "Write it together."},
	{"plan-versions", "#/plan/versions", "Holds now"},
	{"share-plan", "#/plan/share", "What may Rosa Torres see?"},
	{"more", "#/more", "You are signed in as Maya Torres."},
	{"medicines", "#/medicines", "Allergies and bad reactions"},
	{"new-medicine", "#/medicines/new", "Where is it from?"},
	{"new-reaction", "#/medicines/reaction", "How bad was it?"},
	{"review-medicines", "#/medicines/review", "Take your boxes"},
	{"past-check-ins", "#/check-ins", "Days without an answer are left open."},
	{"sharing", "#/sharing", "Rosa Torres"},
	{"share", "#/sharing/new", "Sign with your name"},
	{"access-log", "#/access-log", "Looked at"},
	{"devices", "#/devices", "This phone"},
	{"language", "#/language", "English"},
	{"keep", "#/keep", "Put it on your home screen"},
	{"help", "#/help", "988"},
	{"visits", "#/visits", "Past visits"},
	{"new-visit", "#/visits/new", "With Dr. Imani Cole and Dr. Jonas Weber"},
	{"visit-times", "#/visits/new/talk", "Show later times"},
	{"calendar", "#/calendar", "Make a private address"},
	{"inbox", "#/inbox", "All your reminders are kept here"},
	{"reminders", "#/reminders", "How each one comes"},
	{"outside", "#/sharing/outside", "You have not said yes or no yet."},
	{"practice", "#/plan/practice", "Open my plan now"},
	{"review-plan", "#/plan/review", "Is all of it still right?"},
	{"ways", "#/ways", "Recovery codes"},
	{"people", "#/people", "You on this phone"},
	{"care-plan", "#/care-plan", "This is your plan."},
	{"care-plan-new", "#/care-plan/new", "In your own words."},
	{"my-team", "#/my-team", "Grace Kim"},
	{"care-plan-rules", "#/care-plan-rules", "Say yes or no to it"},
	{"disagreements", "#/disagreements", "Nothing now."},
	{"referrals", "#/referrals", "What would you like help with?"},
	{"meetings", "#/meetings", "What we decided"},
	{"access", "#/access", "Is an interpreter needed?"},
	{"try", "#/try", "It is not kept, and no one reads it."},
	{"side-effects", "#/medicines/side-effects", "Tell of a side effect"},
	{"tell-side-effect", "#/medicines/side-effects/new", "How bad is it?"},
	{"agreements", "#/medicines/agreements", "Nothing is agreed yet."},
	{"supply", "#/medicines/supply", "Facts to talk about."},
}

func TestEveryScreenOfAPatient(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	p.load("")
	p.title("Welcome")
	p.walk("stranger", []screen{{"welcome", "#/enrol", "Welcome"}, {"language", "#/language", "English"}, {"help", "#/help", "988"}})
	p.signIn(c.person("patient", "").EnrolmentCode)
	p.walk("patient", patientScreens)

	p.settled(patientScreens[2])
	p.tap("Walk with my son")
	p.see("To the bridge and back")
	p.accessible("patient goal")
	p.shot("patient-goal")
	p.dark()
	p.translated("patient", patientScreens)
}

func (p *phone) dark() {
	p.t.Helper()
	p.prefers("prefers-color-scheme", "dark")
	p.walk("dark", []screen{patientScreens[0], patientScreens[1], patientScreens[4], patientScreens[12], patientScreens[18], patientScreens[20], patientScreens[22], patientScreens[25]})
}

func TestRightToLeft(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(c.person("patient", "").EnrolmentCode)
	p.settled(screen{"language", "#/language", "English"})
	p.tap("العربية")
	p.tap("Save")
	p.title("اللغة")
	if dir := eval[string](p, "document.documentElement.dir + ' ' + document.documentElement.lang"); dir != "rtl ar" {
		t.Errorf("the page is %s", dir)
	}
	p.walk("arabic", []screen{{"today", "#/today", "كيف حالك"}, {"check-in", "#/check-in", "كيف مزاجك"},
		{"visits", "#/visits", "المواعيد السابقة"}, {"visit-times", "#/visits/new/talk", "اختر وقتًا"}, {"goals", "#/goals", "الأهداف"}, {"plan", "#/plan", "988"}, {"more", "#/more", "المزيد"}, {"ways", "#/ways", "رموز الاسترداد"}, {"medicines", "#/medicines", "أدويتي"}, {"inbox", "#/inbox", "بريدي"}, {"reminders", "#/reminders", "وقت الهدوء"}, {"help", "#/help", "988"}, {"keep", "#/keep", "شاشتك الرئيسية"},
		{"access", "#/access", "هل يلزم مترجم"}, {"try", "#/try", "هذا تدريب"}})
	if eval[bool](p, "document.querySelector('.brand').getBoundingClientRect().x < innerWidth / 2") {
		t.Error("the name stands on the left")
	}
	p.load("#/today") // the choice outlives the page
	p.until("Arabic again", "document.documentElement.dir === 'rtl'")
}

func TestEveryScreenOfTheTeam(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya := c.person("patient", "").PatientID
	own := newPhone(t, c.BaseURL, "en-US")
	own.signIn(c.person("patient", "").EnrolmentCode) // so that there is a phone that holds a plan
	own.settled(patientScreens[4])

	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(c.person("clinician", "psychiatry").EnrolmentCode)
	at := func(part string) string { return "#/p/" + maya + part }
	screens := []screen{
		{"patients", "#/patients", "Maya Torres"},
		{"visits", at("/visits"), "Past visits"},
		{"chart", at(""), "The phone has version 1 of 1."},
		{"goals", at("/goals"), "Walk with my son"},
		{"new-goal", at("/goals/new"), "What is the goal?"},
		{"medicines", at("/medicines"), "Allergies and bad reactions"},
		{"new-medicine", at("/medicines/new"), "Directions, as you order them"},
		{"medicine-rules", "#/medicine-rules", "Add a rule of this clinic"},
		{"new-agreement", at("/medicines/agreements/new"), "Medicines that you change"},
		{"new-fact", at("/medicines/fact"), "Of which day?"},
		{"tell-side-effect", at("/medicines/side-effects/new"), "How bad is it?"},
		{"supply", at("/medicines/supply"), "Facts to talk about."},
		{"check-ins", at("/check-ins"), "Days without an answer are left open."}, {"check-in-form", at("/check-in-form"), "Standard instruments"},
		{"plan", at("/plan"), "How I notice that it starts"},
		{"edit-plan", at("/plan/edit"), "Write it together."},
		{"review-plan", at("/plan/review"), "Go through it with the patient"},
		{"plan-versions", at("/plan/versions"), "Holds now"},
		{"team", at("/team"), "Grace Kim"},
		{"access", at("/access"), "Is an interpreter needed?"},
		{"care-plan", at("/care-plan"), "What is next"},
		{"care-plan-new", at("/care-plan/new"), "Who leads it?"},
		{"disagreements", at("/disagreements"), "Nothing now."},
		{"new-disagreement", at("/disagreements/new"), "What is to be settled?"},
		{"handoffs", at("/handoffs"), "Nothing yet."},
		{"new-handoff", at("/handoffs/new"), "You look after them until someone takes over."},
		{"handoff-report", "#/handoff-report", "The last 90 days. It names no one."},
		{"follow-up-report", "#/follow-up-report", "Nobody has left in this time."},
		{"guidelines", "#/guidelines", "There is none yet."},
		{"referrals", at("/referrals"), "What do they want help with?"},
		{"reached", at("/reached"), "A reminder without an answer says nothing"},
		{"help", "#/help", "988"},
		{"more", "#/more", "Dr. Imani Cole"},
		{"inbox", "#/inbox", "All your reminders are kept here"},
		{"reminders", "#/reminders", "How each one comes"},
	}
	p.walk("clinician", screens)
	p.to(at("/goals"))
	p.tap("Call someone before")
	p.see("Waiting for the patient's yes or no.")
	p.measures()
	p.to(at("/goals"))
	p.tap("Call someone before")
	p.hearsOf(own)
	p.carePlan(own, maya, at("/care-plan"))
	p.shapes(at("/check-in-form"))

	if strings.Contains(eval[string](p, "document.title"), "Maya") || eval[string](p, "document.title") != "Handrail" {
		t.Error("the title tells something")
	}
	p.translated("clinician", append(screens, screen{"my-day", "#/my-day", "Visits today"}, screen{"week", "#/week", "My week"}, screen{"tasks", "#/tasks", "Tasks"}, screen{"duty", "#/duty", "Duty"}))
}

// shapes takes a question off a form, has an instrument asked, and finds both again.
func (p *phone) shapes(at string) {
	p.t.Helper()
	p.settled(screen{"check-in-form", at, "This one stays on every form."})
	p.tap("Is there anything else you want to write down?")
	p.tap("Move up: How many hours did you sleep?")
	p.until("its order", `(() => { const set = [...document.querySelectorAll('main ol li')].map((li) => li.innerText); return set.findIndex((s) => s.startsWith('How many hours')) < set.findIndex((s) => s.startsWith('How strong')) })()`)
	p.picks("an instrument", "14")
	p.tap("Save")
	p.see("They see it in the next check-in.")
	p.settled(screen{"check-in-form", at, "This one stays on every form."})
	p.until("it is kept", `[...document.querySelectorAll('main select')].some((s) => s.value === '14') && ![...document.querySelectorAll('main ol li')].find((li) => li.innerText.startsWith('Is there anything else')).querySelector('input').checked`)
}

// measures gives the goal that is on the screen a measure, says how far it has come, and
// finds both in what became of it.
func (p *phone) measures() {
	p.t.Helper()
	p.tap("Change this goal")
	p.title("Change this goal")
	p.tap("How you would notice it")
	p.fill("What could be counted?", "Calls a week")
	p.picks("at least", ">=")
	p.fill("The number", "2")
	p.accessible("a goal that is changed")
	p.tap("Save")
	p.see("Calls a week · at least 2")
	p.picks("how far", "improving")
	p.tap("Save")
	p.until("how far it has come", `[...document.querySelectorAll('main select')].some((s) => s.value === 'improving') && document.body.innerText.includes('It is changed.')`)
	p.accessible("a goal with a measure")
	p.tap("What became of it")
	p.see("Changed: how to notice it")
	p.see("Changed: how far it has come")
	p.accessible("what became of a goal")
}

// hearsOf has the patient say something to the goal that is on the screen, and the team
// read it there.
func (p *phone) hearsOf(own *phone) {
	p.t.Helper()
	p.until("the goal", `/^#.p.[^/]+.goals.[0-9a-f-]{36}$/.test(location.hash)`)
	goal := eval[string](p, "location.hash")
	own.to("#/goals" + goal[strings.LastIndex(goal, "/"):])
	own.tap("Say something to this: Call someone before")
	own.fill("In your own words", "I call my brother.")
	own.tap("Save my words")
	own.see("You said")
	own.see("I call my brother.")
	own.accessible("own words beside a goal")
	p.load(goal)
	p.see("The patient says")
	p.see("I call my brother.")
}

// carePlan has the team add to the plan, and the patient find it in plain words, say yes,
// and read it with no network.
func (p *phone) carePlan(own *phone, patient, at string) {
	p.t.Helper()
	p.until("something is in the plan", `(window.planning ??= Promise.all([import('/app/api.js'), import('/app/format.js')]).then(([m, f]) => m.call('PATCH', '/v1/patients/`+patient+`/care-plan', { etag: '"1"', body: {
		items: [{ id: crypto.randomUUID(), kind: 'activity', activity: 'sleep', why: 'I want my mornings back.', safety: true,
			expect: [{ by: f.localDay(30), words: 'You rest most nights.', measure: 'sleep', low: 6, high: 9 }] }, { id: crypto.randomUUID(), kind: 'problem', domain: 'psychiatric', title: 'Low mood' },
		{ id: crypto.randomUUID(), kind: 'guideline', title: 'Rest first', source: 'Site', edition: '2026', against: ['sleep'] }] } })).then(() => true))`)
	p.walk("clinician", []screen{{"care-plan-filled", at, "Better sleep"}})
	p.see("Dr. Imani Cole leads this.")
	p.see("Low mood: nothing is done for it yet.")
	p.see("Hours of sleep: 6 to 9 h")
	p.see("Opposite advice about Better sleep: Rest first, Better sleep")
	p.tap("Settle it with the team and the patient")
	p.until("the guidelines are chosen", `[...document.querySelectorAll('main input:checked')].filter((i) => i.type === 'checkbox').length === 2`)
	p.accessible("opposite advice to be settled")
	p.shot("clinician-opposite-advice")
	p.to(at)
	p.settled(screen{"care-plan-versions", at + "/versions", "Dr. Imani Cole"})
	p.tap("What changed, and the plan then")
	p.see("Low mood")
	p.accessible("the care plan as it was")
	own.walk("patient", []screen{{"care-plan-filled", "#/care-plan", "Why: I want my mornings back."}, {"my-team-filled", "#/my-team", "Better sleep"}})
	own.settled(screen{"care plan", "#/care-plan", "This day is still ahead."})
	own.see("We hope for this by")
	own.tap("Show as a table")
	own.see("6–9")
	own.accessible("what is hoped for, as a table")
	own.tap("Yes, this is our plan")
	own.see("You said yes to this.")
	own.network(false)
	own.settled(screen{"my team with no network", "#/my-team", "Better sleep"})
	own.settled(screen{"care plan with no network", "#/care-plan", "Why: I want my mornings back."})
	own.network(true)
}

func TestEveryScreenOfASupporterAndTheOffice(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya := c.person("patient", "").PatientID
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(c.person("supporter", "").EnrolmentCode)
	beside := []screen{
		{"people", "#/patients", "They share with you"}, {"chart", "#/p/" + maya, "Crisis plan"},
		{"goals", "#/p/" + maya + "/goals", "Walk with my son"}, {"plan", "#/p/" + maya + "/plan", "You see the parts that were shared with you."},
		{"own-goals", "#/own-goals", "Nothing yet."}, {"place", "#/beside/" + maya, "Propose a goal"},
	}
	p.walk("supporter", beside)
	p.proposes(c, maya)
	p.to("#/p/" + maya + "/check-ins") // not shared
	p.see("This did not open")
	p.accessible("supporter refused")
	p.translated("supporter", append(beside[:4], screen{"today", "#/beside", "What you can do today"}, screen{"coping", "#/coping", "How are you"}, screen{"worry", "#/worry", "I am worried"}))

	office := newPhone(t, c.BaseURL, "en-US")
	admin := c.person("administrator", "")
	office.signIn(admin.EnrolmentCode)
	desks := []screen{
		{"accounts", "#/office", "Maya Torres"}, {"new-account", "#/office/new", "What are they?"},
		{"account", "#/office/" + c.person("supporter", "").AccountID, "Code to sign in"},
		{"patients", "#/patients", "Daniel Reed"}, {"team", "#/p/" + c.Accounts[1].PatientID + "/team", "Put on the team"}, {"lending", "#/p/" + maya + "/team", "Lend something"},
		{"programmes", "#/programmes", "Everybody who is in no other programme"}, {"partners", "#/office/partners", "Add a partner"}, {"sending", "#/office/sending", "New accounts begin in: English"}, {"new-rota", "#/rotas/new", "For which programme?"},
	}
	office.walk("office", desks)
	office.to("#/office/sending")
	office.tap("Test all of them now")
	office.see("All of them were tested.")
	office.see("The key and the contact of this clinic are right.")
	team := "#/p/" + c.Accounts[1].PatientID + "/team"
	office.to(team)
	office.fill("What is written on it", "Tablet 7")
	office.tap("Lend something")
	office.see("Saved.")
	office.walk("office", []screen{{"lending-filled", team, "Tablet 7"}})
	c.coordinatorBooks(office, maya)
	office.translated("office", append(desks, screen{"today", "#/office/today", "In person, without a room"}, screen{"import", "#/office/import", "The file"}, screen{"set-up", "#/set-up", "Open the clinic"}))
}

// coordinatorBooks has the office put a coordinator on a team, who books a visit for the
// patient and opens nothing else of theirs.
func (c *clinic) coordinatorBooks(office *phone, patient string) {
	c.t.Helper()
	code := eval[string](office, `import('/app/api.js').then(async ({ call }) => {
	  const id = crypto.randomUUID(), team = '/v1/patients/`+patient+`/care-team';
	  await call('POST', '/v1/accounts', { body: { id, role: 'coordinator', name: 'Kit Shaw' } });
	  await call('PUT', team + '/' + id, { body: { lead: false }, etag: (await call('GET', team)).etag });
	  return (await call('POST', '/v1/accounts/' + id + '/enrolment-codes')).data.code;
	})`)
	p := newPhone(c.t, c.BaseURL, "en-US")
	p.signIn(code)
	p.to("#/patients")
	p.tap("Maya Torres")
	p.walk("coordinator", []screen{{"chart", "#/p/" + patient, "Visits"}})
	p.mustNotSee("Goals")
	p.tap("Visits")
	p.tap("Book a visit")
	p.title("Book a visit")
	p.tap("Talk")
	p.title("Pick a time")
	p.until("times", `document.querySelectorAll('button.time').length > 4`)
	eval[chromedp.Void](p, `document.querySelectorAll('button.time')[4].click(); undefined`)
	p.title("Book this time?")
	p.tap("Book this visit")
	p.see("is booked.")
	p.accessible("a visit that a coordinator booked")
}

// proposes has family write down something of their own and propose a goal, which the
// patient alone finds.
func (p *phone) proposes(c *clinic, patient string) {
	p.t.Helper()
	p.to("#/own-goals")
	p.fill("In your own words", "Sleep eight hours")
	p.tap("Save")
	p.see("Saved.")
	p.walk("supporter", []screen{{"own-goals-filled", "#/own-goals", "Sleep eight hours"}})
	p.to("#/beside/" + patient)
	p.fill("What could be good?", "Fish on Sundays")
	p.tap("Propose it")
	p.see("Proposed.")
	p.walk("supporter", []screen{{"place-filled", "#/beside/" + patient, "Fish on Sundays"}})
	own := newPhone(p.t, c.BaseURL, "en-US")
	own.signIn(c.person("patient", "").EnrolmentCode)
	own.walk("patient", []screen{{"proposed-goal", "#/goals", "Fish on Sundays"}})
}
