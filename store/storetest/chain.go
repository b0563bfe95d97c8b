package storetest

import (
	"context"
	"slices"
	"sync"

	"handrail/store"
)

// meddler is an engine whose documents and heads someone has changed by hand.
type meddler struct {
	store.Engine
	docs  func([]store.Doc) []store.Doc
	heads func([]store.Head) []store.Head
	lane  string // is hidden altogether
}

func (m meddler) Query(ctx context.Context, collection string, q store.Query) (store.Page, error) {
	page, err := m.Engine.Query(ctx, collection, q)
	if m.docs != nil {
		page.Docs = m.docs(page.Docs)
		slices.SortFunc(page.Docs, func(a, b store.Doc) int { return int(a.Seq - b.Seq) })
	}
	return page, err
}

func (m meddler) Heads(ctx context.Context, collection, from string, limit int) ([]store.Head, error) {
	heads, err := m.Engine.Heads(ctx, collection, from, limit)
	if m.heads != nil {
		heads = m.heads(heads)
	}
	if m.lane != "" && len(heads) > 0 && heads[0].Lane == m.lane {
		return m.Heads(ctx, collection, m.lane+"\x00", limit)
	}
	return heads, err
}

func (m meddler) NextLane(ctx context.Context, collection, from string) (string, error) {
	lane, err := m.Engine.NextLane(ctx, collection, from)
	if m.lane != "" && lane == m.lane {
		return m.Engine.NextLane(ctx, collection, lane+"\x00")
	}
	return lane, err
}

// only changes the documents with the seqs given, of lane "l".
func only(f func(*store.Doc), seqs ...int64) func([]store.Doc) []store.Doc {
	return func(docs []store.Doc) []store.Doc {
		for i := range docs {
			if docs[i].Lane == "l" && slices.Contains(seqs, docs[i].Seq) {
				f(&docs[i])
			}
		}
		return docs
	}
}

func without(seq int64) func([]store.Doc) []store.Doc {
	return func(docs []store.Doc) []store.Doc {
		return slices.DeleteFunc(docs, func(d store.Doc) bool { return d.Lane == "l" && d.Seq == seq })
	}
}

func headOf(lane string, f func(*store.Head)) func([]store.Head) []store.Head {
	return func(heads []store.Head) []store.Head {
		for i := range heads {
			if heads[i].Lane == lane {
				f(&heads[i])
			}
		}
		return heads
	}
}

func testChainFaults(e *env) {
	const n = 8
	var nth [n + 1]store.Doc
	for i := range n {
		e.must(e.store.Insert(e.ctx, lines, line(name("l", i+1), "l")))
		e.must(e.store.Insert(e.ctx, lines, line(name("k", i+1), "k")))
		d, err := e.engine.Get(e.ctx, lines, name("l", i+1))
		e.must(err)
		nth[i+1] = d
	}
	e.must(e.store.Erase(e.ctx, "owner-1")) // no fault: links are over sealed bodies
	e.cleanChain(2 * n)

	setBack := headOf("l", func(h *store.Head) { h.Seq, h.Link = n-1, nth[n-1].Link })
	swap := only(func(d *store.Doc) { d.Seq = 7 - d.Seq }, 3, 4)
	for what, c := range map[string]struct {
		m    meddler
		want store.ChainFault
	}{
		"body":          {meddler{docs: only(func(d *store.Doc) { d.Body = []byte("other") }, 5)}, store.ChainFault{Seq: 5, ID: name("l", 5), Kind: store.FaultTampered}},
		"key":           {meddler{docs: only(func(d *store.Doc) { d.Keys = store.Keys{"who": "x"} }, 1)}, store.ChainFault{Seq: 1, ID: name("l", 1), Kind: store.FaultTampered}},
		"key added":     {meddler{docs: only(func(d *store.Doc) { d.Keys = store.Keys{"who": "w", "at": int64(1)} }, n)}, store.ChainFault{Seq: n, ID: name("l", n), Kind: store.FaultTampered}},
		"owner":         {meddler{docs: only(func(d *store.Doc) { d.Owner = "x" }, 2)}, store.ChainFault{Seq: 2, ID: name("l", 2), Kind: store.FaultTampered}},
		"id":            {meddler{docs: only(func(d *store.Doc) { d.ID = "x" }, 2)}, store.ChainFault{Seq: 2, ID: "x", Kind: store.FaultTampered}},
		"link":          {meddler{docs: only(func(d *store.Doc) { d.Link = nth[1].Link }, 4)}, store.ChainFault{Seq: 4, ID: name("l", 4), Kind: store.FaultTampered}},
		"dropped":       {meddler{docs: without(5)}, store.ChainFault{Seq: 5, Kind: store.FaultDropped}},
		"dropped first": {meddler{docs: without(1)}, store.ChainFault{Seq: 1, Kind: store.FaultDropped}},
		"dropped tail":  {meddler{docs: without(n)}, store.ChainFault{Seq: n, Kind: store.FaultDropped}},
		"tail and head": {meddler{docs: without(n), heads: setBack}, store.ChainFault{Seq: n - 1, Kind: store.FaultHead}},
		"swapped":       {meddler{docs: swap}, store.ChainFault{Seq: 3, ID: name("l", 3), Kind: store.FaultReordered}},
		"moved":         {meddler{docs: only(func(d *store.Doc) { d.Seq = 99 }, 2)}, store.ChainFault{Seq: 2, ID: name("l", 2), Kind: store.FaultReordered}},
		"head back":     {meddler{heads: setBack}, store.ChainFault{Seq: n - 1, Kind: store.FaultHead}},
		"head forged":   {meddler{heads: headOf("l", func(h *store.Head) { h.Mark = h.Link })}, store.ChainFault{Seq: n, Kind: store.FaultHead}},
		"head link":     {meddler{heads: headOf("l", func(h *store.Head) { h.Link = nth[1].Link })}, store.ChainFault{Seq: n, Kind: store.FaultHead}},
	} {
		c.want.Collection, c.want.Lane = lines, "l"
		e.wantFault(what, c.m, c.want)
	}
	e.wantFault("lane hidden", meddler{lane: "l"}, store.ChainFault{Collection: lines, Seq: 2, Kind: store.FaultLanes})
	fewer := headOf("", func(h *store.Head) { h.Seq = 1 })
	e.wantFault("roll set back", meddler{lane: "l", heads: fewer}, store.ChainFault{Collection: lines, Seq: 1, Kind: store.FaultLanes})
}

func (e *env) wantFault(what string, m meddler, want store.ChainFault) {
	e.Helper()
	m.Engine = e.engine
	r, err := store.VerifyChain(e.ctx, m, e.store.Linker())
	e.must(err)
	if !slices.Equal(r.Faults, []store.ChainFault{want}) {
		e.Errorf("%s: found %+v, want %+v", what, r.Faults, want)
	}
}

// testChainWhileServing: a check that runs beside writers raises no false alarm.
func testChainWhileServing(e *env) {
	stop := make(chan struct{})
	var bad errs
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
					bad.add(e.store.Insert(e.ctx, lines, line(name(name("w", w), i), name("lane", i%20))))
				}
			}
		})
	}
	for range max(3, e.Scale/40) {
		r, err := e.store.VerifyChain(e.ctx)
		bad.add(err)
		if len(r.Faults) > 0 {
			e.Errorf("false alarm: %+v", r.Faults)
		}
	}
	close(stop)
	wg.Wait()
	bad.check(e)
}
