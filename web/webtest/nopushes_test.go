package webtest

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// The browser's own push service is asked for real. Where it answers, notes are on;
// where it can't be reached, as on most build machines, the page says so in plain words
// and goes on: the inbox does not need it.
func TestTheBrowsersOwnPushServiceIsAsked(t *testing.T) {
	// Not beside others: the browser asks the real service in its own time.
	c := openClinic(t)
	p := newKeptPhone(t, c.BaseURL, "en-US")
	p.signIn(c.person("patient", "").EnrolmentCode)
	p.allowNotes()
	p.settled(screen{"reminders", "#/reminders", "Notifications are off."})
	p.tap("Turn on notifications")
	p.until("an answer", `['Notifications are on for this phone.', 'This browser could not turn on notifications.'].some((s) => document.body.innerText.includes(s))`)
	p.accessible("after an answer of the push service")
	p.settled(screen{"inbox", "#/inbox", "All your reminders are kept here"})
	p.fullInbox()
}

// fullInbox has the page told of 10,000 entries: it shows as many as it asks for, and more
// when somebody wants more.
func (p *phone) fullInbox() {
	p.t.Helper()
	eval[chromedp.Void](p, `(() => {
	  const real = fetch;
	  window.asked = [];
	  window.fetch = (to, how) => {
	    const url = new URL(to.url ?? to, location.origin);
	    if (url.pathname !== '/v1/me/reminders') return real(to, how);
	    const [from, limit] = [Number(url.searchParams.get('cursor') ?? 0), Number(url.searchParams.get('limit') ?? 10000)];
	    asked.push(limit);
	    const items = Array.from({ length: Math.min(limit, 10000 - from) }, (_, i) => ({ id: String(from + i), kind: 'check-in', at: '2026-01-01T09:00:00Z', read: false }));
	    return Promise.resolve(Response.json({ items, ...(from + limit < 10000 && { next: String(from + limit) }) }));
	  };
	})(); undefined`)
	p.to("#/more")
	p.title("More")
	p.to("#/inbox")
	p.until("the first of them", `document.querySelectorAll('main .cards > li').length === 20`)
	p.tap("Show more")
	p.until("more of them", `document.querySelectorAll('main .cards > li').length === 40 && asked.every((n) => n <= 20)`)
	p.tap("Help now")
	p.title("Help now")
}
