package chart

import (
	"context"
	"encoding/binary"
	"strings"
	"time"

	"github.com/google/uuid"
	lru "github.com/hashicorp/golang-lru/v2"

	"handrail/models"
	"handrail/store"
)

// A refused try at a chart leaves a line, whoever makes it and however often. The
// lines of one person's tries of a day are a chain of their own, so that they do not
// fill the patient's log: there stands the first one, and the chain tells how often
// and when last. Nothing is taken back or counted beside the log.

// firstDenials are the first lines that this instance knows to be there; forgetting one
// costs a refused insert.
type firstDenials = lru.Cache[string, struct{}]

const denialsRemembered = 10_000

func newFirstDenials() *firstDenials {
	c, _ := lru.New[string, struct{}](denialsRemembered) // fails only for a size below 1
	return c
}

// denialID is the id of the first line of a day's tries that are alike. It begins
// with the day, as every id of a line begins with its time. about is the id that was
// asked for: one that is nobody's has a first line too, so that it takes as long.
func denialID(e models.AuditEvent, about string) string {
	day := e.At.UTC().Truncate(24 * time.Hour)
	h := Hash(store.JoinText("knock", about, e.AccountID, string(e.Section), e.Rule, string(e.Purpose), day.Format(time.DateOnly)))
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:8], uint64(day.UnixMilli())<<16)
	copy(id[6:], h)
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80 // version 8, RFC 9562
	return id.String()
}

func denialLane(firstLine string) string { return "knock:" + firstLine }

// noteDenial writes down a refused try. The same is written for a patient and for
// nobody (then the line is in the caller's own log).
func (c *Base) noteDenial(ctx context.Context, e models.AuditEvent, about string) error {
	first := denialID(e, about)
	own, err := Encode(e.ID, OwnerSite, 0, nil, e)
	if err != nil {
		return err
	}
	own.Lane = denialLane(first)
	each := store.Insert(ColAudit, own)
	if _, known := c.firstDenials.Get(first); !known {
		e.ID = first
		op, err := AuditOp(e)
		if err != nil {
			return err
		}
		err = Refusal(c.Store.Batch(ctx, op, each))
		if k := models.KindOf(err); err == nil || k == models.KindConflict {
			c.firstDenials.Add(first, struct{}{})
		}
		if models.KindOf(err) != models.KindConflict {
			return err
		}
	}
	return Refusal(c.Store.Batch(ctx, each))
}

// Denials tells how often a refused try was made on its day, and when last. A line of
// an older program stands for itself.
func (c *Base) Denials(ctx context.Context, e models.AuditEvent) (n int64, last time.Time, err error) {
	page, err := c.Store.Query(ctx, ColAudit, store.Query{Index: store.LaneIndex, Equal: []any{denialLane(e.ID)}, Desc: true, Limit: 1})
	if err != nil || len(page.Docs) == 0 {
		return 1, e.At, Refusal(err)
	}
	v, err := Decode[models.AuditEvent](page.Docs[0])
	return page.Docs[0].Seq, v.Value.At, err
}

// IsDenial tells whether a line is of a refused try at a chart.
func IsDenial(e models.AuditEvent) bool {
	return e.Outcome == models.OutcomeDenied && strings.HasPrefix(e.Action, "chart.")
}
