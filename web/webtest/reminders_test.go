package webtest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// how is what the server holds of a person's choices.
type how struct {
	Choices struct {
		Quiet       []struct{ From, To string }
		PausedUntil *time.Time
		PerDay      *int
		Language    string
		Kinds       map[string]struct {
			Off   bool
			Time  string
			Steps []string
		}
	}
}

// A patient chooses with the keyboard and the finger, is told what can't be, and finds
// the choices again; the server has them.
func TestAPatientChoosesHowToBeReminded(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya := c.person("patient", "")
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(maya.EnrolmentCode)
	p.settled(screen{"more", "#/more", "My phones"})
	p.tap("Reminders")
	p.see("How each one comes")
	p.setTime("To", "")
	p.tapSave("When and how")
	p.see("To: Please fill this in.")
	p.accessible("reminders with an error")
	p.setTime("To", "07:00")
	p.pick("Take a pause", "For one day")
	p.pick("Most notifications in one day", "2")
	p.pick("Language of the notifications", "español")
	p.pick("Check-in", "Not at all")
	p.pick("A visit is tomorrow", "Only here in my inbox")
	p.pick("Something new to see", "On my phone, then a notification to my team")
	p.setTime("Time of day: My naloxone gets too old", "11:30")
	p.saves("When and how")

	var got how
	p.own(c).read("/v1/me/notification-settings", &got)
	ch := got.Choices
	if len(ch.Quiet) != 1 || ch.Quiet[0].From != "22:00" || ch.Quiet[0].To != "07:00" || ch.PerDay == nil || *ch.PerDay != 2 || ch.Language != "es" {
		t.Errorf("%+v", ch)
	}
	if ch.PausedUntil == nil || ch.PausedUntil.Sub(now()) < 23*time.Hour || ch.PausedUntil.Sub(now()) > 25*time.Hour {
		t.Errorf("paused until %v", ch.PausedUntil)
	}
	if tomorrow := ch.Kinds["visit-ahead"]; !ch.Kinds["check-in"].Off || tomorrow.Steps == nil || len(tomorrow.Steps) != 0 || ch.Kinds["naloxone-expiry"].Time != "11:30" || len(ch.Kinds) != 4 || strings.Join(ch.Kinds["something-new"].Steps, " ") != "push local person" {
		t.Errorf("%+v", ch.Kinds)
	}
	p.settled(screen{"more", "#/more", "My phones"})
	p.settled(screen{"again", "#/reminders", "Until "})
	p.pick("Take a pause", "End the pause now")
	p.pick("Check-in", "A notification on my phone")
	p.saves("When and how")
	var after how
	p.own(c).read("/v1/me/notification-settings", &after)
	if after.Choices.PausedUntil != nil || after.Choices.Kinds["check-in"].Off {
		t.Errorf("%+v", after.Choices)
	}
}

// A patient says when they check in; times too close to each other are refused at
// their field.
func TestAPatientSaysWhenTheyCheckIn(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	maya := c.person("patient", "")
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(maya.EnrolmentCode)
	p.settled(screen{"reminders", "#/reminders", "When I check in"})
	p.tap("Add one")
	p.setTime("Time", "09:00")
	p.choose("Days", "Sun")
	p.saves("When I check in")
	var got struct{ Times, Days []string }
	p.own(c).read("/v1/patients/"+maya.PatientID+"/check-in-times", &got)
	if len(got.Times) != 1 || got.Times[0] != "09:00" || len(got.Days) != 6 {
		t.Errorf("%+v", got)
	}
}

// What is new lies in the inbox without any push, says why it made no sound, and leads
// to the thing itself.
func TestTheInboxLeadsToWhatIsNew(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya, weber := c.person("patient", ""), c.person("clinician", "addiction")
	p := newPhone(t, c.BaseURL, "en-US")
	p.inZone("America/New_York")
	p.signIn(maya.EnrolmentCode)
	p.neverQuiet()
	doctor := c.as(weber)
	v := doctor.book(maya, weber, 9)
	must(doctor.Chart(maya.PatientID).CancelAppointment(t.Context(), v, "prov"))(t)
	p.inboxHas("something-new", "visit:"+v.Value.ID)
	p.settled(screen{"inbox", "#/inbox", "Something new to see"})
	p.tap("What happened to it")
	p.see("Planned")
	p.accessible("an inbox with something new")
	p.shot("inbox-new")
	p.openInInbox("Something new to see")
	p.until("the visit", `location.hash === `+quote("#/visits/"+v.Value.ID))
	p.settled(screen{"inbox", "#/inbox", "Something new to see"})
	if eval[bool](p, `[...document.querySelectorAll('main li')].some((e) => e.innerText.includes('Something new to see') && e.querySelector('.tag')?.checkVisibility())`) {
		t.Error("what was opened is new still")
	}
}

