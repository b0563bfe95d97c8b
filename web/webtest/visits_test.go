package webtest

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp/kb"

	"handrail/client"
)

// inZone puts the phone somewhere else in the world.
func (p *phone) inZone(zone string) {
	p.t.Helper()
	call(p, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: zone})
}

// shownVisit reads the visit whose page the phone shows.
func (p *phone) shownVisit(c *clinic, patientID string) client.Appointment {
	p.t.Helper()
	hash := eval[string](p, "location.hash")
	return must(p.own(c).Chart(patientID).Appointment(p.t.Context(), hash[strings.LastIndex(hash, "/")+1:]))(p.t).Value
}

// shows holds the words on the screen against the moment, on the clock of a zone.
func (p *phone) shows(at time.Time, zone string) {
	p.t.Helper()
	z, err := time.LoadLocation(zone)
	if err != nil {
		p.t.Fatal(err)
	}
	local := at.In(z)
	p.see(local.Format("Monday, January 2"))
	p.see(local.Format("3:04"))
}

// secondTime is the words of a time to tap that is not the first.
const secondTime = `[...document.querySelectorAll('button.time')][4].getAttribute('aria-label')`

// A patient who is not where the clinic is books a visit with two people in three
// taps, gives it another time and calls it off. What the phone says is the moment
// that the server has, on the phone's own clock, with the name of its zone.
func TestAPatientBooksMovesAndCallsOffAJointVisit(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya := c.person("patient", "")
	p := newPhone(t, c.BaseURL, "en-US")
	p.inZone("America/Los_Angeles")
	p.signIn(maya.EnrolmentCode)
	p.tap("Visits")
	p.title("My visits")
	p.see("With Leila Haddad (Therapist)")
	p.see("Past visits")
	p.walk("visits", []screen{{"mine", "#/visits", "Took place"}})
	p.tap("Book a visit")
	p.walk("visits", []screen{{"kinds", "#/visits/new", "With Dr. Imani Cole and Dr. Jonas Weber"}})

	p.tap("Team visit") // the first tap
	p.title("Pick a time")
	p.see("Times are on this phone's clock: Pacific Time.")
	p.walk("visits", []screen{{"times", "#/visits/new/team-visit", "Show later times"}})
	p.tap(eval[string](p, secondTime)) // the second
	p.title("Book this time?")
	p.see("We keep it for you until")
	p.accessible("a time that is kept")
	p.shot("visits-held")
	held := p.shownVisit(c, maya.PatientID)
	if held.Status != "pending" {
		t.Errorf("before the yes it is %s", held.Status)
	}
	p.tap("Book this visit") // the third
	p.see("Your visit is booked.")
	booked := p.shownVisit(c, maya.PatientID)
	if booked.Status != "booked" || booked.ID != held.ID || len(booked.Participants) != 3 {
		t.Errorf("booked: %+v", booked)
	}
	p.shows(booked.Start, "America/Los_Angeles")
	p.see("Pacific Time")
	p.see("In Eastern Time that is")
	p.accessible("a visit")
	p.shot("visits-booked")

	p.inZone("Asia/Kolkata") // the same phone, half the world on
	p.load(eval[string](p, "location.hash"))
	p.title("Team visit")
	p.shows(booked.Start, "Asia/Kolkata")
	p.see("India Standard Time")
	p.tap("Change the time")
	p.title("Change the time")
	p.see("Times are on this phone's clock: India Standard Time.")
	p.tap(eval[string](p, secondTime))
	p.title("Move it to this time?")
	p.accessible("a new time")
	p.shot("visits-move")
	p.tap("Yes, move it")
	p.see("The visit has its new time.")
	moved := p.shownVisit(c, maya.PatientID)
	if moved.ID != booked.ID || moved.Start.Equal(booked.Start) || moved.Status != "booked" {
		t.Errorf("moved: %+v", moved)
	}
	p.shows(moved.Start, "Asia/Kolkata")

	p.tap("Cancel")
	p.title("Cancel this visit?")
	p.accessible("calling off")
	p.shot("visits-cancel")
	p.tap("Cancel") // without a reason
	p.see("Please look at these first:")
	p.choose("Why?", "I can't get there")
	p.tap("Cancel")
	p.see("The visit is cancelled.")
	p.to("#/visits/" + moved.ID)
	p.see("Cancelled")
	if off := p.shownVisit(c, maya.PatientID); off.Status != "cancelled" {
		t.Errorf("called off: %+v", off)
	}
}

