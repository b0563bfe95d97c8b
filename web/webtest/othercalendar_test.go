package webtest

import (
	"testing"

	"github.com/chromedp/cdproto/page"
)

// whatTheCalendarSaid answers in the place of a calendar elsewhere, which a test can't
// reach: only public addresses are read. What the program makes of a calendar is
// tested in package icalendar.
const whatTheCalendarSaid = `(() => {
  const real = globalThis.fetch;
  globalThis.fetch = async (...args) => {
    const answer = await real(...args);
    const address = String(args[0]?.url ?? args[0]);
    if (!address.includes('/busy-calendar') || (args[1]?.method ?? 'GET') !== 'GET') return answer;
    return Response.json({ exists: true, host: 'calendar.example', setAt: '2026-03-01T08:00:00Z', readAt: '2026-03-02T08:00:00Z', dueAt: '2026-03-02T08:15:00Z', times: 12, unread: 23,
      notUnderstood: [{ start: '2026-03-09T14:00:00Z', end: '2026-03-09T15:00:00Z', why: 'zone' }, { why: 'no-time' }, { start: '2026-03-10T14:00:00Z', end: '2026-03-10T15:00:00Z', why: 'rule' }] });
  };
})()`

// A clinician enters an address that can't be used and is told so; and sees what of a
// calendar was not understood, with its times.
func TestAClinicianSeesWhatOfTheirOtherCalendarWasNotUnderstood(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	p.inZone("America/New_York")
	p.signIn(c.person("clinician", "psychiatry").EnrolmentCode)
	p.settled(screen{"hours", "#/hours", "My other calendar"})
	p.tap("My other calendar")
	p.title("My other calendar")
	p.accessible("no other calendar")
	p.fill("Private address of the calendar", "https://127.0.0.1/busy.ics")
	p.tap("Read this calendar")
	p.see("The address is not on the public internet.")
	p.accessible("a calendar that can't be read")

	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: whatTheCalendarSaid})
	p.load("#/other-calendar")
	p.see("Events that we could not fully read: 23")
	p.see("Its time zone is not known. We took yours.")
	p.see("No time could be read.")
	p.see("And 20 more.")
	p.accessible("what was not understood")
	p.shot("other-calendar")
}
