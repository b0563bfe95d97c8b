package messages

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/message"
	"handrail/store"
)

// ReadBy tells how far somebody has read.
type ReadBy struct {
	message.Party
	UpTo int       `json:"upTo"`
	At   time.Time `json:"at"`
}

// ThreadView is a thread as its reader may see it.
type ThreadView struct {
	message.Thread
	ReadBy   []ReadBy `json:"readBy"`
	Unread   int      `json:"unread"`
	MayWrite bool     `json:"mayWrite"`
}

// consentOnce finds the consents of supporters of one patient, each once.
func (c *Service) consentOnce(ctx context.Context) func(t message.Thread) (bool, error) {
	known := map[string]bool{}
	return func(t message.Thread) (bool, error) {
		if is, asked := known[t.Supporter]; asked {
			return is, nil
		}
		id, err := c.supporterMay(ctx, t.PatientID, t.Supporter)
		known[t.Supporter] = id != ""
		return id != "", err
	}
}

// view leaves out what is the team's own: who owes an answer. Family and friends learn who
// of the team has read, and not when the patient was here.
func (c *Service) view(ctx context.Context, ch *chart.Chart, t kept, consents func(message.Thread) (bool, error)) (ThreadView, error) {
	me := ch.Actor()
	out := ThreadView{Thread: t.Value, ReadBy: []ReadBy{}, MayWrite: may(ch, t.Value, models.Write).Allowed, Unread: t.Value.Unread(me.AccountID)}
	if out.Staff, out.Reads = nil, nil; !me.Role.Staff() {
		out.Waits = nil
	}
	for _, r := range t.Value.Reads {
		if r.UpTo > 0 && (me.Role != models.RoleSupporter || r.Role.Staff() || r.AccountID == me.AccountID) {
			out.ReadBy = append(out.ReadBy, ReadBy{r.Party, r.UpTo, r.At})
		}
	}
	slices.SortFunc(out.ReadBy, func(a, b ReadBy) int { return a.At.Compare(b.At) })
	var err error
	if out.MayWrite && t.Value.Kind == message.WithFamily && me.Role != models.RoleSupporter { // who asked by that consent themselves
		out.MayWrite, err = consents(t.Value)
	}
	return out, err
}

// tagOf names a state.
func tagOf(of any) (string, error) {
	state, err := json.Marshal(of)
	return base64.RawURLEncoding.EncodeToString(chart.Hash(state))[:22], err
}

// Threads lists those that the actor takes part in, the newest first. unless is asked with a
// tag that names this state before the look is noted: with its error nothing leaves.
func (ch *Part) Threads(ctx context.Context, cursor string, limit int, unless func(tag string) error) (chart.Page[ThreadView], error) {
	var out chart.Page[ThreadView]
	d, err := ch.chart.May(ctx, models.SectionMessages, models.Read)
	if err != nil {
		return out, err
	}
	q := store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true, Limit: limit, Cursor: cursor}
	switch {
	case d.Basis == models.BasisTeam:
		q.Index = "all"
	case ch.actor.Role == models.RoleSupporter:
		q.Index, q.Equal = "supporter", []any{supporterKey(ch.patient, ch.actor.AccountID)}
	}
	page, err := chart.List[message.Thread](ctx, ch.care.store, chart.ColThreads, q)
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	shown, consents := 0, ch.care.consentOnce(ctx)
	for _, t := range page.Items {
		v, err := ch.care.view(ctx, ch.chart, t, consents)
		if err != nil {
			return out, err
		}
		if out.Items = append(out.Items, v); v.Kind != message.InTeam {
			shown++
		}
	}
	tag, err := tagOf(out)
	if err == nil {
		err = unless(tag)
	}
	if err != nil {
		return chart.Page[ThreadView]{}, err
	}
	return out, ch.chart.NoteRead(ctx, d, "messages.read", "", shown)
}

// Thread reads one, without its messages. unless is as for Threads.
func (c *Service) Thread(ctx context.Context, actor models.Actor, id string, unless func(tag string) error) (ThreadView, error) {
	ch, t, err := c.open(ctx, actor, id)
	if err != nil {
		return ThreadView{}, err
	}
	v, err := c.view(ctx, ch, t, c.consentOnce(ctx))
	if err != nil {
		return ThreadView{}, err
	}
	tag, err := tagOf(v)
	if err == nil {
		err = unless(tag)
	}
	if err != nil {
		return ThreadView{}, err
	}
	return v, c.base.Note(ctx, c.event(ch, may(ch, t.Value, models.Read), t.Value.Kind, "messages.read", id, false))
}

