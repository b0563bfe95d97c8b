package webtest

import "testing"

// The office sees the ways into an account: it cancels a code and ends a phone that
// was lost. The phone empties itself, the crisis plan too, and its owner is told.
func TestTheOfficeEndsWaysIn(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya, admin := c.person("patient", ""), c.person("administrator", "")
	lost := newPhone(t, c.BaseURL, "en-US")
	lost.signIn(maya.EnrolmentCode)
	lost.to("#/plan")
	lost.see("How I notice that it starts")

	office := newPhone(t, c.BaseURL, "en-US")
	office.signIn(admin.EnrolmentCode)
	office.load("#/office/" + maya.AccountID)
	office.title("Maya Torres")
	office.see("No code is open.")
	office.tap("Make a code")
	office.see("How did you make sure that it is them?") // she was signed in before
	office.choose("How did you make sure that it is them?", "They told me their birth date")
	office.tap("Make a code")
	office.see("Choose one of the first three, or two of the others.")
	office.accessible("office identity check")
	office.choose("How did you make sure that it is them?", "I know them, and they are here")
	office.tap("Make a code")
	office.see("Works until")
	code := eval[string](office, "document.querySelector('.code').textContent")
	office.load("#/office/" + maya.AccountID)
	office.see("Made by " + admin.Name)
	office.see("Checked: I know them, and they are here, They told me their birth date")
	office.accessible("office ways in")
	office.shot("office-ways-in")
	office.tap("Cancel this code")
	office.see("The code is cancelled.")
	office.see("No code is open.")
	late := newPhone(t, c.BaseURL, "en-US")
	late.load("")
	late.title("Welcome")
	late.tap("Code")
	late.fill("Your code", code)
	late.tap("Sign in")
	late.see("This code does not work.")

	office.tap("Make a code")
	office.choose("How did you make sure that it is them?", "They showed a card with a photo")
	office.tap("Make a code")
	office.see("Works until")
	late.fill("A name for this phone", "Spare")
	late.fill("Your code", eval[string](office, "document.querySelector('.code').textContent"))
	late.tap("Sign in")
	late.title("Today")
	lost.until("the owner is told", `import('/app/api.js').then((m) => m.read('/v1/me/reminders')).then((d) => d.items.some((i) => i.ref?.startsWith('way-in:')))`)
	lost.to("#/inbox")
	lost.see("A new way to sign in to your account")

	office.load("#/office/" + maya.AccountID)
	office.until("both phones", `document.querySelectorAll('main li.card h3').length === 2`)
	office.tap("It is lost: My phone")
	office.see("It will be emptied the next time it is online, the crisis plan too.")
	office.accessible("office lost phone")
	office.tap("End it")
	office.see("That phone is ended. Its owner is told.")
	lost.to("#/goals")
	lost.title("Welcome")
	if got := lost.holds(); got != "false,false,0" {
		t.Errorf("the lost phone holds %s", got)
	}
	if got := late.holds(); got != "true,true,0" {
		t.Errorf("the other phone holds %s", got)
	}
}

// A link with a code that is opened on somebody's phone asks before it takes anything
// away, and can be declined; so can a code of another where a person is signed out.
func TestACodeAsksBeforeItTakesAPhone(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya, other := c.person("patient", ""), c.Accounts[1]
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(maya.EnrolmentCode)
	p.to("#/plan")
	p.see("How I notice that it starts")
	p.load("#/enrol/" + other.EnrolmentCode)
	p.see("Maya Torres uses this phone.")
	p.mustNotSee("Daniel")
	p.accessible("a code on somebody's phone")
	p.shot("code-asks")
	p.tap("Stay with Maya Torres")
	p.title("Today")
	if got := p.holds(); got != "true,true,0" {
		t.Fatalf("declined: %s", got)
	}

	office := c.as(c.person("administrator", ""))
	office.setStatus(maya.AccountID, "suspended")
	p.to("#/goals")
	p.title("Welcome")
	p.tap("Code")
	p.fill("Your code", other.EnrolmentCode)
	p.tap("Sign in")
	p.see("This code is for somebody else.")
	p.accessible("a code of somebody else")
	p.tap("Keep what is here")
	p.see("Nothing was removed.")
	if got := p.holds(); got != "false,true,0" {
		t.Errorf("kept: %s", got)
	}
	p.tap("Code")
	p.fill("Your code", office.code(other.AccountID))
	p.tap("Sign in")
	p.tap("Put it away and sign in")
	p.title("Who is this?")
	p.to("#/more")
	p.see("You are signed in as " + other.Name)
	p.to("#/plan")
	p.mustNotSee("How I notice that it starts")
}

// An answer that says late that the sign-in is over takes no form away from who types on the
// screen that came of it.
func TestALateAnswerTakesNoFormAway(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	maya, other := c.person("patient", ""), c.Accounts[1]
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(maya.EnrolmentCode)
	p.to("#/plan")
	p.see("How I notice that it starts")
	eval[bool](p, `(() => {
	  const freed = new Promise((free) => { globalThis.free = free; });
	  const plain = fetch;
	  globalThis.fetch = async (...of) => {
	    if (String(of[0].url ?? of[0]).includes('/goals')) {
	      globalThis.held = true;
	      await freed;
	    }
	    return plain(...of);
	  };
	  return true;
	})()`)
	p.to("#/goals")
	p.until("the goals are asked for", "globalThis.held === true")
	c.as(c.person("administrator", "")).setStatus(maya.AccountID, "suspended")
	module[bool](p, "api", "m.call('GET', '/v1/me').then(() => false, () => true)") // another answer says it first
	p.title("Welcome")
	p.tap("Code")
	p.fill("Your code", other.EnrolmentCode)
	eval[bool](p, "free() ?? true")
	p.tap("Sign in")
	p.see("This code is for somebody else.")
}

// A sign-in of somebody else that nobody at the phone was asked about changes nothing,
// whatever the page had read before: the change itself looks whose phone it is. One that
// somebody was asked about sets aside what is here, and no sign-out of the other takes it off.
func TestNobodysThingsGoWithoutAWord(t *testing.T) {
	t.Parallel()
	p := newPhone(t, bare(t, nil), "en-US")
	p.load("")
	p.title("Welcome")
	got := module[string](p, "aside", `(async () => { const { get, put, wipe } = await import('/app/db.js'); return [
	  await m.arrive({ session: { accountId: 'a' } }), await put('plan', { plan: {} }),
	  await m.arrive({ session: { accountId: 'b' } }), await m.arrive({ session: { accountId: 'b' } }, 'c'), Boolean(await get('plan')), await get('owner'),
	  await m.arrive({ session: { accountId: 'b' } }, 'a'), Boolean(await get('plan')), await wipe(), await get('owner'), (await m.asides()).map((one) => one.id),
	  await m.turnTo('c'), await m.turnTo('a'), Boolean(await get('plan')), await get('owner')].join(); })()`)
	if want := "true,true,false,false,true,a,true,false,true,,a,false,true,true,a"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
