// Package icalendar writes and reads calendars in the format of RFC 5545. What it
// writes says when, and nothing of who and what for: a calendar lies open on a lock
// screen, at work and with whoever keeps it for the person. What it reads comes
// from strangers, so that each piece of work has a bound.
package icalendar

import (
	"io"
	"time"

	ics "github.com/arran4/golang-ical"
)

// ContentType is the type of a calendar (RFC 5545, section 8.1).
const ContentType = "text/calendar; charset=utf-8"

// Summary is all that an event says.
const Summary = "Appointment"

// nobody is an address that no mail can reach (RFC 2606, section 2): whoever
// answers an invitation from their calendar must not write to a stranger.
const nobody = "mailto:appointments@calendar.invalid"

// uidHost ends the names of our events, so that we know them when they come back.
const uidHost = "@handrail"

// Event is a visit as a calendar sees it. ID stays for the life of the visit;
// with a higher Sequence, or a later Changed, calendars update what they have.
type Event struct {
	ID         string
	Sequence   int
	Changed    time.Time
	Start, End time.Time
	Tentative  bool // somebody has not agreed yet
	Cancelled  bool
}

// WriteInvite writes one event as an invitation (RFC 5546, section 3.2.2), or the
// calling off of one (section 3.2.5).
func WriteInvite(w io.Writer, e Event) error {
	method := ics.MethodRequest
	if e.Cancelled {
		method = ics.MethodCancel
	}
	c := begin(method)
	v := add(c, e)
	// Both parts are asked for by RFC 5546. The name is nobody's: Outlook shows it.
	v.SetOrganizer(nobody, ics.WithCN(Summary))
	v.AddAttendee(nobody, ics.ParticipationStatusAccepted, ics.WithRSVP(false))
	return c.SerializeTo(w, ics.WithNewLineWindows)
}

// refresh is how often it pays to look again at a feed (RFC 7986, section 5.7).
const refresh = "PT4H"

// WriteFeed writes events for a subscription.
func WriteFeed(w io.Writer, events []Event) error {
	c := begin(ics.MethodPublish)
	c.SetXWRCalName(Summary + "s")
	c.SetRefreshInterval(refresh)
	c.SetXPublishedTTL(refresh) // Outlook's older name for it
	for _, e := range events {
		add(c, e)
	}
	return c.SerializeTo(w, ics.WithNewLineWindows)
}

func begin(method ics.Method) *ics.Calendar {
	c := ics.NewCalendarFor("Handrail")
	c.SetProductId("-//Handrail//Appointments//EN")
	c.SetCalscale("GREGORIAN")
	c.SetMethod(method)
	return c
}

// add writes an event in UTC, so that no table of time zones is needed and none can
// be wrong.
func add(c *ics.Calendar, e Event) *ics.VEvent {
	v := c.AddEvent(e.ID + uidHost)
	v.SetDtStampTime(e.Changed)
	v.SetLastModifiedAt(e.Changed)
	v.SetSequence(e.Sequence)
	v.SetStartAt(e.Start)
	v.SetEndAt(e.End)
	v.SetSummary(Summary)
	v.SetClass(ics.ClassificationPrivate)
	v.SetTimeTransparency(ics.TransparencyOpaque)
	status := ics.ObjectStatusConfirmed
	switch {
	case e.Cancelled:
		status = ics.ObjectStatusCancelled
	case e.Tentative:
		status = ics.ObjectStatusTentative
	}
	v.SetStatus(status)
	return v
}
