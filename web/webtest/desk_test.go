package webtest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const deskWide, deskHigh = 1280, 900

// atDesk makes the window that of a computer; onPhone that of a phone again.
func (p *phone) atDesk() { p.window(deskWide, deskHigh) }
func (p *phone) onPhone() {
	p.window(phoneWide, phoneHigh, chromedp.EmulateScale(2), chromedp.EmulateMobile)
}

// bothWidths holds screens against the rules in a wide window and in a phone's, where
// nothing may be wider than the window.
func (p *phone) bothWidths(prefix string, screens []screen) {
	p.t.Helper()
	for _, s := range screens {
		p.atDesk()
		p.settled(s)
		p.accessible(prefix + " " + s.name + " at a desk")
		p.shot(prefix + "-" + s.name + "-1280")
		p.onPhone()
		p.accessible(prefix + " " + s.name + " on a phone")
		if wide := eval[[]string](p, tooWide); len(wide) > 0 {
			p.t.Errorf("%s is wider than a phone: %v", s.name, wide)
		}
		p.shot(prefix + "-" + s.name + "-390")
	}
	p.atDesk()
}

// nameBeyondTheFirstPage has the list of patients go on after a page that lacks this one:
// their name still stands on the way back to their chart.
func (p *phone) nameBeyondTheFirstPage(patient string) {
	p.t.Helper()
	eval[chromedp.Void](p, `window.fetchOfBefore = fetch; window.fetch = (to, how) => String(to.url ?? to).includes('/v1/patients?') ? Promise.resolve(Response.json({ items: [], next: 'more' })) : fetchOfBefore(to, how); undefined`)
	p.to("#/p/" + patient + "/goals")
	p.until("the name on the way back", `document.querySelector('a.back')?.innerText.includes('Maya Torres')`)
	eval[chromedp.Void](p, `window.fetch = fetchOfBefore; undefined`)
	p.to("#/p/" + patient)
	p.see("The last 30 days")
}

// A clinician's day and a patient as one screen, by a window of 1280 pixels and by a phone's,
// with the keyboard alone from the list to the table of the trends.
func TestAClinicianWorksAtADesk(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya := c.person("patient", "").PatientID
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(c.person("clinician", "psychiatry").EnrolmentCode)
	p.bothWidths("desk", []screen{
		{"my-day", "#/my-day", "Visits today"},
		{"patients", "#/patients", "Unread check-ins"},
		{"patient", "#/p/" + maya, "The last 30 days"},
		{"write-down", "#/p/" + maya + "/check-ins/new", "On the phone"},
		{"pack", "#/my-day/print", "Shred it tonight."},
	})
	p.settled(screen{"patient", "#/p/" + maya, "Changed by others in 30 days"}) // they have not looked for half an hour
	if columns := eval[int](p, `new Set([...document.querySelectorAll('.desk > div')].map((d) => Math.round(d.getBoundingClientRect().x))).size`); columns != 3 {
		t.Errorf("a patient stands in %d columns", columns)
	}
	if lines := eval[int](p, `document.querySelectorAll('.multiples svg .usual').length`); lines == 0 {
		t.Error("nothing says what is usual")
	}
	p.to("#/patients")
	p.title("My patients")
	p.reach("Maya Torres")
	p.keys(kb.Enter)
	p.see("The last 30 days")
	p.reach("Show as a table")
	p.keys(kb.Enter)
	p.until("the table", `document.querySelectorAll('.multiples details[open] tbody tr').length > 3`)
	p.accessible("the table of the trends")
	p.nameBeyondTheFirstPage(maya)

	p.to("#/my-day") // what no rule speaks of stands together, and is read together
	p.see("check-ins, not read yet")
	p.tap("What stands out in them")
	p.accessible("what stands out")
	p.shot("desk-my-day-stands-out-1280")
	p.tap("I have read these")
	p.see("Nothing waits for you now.")
}

