package icalendar

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
)

var update = flag.Bool("update", false, "write the golden files anew")

var visit = Event{ID: "0195f1a2-0000-7000-8000-000000000001", Sequence: 2, Changed: time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC),
	Start: time.Date(2026, 3, 9, 10, 0, 0, 0, time.FixedZone("EDT", -4*3600)), End: time.Date(2026, 3, 9, 10, 50, 0, 0, time.FixedZone("EDT", -4*3600))}

// written is what write gives, held against a file of the repository.
func written(t *testing.T, file string, write func(*bytes.Buffer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	file = filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != string(want) {
		t.Errorf("%s is now:\n%s", file, got)
	}
	return b.String()
}

// read reads a calendar with another library than the one that wrote it.
func read(t *testing.T, text string) *ical.Calendar {
	t.Helper()
	c, err := ical.NewDecoder(strings.NewReader(text)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func text(t *testing.T, props ical.Props, name string) string {
	t.Helper()
	s, err := props.Text(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAnInviteIsReadByAnIndependentReader(t *testing.T) {
	cancelled := visit
	cancelled.Cancelled, cancelled.Sequence = true, 3
	for _, c := range []struct {
		file, method, status, sequence string
		event                          Event
	}{{"invite.ics", "REQUEST", "CONFIRMED", "2", visit}, {"cancel.ics", "CANCEL", "CANCELLED", "3", cancelled}} {
		got := read(t, written(t, c.file, func(b *bytes.Buffer) error { return WriteInvite(b, c.event) }))
		if m := text(t, got.Props, "METHOD"); m != c.method {
			t.Errorf("method %s, want %s", m, c.method)
		}
		e := got.Events()[0]
		for name, want := range map[string]string{"UID": visit.ID + "@handrail", "SUMMARY": "Appointment", "STATUS": c.status, "SEQUENCE": c.sequence, "CLASS": "PRIVATE"} {
			prop := e.Props.Get(name)
			if prop == nil || prop.Value != want {
				t.Errorf("%s: %s is %v, want %s", c.file, name, prop, want)
			}
		}
		start, err1 := e.DateTimeStart(time.UTC)
		end, err2 := e.DateTimeEnd(time.UTC)
		stamp, err3 := e.Props.DateTime("DTSTAMP", time.UTC)
		if err1 != nil || err2 != nil || err3 != nil || !start.Equal(visit.Start) || !end.Equal(visit.End) || !stamp.Equal(visit.Changed) {
			t.Errorf("%s: from %v to %v, of %v", c.file, start, end, stamp)
		}
		if e.Props.Get("ORGANIZER") == nil || e.Props.Get("ATTENDEE") == nil {
			t.Error("RFC 5546 asks for who calls and who comes")
		}
	}
}

func TestAFeedIsReadByAnIndependentReader(t *testing.T) {
	next := visit
	next.ID, next.Tentative, next.Sequence = "0195f1a2-0000-7000-8000-000000000002", true, 0
	got := read(t, written(t, "feed.ics", func(b *bytes.Buffer) error { return WriteFeed(b, []Event{visit, next}) }))
	if m := text(t, got.Props, "METHOD"); m != "PUBLISH" {
		t.Errorf("method %s", m)
	}
	events := got.Events()
	if len(events) != 2 || text(t, events[0].Props, "STATUS") != "CONFIRMED" || text(t, events[1].Props, "STATUS") != "TENTATIVE" {
		t.Errorf("%+v", events)
	}
}

// An empty calendar is one that go-ical refuses and that all programs take: it is
// how a feed looks before the first visit.
func TestAnEmptyFeedIsACalendar(t *testing.T) {
	var b bytes.Buffer
	if err := WriteFeed(&b, nil); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); !strings.HasPrefix(s, "BEGIN:VCALENDAR\r\n") || !strings.HasSuffix(s, "END:VCALENDAR\r\n") || strings.Contains(s, "VEVENT") {
		t.Error(s)
	}
}

func TestEveryLineEndsAsTheStandardSays(t *testing.T) {
	var b bytes.Buffer
	if err := WriteInvite(&b, visit); err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(b.String(), "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("%d bytes: %q", len(line), line)
		}
	}
}
