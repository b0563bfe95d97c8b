package webtest

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// freshClinic is the real program on an empty store, as a clinic gets it, and the code of its
// first administrator. It is on the machine's clock, which the phone's is far from: nothing
// here hangs on either.
func freshClinic(t *testing.T) (base, code string) {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "data")
	environ := append(slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "HANDRAIL_") }), "HANDRAIL_DATA="+data)
	first := exec.Command(path, "account", "create", "--new-store", "--role", "administrator", "--name", "Ada Park")
	first.Env = environ
	out, err := first.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	_, rest, _ := strings.Cut(string(out), "Enrolment code: ")
	serve := exec.Command(path, "serve", "--port", "0", "--admin-listen", "off", "--video", "off")
	serve.Env = environ
	serve.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	said, err := serve.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = serve.Process.Signal(syscall.SIGTERM)
		if err := serve.Wait(); err != nil {
			t.Error(err)
		}
	})
	line, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(strings.Fields(line)[3], "."), strings.Fields(rest)[0]
}

// newAccount has the office make somebody.
func (p *phone) newAccount(role, name string) {
	p.t.Helper()
	p.to("#/office/new")
	p.see("What are they?")
	p.picks("role", role)
	p.fill("Name", name)
	p.tap("Save")
	p.see("The account is made.")
}

// picks chooses in the select that has a value.
func (p *phone) picks(field, value string) {
	p.t.Helper()
	p.until(field+" "+value, `(() => {
	  const one = [...document.querySelectorAll('main select')].find((s) => s.checkVisibility() && s.querySelector('[value="`+value+`"]'));
	  one.value = `+quote(value)+`;
	  return one.dispatchEvent(new Event('change', { bubbles: true }));
	})()`)
}

// TestAClinicOpensOnScreensAlone: from an empty store to one that people can book at, with
// nothing but the page.
func TestAClinicOpensOnScreensAlone(t *testing.T) {
	t.Parallel()
	needAxe(t)
	base, code := freshClinic(t)
	p := newPhone(t, base, "en-US")
	p.signIn(code)
	p.mustNotSee("demo")
	if status := eval[float64](p, `fetch('/v1/demo/people').then((r) => r.status)`); status != 404 {
		t.Errorf("a clinic answers as a demo does: %v", status)
	}
	p.to("#/near")
	p.see("No clinician here has signed the words of this page yet.")
	p.mustNotSee("I can't reach them")
	p.to("#/set-up")
	p.see("Steps still to do: 7")
	p.accessible("an empty clinic")
	p.shot("set-up-empty")
	p.newAccount("administrator", "Bo Lind")
	p.newAccount("clinician", "Dr. Cara Voss")
	p.newAccount("patient", "Sam Field")

	p.to("#/office/sites")
	p.see("Where the clinic is")
	p.tap("Add one")
	p.fill("Name", "Main street")
	p.fill("Street and town", "1 Main Street")
	p.accessible("sites")
	p.shot("set-up-sites")
	p.tap("Save")
	p.see("It was saved.")

	p.to("#/office/visit-types")
	p.see("No kind of visit is there yet.")
	p.tap("A new kind of visit")
	p.fill("What is it called?", "Talk")
	p.choose("Who usually comes?", "Psychiatrist")
	p.tap("Times and limits")
	p.accessible("a kind of visit")
	p.shot("set-up-kind")
	p.tap("Save")
	p.see("30 minutes · By video, In person")
	p.accessible("kinds of visits")

	p.to("#/office/rooms")
	p.fill("What is it called?", "Room 2, upstairs")
	p.tap("Add it")
	p.see("Room 2, upstairs")
	p.accessible("rooms")
	p.shot("set-up-rooms")

	p.to("#/set-up")
	p.see("No hours yet: \u2068Dr. Cara Voss\u2069")
	p.tap("When each clinician can be booked")
	p.see("Every week")
	p.tap("Add hours")
	p.choose("Days", "Mon")
	p.tap("Save these hours")
	p.see("hours are saved.")
	p.to("#/set-up")
	p.see("Steps still to do: 1")
	p.see("Until this is done no alert calls anyone")
	p.accessible("a clinic that is nearly open")
	p.shot("set-up-nearly")
	sharesWhenSigned(p, base)
}

// sharesWhenSigned is the patient of a clinic that has signed no words of consents: the
// screens lead to help and on, and a clinician's signature opens them.
func sharesWhenSigned(office *phone, base string) {
	office.t.Helper()
	codeOf := func(role, name string) string {
		return eval[string](office, `import('/app/api.js').then(async (m) => {
		  const account = (await m.all('/v1/accounts?role=`+role+`')).find((a) => a.name === `+quote(name)+`);
		  return (await m.call('POST', '/v1/accounts/' + account.id + '/enrolment-codes')).data.code;
		})`)
	}
	sam := newPhone(office.t, base, "en-US")
	sam.signIn(codeOf("patient", "Sam Field"))
	sam.to("#/sharing/new")
	sam.see("Nothing can be shared in this language yet.")
	sam.see("Your crisis plan, your messages and your visits work as before.")
	sam.accessible("sharing before the words are signed")
	sam.shot("share-unsigned")
	sam.tap("Write to your team")
	sam.title("Messages")
	sam.to("#/family/new")
	sam.see("You can invite someone now. They will see nothing yet")
	sam.mustNotSee("What may they see?")
	sam.accessible("inviting before the words are signed")
	sam.shot("invite-unsigned")
	sam.to("#/sharing/outside")
	sam.see("Nothing can be shared in this language yet.")

	cara := newPhone(office.t, base, "en-US")
	cara.signIn(codeOf("clinician", "Dr. Cara Voss"))
	cara.to("#/texts")
	cara.see("Words of the app that wait for a signature")
	eval[bool](cara, `(() => { const one = [...document.querySelectorAll('details.card')].find((d) => /What is read before sharing.*English/.test(d.innerText)); one.open = true; return true; })()`)
	cara.see("I can take this back at any time")
	cara.tap("I have read it. Sign it")
	cara.see("It is signed.")
	sam.load("#/sharing/outside")
	sam.tap("All your goals")
	sam.tap("I can take this back at any time")
	sam.tap("Who gets it may pass it on")
	sam.tap("If I say no, my care here goes on.")
	sam.fill("Sign with your name", "Sam Field")
	// Over plain http a browser has no crypto.subtle: to load the page again would not help.
	eval[bool](sam, `Boolean(Object.defineProperty(crypto, 'subtle', { value: undefined, configurable: true }))`)
	sam.tap("Sign: yes")
	sam.see("This page was opened without https, so this phone can't check the words. Nothing was shared.")
	sam.mustNotSee("Load this page again")
	sam.accessible("sharing without https")
	eval[bool](sam, `delete crypto.subtle`)
	sam.tap("Sign: yes")
	sam.see("Signed. You can take it back here.")
}

// TestTheDemoShowsItself: its first page says that nothing is real, who there is and what to
// try, and opens as any of them in one tap. A clinic says nothing of the kind.
func TestTheDemoShowsItself(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	p.load("")
	p.see("Nothing in it is real.")
	for _, a := range c.Accounts {
		p.see("Open as " + a.Name)
	}
	p.accessible("the first page of a demo")
	p.shot("demo")
	p.tap("Open as Grace Kim")
	p.see("You are signed in.")
	p.to("#/more")
	p.see("You are signed in as Grace Kim.")
}
