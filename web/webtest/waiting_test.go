package webtest

import (
	"strings"
	"testing"
	"time"

	"handrail/client"
)

// book books a medicine check of a patient with a clinician at the first time that is free, days
// from now.
func (k caller) book(patient, with account, days int) client.Versioned[client.Appointment] {
	k.t.Helper()
	ctx, from, visit := k.t.Context(), now().AddDate(0, 0, days).UTC().Truncate(time.Second), medicineCheck(with)
	for free, err := range k.Slots(ctx, client.SlotQuery{PatientID: patient.PatientID, Visit: *visit, From: from, To: from.AddDate(0, 0, 7)}) {
		if err != nil {
			k.t.Fatal(err)
		}
		return must(k.Book(ctx, client.NewAppointment{PatientID: patient.PatientID, Start: free.Start, Visit: visit}))(k.t)
	}
	k.t.Fatal("no time is free")
	return client.Versioned[client.Appointment]{}
}

func medicineCheck(with account) *client.VisitAsk {
	return &client.VisitAsk{VisitType: "medicine-check", Modality: "video", Roles: []client.VisitRole{{Key: "a", Who: []string{with.AccountID}}}}
}

// A patient waits for an earlier time; somebody else calls theirs off; the patient is
// offered it, takes it, and has one visit: the earlier one.
func TestAnEarlierTimeIsOfferedAndTaken(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya, daniel, weber := c.person("patient", ""), c.Accounts[1], c.person("clinician", "addiction")
	p := newPhone(t, c.BaseURL, "en-US")
	p.inZone("America/New_York")
	p.signIn(maya.EnrolmentCode)
	other := c.as(daniel)
	early, late := other.book(daniel, weber, 2), p.own(c).book(maya, weber, 20)
	p.to("#/visits/" + late.Value.ID)
	p.tap("Tell me if an earlier time opens")
	p.see("You are in line for an earlier time.")
	p.accessible("waiting for an earlier time")
	p.shot("visits-waiting")
	must(other.Chart(daniel.PatientID).CancelAppointment(t.Context(), early, "pat"))(t)
	eval[bool](p, `(async () => { // the program looks every ten seconds
	  const { read } = await import('/app/api.js');
	  while (!(await read('/v1/patients/`+maya.PatientID+`/waitlist')).items.some((place) => place.offer)) await new Promise((done) => setTimeout(done, 300));
	  return true;
	})()`)
	p.to("#/visits")
	p.see("An earlier time is free")
	p.shows(early.Value.Start, "America/New_York")
	p.accessible("an offer")
	p.shot("visits-offer")
	p.tap("Yes, I take it")
	p.see("The time is yours.")
	if v := p.shownVisit(c, maya.PatientID); v.ID != late.Value.ID || !v.Start.Equal(early.Value.Start) || v.Status != "booked" {
		t.Errorf("taken: %+v, freed was %s", v, early.Value.Start)
	}
}

// A patient says that mornings suit them, and is shown mornings first.
func TestTimesThatSuitAreShownFirst(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	p.inZone("America/New_York")
	p.signIn(c.person("patient", "").EnrolmentCode)
	p.settled(screen{"kinds", "#/visits/new", "Say which times suit you"})
	p.tap("Say which times suit you")
	p.title("Times that suit you")
	p.accessible("times that suit")
	p.shot("visits-suiting")
	p.choose("Which part of the day?", "Morning (8:00 AM to 12:00 PM)")
	p.tap("Save")
	p.title("Book a visit")
	p.settled(screen{"times", "#/visits/new/talk", "Show all times"})
	const shown = `[...document.querySelectorAll('button.time')].map((b) => b.textContent)`
	if times := eval[[]string](p, shown); len(times) == 0 || strings.Contains(strings.Join(times, " "), "PM") {
		t.Errorf("mornings are %v", times)
	}
	p.tap("Show all times")
	p.see("Only times that suit me")
	if times := eval[[]string](p, shown); !strings.Contains(strings.Join(times, " "), "PM") {
		t.Errorf("all times are %v", times)
	}
}

// A time that is kept is booked for each of four weeks; then the last two are called off.
func TestAWeeklyVisitIsBookedAndItsRestCalledOff(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya := c.person("patient", "")
	p := newPhone(t, c.BaseURL, "en-US")
	p.inZone("America/New_York")
	p.signIn(maya.EnrolmentCode)
	p.settled(screen{"times", "#/visits/new/talk", "Show later times"})
	p.tap(eval[string](p, secondTime))
	p.title("Book this time?")
	p.tap("Book it for each week")
	p.title("The same time each week")
	p.accessible("how many weeks")
	p.tap("Show the dates")
	p.title("Book these dates?")
	p.accessible("the dates of a series")
	p.shot("visits-weekly")
	p.tap("Book them")
	p.see("Your visits are booked.")
	mine := func() (all []client.Appointment) {
		for _, v := range every(t, p.own(c).Chart(maya.PatientID).Appointments(t.Context(), client.AppointmentQuery{})) {
			if v.Value.SeriesID != "" && v.Value.Status == "booked" {
				all = append(all, v.Value)
			}
		}
		return all
	}
	booked := mine()
	if len(booked) < 3 {
		t.Fatalf("booked: %+v", booked)
	}
	p.to("#/visits/" + booked[1].ID)
	p.tap("Cancel")
	p.choose("Which visits?", "This one and all that follow")
	p.choose("Why?", "Something came up")
	p.accessible("calling off the rest")
	p.tap("Cancel")
	p.see("The visit is cancelled.")
	if left := mine(); len(left) != 1 || left[0].ID != booked[0].ID {
		t.Errorf("left: %+v", left)
	}
}
