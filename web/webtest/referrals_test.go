package webtest

import (
	"testing"

	"handrail/client"
)

// A need of Maya's goes to an outcome: she says it, the nurse writes a referral, she signs
// exactly what goes, the partner signs in to its portal and sees that referral and no
// chart, and both say what came of it.
func TestAReferralFromNeedToOutcome(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya := c.person("patient", "").PatientID
	office, own, nurse, partner := newPhone(t, c.BaseURL, "en-US"), newPhone(t, c.BaseURL, "en-US"), newPhone(t, c.BaseURL, "en-US"), newPhone(t, c.BaseURL, "en-US")
	office.signIn(c.person("administrator", "").EnrolmentCode)
	office.to("#/office/partners")
	office.fill("Name", "Harbor House")
	office.choose("What do they help with?", "Housing")
	office.accessible("partners")
	office.tap("Save")
	office.see("0 of 1 places taken")
	boss := office.own(c)
	var partners struct{ Items []struct{ ID string } }
	boss.read("/v1/partners", &partners)
	pat := must(boss.CreateAccount(t.Context(), client.NewAccount{Role: "partner", Name: "Pat Harbor", PartnerID: partners.Items[0].ID}))(t)
	partner.signIn(boss.code(pat.ID))
	partner.to("#/partner")
	partner.see("No one asks you for anything right now.")

	nurse.signIn(c.person("clinician", "nursing").EnrolmentCode)
	nurse.to("#/p/" + maya + "/check-in-form")
	nurse.tap("Do you need help to find or keep a home?")
	nurse.tap("Are you safe at home and with the people near you?")
	nurse.tap("Save")
	nurse.see("They see it in the next check-in.")

	// Maya tells it in her check-in, with no network.
	own.signIn(c.person("patient", "").EnrolmentCode)
	own.to("#/check-in")
	own.see("Your care team sees these answers. Nothing goes to anyone outside before you sign for it.")
	own.see("I am not safe now")
	own.network(false)
	own.choose("Do you need help to find or keep a home?", "Yes, I want help")
	own.choose("Are you safe at home and with the people near you?", "I'd rather not say")
	own.accessible("needs in a check-in")
	own.shot("patient-needs-asked")
	own.tap("Send")
	own.see("Once this is sent, your team sees that you want help.")
	own.shot("patient-needs-told")
	own.network(true)
	own.to("#/today")
	own.until("it was sent", `import('/app/api.js').then((m) => m.read('/v1/patients/`+maya+`/social-needs')).then((n) => n.needs.length === 1)`)

	nurse.to("#/p/" + maya + "/referrals")
	nurse.see("Help is wanted with")
	nurse.see("said in a check-in")
	nurse.pick("Partner", "Harbor House")
	nurse.pick("What is it about?", "Housing")
	nurse.fill("What do you ask them for? The patient reads it first.", "A room for a mother and a son.")
	nurse.tap("Write it down for them to sign")
	nurse.see("It goes out once the patient signs.")
	nurse.accessible("a referral that waits for a signature")
	nurse.shot("team-referrals")
	partner.to("#/help")
	partner.to("#/partner")
	partner.see("No one asks you for anything right now.")

	own.to("#/today")
	own.to("#/referrals")
	own.see("A room for a mother and a son.")
	own.see("The name of the clinic alone can tell what care you get.")
	own.accessible("what goes to a partner")
	own.shot("patient-referral-to-sign")
	own.tap("I can take this back at any time, here in the app. It holds at once.")
	own.fill("Sign with your name", "Maya Torres")
	own.tap("Sign and send it")
	own.see("Asked")

	partner.to("#/help")
	partner.to("#/partner")
	partner.accessible("the portal")
	partner.shot("partner-list")
	partner.mustNotSee("Maya")
	partner.tap("Housing")
	partner.see("A room for a mother and a son.")
	partner.mustNotSee("Maya") // nobody chose that her name goes
	partner.accessible("a referral in the portal")
	partner.shot("partner-referral")
	partner.pick("What is next?", "Yes, we help")
	partner.tap("Save")
	partner.see("You said yes")
	if status := eval[int](partner, `import('/app/api.js').then((m) => m.read('/v1/patients/`+maya+`/page')).then(() => 200, (e) => e.status)`); status != 404 {
		t.Errorf("a partner who asks for a chart gets %d", status)
	}
	partner.pick("What is next?", "It is done")
	partner.choose("Did they come?", "Yes")
	partner.fill("What came of it, or why not", "They moved in.")
	partner.tap("Save")
	partner.see("They moved in.")

	own.to("#/today")
	own.to("#/referrals")
	own.see("They moved in.")
	own.tap("Say what came of it")
	own.choose("Did it help?", "Yes")
	own.fill("In your own words", "We sleep again.")
	own.tap("Save")
	own.see("We sleep again.")
	own.accessible("what came of a referral")
	own.shot("patient-referral-done")
	nurse.to("#/my-day")
	nurse.to("#/p/" + maya + "/referrals")
	nurse.see("We sleep again.")
	nurse.shot("team-referral-done")
}
