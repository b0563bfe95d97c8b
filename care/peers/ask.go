package peers

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/peer"
	"handrail/models/task"
	"handrail/store"
)

// Ask asks a peer: that is the patient's yes. The peer gets a task of their own with a due
// time, for being open to be asked is their yes to answer. The same id again is one.
//
// Errors: KindInvalid with "peerId" or "words"; KindConflict "asked-enough", "already-asked".
func (ch *Part) Ask(ctx context.Context, id, peerID, words string) (peer.Match, error) {
	none := peer.Match{}
	d, err := ch.mayOwn(ctx)
	if err != nil {
		return none, err
	}
	return again(ctx, func() (peer.Match, error) {
		stands, err := chart.Load[peer.Match](ctx, ch.care.store, chart.ColPeerMatches, id)
		if err == nil {
			if stands.Value.PatientID != ch.patient || stands.Value.PeerID != peerID || stands.Value.Words != words {
				err = chart.Refusal(store.ErrExists)
			}
			return stands.Value, err
		}
		if models.KindOf(err) != models.KindNotFound {
			return none, err
		}
		all, err := ch.care.open(ctx)
		if err != nil {
			return none, err
		}
		taken, err := ch.care.taken(ctx)
		if err != nil {
			return none, err
		}
		p, err := ch.page(ctx) // after what is counted: what refuses us may be this very match
		if err != nil {
			return none, err
		}
		if slices.ContainsFunc(p.Matches, func(m peer.Match) bool { return m.ID == id }) {
			return none, chart.Refusal(store.ErrConflict) // it came between: read it
		}
		at := slices.IndexFunc(all, func(f peer.Profile) bool {
			return f.AccountID == peerID && len(peer.Fits([]peer.Profile{f}, peer.Wish{}, taken)) == 1
		})
		var c models.Checks
		c.Text("words", words, 0, peer.MaxWords)
		asked := slices.DeleteFunc(slices.Clone(p.Matches), func(m peer.Match) bool { return m.Status != peer.Asked })
		already := slices.ContainsFunc(p.Matches, func(m peer.Match) bool { return m.Open() && m.PeerID == peerID })
		c.Require(at >= 0 || already, "peerId", "not-a-choice", "This person can't be asked now. Choose another.")
		switch err := c.Err(); {
		case err != nil:
			return none, err
		case already:
			return none, models.E(models.KindConflict, "already-asked", "You have asked this person already.")
		case len(asked) >= peer.MaxAsked:
			return none, models.E(models.KindConflict, "asked-enough", "You have asked three people. Please wait for an answer, or end one of them.")
		}
		who, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
		if err != nil {
			return none, err
		}
		now := ch.care.now().UTC()
		m := peer.Match{ID: id, PatientID: ch.patient, PatientName: who.Value.Name, PeerID: peerID, PeerName: all[at].Name, Words: words, Status: peer.Asked,
			AskedAt: now, DueAt: now.AddDate(0, 0, peer.AnswerDays), TaskID: taskID(id)}
		ops, err := ch.care.tasks.OwnOps(ctx, task.Person{AccountID: peerID, Name: m.PeerName}, m.TaskID, task.Order{Code: task.CodePeerAsked, Focus: &task.Reference{Type: "peer-match", ID: id}, Priority: task.Routine, DueAt: m.DueAt})
		if err != nil {
			return none, err
		}
		op, err := matchOp(match{Value: m})
		if err != nil {
			return none, err
		}
		e := ch.chart.Event(d, "peer.asked")
		e.Ref, e.Whom, e.Changed = id, peerID, true
		return m, stale(ch.care.base.Commit(ctx, e, append(ops, op)...))
	})
}

// End ends a match in one tap, without a reason: the patient.
func (ch *Part) End(ctx context.Context, id string) (peer.Match, error) {
	d, err := ch.mayOwn(ctx)
	if err != nil {
		return peer.Match{}, err
	}
	return ch.care.changeMatch(ctx, id, func(m peer.Match) bool { return m.PatientID == ch.patient }, func(m peer.Match) (peer.Match, models.AuditEvent, error) {
		e := ch.chart.Event(d, "peer.ended")
		e.Ref, e.Whom, e.Changed = id, m.PeerID, true
		return m.End(ch.care.now()), e, nil
	}, chart.SystemActor) // the office, which may see the task, does not learn who asked
}
