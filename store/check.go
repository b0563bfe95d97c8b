package store

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// SealOverhead is by how much a sealed body may outgrow MaxBody.
const SealOverhead = 64

// CheckOps says whether ops keep to the schema and its limits, and returns a
// copy of them with normal keys. Engines call it first, so that they agree on
// what they refuse. The error of one op is an *OpError.
func (s *Schema) CheckOps(ops []Op) ([]Op, error) {
	if len(ops) > MaxBatch {
		return nil, fmt.Errorf("%w: more than %d ops in a batch", ErrInvalid, MaxBatch)
	}
	ops = slices.Clone(ops)
	for i := range ops {
		if err := s.checkOp(&ops[i]); err != nil {
			return nil, &OpError{i, err}
		}
	}
	return ops, nil
}

// CheckMany says whether a collection can be asked for documents by their ids.
func (s *Schema) CheckMany(collection string, ids []string) (*Table, error) {
	if len(ids) > MaxLimit {
		return nil, fmt.Errorf("%w: more than %d ids at once", ErrInvalid, MaxLimit)
	}
	return s.Table(collection)
}

func (s *Schema) checkOp(op *Op) error {
	if op.Kind == OpUnchanged {
		for _, name := range op.Since.Collections {
			if _, err := s.Table(name); err != nil {
				return err
			}
		}
		return nil
	}
	t, err := s.Table(op.Collection)
	if err != nil {
		return err
	}
	if t.AppendOnly && (op.Kind == OpReplace || op.Kind == OpDelete) {
		return fmt.Errorf("%w: %s", ErrAppendOnly, t.Name)
	}
	switch op.Kind {
	case OpInsert, OpReplace:
		return t.checkDoc(&op.Doc)
	case OpDelete:
		return checkID("id", op.Doc.ID)
	}
	return fmt.Errorf("%w: unknown kind of op", ErrInvalid)
}

func (t *Table) checkDoc(d *Doc) error {
	if err := checkID("id", d.ID); err != nil {
		return err
	}
	if err := checkID("owner", d.Owner); err != nil {
		return err
	}
	if t.AppendOnly {
		if err := checkID("lane", d.Lane); err != nil {
			return err
		}
	} else if d.Lane != "" {
		return fmt.Errorf("%w: %s has no lanes", ErrInvalid, t.Name)
	}
	if len(d.Body) > MaxBody+SealOverhead {
		return fmt.Errorf("%w: body is larger than %d bytes", ErrInvalid, MaxBody)
	}
	keys, err := t.normalKeys(d.Keys)
	d.Keys = keys
	return err
}

// normalKeys copies keys when something in them must change: the caller's map
// is never written to.
func (t *Table) normalKeys(keys Keys) (Keys, error) {
	same := true
	for name, v := range keys {
		if _, ok := slices.BinarySearch(t.KeyNames, name); !ok {
			return nil, fmt.Errorf("%w: key %q of %s is in no index", ErrInvalid, name, t.Name)
		}
		n, err := normalKey(v)
		if err != nil {
			return nil, fmt.Errorf("key %s of %s: %w", name, t.Name, err)
		}
		same = same && n != nil && n == v
	}
	if same {
		return keys, nil
	}
	out := make(Keys, len(keys))
	for name, v := range keys {
		if n, _ := normalKey(v); n != nil {
			out[name] = n
		}
	}
	return out, nil
}

// normalKey returns v as nil, a string or an int64.
func normalKey(v any) (any, error) {
	switch v := v.(type) {
	case nil, int64:
		return v, nil
	case int:
		return int64(v), nil
	case string:
		if len(v) > MaxKey || !cleanText(v) {
			return nil, fmt.Errorf("%w: string is longer than %d bytes or no clean UTF-8", ErrBadText, MaxKey)
		}
		return v, nil
	}
	return nil, fmt.Errorf("%w: a key is a string or an int64, not a %T", ErrInvalid, v)
}

func checkID(what, id string) error {
	if id == "" || len(id) > MaxID || !cleanText(id) {
		return fmt.Errorf("%w: %s must be 1..%d bytes of clean UTF-8", ErrBadText, what, MaxID)
	}
	return nil
}

// cleanText refuses NUL, because C libraries under an engine may stop there.
func cleanText(s string) bool {
	return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0
}
