package webtest

import (
	"testing"
	"time"

	"handrail/client"
)

// The doctor hands Maya over and nobody takes her: after a quarter of an hour the lead is
// asked, reads what was told and says back what they heard. What the team does not agree
// on then goes from a question to Maya to an outcome that she reads.
func TestAHandoffNobodyTookReachesTheLead(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya := c.person("patient", "").PatientID
	at := func(part string) string { return "#/p/" + maya + part }
	office := newPhone(t, c.BaseURL, "en-US")
	office.signIn(c.person("administrator", "").EnrolmentCode)
	boss := office.own(c)
	ann := must(boss.CreateAccount(t.Context(), client.NewAccount{Role: "clinician", Discipline: "psychiatry", Name: "Ann Lead"}))(t)
	inPage[bool](office, `const path = '/v1/patients/`+maya+`/care-team';
	  await m.call('PUT', path + '/`+ann.ID+`', { etag: (await m.call('GET', path)).etag, body: { lead: true } });
	  return true;`)
	lead, doctor := newPhone(t, c.BaseURL, "en-US"), newPhone(t, c.BaseURL, "en-US")
	lead.signIn(boss.code(ann.ID))
	lead.to("#/my-day")
	lead.mustNotSee("Hand over")
	doctor.signIn(c.person("clinician", "psychiatry").EnrolmentCode)
	doctor.to(at("/handoffs/new"))
	doctor.pick("Who takes over?", "Grace Kim")
	doctor.choose("How ill are they now?", "Unstable")
	doctor.fill("Summary", "Slept two hours, came alone.")
	doctor.tap("Ask them to take over")
	doctor.see("What to do: Please fill this in.") // who is unstable gets all of it
	doctor.fill("What to do", "Call her sister")
	doctor.fill("What goes on now", "At home alone.")
	doctor.fill("What may happen, and what to do then", "No answer: go there")
	doctor.tap("They go to another place")
	doctor.pick("From where?", "At home, with help")
	doctor.pick("To where?", "Ward")
	eval[bool](doctor, `(document.querySelectorAll('input[type=date]').forEach((day) => { day.value = '`+now().AddDate(0, 0, 2).Format(time.DateOnly)+`'; }), true)`)
	doctor.pick("Who calls them the next day?", "Grace Kim")
	doctor.pick("Who calls them after a week?", "Grace Kim")
	doctor.accessible("a handoff to be written")
	doctor.tap("Ask them to take over")
	doctor.see("Waiting for Grace Kim")
	doctor.accessible("a handoff that waits")
	doctor.shot("team-handoff-waits")

	c.move(16 * time.Minute)
	for _, p := range []*phone{doctor, lead} {
		p.move(16 * time.Minute)
	}
	lead.load("#/my-day")
	lead.see("Somebody asks you to take this.")
	lead.accessible("my day with a handoff")
	lead.shot("lead-my-day-handoff")
	lead.to(at("/handoffs"))
	lead.tap("Waiting for Ann Lead")
	lead.see("Slept two hours, came alone.")
	lead.fill("What did you hear?", "Two hours of sleep, alone. I see her now.")
	lead.tap("I take over")
	lead.see("Ann Lead has taken over")
	lead.accessible("a handoff that was taken")
	lead.shot("lead-handoff-taken")
	doctor.load(at("/handoffs"))
	doctor.see("Ann Lead has taken over")
	doctor.settled(screen{"handoff-report", "#/handoff-report", "The last 90 days. It names no one."})
	doctor.shot("team-handoff-report")
	c.letsGo(office, lead, maya)
	c.disagrees(doctor, lead, maya)
}

// letsGo has the office ask to end a membership, which goes on until who leads the team
// says yes.
func (c *clinic) letsGo(office, lead *phone, patient string) {
	c.t.Helper()
	office.move(16 * time.Minute)
	office.load("#/p/" + patient + "/team")
	office.tap("Ask the lead to let them go: Tom Alvarez")
	office.see("Until then they stay.")
	office.see("Tom Alvarez")
	office.accessible("an end that is asked for")
	office.shot("office-team-end")
	lead.to("#/tasks")
	lead.tap("Somebody is to leave the team.")
	lead.tap("Open the team")
	lead.see("The person who leads the team says yes or no.")
	lead.accessible("an end to be confirmed")
	lead.shot("lead-team-end")
	lead.tap("Yes, Tom Alvarez leaves now")
	lead.see("They are off the team.")
	lead.mustNotSee("Tom Alvarez")
}

// disagrees has a team that sees one thing in two ways ask its patient, and bring it to an
// end.
func (c *clinic) disagrees(doctor, lead *phone, patient string) {
	c.t.Helper()
	at := "#/p/" + patient + "/disagreements"
	doctor.to(at + "/new")
	doctor.fill("What is to be settled?", "Groups at once, or after the move?")
	doctor.fill("The same as a question to the patient, in plain words", "When do you want to start the groups?")
	doctor.pick("Who brings it to an end?", "Ann Lead")
	eval[bool](doctor, `(document.querySelector('input[type=datetime-local]').value = '`+now().AddDate(0, 0, 3).Format("2006-01-02T15:04")+`', true)`)
	doctor.shot("team-new-disagreement")
	doctor.tap("Ask them")
	doctor.see("The patient was asked and has not said yet what they want.")
	doctor.fill("What do you think, and why?", "At once.")
	doctor.tap("This is what I think")
	doctor.see("It was saved.")
	doctor.accessible("a disagreement")
	doctor.shot("team-disagreement")

	own := newPhone(c.t, c.BaseURL, "en-US")
	own.signIn(c.person("patient", "").EnrolmentCode)
	own.move(16 * time.Minute)
	own.settled(screen{"disagreements", "#/disagreements", "When do you want to start the groups?"})
	own.accessible("what my team asks me")
	own.shot("patient-disagreements")
	own.tap("When do you want to start the groups?")
	own.fill("What do you want?", "After the move.")
	own.accessible("what I want")
	own.shot("patient-disagreement")
	own.tap("Save")
	own.see("Your team can read it now.")
	own.mustNotSee("At once.")

	own.to("#/my-team")
	own.tap("Say something to this: Where you go: Ward")
	own.fill("In your own words", "My sister should know.")
	own.accessible("own words beside a change of setting")
	own.tap("Save my words")
	own.see("You said")
	own.see("My sister should know.")
	lead.load("#/p/" + patient + "/handoffs")
	lead.tap("Ann Lead has taken over")
	lead.see("The patient says")
	lead.see("My sister should know.")

	lead.load(at)
	lead.tap("Groups at once, or after the move?")
	lead.see("After the move.")
	lead.fill("What do we do?", "Groups from May.")
	lead.fill("The same in plain words for the patient", "Groups start after your move.")
	lead.accessible("a disagreement that is to be settled")
	lead.shot("lead-disagreement")
	lead.tap("This is how we do it")
	lead.see("Groups from May.")
	own.to("#/my-team")
	own.settled(screen{"disagreements", "#/disagreements", "When do you want"})
	own.tap("When do you want to start the groups?")
	own.see("Groups start after your move.")
	own.accessible("how it ended")
	own.shot("patient-disagreement-settled")
}