// A check-in told on the telephone is written down by the nurse and read by the patient.
func TestACheckInToldOnThePhone(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	maya := c.person("patient", "").PatientID
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(c.person("clinician", "nursing").EnrolmentCode)
	p.to("#/p/" + maya + "/check-ins")
	p.tap("Write down a check-in")
	p.choose("How did they tell it?", "On the phone")
	p.choose("How is your mood today?", "3")
	p.tap("Save")
	p.see("It is written down.")
	p.see("Told on the phone, written down by \u2068Grace Kim\u2069")
	own := newPhone(t, c.BaseURL, "en-US")
	own.signIn(c.person("patient", "").EnrolmentCode)
	own.to("#/check-ins")
	own.see("Told on the phone, written down by \u2068Grace Kim\u2069")
	own.tap("Say something to this")
	own.fill("In your own words", "I said two, not three.")
	own.tap("Save my words")
	own.see("Saved. The person who wrote this will hear of it.")
	own.see("I said two, not three.")
	own.shot("check-in-own-words-390")
	p.to("#/p/" + maya)
	p.to("#/p/" + maya + "/check-ins")
	p.see("The patient says")
	p.see("I said two, not three.")
}

// The office sees what is missing today, by both windows.
func TestTheOfficeSeesItsGaps(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(c.person("administrator", "").EnrolmentCode)
	p.bothWidths("office", []screen{{"today", "#/office/today", "In person, without a room"}, {"office", "#/office", "Partners outside"}, {"import", "#/office/import", "The file"}})
	p.settled(screen{"import", "#/office/import", "The file"})
	p.giveFile("name,role,language\n\"Torres, Máya\",patient,es\nNew One,patient,en\nnew  one,patient,en\nNobody,wizard,en\n")
	p.see("1 of 4 lines will be written.")
	p.see("There is an account of this name")
	p.see("The same name stands in line 3.")
	p.see("There is no such role.")
	p.accessible("an import that was looked at")
	p.shot("office-import-looked-1280")
	p.tap("Make these accounts")
	p.see("1 of 4 lines are written.")
	p.to("#/office")
	p.title("Accounts")
	p.see("New One")

	p.settled(screen{"import", "#/office/import", "The file"})
	p.pick("What the lines are", "Consents that were signed on paper")
	paper := "Maya Torres,1994-05-17,Dr. Jonas Weber,sharing,goals,treatment,Riverside Clinic,2024-01-15,end-of-treatment,revocation,Maya Torres,Grace Kim\n"
	p.giveFile("patient,birthdate,recipient,kind,scopes,purposes,discloser,signed,until,statements,signature,seenby\n" + paper + paper + strings.Replace(paper, "Weber", "Nobody", 1) + strings.Replace(paper, "revocation", "", 1))
	p.see("1 of 4 lines will be written.")
	p.see("The same consent stands in line 2.")
	p.see("The paper must say how to take it back: revocation.")
	p.accessible("consents on paper that were looked at")
	p.shot("office-import-paper-1280")
	p.tap("Record these consents")
	p.see("1 of 4 lines are written.")
	maya := newPhone(t, c.BaseURL, "en-US")
	maya.signIn(c.person("patient", "").EnrolmentCode)
	maya.to("#/sharing")
	maya.see("\u2068Grace Kim\u2069 saw it.")
	maya.shot("sharing-from-paper-390")

	var long []string // names of 200 characters, in three scripts and without a place to break
	for _, part := range []string{"Wolfeschlegelsteinhausen", "عبدالرحمنعبدالعزيز", "欧阳修司马光诸葛亮"} {
		long = append(long, string([]rune(strings.Repeat(part, 200))[:200]))
	}
	p.pick("What the lines are", "People: patients, family, staff")
	p.giveFile("name,role,language\n" + strings.Join(long, ",patient,en\n") + ",patient,en\n")
	p.see("3 of 3 lines will be written.")
	p.tap("Make these accounts")
	p.see("3 of 3 lines are written.")
	p.bothWidths("long-names", []screen{{"office", "#/office", long[2]}})
	p.tap(long[1])
	p.title(long[1])
	p.accessible("an account with a long name at a desk")
	p.onPhone()
	p.accessible("an account with a long name on a phone")
	p.shot("long-name-390")
}

// giveFile chooses a file of a spreadsheet with this text, where the screen asks for one.
func (p *phone) giveFile(text string) {
	p.t.Helper()
	eval[bool](p, `(() => {
	  const list = new DataTransfer();
	  list.items.add(new File([`+quote(text)+`], 'sheet.csv'));
	  const input = document.querySelector('#import-file');
	  input.files = list.files;
	  return input.dispatchEvent(new Event('change'));
	})()`)
}
