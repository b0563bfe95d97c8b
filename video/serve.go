package video

import (
	"context"
	"errors"
	"time"

	"handrail/models"
	"handrail/video/room"
	"handrail/video/signal"
)

// Serve runs one connection until it ends. Its end is not the end of the
// person's stay: media goes on, and the place is kept.
func (s *Server) Serve(ctx context.Context, conn Conn) error {
	l := newLink(conn)
	defer func() {
		l.end(CloseNormal, "")
		<-l.done
	}()
	budget := signal.NewBudget()
	first, err := s.firstMessage(ctx, conn, budget)
	if err != nil {
		return s.refuse(l, first.Ref, err)
	}
	r, sess, err := s.admitHello(ctx, first.Hello)
	if err != nil {
		return s.refuse(l, first.Ref, err)
	}
	if err := r.connect(sess, l, first); err != nil {
		return s.refuse(l, first.Ref, err)
	}
	if o := first.Hello.Offer; o != nil {
		r.offer(sess, l, first.Ref, o)
	}
	defer r.disconnect(sess, l)
	return s.readAll(ctx, conn, r, sess, l, budget)
}

func (s *Server) firstMessage(ctx context.Context, conn Conn, budget *signal.Budget) (signal.Client, error) {
	ctx, cancel := context.WithTimeout(ctx, helloWithin)
	defer cancel()
	data, err := conn.Read(ctx)
	if err != nil {
		return signal.Client{}, err
	}
	c, err := signal.Decode(data)
	if err != nil {
		return c, err
	}
	if c.Hello == nil {
		return c, models.E(models.KindInvalid, "hello-first", "The first message must be a hello.")
	}
	err, _ = budget.Spend(c, s.config.Now())
	return c, err
}

func (s *Server) refuse(l *link, ref string, err error) error {
	e := asProblem(err)
	l.send(signal.Encode(signal.TypeBye, 0, ref, signal.Problem{Code: e.Code, Text: e.Text}))
	code := CloseRefused
	switch {
	case e.Code == "replaced":
		code = CloseReplaced
	case e.Kind == models.KindInvalid || e.Kind == models.KindTooLarge:
		code = CloseProtocol
	case e.Kind == models.KindGone:
		code = CloseEnded
	case e.Kind == models.KindTooMany:
		code = CloseTooMuch
	case e.Kind == models.KindUnavailable:
		code = CloseRestart
	}
	l.end(code, e.Code)
	s.metrics.refused.Add(1)
	return err
}

func asProblem(err error) *models.Error {
	if e, ok := errors.AsType[*models.Error](err); ok {
		return e
	}
	return models.E(models.KindUnavailable, "not-now", "This does not work right now. Please try again.")
}

// connect makes l the connection of a session and sends the welcome: what was missed,
// or all there is.
//
// Errors: KindConflict replaced; KindGone visit-ended; KindUnavailable server-restarts.
func (r *visitRoom) connect(sess *session, l *link, first signal.Client) error {
	resume, expires, err := r.server.tickets.Resume(sess.claim(r.id))
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.state.Phase == room.Ended:
		return ended()
	case r.stopped:
		return stopping()
	case r.sessions[sess.person] != sess:
		return replaced()
	}
	if sess.link != nil {
		sess.link.end(CloseReplaced, "replaced") // the same page again, on a new connection
	}
	missed, caught := sess.log.Since(first.Hello.LastSeq)
	if first.Hello.Resume == "" {
		missed, caught = nil, false
	}
	sess.link, sess.lostAt, sess.renewed = l, time.Time{}, r.server.config.Now()
	view, _ := r.state.ViewFor(sess.person)
	w := signal.Welcome{Version: signal.Version, Session: sess.id, Resume: resume, ResumeExpires: expires,
		Seq: sess.log.Seq(), Caught: caught, Generation: sess.client, Room: view, ICEServers: r.server.iceServers(sess.person), Seats: r.seatsOf(sess.person)}
	if !caught {
		w.Said = sess.said
	}
	sess.tell(signal.TypeWelcome, first.Ref, w)
	for _, m := range missed {
		l.send(m)
	}
	r.changed()
	if r.sessions[sess.person] != sess {
		return ended()
	}
	return nil
}

// disconnect notes that a session has no connection now.
func (r *visitRoom) disconnect(sess *session, l *link) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if sess.link == l {
		sess.link, sess.lostAt = nil, r.server.config.Now()
	}
}

func (s *Server) readAll(ctx context.Context, conn Conn, r *visitRoom, sess *session, l *link, budget *signal.Budget) error {
	for {
		data, err := conn.Read(ctx)
		if err != nil {
			return nil // gone; the place is kept
		}
		c, err := signal.Decode(data)
		fatal := false
		if err == nil {
			err, fatal = budget.Spend(c, s.config.Now())
		} else {
			fatal = models.KindOf(err) == models.KindTooLarge || !budget.Forgive()
		}
		switch {
		case fatal:
			return s.refuse(l, c.Ref, err)
		case err == nil:
			err = r.handle(ctx, sess, l, c)
		}
		if err != nil {
			e := asProblem(err)
			l.send(signal.Encode(signal.TypeError, 0, c.Ref, signal.Problem{Code: e.Code, Text: e.Text}))
		}
	}
}
