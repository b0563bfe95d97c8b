package comments

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/comment"
	"handrail/models/phrases"
	"handrail/models/risk"
	"handrail/store"
)

// LineAdded is the line of a comment. Its rule is the kind, its ref what shows it.
const LineAdded = "comment.added"

// List is the comments of a kind, newest first, for everybody who reads all of that part of
// the chart. Who was shown a part of it, or came in an emergency, reads no comments.
func (ch *Part) List(ctx context.Context, kind comment.Kind, cursor string, limit int) (chart.Page[comment.Comment], error) {
	var out chart.Page[comment.Comment]
	d, err := ch.chart.May(ctx, kind.Section(), models.Read)
	if err == nil && (!d.Whole || d.Basis == models.BasisBreakGlass) {
		d.Rule = "shared-part"
		err = ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-shared-with-you", "This part has not been shared with you."))
	}
	if err != nil {
		return out, err
	}
	page, err := chart.List[comment.Comment](ctx, ch.care.store, chart.ColComments, store.Query{Index: "kind",
		Equal: []any{ch.patient, string(kind)}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	return chart.Values(page), ch.chart.NoteRead(ctx, d, "comment.read", string(kind), len(page.Items))
}

// Add keeps a comment: the patient's alone. The same under the same id is one. Words that
// may mean danger raise an alert in the same batch, as they do wherever a patient writes.
//
// Errors: those of comment.Check; not found, also of what the patient is not shown;
// KindForbidden "only-the-patient"; KindConflict "your-own-words", "too-many".
func (ch *Part) Add(ctx context.Context, id string, about comment.About, text string) (comment.Comment, error) {
	if err := comment.Check(about, text); err != nil {
		return comment.Comment{}, err
	}
	d, err := ch.chart.May(ctx, about.Kind.Section(), models.Write)
	if err == nil && (d.Basis != models.BasisSelf || ch.actor.App != nil) {
		d.Rule = "only-the-patient"
		err = ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "only-the-patient", "Only the patient comments on what is written about them."))
	}
	if err != nil {
		return comment.Comment{}, err
	}
	author, within, err := ch.written(ctx, about)
	if err != nil {
		return comment.Comment{}, err
	}
	c := comment.Comment{ID: id, PatientID: ch.patient, About: about, Within: within, Author: author, Text: text, At: ch.care.now().UTC().Truncate(time.Millisecond)}
	stands, err := chart.Load[comment.Comment](ctx, ch.care.store, chart.ColComments, id)
	if err == nil {
		return same(stands.Value, c)
	} else if models.KindOf(err) != models.KindNotFound {
		return comment.Comment{}, err
	}
	if err := ch.room(ctx, author, about); err != nil {
		return comment.Comment{}, err
	}
	doc, err := chart.Encode(id, ch.patient, 0, store.Keys{"patientId": ch.patient, "kind": string(about.Kind), "about": subject(about), "at": chart.Millis(c.At)}, c)
	if err != nil {
		return comment.Comment{}, err
	}
	ops, err := ch.care.alerts.FiredOps(ctx, ch.patient, risk.Words(phrases.Find(text), risk.FromPerson, id, c.At)...)
	if err != nil {
		return comment.Comment{}, err
	}
	e := ch.chart.Event(d, LineAdded)
	e.Ref, e.Whom, e.Rule, e.Changed = within, author.AccountID, string(about.Kind), true
	err = ch.care.base.Commit(ctx, e, append([]store.Op{store.Insert(chart.ColComments, doc)}, ops...)...)
	if models.KindOf(err) == models.KindConflict { // sent twice at once
		if stands, err = chart.First[comment.Comment](ctx, ch.care.store, chart.ColComments, id, err); err == nil {
			return same(stands.Value, c)
		}
	}
	return c, err
}

// room refuses a comment on what the patient wrote, and more than fit.
func (ch *Part) room(ctx context.Context, author models.Author, about comment.About) error {
	if author.AccountID == ch.actor.AccountID {
		return models.E(models.KindConflict, "your-own-words", "You wrote this yourself. You can change it, or add to it.")
	}
	page, err := ch.care.store.Query(ctx, chart.ColComments, store.Query{Index: "about", Equal: []any{ch.patient, subject(about)}, Limit: comment.MaxEach, Unopened: true})
	if err != nil {
		return chart.Refusal(err)
	}
	if len(page.Docs) >= comment.MaxEach {
		return models.E(models.KindConflict, "too-many", "That is too many. Please talk with your team.")
	}
	return nil
}

func subject(a comment.About) string { return string(a.Kind) + ":" + a.ID }

// same answers a comment that was sent again.
func same(stands, again comment.Comment) (comment.Comment, error) {
	if stands.PatientID == again.PatientID && stands.About == again.About && stands.Text == again.Text {
		return stands, nil
	}
	return comment.Comment{}, models.E(models.KindConflict, "already-exists", "Something with this id is here already.")
}
