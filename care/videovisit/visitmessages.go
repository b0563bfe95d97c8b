package videovisit

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// mostKeptMessages bounds what is kept of one visit.
const mostKeptMessages = 1000

// VisitMessage is something that was written for everybody in a visit by video.
type VisitMessage struct {
	ID   string    `json:"id"`
	At   time.Time `json:"at"`
	Name string    `json:"name"`
	Role VideoRole `json:"role,omitempty"`
	Text string    `json:"text"`
}

// VisitMessages is what a clinician kept of them.
type VisitMessages struct {
	Messages []VisitMessage `json:"messages"`
	KeptBy   models.Author  `json:"keptBy,omitzero"`
	KeptAt   time.Time      `json:"keptAt,omitzero"`
}

// mayWritten is the right to what was written in a visit. A consent for visits covers
// their times and people, not the words: those are for the patient and the team.
func (ch *Part) mayWritten(ctx context.Context, v models.Verb) (models.Decision, error) {
	d, err := ch.chart.May(ctx, models.SectionAppointments, v)
	if err == nil && d.Basis != models.BasisSelf && d.Basis != models.BasisTeam {
		err = ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-shared-with-you", "This part has not been shared with you."))
	}
	return d, err
}

// VisitMessages reads what was kept of the messages of a visit.
func (ch *Part) VisitMessages(ctx context.Context, visitID string) (VisitMessages, error) {
	d, err := ch.mayWritten(ctx, models.Read)
	if err != nil {
		return VisitMessages{}, err
	}
	v, err := ch.keptMessages(ctx, visitID)
	if err != nil {
		return VisitMessages{}, err
	}
	return v.Value, ch.chart.NoteRead(ctx, d, "visit.messages.read", visitID, len(v.Value.Messages))
}

func (ch *Part) keptMessages(ctx context.Context, visitID string) (chart.Versioned[VisitMessages], error) {
	if _, err := ch.care.visits.OfChart(ctx, ch.chart, visitID); err != nil {
		return chart.Versioned[VisitMessages]{}, err
	}
	v, err := chart.Load[VisitMessages](ctx, ch.care.store, chart.ColWritten, visitID)
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[VisitMessages]{Value: VisitMessages{Messages: []VisitMessage{}}}, nil
	}
	return v, err
}

// KeepVisitMessages keeps what was written in a visit beside what was kept of it
// before. The same call twice is one; only who treats the patient keeps anything.
//
// Errors: conflict nothing-written; too-many too-many-messages.
func (ch *Part) KeepVisitMessages(ctx context.Context, visitID string, written []VisitMessage) (VisitMessages, error) {
	d, err := ch.mayWritten(ctx, models.Write)
	if err != nil {
		return VisitMessages{}, err
	}
	if d.Basis != models.BasisTeam {
		return VisitMessages{}, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-your-role", "A clinician in the visit can do this."))
	}
	v, err := ch.keptMessages(ctx, visitID)
	if err != nil {
		return VisitMessages{}, err
	}
	all := slices.Clone(v.Value.Messages)
	for _, m := range written {
		if !slices.ContainsFunc(all, func(k VisitMessage) bool { return k.ID == m.ID && k.At.Equal(m.At) }) {
			all = append(all, m)
		}
	}
	switch {
	case len(all) == 0:
		return VisitMessages{}, models.E(models.KindConflict, "nothing-written", "Nothing has been written for everyone yet.")
	case len(all) > mostKeptMessages:
		return VisitMessages{}, models.E(models.KindTooMany, "too-many-messages", "No more messages of this visit can be kept.")
	case len(all) == len(v.Value.Messages):
		return v.Value, ch.chart.NoteRead(ctx, d, "visit.messages.read", visitID, len(all))
	}
	slices.SortStableFunc(all, func(a, b VisitMessage) int { return a.At.Compare(b.At) })
	v.Value = VisitMessages{Messages: all, KeptBy: models.AuthorOf(ch.actor), KeptAt: ch.care.now().UTC()}
	doc, err := chart.Encode(visitID, ch.patient, v.Version, nil, v.Value)
	if err != nil {
		return VisitMessages{}, err
	}
	op := store.Replace(chart.ColWritten, doc)
	if v.IsNew() {
		op = store.Insert(chart.ColWritten, doc)
	}
	return v.Value, ch.chart.Commit(ctx, d, "visit.messages.kept", visitID, op)
}
