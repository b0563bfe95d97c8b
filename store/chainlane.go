package store

import (
	"context"
	"crypto/hmac"
)

// lane checks one lane. The head is read before the documents: those that lie
// behind it were added meanwhile, and the head as it is afterwards must cover them.
func (v *verifier) lane(ctx context.Context, collection, lane string) error {
	head, err := v.head(ctx, collection, lane)
	if err != nil {
		return err
	}
	end, linkAtHead, fault, err := v.links(ctx, head)
	if err != nil {
		return err
	}
	if fault == nil && end.Seq > head.Seq {
		if head, err = v.head(ctx, collection, lane); err != nil {
			return err
		}
		linkAtHead = end.Link
		if head.Seq > end.Seq {
			linkAtHead = head.Link // grew again: the next run will see it
		}
	}
	switch {
	case fault != nil:
	case head.Seq > end.Seq && linkAtHead == nil:
		fault = &ChainFault{Seq: end.Seq + 1, Kind: FaultDropped}
	case head.Seq < end.Seq || !v.marked(head) || !hmac.Equal(head.Link, linkAtHead):
		fault = &ChainFault{Seq: head.Seq, Kind: FaultHead}
	}
	if fault != nil {
		fault.Collection, fault.Lane = collection, lane
		v.fault(*fault)
	}
	return nil
}

// links follows the documents of head's lane as long as each is linked to the one
// before. It returns where that ended and the link at head.Seq, nil when it did
// not come so far.
func (v *verifier) links(ctx context.Context, head Head) (at Head, atHead []byte, fault *ChainFault, err error) {
	at = Head{Collection: head.Collection, Lane: head.Lane}
	q := Query{Index: LaneIndex, Equal: []any{head.Lane}, Limit: MaxLimit}
	for {
		page, err := v.engine.Query(ctx, head.Collection, q)
		if err != nil {
			return at, nil, nil, err
		}
		for _, d := range page.Docs {
			if !v.fits(at, d) || d.Seq != at.Seq+1 {
				fault, err := v.explain(ctx, at, d)
				return at, nil, fault, err
			}
			v.report.Docs++
			if at.Seq, at.Link = d.Seq, d.Link; at.Seq == head.Seq {
				atHead = at.Link
			}
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return at, atHead, nil, nil
		}
	}
}

// fits says whether d's link is the one that follows at.
func (v *verifier) fits(at Head, d Doc) bool {
	stored := d.Link
	d.Seq = at.Seq + 1
	return hmac.Equal(stored, v.linker.Link(at.Collection, at.Link, d))
}

// explain finds out why found does not stand behind at: whether a document from
// elsewhere in the lane would.
func (v *verifier) explain(ctx context.Context, at Head, found Doc) (*ChainFault, error) {
	fault := &ChainFault{Seq: at.Seq + 1, ID: found.ID, Kind: FaultTampered}
	if found.Seq > at.Seq+1 {
		fault.ID, fault.Kind = "", FaultDropped
	}
	q := Query{Index: LaneIndex, Equal: []any{at.Lane}, From: at.Seq + 1, Limit: MaxLimit}
	for {
		page, err := v.engine.Query(ctx, at.Collection, q)
		if err != nil {
			return nil, err
		}
		for _, d := range page.Docs {
			if v.fits(at, d) {
				fault.ID, fault.Kind = d.ID, FaultReordered
				return fault, nil
			}
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return fault, nil
		}
	}
}