// Messages lists those of a thread, the newest first.
func (c *Service) Messages(ctx context.Context, actor models.Actor, threadID, cursor string, limit int) (chart.Page[message.Message], error) {
	var out chart.Page[message.Message]
	ch, t, err := c.open(ctx, actor, threadID)
	if err != nil {
		return out, err
	}
	page, err := chart.List[message.Message](ctx, c.store, chart.ColMessages, store.Query{Index: "thread", Equal: []any{threadID}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	out = chart.Values(page)
	for i := range out.Items {
		out.Items[i] = out.Items[i].Shown(actor.Role)
	}
	e := c.event(ch, may(ch, t.Value, models.Read), t.Value.Kind, "messages.read", threadID, false)
	e.Count = len(out.Items)
	return out, c.base.Note(ctx, e)
}

// MarkRead says that the actor has read a thread up to a message. It goes forward alone;
// read already is read.
func (c *Service) MarkRead(ctx context.Context, actor models.Actor, threadID string, upTo int) error {
	ch, t, err := c.open(ctx, actor, threadID)
	if err != nil {
		return err
	}
	var checks models.Checks
	checks.Require(upTo >= 1 && upTo <= t.Value.Count, "number", "not-there", "There is no such message in this conversation.")
	if err := checks.Err(); err != nil {
		return err
	}
	for {
		next := kept{Value: t.Value.Marked(party(actor), upTo, c.now().UTC()), Version: t.Version}
		if chart.SameJSON(next.Value, t.Value) {
			return nil
		}
		op, err := threadOp(next)
		if err != nil {
			return err
		}
		ops := []store.Op{op}
		u, err := chart.Load[unread](ctx, c.store, chart.ColThreadUnread, unreadID(threadID, actor.AccountID))
		if err == nil && u.Value.Number <= upTo {
			ops = append(ops, store.Delete(chart.ColThreadUnread, unreadID(threadID, actor.AccountID), u.Version))
		} else if err != nil && models.KindOf(err) != models.KindNotFound {
			return err
		}
		err = c.base.Commit(ctx, c.event(ch, may(ch, t.Value, models.Read), t.Value.Kind, "message.marked-read", threadID, true), ops...)
		if !again(ctx, err) {
			return err
		}
		if t, err = chart.Load[message.Thread](ctx, c.store, chart.ColThreads, threadID); err != nil {
			return err
		}
	}
}

// Settle says that the team owes no answer: a thank-you, or a matter that was dealt with by
// phone. It takes the thread out of everybody's list. Nothing to settle is settled.
func (c *Service) Settle(ctx context.Context, actor models.Actor, threadID string) (ThreadView, error) {
	ch, t, err := c.open(ctx, actor, threadID)
	if err != nil {
		return ThreadView{}, err
	}
	d := may(ch, t.Value, models.Write)
	if !d.Allowed || d.Basis != models.BasisTeam {
		d.Rule = "role"
		return ThreadView{}, ch.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Your role can't do this."))
	}
	for {
		ops, err := c.nothingUnread(ctx, threadID, "")
		if err != nil {
			return ThreadView{}, err
		}
		if t.Value.Waits == nil && len(ops) == 0 {
			return c.view(ctx, ch, t, c.consentOnce(ctx))
		}
		next := kept{Value: t.Value.Settled(), Version: t.Version}
		op, err := threadOp(next)
		if err != nil {
			return ThreadView{}, err
		}
		err = c.base.Commit(ctx, c.event(ch, d, t.Value.Kind, "message.settled", threadID, true), append(ops, op)...)
		if err == nil {
			next.Version++
			return c.view(ctx, ch, next, c.consentOnce(ctx))
		}
		if !again(ctx, err) {
			return ThreadView{}, err
		}
		if t, err = chart.Load[message.Thread](ctx, c.store, chart.ColThreads, threadID); err != nil {
			return ThreadView{}, err
		}
	}
}
