package webtest

import "testing"

func TestDev(t *testing.T) {
	p := newPhone(t, "http://127.0.0.1:18080", "en-US")
	p.load("")
	p.title("Welcome")
	p.shot("01-enrol")
	p.accessible("enrol")
	p.tap("Help now")
	p.title("Help now")
	p.shot("02-help")
	p.accessible("help")
	p.load("")
	p.fill("Your code", "BAD")
	p.tap("Sign in")
	p.see("does not work")
	p.shot("03-enrol-bad")
	p.fill("Your code", "PAT")
	p.tap("Sign in")
	p.see("You are signed in.")
	p.to("#/more")
	p.title("More")
	p.shot("04-more")
	p.accessible("more")
	for _, s := range []string{"sharing", "sharing/new", "access-log", "devices", "language"} {
		p.to("#/" + s)
		p.until("a title", "document.querySelector('h1').textContent.length > 0 && location.hash === '#/"+s+"'")
		p.accessible(s)
		p.shot("05-" + s[:4] + s[len(s)-1:])
	}
}
