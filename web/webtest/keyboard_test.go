package webtest

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

func TestWithoutAMouse(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	p.load("")
	p.title("Welcome")

	p.keys(kb.Tab)
	if got := p.focused(); got != "Skip to the page" {
		t.Errorf("the first stop is %q", got)
	}
	p.reach("Help now") // two or three stops from the top, on every screen
	if outline := eval[string](p, "getComputedStyle(document.activeElement).outlineStyle"); outline != "solid" {
		t.Errorf("the focus is shown as %q", outline)
	}
	p.keys(kb.Enter)
	p.title("Help now")
	if tag := eval[string](p, "document.activeElement.tagName"); tag != "H1" {
		t.Errorf("after a change of screen the focus is on %s", tag)
	}
	p.load("")
	p.title("Welcome")
	p.reach("Code")
	p.keys(kb.Enter)
	p.until("the form", "document.activeElement.tagName === 'INPUT'")
	p.reach("Sign in")
	p.keys(kb.Enter) // with nothing typed

	p.until("the focus is on the problem", "document.activeElement.className === 'problem'")
	p.reach("Your code: Please fill this in.")
	p.keys(kb.Enter) // the link in the problem leads to the field
	p.until("the field is in focus and tells its error", `(() => {
	  const field = document.activeElement;
	  const told = field.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).textContent).join();
	  return field.tagName === 'INPUT' && field.getAttribute('aria-invalid') === 'true' && told.includes('Please fill this in.');
	})()`)
	p.accessible("sign-in with an error")

	p.keys("00000 00000")
	p.keys(kb.Enter)
	p.see("This code does not work.")
	p.fill("Your code", "")
	p.keys(c.person("patient", "").EnrolmentCode)
	p.keys(kb.Enter)
	p.title("Today")
	p.reach("Check in")
	p.keys(kb.Enter)
	p.title("Check-in")
	p.until("the focus", "document.activeElement.tagName === 'H1'")
	for range 40 { // to the first question, and with the arrows to a 3
		if eval[bool](p, "document.activeElement.type === 'radio'") {
			break
		}
		p.keys(kb.Tab)
	}
	p.keys(" ")
	for range 3 {
		p.keys(kb.ArrowRight)
	}
	p.reach("Send")
	p.keys(kb.Enter)
	p.see("Sent")
	for in, err := range p.own(c).Chart(c.person("patient", "").PatientID).CheckIns(t.Context()) {
		if err != nil || in.Answers["mood"] != 3.0 {
			t.Errorf("the answer was %v, %v", in.Answers["mood"], err)
		}
		break
	}
}
