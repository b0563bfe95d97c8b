package storetest

import (
	"fmt"

	"handrail/store"
)

func testAppendOnly(e *env) {
	s, ctx := e.store, e.ctx
	for i := range 3 {
		e.must(s.Insert(ctx, lines, line(name("a", i), "lane-a")))
	}
	e.must(s.Insert(ctx, lines, line("b", "lane-b")))
	e.want(s.Insert(ctx, lines, line("b", "lane-b")), store.ErrExists)
	e.must(s.Insert(ctx, lines, line("b2", "lane-b"))) // the refused one left no gap

	d, err := s.Get(ctx, lines, name("a", 1))
	e.must(err)
	if d.Lane != "lane-a" || d.Seq != 2 || len(d.Link) != 32 || d.Version != 1 {
		e.Errorf("read back %+v", d)
	}
	e.want(s.Replace(ctx, lines, d), store.ErrAppendOnly)
	e.want(s.Delete(ctx, lines, d.ID, d.Version), store.ErrAppendOnly)
	checkLane(e, "lane-a", 3)
	checkLane(e, "lane-b", 2)
	checkLane(e, "lane-c", 0)
	page, err := s.Query(ctx, lines, store.Query{Index: store.LaneIndex, Equal: []any{"lane-a"}, From: int64(2), Desc: true, Limit: 10})
	e.must(err)
	if len(page.Docs) != 2 || page.Docs[0].Seq != 3 {
		e.Errorf("from 2 down: %s", ids(page.Docs))
	}
	e.cleanChain(5)
}

// checkLane wants seqs 1..n in order.
func checkLane(e *env, lane string, n int) {
	e.Helper()
	docs := walk(e, e.store, lines, store.Query{Index: store.LaneIndex, Equal: []any{lane}, Limit: 7})
	for i, d := range docs {
		if d.Seq != int64(i+1) || d.Lane != lane {
			e.Fatalf("%s: document %d has lane %s, seq %d", lane, i+1, d.Lane, d.Seq)
		}
	}
	if len(docs) != n {
		e.Fatalf("%s has %d documents, want %d", lane, len(docs), n)
	}
}

func (e *env) cleanChain(docs int64) {
	e.Helper()
	r, err := e.store.VerifyChain(e.ctx)
	e.must(err)
	if len(r.Faults) > 0 || r.Docs != docs {
		e.Fatalf("chain: %+v, want %d documents and no fault", r, docs)
	}
}

// testLanesConcurrent: many writers in few lanes; no gap, no double, links hold, and
// each writer's own lines keep their order.
func testLanesConcurrent(e *env) {
	const lanes = 3
	per := max(lanes, e.Scale/writers)
	var bad errs
	each(writers, func(w int) {
		for i := range per {
			bad.add(e.store.Insert(e.ctx, lines, line(fmt.Sprintf("w%02d-%05d", w, i), name("lane", i%lanes))))
		}
	})
	bad.check(e)
	last := map[string]string{}
	for l := range lanes {
		checkLane(e, name("lane", l), writers*((per+lanes-1-l)/lanes))
		for _, d := range walk(e, e.store, lines, store.Query{Index: store.LaneIndex, Equal: []any{name("lane", l)}, Limit: 50}) {
			who := d.ID[:3] + d.Lane
			if d.ID < last[who] {
				e.Errorf("%s came after %s", d.ID, last[who])
			}
			last[who] = d.ID
		}
	}
	e.cleanChain(int64(writers * per))
}

// testLanesBatch: several lines of one batch, also in one lane, follow each other.
func testLanesBatch(e *env) {
	var bad errs
	each(writers, func(w int) {
		id := name("w", w)
		bad.add(e.store.Batch(e.ctx, store.Insert(lines, line(id+"-1", "l")), store.Insert(lines, line(id+"-2", "m")), store.Insert(lines, line(id+"-3", "l"))))
	})
	bad.check(e)
	checkLane(e, "l", 2*writers)
	checkLane(e, "m", writers)
	docs := walk(e, e.store, lines, store.Query{Index: store.LaneIndex, Equal: []any{"l"}, Limit: 100})
	for i := 0; i < len(docs); i += 2 {
		if docs[i].ID[:7] != docs[i+1].ID[:7] {
			e.Errorf("%s and %s are not of one batch", docs[i].ID, docs[i+1].ID)
		}
	}
	e.cleanChain(3 * writers)
}
