package webtest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"handrail/care/caretest/instants"
	"handrail/signon/signontest"
	"handrail/web"
)

// hospitalFile is the operator's file that names a provider.
func hospitalFile(t *testing.T, p *signontest.Provider) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte(p.Secret), 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(map[string]any{"providers": []any{map[string]any{"id": "hospital", "name": "Riverside Hospital", "issuer": p.Issuer(),
		"clientId": p.ClientID, "clientSecretFile": "secret"}}})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "providers.json")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A person who works here comes by the sign-in of the hospital: the office names their
// address, the page offers the way, and tells later which way it was; the lock of the page
// opens by it too. Whoever the
// office does not know is told so in plain words.
func TestStaffSignInAtTheHospital(t *testing.T) {
	t.Parallel()
	needAxe(t)
	p := signontest.New(t, now)
	c := openClinic(t, "--oidc-providers", hospitalFile(t, p))
	nurse, admin := c.person("clinician", ""), c.person("administrator", "")

	ward := newPhone(t, c.BaseURL, "en-US")
	ward.load("")
	ward.title("Welcome")
	ward.see("Do you work here?")
	ward.accessible("sign-in with a hospital")
	ward.shot("providers")
	ward.tap("Sign in with Riverside Hospital")
	ward.title("The sign-in did not work")
	ward.see("There is no account here for this sign-in.")
	ward.accessible("sign-in at the hospital that failed")

	office := newPhone(t, c.BaseURL, "en-US")
	office.signIn(admin.EnrolmentCode)
	office.load("#/office/" + nurse.AccountID)
	office.fill("E-mail at the hospital", "ada@hospital.example")
	office.tap("Let this person in")
	office.see("Waiting for ada@hospital.example")
	office.accessible("office: a hospital's sign-in")

	ward.tap("Other ways to sign in")
	ward.tap("Sign in with Riverside Hospital")
	ward.title("My patients")
	ward.to("#/devices")
	ward.see("You came by the sign-in of Riverside Hospital")
	ward.see("Tied since")
	ward.accessible("my sign-in at the hospital")
	ward.tap("Tie my account to Riverside Hospital")
	ward.see("Your account is tied to that sign-in now.")

	// Who has nothing else has the hospital for the lock of the page: it asks anew, in a window
	// of its own, and what was typed is there afterwards.
	p.Person = signontest.Claims{"auth_time": now().Unix()}
	ward.to("#/ways")
	ward.see("Lock this phone")
	ward.until("something typed", `(document.querySelector('main input').value = '28') === '28'`)
	if lasts := module[int](ward, "idlelock", `(await m.lockOf((await (await import('/app/session.js')).session()))).minutes`); lasts != 10 {
		t.Errorf("it locks after %d minutes", lasts)
	}
	module[bool](ward, "idlelock", `(await m.lockNow(), true)`)
	ward.title("Locked")
	ward.mustNotSee("Lock this phone")
	ward.accessible("locked, for the hospital")
	// A window that a page opens has the machine's clock, until a test gives it its own: this
	// one waits for that.
	module[bool](ward, "bus", `(() => { const open = window.open.bind(window);
	  window.open = (...at) => { const w = open(...at); return { close: () => w.close(), location: { assign: (to) => { window.goOn = () => w.location.assign(to); } } }; };
	  return true; })()`)
	ward.tap("Sign in with Riverside Hospital")
	ward.until("the hospital's window", "window.goOn")
	defer ward.openedWindow()()
	ward.until("it goes on", "(window.goOn(), true)")
	ward.title("Ways to sign in")
	ward.until("what was typed", `document.querySelector('main input').value === '28'`)
}

// openedWindow gives the window that the page opened, which is empty, the clock of the tests.
func (p *phone) openedWindow() (leave func()) {
	p.t.Helper()
	infos, err := chromedp.Call(p.ctx, target.GetTargets, target.GetTargetsParams{})
	if err != nil {
		p.t.Fatal(err)
	}
	all := infos.TargetInfos
	mine := slices.IndexFunc(all, func(i *target.Info) bool {
		return i.Type == "page" && strings.HasPrefix(i.URL, p.base) && strings.HasSuffix(i.URL, "#/ways")
	})
	at := slices.IndexFunc(all, func(i *target.Info) bool {
		return mine >= 0 && i.Type == "page" && !strings.HasPrefix(i.URL, p.base) && i.BrowserContextID == all[mine].BrowserContextID
	})
	if at < 0 {
		p.t.Fatal("no window was opened")
	}
	window, leave := chromedp.NewContext(p.ctx, chromedp.WithTargetID(all[at].TargetID))
	if err := onNewPage(window, web.ClockAhead(instants.Ahead())); err != nil {
		p.t.Fatal(err)
	}
	return leave
}
