package education

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/education"
	"handrail/store"
)

// AnswerTold is what somebody is told about an answer. Known is false when the words that
// they answered to are nowhere here any more: their phone told them.
type AnswerTold struct {
	Known bool            `json:"known"`
	Told  *education.Told `json:"told,omitempty"`
}

// keptAnswer is an answer as it is stored.
type keptAnswer struct {
	education.Answered
	AccountID string    `json:"accountId"`
	At        time.Time `json:"at"`
}

// own is where what an actor reads is kept, and the line of it. A patient's is in their
// record; nobody else's touches any patient's.
func (c *Service) own(ctx context.Context, actor models.Actor, action string) (owner string, event models.AuditEvent, err error) {
	if actor.Role != models.RolePatient {
		return actor.AccountID, c.base.AuditEvent(actor, action), nil
	}
	ch, err := c.base.Open(ctx, actor, actor.PatientID, models.PurposeSelf)
	if err != nil {
		return "", event, err
	}
	d, err := ch.May(ctx, models.SectionEducation, models.Write)
	return actor.PatientID, ch.Event(d, action), err
}

// Answer keeps the answer to a teach-back question, for the reader alone, and tells
// what is said about it. The same answer under the same id is one; it may come days
// later and for words that have changed since. The line of it is no event of the chart:
// what somebody reads is not told to those who follow it.
func (c *Service) Answer(ctx context.Context, actor models.Actor, id string, a education.Answered) (AnswerTold, error) {
	if err := a.Check(); err != nil {
		return AnswerTold{}, err
	}
	l, err := c.library(ctx)
	if err != nil {
		return AnswerTold{}, err
	}
	told, err := l.tell(a)
	if err != nil {
		return AnswerTold{}, err
	}
	owner, event, err := c.own(ctx, actor, "education.answered")
	if err != nil {
		return AnswerTold{}, err
	}
	kept := keptAnswer{a, actor.AccountID, c.now().UTC()}
	doc, err := chart.Encode(id, owner, 0, nil, kept)
	if err != nil {
		return AnswerTold{}, err
	}
	event.Ref = id
	err = c.base.Commit(ctx, event, store.Insert(chart.ColLearnAnswers, doc))
	if models.KindOf(err) == models.KindConflict {
		conflict := err
		first, err := chart.First[keptAnswer](ctx, c.store, chart.ColLearnAnswers, id, conflict)
		if err == nil && (first.Value.AccountID != actor.AccountID || first.Value.Answered != a) {
			err = conflict
		}
		return told, err
	}
	return told, err
}

// tell finds the words that were answered to.
func (l *library) tell(a education.Answered) (AnswerTold, error) {
	for _, e := range l.editions(a.Module) {
		if e.Language == a.Language && e.Fingerprint() == a.Fingerprint {
			told, err := e.Question.Tell(a.Answer)
			return AnswerTold{err == nil, &told}, err
		}
	}
	return AnswerTold{}, nil
}

// Mark says that somebody has read a module, and whether it was useful to them.
type Mark struct {
	Module string    `json:"module"`
	At     time.Time `json:"at"`
	Useful string    `json:"useful,omitempty"` // yes, no
}

// marks are all marks of a reader, by module.
type marks map[string]Mark

// MarkRead keeps that the actor has read a module. Nobody but them sees it. A module
// that is marked already keeps its day; useful "" leaves what was said before.
func (c *Service) MarkRead(ctx context.Context, actor models.Actor, module, useful string) (Mark, error) {
	var checks models.Checks
	checks.Require(slices.Contains([]string{"", "yes", "no"}, useful), "useful", "not-allowed", "Say yes or no.")
	if err := checks.Err(); err != nil {
		return Mark{}, err
	}
	if _, _, err := c.Module(ctx, module, nil); err != nil {
		return Mark{}, err
	}
	var err error
	for range 3 { // two tabs of one reader
		var m Mark
		if m, err = c.mark(ctx, actor, module, useful); models.KindOf(err) != models.KindStale && models.KindOf(err) != models.KindConflict {
			return m, err
		}
	}
	return Mark{}, err
}

func (c *Service) mark(ctx context.Context, actor models.Actor, module, useful string) (Mark, error) {
	has, err := c.marks(ctx, actor.AccountID)
	if err != nil {
		return Mark{}, err
	}
	m, before := has.Value[module]
	if before && (useful == "" || useful == m.Useful) {
		return m, nil
	}
	if !before {
		m = Mark{Module: module, At: c.now().UTC()}
	}
	m.Useful = useful
	owner, event, err := c.own(ctx, actor, "education.marked")
	if err != nil {
		return m, err
	}
	has.Value[module] = m
	doc, err := chart.Encode(actor.AccountID, owner, has.Version, nil, has.Value)
	if err != nil {
		return m, err
	}
	op := store.Replace(chart.ColLearnMarks, doc)
	if has.IsNew() {
		op = store.Insert(chart.ColLearnMarks, doc)
	}
	return m, c.base.Commit(ctx, event, op)
}

func (c *Service) marks(ctx context.Context, accountID string) (chart.Versioned[marks], error) {
	v, err := chart.Load[marks](ctx, c.store, chart.ColLearnMarks, accountID)
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[marks]{Value: marks{}}, nil
	}
	return v, err
}

// Mine is what education has for one reader.
type Mine struct {
	Read        []Mark                 `json:"read"`
	Suggestions []education.Suggestion `json:"suggestions"`
	Given       []Given                `json:"given"`
}

// Mine gathers what a reader has read, what may help and what they were given. typed are
// situations that they named just now; nothing of that is kept. A supporter's
// suggestions come from what they typed and from what is shared with them, and from
// nothing else that any record says.
func (c *Service) Mine(ctx context.Context, actor models.Actor, typed []education.Situation) (Mine, error) {
	out := Mine{Read: []Mark{}, Given: []Given{}}
	has, err := c.marks(ctx, actor.AccountID)
	if err != nil {
		return out, err
	}
	var read []string
	for id, m := range has.Value {
		out.Read, read = append(out.Read, m), append(read, id)
	}
	slices.SortFunc(out.Read, func(a, b Mark) int { return b.At.Compare(a.At) })
	facts, err := c.facts(ctx, actor, typed)
	if err != nil {
		return out, err
	}
	who := education.ForFamily
	if actor.Role == models.RolePatient {
		who = education.ForPatient
	}
	out.Suggestions = education.Suggest(who, facts, read)
	l, err := c.library(ctx)
	if err != nil {
		return out, err
	}
	out.Suggestions = slices.DeleteFunc(out.Suggestions, func(s education.Suggestion) bool {
		_, ok := education.Choose(l.editions(s.Module), nil, c.unsigned)
		return !ok
	})
	if actor.Role == models.RolePatient {
		ch, err := c.base.Open(ctx, actor, actor.PatientID, models.PurposeSelf)
		if err != nil {
			return out, err
		}
		out.Given, err = c.Part(ch).Given(ctx)
		return out, err
	}
	return out, nil
}
