package webtest

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"handrail/client"
)

// comingVisit finds a patient's coming visit of a kind.
func (p *phone) comingVisit(c *clinic, patientID, kind string) (id string, start time.Time) {
	p.t.Helper()
	for _, v := range every(p.t, p.own(c).Chart(patientID).Appointments(p.t.Context(), client.AppointmentQuery{Latest: true})) {
		if v.Value.VisitType == kind && v.Value.Status == "booked" {
			return v.Value.ID, v.Value.Start
		}
	}
	p.t.Fatalf("no %s is booked", kind)
	return "", time.Time{}
}

// onWeekOf goes to the week of a day, on the clock of the clinic.
func (p *phone) onWeekOf(at time.Time) {
	p.to("#/week/" + at.Format(time.DateOnly))
	p.title("My week")
}

// A clinician changes their hours, is shown the visit that no longer fits before and
// after saving, and moves it to a time that everybody has.
func TestAClinicianChangesHoursAndMendsTheVisitThatBreaks(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya := c.person("patient", "").PatientID
	p := newPhone(t, c.BaseURL, "en-US")
	p.inZone("America/New_York")
	p.signIn(c.person("clinician", "psychiatry").EnrolmentCode)
	p.tap("My week")
	p.title("My week")
	p.walk("week", []screen{{"now", "#/week", "Week after"}})
	visitID, start := p.comingVisit(c, maya, "medicine-check")
	local := start.In(newYork(t))
	broken := `[...document.querySelectorAll('.broken li')].find((li) => li.querySelector('a[href$="` + visitID + `"]'))`
	p.onWeekOf(local)
	p.see("Medicine check · in person")
	p.window(1280, 800)
	p.accessible("a week on a desk")
	p.shot("week-desk")
	if columns := eval[int](p, `new Set([...document.querySelectorAll('.day')].map((d) => d.getBoundingClientRect().top)).size`); columns != 1 {
		t.Errorf("the days stand in %d rows on a wide screen", columns)
	}
	p.window(phoneWide, phoneHigh, chromedp.EmulateScale(2), chromedp.EmulateMobile, chromedp.EmulateTouch)

	p.tap("My hours")
	p.title("My hours")
	p.see("The next four weeks")
	p.see("Thursday")
	p.accessible("hours")
	p.shot("hours")
	p.choose("Hours 1", local.Format("Mon"))
	p.choose("Hours 2", local.Format("Mon"))
	p.tap("See the next weeks first")
	p.see("If you save this, these visits stay booked")
	p.until("the visit that would break", broken)
	p.accessible("hours, looked at first")
	p.tap("Save these hours")
	p.see("Saved. Some visits no longer fit.")
	p.see("Maya Torres · " + local.Format("Monday, January 2"))
	p.accessible("hours with a visit that does not fit")
	p.shot("hours-broken")
	p.onWeekOf(local)
	p.see("Visits that do not fit:")
	p.tap("Look at them")
	p.title("My hours")
	p.until("a time that fits everybody", broken+".querySelector('.near button')")
	eval[chromedp.Void](p, broken+".querySelector('.near button').click()")
	p.title("Move it to this time?")
	p.tap("Yes, move it")
	p.see("The visit has its new time.")
	if id, now := p.comingVisit(c, maya, "medicine-check"); id != visitID || now.Equal(start) || now.In(newYork(t)).Weekday() == local.Weekday() {
		t.Errorf("it is at %s now", now)
	}
	p.to("#/hours")
	p.title("My hours")
	if eval[bool](p, "Boolean("+broken+")") {
		t.Error("the visit is still listed")
	}
}

// Time off that is not over is shown, also in the evening when it is another day in
// Greenwich already.
func TestTimeOffOfTodayIsShown(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	nurse := c.person("clinician", "nursing")
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(nurse.EnrolmentCode)
	k, path := p.own(c), "/v1/clinicians/"+nurse.AccountID+"/availability"
	var kept map[string]any
	k.read(path, &kept)
	today := now().In(newYork(t)).Format(time.DateOnly)
	kept["leave"] = []map[string]string{{"start": today + "T00:00:00", "end": today + "T23:59:00"}}
	delete(kept, "breaks")
	must(k.Do(t.Context(), client.Request{Method: http.MethodPut, Path: path, IfMatch: `"2"`, Body: kept}))(t)
	p.settled(screen{"hours", "#/hours", "Save these hours"})
	if got := eval[[]string](p, `[...document.querySelectorAll('input[type=date]')].map((e) => e.value)`); !slices.Equal(got, []string{today, today}) {
		t.Errorf("time off is shown as %v, and is of %s", got, today)
	}
}

func newYork(t *testing.T) *time.Location {
	t.Helper()
	z, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// Hours and time off are added and taken away with the keyboard alone; the team
// books for a patient and notes how a visit went.
func TestHoursWithTheKeyboardAndBookingForAPatient(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	nurse := c.person("clinician", "nursing")
	p := newPhone(t, c.BaseURL, "en-US")
	p.inZone("America/New_York")
	p.signIn(nurse.EnrolmentCode)
	p.to("#/hours")
	p.title("My hours")
	p.reach("Remove these: Hours 1")
	p.keys(kb.Enter)
	p.reach("Add hours")
	p.keys(kb.Enter)
	p.until("the focus is on the first day", "document.activeElement.type === 'checkbox'")
	p.keys(" ") // Monday
	p.keys(kb.Tab)
	p.keys(kb.Tab)
	p.keys(" ") // Wednesday
	p.reach("Add one")
	p.keys(kb.Enter)
	p.until("the focus is on the day", "document.activeElement.type === 'date'")
	p.keys("12242030" + kb.Tab + kb.Tab + "12312030")
	p.reach("Save these hours")
	p.keys(kb.Enter)
	p.see("aved.") // with or without a visit that breaks
	var now struct {
		Hours []struct{ RRule, Start, End string }
		Leave []struct{ Start, End string }
	}
	p.own(c).read("/v1/clinicians/"+nurse.AccountID+"/availability", &now)
	if n := len(now.Hours); n != 2 || now.Hours[1].RRule != "FREQ=WEEKLY;BYDAY=MO,WE" || now.Hours[1].End != "17:00" || now.Hours[0].RRule != "FREQ=WEEKLY;BYDAY=FR,SA" {
		t.Errorf("the hours are %+v", now.Hours)
	}
	if len(now.Leave) != 1 || now.Leave[0].Start != "2030-12-24T00:00:00" || now.Leave[0].End != "2031-01-01T00:00:00" {
		t.Errorf("time off is %+v", now.Leave)
	}

	p.to("#/patients")
	p.title("My patients")
	p.tap("Daniel Reed")
	p.tap("Visits")
	p.see("Past visits")
	p.tap("Book a visit")
	p.title("Book a visit")
	p.tap("Talk")
	p.choose("Who should come?", "Tom Alvarez (Social worker)")
	p.tap("Show times")
	p.tap(eval[string](p, untilTimes(p)))
	p.tap("Book this visit")
	p.see("Your visit is booked.")
	p.tap("Cancel")
	p.choose("Why?", "The patient asked for it")
	p.tap("Cancel")
	p.see("The visit is cancelled.")
}

// untilTimes waits for times, and is the script that names the first.
func untilTimes(p *phone) string {
	p.t.Helper()
	p.until("times", "document.querySelector('button.time')")
	return `document.querySelector('button.time').getAttribute('aria-label')`
}
