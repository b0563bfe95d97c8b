package webtest

import (
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/pquerna/otp/totp"

	"handrail/care/caretest/instants"
)

// openNamedClinic is a clinic at an address with a name: browsers make passkeys for no
// other.
func openNamedClinic(t *testing.T) *clinic {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := strconv.Itoa(free.Addr().(*net.TCPAddr).Port)
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	c := &clinic{t: t, dir: t.TempDir(), flags: []string{"--base-url", "http://localhost:" + port}, ahead: instants.Ahead()}
	c.start(port)
	t.Cleanup(c.stop)
	return c
}

// authenticator gives a phone one that makes synced passkeys and knows its person.
func (p *phone) authenticator() webauthn.AuthenticatorID {
	p.t.Helper()
	call(p, webauthn.Enable, webauthn.EnableParams{})
	return called(p, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: "ctap2", Ctap2version: "ctap2_1", Transport: "internal", HasResidentKey: true, HasUserVerification: true, IsUserVerified: true,
		AutomaticPresenceSimulation: true, DefaultBackupEligibility: true, DefaultBackupState: true}}).AuthenticatorID
}

// passkeysIn counts what an authenticator holds.
func (p *phone) passkeysIn(id webauthn.AuthenticatorID) int {
	p.t.Helper()
	return len(called(p, webauthn.GetCredentials, webauthn.GetCredentialsParams{AuthenticatorID: id}).Credentials)
}

// A passkey is offered after the code, made, and signs in; what needs it asks for it and
// goes on by itself; taken off, the phone forgets it too.
func TestAPasskeyFromTheOfferToItsEnd(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openNamedClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	id := p.authenticator()
	maya := c.person("patient", "")
	p.signIn(maya.EnrolmentCode)
	p.see("Do you want to get in without a code next time?")
	p.tap("Ways to sign in")
	p.title("Ways to sign in")
	p.tap("Add a passkey")
	p.see("It is added.")
	p.see("It is kept by your password manager")
	p.accessible("my ways in")
	p.shot("ways")

	p.to("#/more")
	call(p, webauthn.SetAutomaticPresenceSimulation, webauthn.SetAutomaticPresenceSimulationParams{AuthenticatorID: id, Enabled: false})
	p.tap("Sign out")
	p.tap("Yes, sign out")
	p.title("Welcome")
	p.see("How would you like to sign in?")
	p.accessible("the ways to sign in")
	p.shot("signin-ways")
	p.tap("Passkey") // nobody touches the phone: its window says nothing
	p.see("Your phone has not answered yet.")
	call(p, webauthn.SetAutomaticPresenceSimulation, webauthn.SetAutomaticPresenceSimulationParams{AuthenticatorID: id, Enabled: true})
	p.tap("Passkey") // begins again
	p.title("Today")

	c.move(11 * time.Minute)
	p.load("#/ways")
	p.title("Ways to sign in")
	p.tap("Make ten new codes")
	p.see("Please show that it is you")
	p.accessible("a step-up")
	p.tap("Passkey")
	p.until("ten codes", "document.querySelectorAll('.code').length === 10")
	if n := p.passkeysIn(id); n != 1 {
		t.Fatalf("the phone holds %d passkeys", n)
	}
	p.tap("Remove")
	p.see("It is removed.")
	if n := p.passkeysIn(id); n != 0 {
		t.Errorf("the phone still holds %d", n)
	}
	p.to("#/inbox")
	p.see("Your ways to sign in were changed")
}

