package episodes

import (
	"context"
	"strconv"

	"handrail/models"
	"handrail/models/episode"
	"handrail/models/phrases"
	"handrail/models/referral"
	"handrail/models/risk"
	"handrail/models/task"
	"handrail/store"
)

// Answer writes down what the patient said in a section: the patient themselves, or who
// asks it by profession. What they need goes into the needs that referrals read, in the
// same batch.
//
// Errors: those of Episode.Answered; forbidden "cannot-ask".
func (ch *Part) Answer(ctx context.Context, id, section string, said []episode.Said, again bool) (View, error) {
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Write)
	if err != nil {
		return View{}, err
	}
	if ch.actor.Role != models.RolePatient && !episode.MayAsk(section, ch.actor.Role, ch.actor.Discipline) {
		if _, known := episode.SectionOf(section); !known {
			return View{}, models.NotFound()
		}
		return View{}, ch.chart.Refuse(ctx, d, cannotAsk())
	}
	return ch.change(ctx, d, id, "intake.answered", func(e episode.Episode) (episode.Episode, []store.Op, error) {
		next, err := e.Answered(section, said, again, models.AuthorOf(ch.actor), ch.care.now())
		if err != nil {
			return next, nil, err
		}
		var words []string
		for _, a := range said {
			if !a.Is(e.Answers[a.Question]) { // what is sent again was looked at
				words = append(words, a.Words)
			}
		}
		ops, err := ch.dangerOps(ctx, id, words...)
		if err != nil || section != episode.SectionNeeds {
			return next, ops, err
		}
		needs, err := ch.care.needs.SayOps(ctx, ch.patient, asked(said))
		return next, append(ops, needs...), err
	})
}

// dangerOps are the alert of what a patient wrote in their own words that may mean danger.
func (ch *Part) dangerOps(ctx context.Context, id string, words ...string) ([]store.Op, error) {
	if ch.actor.Role != models.RolePatient {
		return nil, nil
	}
	var hits []phrases.Hit
	for _, w := range words {
		hits = append(hits, phrases.Find(w)...)
	}
	return ch.care.alerts.FiredOps(ctx, ch.patient, risk.Words(hits, risk.FromPerson, id, ch.care.now().UTC())...)
}

func cannotAsk() error {
	return models.E(models.KindForbidden, "cannot-ask", "Your profession does not ask this part.")
}

// asked are answers about needs as referrals keep them. Who would rather not say is asked
// for nothing.
func asked(said []episode.Said) (out []referral.Asked) {
	for _, a := range said {
		if !a.Declined {
			out = append(out, referral.Asked{Need: a.Question, Wants: a.Choice, Words: a.Words})
		}
	}
	return out
}

// known are the needs that were said elsewhere: nobody asks them again.
func (ch *Part) known(ctx context.Context) (map[string]referral.Asked, error) {
	n, err := ch.care.needs.Said(ctx, ch.patient)
	out := map[string]referral.Asked{}
	for _, a := range n {
		out[a.Need] = a
	}
	return out, err
}

func names(known map[string]referral.Asked) map[string]bool {
	out := map[string]bool{}
	for k := range known {
		out[k] = true
	}
	return out
}

// Finish says that a section is done: of who accepted its task.
//
// Errors: those of Episode.Finish; KindConflict "not-the-owner".
func (ch *Part) Finish(ctx context.Context, id, section string) (View, error) {
	d, err := ch.mayWork(ctx)
	if err != nil {
		return View{}, err
	}
	s, ok := episode.SectionOf(section)
	if !ok {
		return View{}, models.NotFound()
	}
	if !episode.MayAsk(section, ch.actor.Role, ch.actor.Discipline) {
		return View{}, ch.chart.Refuse(ctx, d, cannotAsk())
	}
	return ch.change(ctx, d, id, "intake.done", func(e episode.Episode) (episode.Episode, []store.Op, error) {
		t, err := ch.care.tasks.Task(ctx, taskID(id, section))
		if err != nil {
			return e, nil, err
		}
		if mine := t.Owner.AccountID == ch.actor.AccountID && (t.Status == task.Accepted || t.Status == task.InProgress); !mine && !t.Status.Ended() {
			return e, nil, models.E(models.KindConflict, "not-the-owner", "Take this part over first: one person answers for it.")
		}
		known, err := ch.known(ctx)
		if err != nil {
			return e, nil, err
		}
		now, _, _, err := ch.care.standing(ctx, e)
		if err != nil {
			return e, nil, err
		}
		next, err := e.Finish(s, names(known), now.ListGone, models.AuthorOf(ch.actor), ch.care.now())
		if err != nil || len(next.Done) == len(e.Done) {
			return next, nil, err
		}
		ops, err := ch.care.tasks.EndOps(ctx, ch.actor, t.ID)
		return next, ops, err
	})
}

// Comment is what the patient says to what was written down. It becomes a task of the
// team, so that somebody reads it.
//
// Errors: those of Episode.Commented.
func (ch *Part) Comment(ctx context.Context, id, section, commentID, words string) (View, error) {
	d, err := ch.mayOwn(ctx)
	if err != nil {
		return View{}, err
	}
	return ch.change(ctx, d, id, "intake.commented", func(e episode.Episode) (episode.Episode, []store.Op, error) {
		next, err := e.Commented(commentID, section, words, ch.care.now())
		if err != nil || len(next.Comments) == len(e.Comments) {
			return next, nil, err
		}
		ops, err := ch.dangerOps(ctx, id, words)
		if err != nil {
			return next, nil, err
		}
		more, err := ch.care.tasks.RaiseOps(ctx, task.CodeIntakeComment, ch.patient, &task.Reference{Type: task.FocusEpisode, ID: id}, id+strconv.Itoa(len(next.Comments)))
		return next, append(ops, more...), err
	})
}