// inboxHas waits until the inbox has an item of a kind with a ref ("": any), and gives
// its id. The demo's own visits have items too.
func (p *phone) inboxHas(kind, ref string) string {
	p.t.Helper()
	return eval[string](p, `(async () => { // the program plans once a second
	  const { read } = await import('/app/api.js');
	  for (;;) {
	    const item = (await read('/v1/me/reminders?limit=100')).items.find((item) => item.kind === `+quote(kind)+` && ['', item.ref].includes(`+quote(ref)+`));
	    if (item) return item.id;
	    await new Promise((done) => setTimeout(done, 300));
	  }
	})()`)
}

// neverQuiet turns the quiet time off, which at night holds back what a test waits for.
func (p *phone) neverQuiet() {
	p.t.Helper()
	p.settled(screen{"reminders", "#/reminders", "When and how"})
	p.setTime("From", "")
	p.setTime("To", "")
	p.saves("When and how")
}

// saves saves the card with this heading, and waits until it is said: not as
// the words of a save before it.
func (p *phone) saves(heading string) {
	p.t.Helper()
	eval[bool](p, `(document.querySelector('.said').textContent = '', true)`)
	p.tapSave(heading)
	p.see("Saved.")
}

// tapSave saves the card with this heading.
func (p *phone) tapSave(heading string) {
	p.t.Helper()
	p.until("the card "+heading, `(() => {
	  const card = [...document.querySelectorAll('section.card')].find((s) => s.querySelector('h2').textContent === `+quote(heading)+`);
	  card.querySelector('button[type=submit]').click();
	  return true;
	})()`)
}

// setTime sets a field for a time of day, as its picker does.
func (p *phone) setTime(label, value string) {
	p.t.Helper()
	p.until("the time "+label, fmt.Sprintf(`(() => {
	  const hit = [...document.querySelectorAll('label')].find((l) => l.textContent === %s);
	  document.getElementById(hit.htmlFor).value = %s;
	  return true;
	})()`, quote(label), quote(value)))
}

// A patient sets a medicine by the clock and a patch each 72 hours; the phone's coming
// days have both; one is taken away again.
func TestAPatientSetsTheTimesOfMedicines(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya := c.person("patient", "")
	p := newPhone(t, c.BaseURL, "en-US")
	p.inZone("America/New_York")
	p.signIn(maya.EnrolmentCode)
	p.settled(screen{"reminders", "#/reminders", "My medicine times"})
	p.tap("Add a medicine")
	p.tapSave("My medicine times")
	p.see("Time: Please fill this in.")
	p.setTime("Time", "21:15")
	p.tap("Add a medicine")
	p.until("the second medicine", `document.querySelectorAll('select').length && [...document.querySelectorAll('legend')].some((l) => l.textContent === 'Medicine 2')`)
	p.until("by hours", `(() => {
	  const select = [...document.querySelectorAll('fieldset')].find((f) => f.firstElementChild.textContent === 'Medicine 2').querySelector('select');
	  select.value = 'every';
	  return select.dispatchEvent(new Event('change', { bubbles: true }));
	})()`)
	first := now().In(newYork(t)).AddDate(0, 0, 1).Truncate(time.Minute)
	p.until("the first time", `(() => {
	  const label = [...document.querySelectorAll('label')].find((l) => l.textContent === 'First time' && l.checkVisibility());
	  document.getElementById(label.htmlFor).value = `+quote(first.Format("2006-01-02T15:04"))+`;
	  return true;
	})()`)
	p.accessible("medicine times")
	p.window(phoneWide, 4400, chromedp.EmulateMobile, chromedp.EmulateTouch)
	p.shot("medicine-times")
	p.saves("My medicine times")
	var got struct {
		Items []struct {
			Clock      string
			Times      []string
			EveryHours int
			First      time.Time
		}
	}
	p.own(c).read("/v1/patients/"+maya.PatientID+"/medicine-times", &got)
	if len(got.Items) != 2 || got.Items[0].Times[0] != "21:15" || got.Items[1].EveryHours != 72 || !got.Items[1].First.Equal(first) {
		t.Fatalf("%+v", got)
	}
	p.settled(screen{"more", "#/more", "My phones"})
	p.settled(screen{"reminders", "#/reminders", "Medicine 2"})
	p.tap("Remove this one")
	p.until("one is left", `[...document.querySelectorAll('legend')].every((l) => l.textContent !== 'Medicine 2')`)
	p.saves("My medicine times")
	p.own(c).read("/v1/patients/"+maya.PatientID+"/medicine-times", &got)
	if len(got.Items) != 1 || got.Items[0].Clock != "every" {
		t.Errorf("%+v", got)
	}
}
