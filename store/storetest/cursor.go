package storetest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"handrail/store"
)

// testQueryModel compares walks with what sorting and filtering a slice gives, for
// random documents with many equal and missing keys.
func testQueryModel(e *env) {
	rng := rand.New(rand.NewPCG(1, 2))
	var docs []store.Doc
	for i := range e.Scale {
		keys := store.Keys{"group": string("ab"[rng.IntN(2)]), "at": int64(rng.IntN(e.Scale / 8)), "name": name("n", rng.IntN(5))}
		for k := range keys {
			if rng.IntN(6) == 0 {
				delete(keys, k)
			}
		}
		d := thing(fmt.Sprintf("%x-%d", rng.Uint32(), i), keys)
		e.must(e.store.Insert(e.ctx, things, d))
		docs = append(docs, d)
	}
	for i := range docs { // some get other keys, or lose one: they leave their places in the indexes
		if rng.IntN(3) == 0 {
			docs[i].Version = 1
			docs[i].Keys = store.Keys{"group": string("ab"[rng.IntN(2)]), "name": name("n", rng.IntN(5))}
			if rng.IntN(3) > 0 {
				docs[i].Keys["at"] = int64(rng.IntN(e.Scale / 8))
			}
			e.must(e.store.Replace(e.ctx, things, docs[i]))
		}
	}
	for range 80 {
		checkWalk(e, docs, randomQuery(rng, int64(e.Scale/8)))
	}
}

func randomQuery(rng *rand.Rand, span int64) store.Query {
	q := store.Query{Limit: 1 + rng.IntN(20), Desc: rng.IntN(2) == 0}
	bound := func(v func() any) any {
		if rng.IntN(2) == 0 {
			return nil
		}
		return v()
	}
	at := func() any { return rng.Int64N(span) }
	text := func() any { return name("n", rng.IntN(5)) }
	switch rng.IntN(9) {
	case 0:
		q.Index, q.Equal, q.From, q.To = "byGroup", []any{"a"}, bound(at), bound(at)
	case 1:
		q.Index, q.Equal = "byGroup", []any{"b", at()}
	case 2:
		q.Index, q.From, q.To = "byName", bound(text), bound(text)
	case 3:
		q.Index, q.From = "byGroup", bound(func() any { return "b" })
	case 5:
		q.Index, q.Equal, q.Lacking = "byGroup", []any{"a"}, true
	case 6:
		q.Index, q.Lacking = "byName", true
	case 7:
		q.Index, q.From, q.To = "few", int64(0), bound(at)
	case 8:
		q.Index, q.Equal, q.From, q.To = "fewOf", []any{text()}, bound(at), at()
	case 4:
		q.Index, q.From, q.To = store.IDIndex, bound(func() any { return "4" }), bound(func() any { return "c" })
	}
	return q
}

func checkWalk(e *env, docs []store.Doc, q store.Query) {
	e.Helper()
	got := walk(e, e.store, things, q)
	want := model(docs, q)
	same := func(a, b store.Doc) bool { return a.ID == b.ID && string(a.Body) == string(b.Body) }
	if !slices.EqualFunc(got, want, same) {
		e.Fatalf("%+v:\n got %s\nwant %s", q, ids(got), ids(want))
	}
}

func ids(docs []store.Doc) string {
	var b strings.Builder
	for _, d := range docs {
		fmt.Fprint(&b, d.ID, d.Keys, " ")
	}
	return b.String()
}

// model answers q over a slice.
func model(docs []store.Doc, q store.Query) []store.Doc {
	keys := map[string][]string{"byGroup": {"group", "at"}, "byName": {"name"}, "few": {"at"}, "fewOf": {"name", "at"}, store.IDIndex: {}}[q.Index]
	at := func(d store.Doc) any {
		if len(q.Equal) < len(keys) {
			return d.Keys[keys[len(q.Equal)]]
		}
		return d.ID
	}
	var out []store.Doc
	for _, d := range docs {
		ok := true
		for i, v := range q.Equal {
			ok = ok && d.Keys[keys[i]] == v
		}
		if q.From != nil || q.To != nil {
			k := at(d)
			ok = ok && k != nil && (q.From == nil || compare(k, q.From) >= 0) && (q.To == nil || compare(k, q.To) < 0)
		}
		if ok && (!q.Lacking || at(d) == nil) {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b store.Doc) int {
		return cmp.Or(compare(at(a), at(b)), strings.Compare(a.ID, b.ID))
	})
	if q.Desc {
		slices.Reverse(out)
	}
	return out
}

// compare sorts what is missing first.
func compare(a, b any) int {
	switch {
	case a == nil || b == nil:
		return cmp.Compare(rank(a), rank(b))
	default:
		if x, ok := a.(int64); ok {
			return cmp.Compare(x, b.(int64))
		}
		return strings.Compare(a.(string), b.(string))
	}
}

func rank(v any) int {
	if v == nil {
		return 0
	}
	return 1
}
