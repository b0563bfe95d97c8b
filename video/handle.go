package video

import (
	"context"
	"time"

	"handrail/models"
	"handrail/video/quality"
	"handrail/video/room"
	"handrail/video/sfu"
	"handrail/video/signal"
	"handrail/video/ticket"
)

func (s *session) claim(visit string) ticket.Claim {
	return ticket.Claim{Visit: visit, Person: s.person, Session: s.id, Login: s.login}
}

// handle does what one message asks for. An error is told to the sender.
func (r *visitRoom) handle(_ context.Context, sess *session, l *link, c signal.Client) error {
	switch {
	case c.Offer != nil:
		r.offer(sess, l, c.Ref, c.Offer)
		return nil
	case c.Candidate != nil:
		return nil // not needed: the transport answers where checks come from
	case c.Ping != nil:
		l.send(signal.Encode(signal.TypePong, 0, c.Ref, signal.Pong{Stamp: c.Ping.Stamp}))
		return nil
	case c.Hello != nil:
		return models.E(models.KindInvalid, "hello-again", "This connection has said hello already.")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped || r.sessions[sess.person] != sess {
		return ended()
	}
	switch {
	case c.Command != nil:
		return r.command(sess, *c.Command)
	case c.Watch != nil:
		sess.shows = append([]signal.Show{}, c.Watch.Shows...)
		r.media.SetRoutes(r.routes())
	case c.Chat != nil:
		return r.chat(sess, c.Chat)
	case c.Caption != nil:
		return r.caption(sess, c.Caption)
	case c.Report != nil:
		r.reported(sess, c.Report)
	}
	return nil
}

// reported takes what only the page can measure. A microphone whose level is zero
// for seconds is dead even though it sends: phones do that after a call.
func (r *visitRoom) reported(sess *session, c *signal.Report) {
	path := ""
	if c.Path == "udp" || c.Path == "tcp" || c.Path == "relay" {
		path = c.Path
	}
	r.report(sess.person).AddClient(quality.Client{Freezes: c.Freezes, Path: path,
		Frozen: time.Duration(c.FrozenMs * 1e6), Concealed: time.Duration(c.ConcealedMs * 1e6)})
	sending, receiving := c.BusySendMs > most(c.Seconds), c.BusyReceiveMs > most(c.Seconds)
	sess.busy = sending || receiving
	r.media.Busy(sess.person, sending, receiving)
	p := r.state.Person(sess.person)
	dead := p.Sends.Audio && p.Place == room.Inside && c.Seconds >= 2 && c.MicrophonePeak != nil && *c.MicrophonePeak == 0
	if dead && !sess.deadMic {
		sess.tell(signal.TypeMedia, "", signal.Media{Generation: sess.client, State: signal.MediaSilent, Kind: room.Audio, Why: signal.WhyDevice})
	}
	sess.deadMic = dead
}

// most is the part of a report, in ms, for which a processor must have been too slow.
func most(seconds float64) float64 { return max(1, seconds) * 500 }

// quietVerbs are not worth an audit line: they are what somebody does with their own
// things.
var quietVerbs = map[room.Verb]bool{room.Send: true, room.Raise: true, room.Hold: true, room.Hear: true, room.Speak: true}

func (r *visitRoom) command(sess *session, c room.Command) error {
	if err := r.state.Do(sess.person, c); err != nil {
		return err
	}
	if !quietVerbs[c.Verb] {
		r.note(sess.person, "visit."+string(c.Verb), c.Whom, c.On)
	}
	r.changed()
	return nil
}

// offer opens a transport beside the one that runs, if any, and answers.
func (r *visitRoom) offer(sess *session, l *link, ref string, o *signal.Offer) {
	r.mu.Lock()
	sess.generation++
	generation := sess.generation
	r.mu.Unlock()
	uses := map[string]sfu.Use{}
	for _, line := range o.Lines {
		uses[line.MID] = sfu.Use(line.Use)
	}
	answer, err := r.media.Offer(sess.person, generation, o.SDP, uses)
	r.lacks(sess, models.KindOf(err) == models.KindInvalid)
	if err != nil {
		e := asProblem(err)
		l.send(signal.Encode(signal.TypeError, 0, ref, signal.Problem{Code: e.Code, Text: e.Text}))
		return
	}
	r.mu.Lock()
	if sess.generation == generation {
		sess.client = o.Generation
	}
	r.mu.Unlock()
	l.send(signal.Encode(signal.TypeAnswer, 0, ref, signal.Answer{Generation: o.Generation, SDP: answer}))
}

// lacks tells everybody what a person's browser can't do. One whose offer was refused as
// a whole, and who has no connection from before, can do nothing.
func (r *visitRoom) lacks(sess *session, refused bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped || r.sessions[sess.person] != sess || refused && sess.client > 0 {
		return
	}
	l := room.Lacks(r.media.Lacks(sess.person))
	if refused {
		l = room.Lacks{Speak: true, Hear: true, Show: true, See: true}
	}
	if r.state.Lack(sess.person, l) {
		r.changed()
	}
}

// seatsOf is what a person's seats carry, in the protocol's words.
func (r *visitRoom) seatsOf(person string) []signal.Seat {
	out := []signal.Seat{}
	for _, s := range r.media.Seats(person) {
		out = append(out, signal.Seat{MID: s.MID, Person: s.From, Kind: room.Kind(s.Kind), Soft: s.Soft, Paused: s.Paused, Why: signal.Why(s.Why)})
	}
	return out
}