// A time that somebody else took meanwhile is said to be taken, and a time near it
// can be tapped in its place.
func TestATimeThatIsTakenBringsOthers(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya, daniel := c.person("patient", ""), c.Accounts[1]
	p := newPhone(t, c.BaseURL, "en-US")
	p.inZone("America/New_York")
	p.signIn(maya.EnrolmentCode)
	p.settled(screen{"times", "#/visits/new/team-visit", "Show later times"})
	words := eval[string](p, secondTime)
	start := eval[string](p, `(async () => {
	  const { read } = await import('/app/api.js');
	  const { askOf, slotsPath, wish, teamOf } = await import('/app/booking.js');
	  const kind = (await read('/v1/visit-types')).items.find((k) => k.id === 'team-visit');
	  const api = (path) => '/v1/patients/`+maya.PatientID+`/' + path;
	  const team = await teamOf(api);
	  const { items } = await read(slotsPath('`+maya.PatientID+`', askOf(wish('`+maya.PatientID+`', kind, team), kind, team), 30));
	  return items[4].start;
	})()`)
	specialist := c.person("clinician", "addiction")
	must(c.as(daniel).Book(t.Context(), client.NewAppointment{PatientID: daniel.PatientID, Start: must(time.Parse(time.RFC3339, start))(t), Visit: medicineCheck(specialist)}))(t)
	p.tap(words)
	p.see(words + " is not possible")
	p.see("This time is taken.")
	p.accessible("a time that is taken")
	p.shot("visits-taken")
	if focus := p.focused(); !strings.HasPrefix(focus, words) {
		t.Errorf("the focus is on %q", focus)
	}
	near := eval[string](p, `document.querySelector('.near button').textContent`)
	p.tap(near)
	p.title("Book this time?")
	p.tap("Book this visit")
	p.see("Your visit is booked.")
}

// Booking needs no mouse, and what was booked can be looked up with no network.
func TestBookingWithTheKeyboardAndLookingItUpOffline(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	p.inZone("Asia/Kolkata")
	p.signIn(c.person("patient", "").EnrolmentCode)
	for _, step := range []struct{ tab, title string }{
		{"Visits", "My visits"}, {"Book a visit", "Book a visit"}, {"Talk", "Pick a time"}} {
		p.reach(step.tab)
		p.keys(kb.Enter)
		p.title(step.title)
		p.until("the focus is on the heading", "document.activeElement.tagName === 'H1'")
	}
	p.reach(eval[string](p, secondTime))
	p.keys(" ")
	p.title("Book this time?")
	p.reach("Book this visit")
	p.keys(kb.Enter)
	p.see("Your visit is booked.")
	booked := p.shownVisit(c, c.person("patient", "").PatientID)

	p.to("#/visits")
	p.title("My visits")
	p.see("Book a visit")
	p.letWorker()
	p.network(false)
	p.load("#/visits")
	p.see("There is no signal. This is what the phone saved on")
	p.shows(booked.Start, "Asia/Kolkata")
	p.mustNotSee("Book a visit")
	p.shot("visits-offline")
	p.to("#/visits/" + booked.ID)
	p.title("Talk")
	p.shows(booked.Start, "Asia/Kolkata")
	p.mustNotSee("Cancel")
	p.to("#/today")
	p.see("My next visit")
	p.network(true)
}