// The offer that stands on the screen is made new before it ends, and the person who is
// there at last comes in by it without a tap. One that was asked for and says nothing for
// eight seconds is said to, beside the other ways.
func TestTheOfferOfPasskeysIsMadeNew(t *testing.T) {
	t.Parallel()
	c := openNamedClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	id := p.authenticator()
	p.signIn(c.person("patient", "").EnrolmentCode)
	p.to("#/ways")
	p.tap("Add a passkey")
	p.see("It is added.")
	call(p, webauthn.SetAutomaticPresenceSimulation, webauthn.SetAutomaticPresenceSimulationParams{AuthenticatorID: id, Enabled: false})
	eval[chromedp.Void](p, `(() => {
	  const real = window.fetch;
	  window.offers = 0;
	  window.fetch = async (...asked) => {
	    const answer = await real(...asked);
	    if (!String(asked[0]).endsWith('/v1/auth/passkey/options')) return answer;
	    window.offers++;
	    return new Response(JSON.stringify({ ...(await answer.json()), renewIn: 0.2 }), { status: 200, headers: { 'Content-Type': 'application/json' } });
	  };
	})()`)
	p.to("#/more")
	p.tap("Sign out")
	p.tap("Yes, sign out")
	p.title("Welcome")
	p.until("three offers", "window.offers >= 3")
	p.tap("Passkey") // whose window says nothing
	p.see("Your phone has not answered yet. You can wait, or take another way.")
	p.tap("Code") // the offer makes room for what was tapped
	p.see("A name for this phone")
	call(p, webauthn.SetAutomaticPresenceSimulation, webauthn.SetAutomaticPresenceSimulationParams{AuthenticatorID: id, Enabled: true})
	p.to("#/help")
	p.title("Help now")
	p.to("#/enrol")
	p.title("Today")
}

// A PIN lets a patient back in on the phone of a session that is over; the plan needs
// none. A supporter whose copies went with their session comes back in the same way.
func TestAPINLetsSomebodyBackIn(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	for _, role := range []string{"patient", "supporter"} {
		p := newPhone(t, c.BaseURL, "en-US")
		p.signIn(c.person(role, "").EnrolmentCode)
		p.to("#/ways")
		p.title("Ways to sign in")
		p.fill("A new PIN", "123456")
		p.tap("Set the PIN")
		p.see("This one is easy to guess.")
		p.fill("A new PIN", "280417")
		p.tap("Set the PIN")
		p.see("Your PIN is set.")
		if role == "patient" {
			p.to("#/plan")
			p.see("How I notice that it starts")
		}
		p.parted()
		p.load("#/enrol")
		p.title("Welcome")
		p.tap("PIN")
		p.fill("Your PIN", "280418")
		p.tap("Sign in")
		p.see("This PIN is not right.")
		p.accessible("sign-in by a PIN")
		p.fill("Your PIN", "280417")
		p.tap("Sign in")
		p.see("You are signed in.")
	}
}

// parted lets the server end this phone's session without a word: its role decides what
// the phone keeps.
func (p *phone) parted() {
	p.t.Helper()
	module[bool](p, "session", `await (async () => {
	  const held = await m.signIn(), { ask } = await import('/app/http.js');
	  const refresh = (refreshToken) => ask('POST', '/v1/auth/refresh', { body: { refreshToken }, key: held.key });
	  const next = (await refresh(held.refreshToken)).data;
	  for (const refreshToken of [next.refreshToken, held.refreshToken, held.refreshToken]) await refresh(refreshToken).catch(() => {});
	  await m.bearer({ not: held.accessToken }).catch(() => {});
	  return true;
	})()`)
}

// Staff set an app with codes up; from then on the code of the office asks for it too.
func TestStaffTypeTheCodeOfTheirApp(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t, "--second-factor-from", now().AddDate(0, 0, 30).Format(time.DateOnly))
	admin := c.person("administrator", "")
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(admin.EnrolmentCode)
	p.see("you need a passkey or an app with codes to sign in")
	p.tap("Ways to sign in")
	p.title("Ways to sign in")
	p.tap("Set up an app")
	p.see("Or type this key:")
	p.accessible("an app with codes")
	p.shot("app-with-codes")
	secret := strings.ReplaceAll(eval[string](p, "document.querySelector('.code').textContent"), " ", "")
	type6 := func(ahead time.Duration) string {
		code, err := totp.GenerateCode(secret, now().Add(ahead))
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	p.fill("The code of your app", type6(-5*time.Second)) // it is taken for 25 s at least, and is another than the next
	p.tap("Use this app")
	p.see("It is added.")
	code := p.own(c).code(admin.AccountID)
	other := newPhone(t, c.BaseURL, "en-US")
	other.load("#/enrol/" + code)
	other.title("Welcome")
	other.tap("Sign in")
	other.see("Please type the code of your app as well.")
	other.fill("The code of your app", type6(26*time.Second))
	other.tap("Sign in")
	other.see("You are signed in.")
}
