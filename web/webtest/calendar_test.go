package webtest

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// fetched reads an address as a calendar program does.
func fetched(t *testing.T, address string) (int, string) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// A patient makes the address, gives it to a calendar, and turns it off; and takes
// one visit along as a file.
func TestAPatientsCalendarFollowsTheirVisits(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya := c.person("patient", "")
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(maya.EnrolmentCode)
	p.settled(screen{"more", "#/more", "My calendar"})
	p.tap("My calendar")
	p.see("No calendar gets your visits now.")
	p.tap("Make a private address")
	p.title("Your private address")
	p.accessible("the private address")
	p.shot("calendar-address")
	address := eval[string](p, `document.querySelector('main bdi').textContent`)
	if link := eval[string](p, `document.querySelector('main a.main').href`); "webcal"+strings.TrimPrefix(address, "http") != link {
		t.Errorf("the link goes to %s, the address is %s", link, address)
	}
	if status, body := fetched(t, address); status != 200 || !strings.Contains(body, "SUMMARY:Appointment\r\n") || strings.Contains(body, "Maya") {
		t.Errorf("%d %s", status, body)
	}
	p.tap("Done")
	p.see("A calendar can get your visits since")
	p.mustNotSee(address)
	p.accessible("the calendar that is on")
	p.tap("Turn it off")
	p.see("It is off.")
	if status, _ := fetched(t, address); status != 404 {
		t.Errorf("after the end: %d", status)
	}
	if strings.Contains(c.logged(), strings.TrimSuffix(address[strings.LastIndex(address, "/")+1:], ".ics")) {
		t.Error("the log holds the address")
	}

	id, _ := p.comingVisit(c, maya.PatientID, "medicine-check")
	p.settled(screen{"visit", "#/visits/" + id, "Add to my calendar"})
	eval[bool](p, `(URL.createObjectURL = (blob) => { window.savedFile = blob.text(); return 'blob:null/none'; }, true)`)
	p.tap("Add to my calendar")
	p.see("Open the file to put it in your calendar.")
	if file := eval[string](p, `window.savedFile`); !strings.Contains(file, "METHOD:REQUEST\r\n") || !strings.Contains(file, "UID:"+id+"@handrail\r\n") {
		t.Error(file)
	}
}
