package video

import (
	"handrail/models"
	"handrail/video/room"
	"handrail/video/signal"
)

// chat passes a message to those whom the table allows. It is kept only in the
// sessions of those who had it, and gone with the visit unless a clinician keeps it:
// see Written.
func (r *visitRoom) chat(sess *session, t *signal.Text) error {
	from := r.state.Person(sess.person)
	if !room.MayGive(from.Role, room.Chat) || from.Place != room.Inside || r.state.OnHold(from) {
		return models.E(models.KindForbidden, "not-now", "You can't write to the room right now.")
	}
	if sess.passed(t.ID) {
		return nil
	}
	said := signal.Said{From: sess.person, At: r.server.config.Now(), ID: t.ID, To: t.To, Text: t.Text}
	reached := t.To == ""
	for id, s := range r.sessions {
		if to := r.state.Person(id); (t.To == "" || t.To == id) && r.state.May(from, to, room.Chat) {
			s.keepChat(said)
			s.push(signal.TypeChat, said)
			reached = true
		}
	}
	if !reached {
		return models.E(models.KindForbidden, "not-reachable", "This person can't get a message right now.")
	}
	sess.notePassed(t.ID)
	sess.keepChat(said)
	sess.push(signal.TypeChat, said) // so that the sender knows its place in the order
	return nil
}

// caption passes on what somebody's device or an interpreter wrote of the speech.
// Only a finished sentence is an event; the others are overtaken by the next.
func (r *visitRoom) caption(sess *session, t *signal.Text) error {
	from := r.state.Person(sess.person)
	if !room.MayGive(from.Role, room.Caption) || from.Place != room.Inside || r.state.OnHold(from) {
		return models.E(models.KindForbidden, "not-now", "Captions can't be sent right now.")
	}
	said := signal.Said{From: sess.person, At: r.server.config.Now(), ID: t.ID, Text: t.Text, Language: t.Language, Final: t.Final}
	for id, s := range r.sessions {
		if !r.state.May(from, r.state.Person(id), room.Caption) {
			continue
		}
		if t.Final {
			s.push(signal.TypeCaption, said)
		} else {
			s.tell(signal.TypeCaption, "", said)
		}
	}
	return nil
}
