package video

import (
	"testing"

	"handrail/video/signal"
	"handrail/video/ticket"
)

// The tick of each second may fall between a ticket and its connection.
func TestWhoIsJustComingIsNotTakenForGone(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	r, err := c.server.room(c.booked())
	if err != nil {
		t.Fatal(err)
	}
	for _, was := range []string{"new", "away"} {
		sess, err := r.arrive(c.booked(), c.guests["doc"], ticket.Claim{Visit: "visit", Person: "doc", Session: "s"}, was == "away")
		if err != nil {
			t.Fatal(err)
		}
		r.tick(c.clock())
		l := newLink(newPipe())
		if err := r.connect(sess, l, signal.Client{Hello: &signal.Hello{}}); err != nil {
			t.Errorf("%s: %v", was, err)
		}
		r.disconnect(sess, l)
		l.end(CloseNormal, "")
		c.advance(2 * offlineGrace)
		r.tick(c.clock())
		if r.away["doc"] != sess {
			t.Errorf("%s: not taken for gone after a long time", was)
		}
	}
}
