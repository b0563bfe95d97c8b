package people

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// changedOf is what was changed last of one patient's chart, the newest first. It is made
// of the log by a worker, so that a list of patients need not read the log of each of them.
type changedOf struct {
	PatientID string       `json:"patientId"`
	Lines     []changeLine `json:"lines"`
}

type changeLine struct {
	ID      string         `json:"id"` // of the line, which is taken in once
	Section models.Section `json:"section"`
	At      time.Time      `json:"at"`
	By      string         `json:"by"`
}

// looked is when somebody last asked what had changed of a patient's chart.
type looked struct {
	At time.Time `json:"at"`
}

// maxChanged is how many changes are remembered of a patient: a list that shows so many
// says that there may be more.
const maxChanged = 50

func lookedID(accountID, patientID string) string { return accountID + ":" + patientID }

// Changed takes a line of the log in for the lists of patients. A worker calls it; the same
// line again is one.
func (c *Service) Changed(ctx context.Context, e models.AuditEvent) error {
	switch {
	case e.PatientID == "" || e.Outcome != models.OutcomeAllowed:
		return nil
	case e.Action == lineLook:
		return takeIn(ctx, c, chart.ColLooked, lookedID(e.AccountID, e.PatientID), e.PatientID, func(l *looked) bool {
			newer := e.At.After(l.At)
			if newer {
				l.At = e.At
			}
			return newer
		})
	case !e.Changed || !slices.Contains(followed, e.Section):
		return nil
	}
	return takeIn(ctx, c, chart.ColChanged, e.PatientID, e.PatientID, func(d *changedOf) bool {
		if slices.ContainsFunc(d.Lines, func(l changeLine) bool { return l.ID == e.ID }) {
			return false
		}
		d.PatientID = e.PatientID
		d.Lines = append(d.Lines, changeLine{e.ID, e.Section, e.At, e.AccountID})
		slices.SortStableFunc(d.Lines, func(a, b changeLine) int { return b.At.Compare(a.At) })
		d.Lines = slices.DeleteFunc(d.Lines[:min(len(d.Lines), maxChanged)], func(l changeLine) bool { return e.At.Sub(l.At) > longestAgo })
		return true
	})
}

// takeIn changes a document, or makes it; who was erased has none. edit tells whether
// anything is new.
func takeIn[T any](ctx context.Context, c *Service, collection, id, patientID string, edit func(*T) bool) error {
	for {
		v, err := chart.Load[T](ctx, c.store, collection, id)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return err
		}
		if !edit(&v.Value) {
			return nil
		}
		doc, err := chart.Encode(id, patientID, v.Version, nil, v.Value)
		if err != nil {
			return err
		}
		op := store.Replace(collection, doc)
		if v.Version == 0 {
			op = store.Insert(collection, doc)
		}
		err = chart.Refusal(c.store.Batch(ctx, op))
		if k := models.KindOf(err); k == models.KindNotFound {
			return nil
		} else if k != models.KindStale && k != models.KindConflict || ctx.Err() != nil {
			return err
		}
	}
}

// changesAhead reads what a list of charts shows of changes, in two reads.
func (c *Service) changesAhead(ctx context.Context, ahead *chart.Ahead, actor models.Actor, ids []string) error {
	if !actor.Role.Staff() {
		return nil
	}
	if err := ahead.Read(ctx, c.store, chart.ColChanged, ids...); err != nil {
		return err
	}
	looks := make([]string, len(ids))
	for i, id := range ids {
		looks[i] = lookedID(actor.AccountID, id)
	}
	return ahead.Read(ctx, c.store, chart.ColLooked, looks...)
}

// sinceLook adds to a line of a list what others changed since the reader asked, of the
// parts that they may read, within 30 days. What can't be read of it is left out.
func (c *Service) sinceLook(ctx context.Context, ch *chart.Chart, s *PatientSummary) {
	if !ch.Actor().Role.Staff() || ch.Ground() == models.BasisOperations {
		return
	}
	d, err := chart.Load[changedOf](ctx, c.store, chart.ColChanged, ch.PatientID())
	if err != nil {
		return
	}
	look, err := chart.Load[looked](ctx, c.store, chart.ColLooked, lookedID(ch.Actor().AccountID, ch.PatientID()))
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return
	}
	oldest, now := look.Value.At, c.now()
	for _, l := range d.Value.Lines {
		if !l.At.After(oldest) || now.Sub(l.At) > longestAgo || l.By == ch.Actor().AccountID || !ch.Decide(l.Section, models.Read).Allowed {
			continue
		}
		if s.Changes++; s.ChangedAt == nil {
			s.ChangedAt = &l.At
		}
	}
}
