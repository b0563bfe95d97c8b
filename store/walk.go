package store

import (
	"cmp"
	"fmt"
	"math"
	"strings"
)

// Walk is a checked Query, worked out so far that an engine only has to
// translate it.
type Walk struct {
	Table *Table
	Query Query // with normal values
	Equal []string
	Order string // key that orders before the id; "" when the id alone does
	Has   string // key that each document of the index has, when that is sparse; else ""
	After *Position

	fingerprint uint32
}

// Position is a place in a Walk: just behind the document with this order key
// and id. A nil Key says that the document lacks it.
type Position struct {
	Key any
	ID  string
}

// Segment is a stretch of a Walk that one plain index scan can answer: documents
// that lack the order key (Missing), or those that have it. It has at most one
// lower and one upper bound.
type Segment struct {
	Missing  bool
	From, To any
	After    *Position
}

// Walk checks q against the schema: ErrInvalid, ErrBadCursor.
func (s *Schema) Walk(collection string, q Query) (*Walk, error) {
	t, err := s.Table(collection)
	if err != nil {
		return nil, err
	}
	ix := t.indexes[q.Index]
	if ix == nil {
		return nil, fmt.Errorf("%w: %s has no index %q", ErrInvalid, t.Name, q.Index)
	}
	if q.Limit < 1 || q.Limit > MaxLimit {
		return nil, fmt.Errorf("%w: limit must be 1..%d", ErrInvalid, MaxLimit)
	}
	if len(q.Equal) > len(ix.Keys) {
		return nil, fmt.Errorf("%w: index %s has %d keys", ErrInvalid, ix.Name, len(ix.Keys))
	}
	if q.OneOf != nil {
		return t.oneOf(ix, q)
	}
	w := &Walk{Table: t, Query: q, Equal: ix.Keys[:len(q.Equal)]}
	if len(q.Equal) < len(ix.Keys) {
		w.Order = ix.Keys[len(q.Equal)]
	} else if ix.Name != IDIndex && (q.From != nil || q.To != nil) {
		return nil, fmt.Errorf("%w: index %s has no key left for a range", ErrInvalid, ix.Name)
	}
	if q.Lacking && (q.From != nil || q.To != nil || w.Order == "" || w.Order == "lane" || w.Order == "seq") {
		return nil, fmt.Errorf("%w: index %s has no key that can be lacking", ErrInvalid, ix.Name)
	}
	if ix.Sparse {
		w.Has = ix.Keys[len(ix.Keys)-1]
		if q.Lacking || w.Order != "" && (w.Order != w.Has || q.From == nil && q.To == nil) {
			return nil, fmt.Errorf("%w: index %s does not hold all documents: the query must name %s", ErrInvalid, ix.Name, w.Has)
		}
	}
	if err := w.normalise(); err != nil {
		return nil, err
	}
	w.fingerprint = w.print()
	w.After, err = w.readCursor(q.Cursor)
	return w, err
}

// oneOf checks a query for many short lists.
func (t *Table) oneOf(ix *Index, q Query) (*Walk, error) {
	if len(q.OneOf) > MaxLimit || len(ix.Keys) == 0 || ix.Sparse || len(q.Equal) > 0 || q.From != nil || q.To != nil || q.Desc || q.Lacking || q.Cursor != "" {
		return nil, fmt.Errorf("%w: index %s can't be asked for one of many in this way", ErrInvalid, ix.Name)
	}
	for _, v := range q.OneOf {
		if _, err := normalKey(v); err != nil {
			return nil, err
		}
	}
	return &Walk{Table: t, Query: q, Equal: ix.Keys[:1]}, nil
}

// Whole is the page of a query with OneOf, which has all documents or is refused.
func (w *Walk) Whole(docs []Doc) (Page, error) {
	if len(docs) > w.Query.Limit {
		return Page{}, fmt.Errorf("%w: more than %d documents are of one of those", ErrInvalid, w.Query.Limit)
	}
	return Page{Docs: docs}, nil
}

func (w *Walk) normalise() (err error) {
	q := &w.Query
	if len(q.Equal) > 0 {
		equal := make([]any, len(q.Equal))
		for i, v := range q.Equal {
			if equal[i], err = normalKey(v); err != nil {
				return err
			}
			if equal[i] == nil {
				return fmt.Errorf("%w: equality with a missing key", ErrInvalid)
			}
		}
		q.Equal = equal
	}
	if q.From, err = normalBound(q.From); err != nil {
		return err
	}
	q.To, err = normalBound(q.To)
	return err
}

// normalBound lets a NUL pass, because v+"\x00" is the least string above v.
func normalBound(v any) (any, error) {
	if s, ok := v.(string); ok && len(s) <= MaxKey+1 {
		return s, nil
	}
	return normalKey(v)
}

// Segments are what is left of the walk, in its order.
func (w *Walk) Segments() []Segment {
	if w.Query.Lacking {
		return []Segment{{Missing: true, After: w.After}}
	}
	if w.Order == "" || !w.reaches(nil) {
		return []Segment{w.present()}
	}
	switch inMissing := w.After != nil && w.After.Key == nil; {
	case inMissing && w.Query.Desc:
		return []Segment{{Missing: true, After: w.After}}
	case inMissing:
		return []Segment{{Missing: true, After: w.After}, {}}
	case w.Query.Desc:
		return []Segment{w.present(), {Missing: true}}
	case w.After != nil:
		return []Segment{w.present()}
	}
	return []Segment{{Missing: true}, w.present()}
}

// present is the segment of those that have the order key. The cursor stands for
// the bound on its side, unless the caller has moved that bound past it.
func (w *Walk) present() Segment {
	s := Segment{From: w.Query.From, To: w.Query.To, After: w.After}
	if w.After == nil {
		return s
	}
	at := w.After.Key
	if w.Order == "" {
		at = w.After.ID
	}
	switch {
	case w.Query.Desc && (s.To == nil || compareKeys(at, s.To) < 0):
		s.To = nil
	case !w.Query.Desc && (s.From == nil || compareKeys(at, s.From) >= 0):
		s.From = nil
	default:
		s.After = nil
	}
	return s
}

// compareKeys orders numbers before strings, as both engines do.
func compareKeys(a, b any) int {
	x, xInt := a.(int64)
	y, yInt := b.(int64)
	switch {
	case xInt && yInt:
		return cmp.Compare(x, y)
	case xInt:
		return -1
	case yInt:
		return 1
	}
	return strings.Compare(a.(string), b.(string))
}

// LowestKey sorts before every other int64 and every string.
const LowestKey = int64(math.MinInt64)

// Page cuts docs, of which there may be one more than the limit, into a page.
func (w *Walk) Page(docs []Doc) Page {
	if len(docs) <= w.Query.Limit {
		return Page{Docs: docs}
	}
	docs = docs[:w.Query.Limit]
	return Page{Docs: docs, Next: w.CursorAfter(docs[len(docs)-1])}
}
