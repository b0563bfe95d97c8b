package store

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// KeysCollection holds the wrapped data keys. Every Schema has it.
const KeysCollection = "data_keys"

// Schema is a checked set of collections, as an engine gets it at open.
type Schema struct {
	tables map[string]*Table
	names  []string
}

// Table is one collection of a Schema, with what engines ask of it worked out.
type Table struct {
	Collection
	KeyNames []string // all keys of all indexes, sorted
	indexes  map[string]*Index
}

var (
	collectionName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,40}$`)
	keyName        = regexp.MustCompile(`^[a-z][A-Za-z0-9_]{0,40}$`)
	reservedKeys   = []string{"id", "version", "owner", "body", "lane", "seq", "link"}
)

// NewSchema checks collections and adds KeysCollection to them.
func NewSchema(collections []Collection) (*Schema, error) {
	s := &Schema{tables: map[string]*Table{}}
	all := append(slices.Clone(collections), Collection{Name: KeysCollection})
	for _, c := range all {
		if !collectionName.MatchString(c.Name) {
			return nil, fmt.Errorf("%w: collection name %q", ErrInvalid, c.Name)
		}
		if s.tables[c.Name] != nil {
			return nil, fmt.Errorf("%w: collection %s is declared twice", ErrInvalid, c.Name)
		}
		t, err := newTable(c)
		if err != nil {
			return nil, fmt.Errorf("collection %s: %w", c.Name, err)
		}
		s.tables[c.Name] = t
		s.names = append(s.names, c.Name)
	}
	slices.Sort(s.names)
	return s, nil
}

func newTable(c Collection) (*Table, error) {
	t := &Table{Collection: c, indexes: map[string]*Index{IDIndex: {Name: IDIndex}}}
	if c.AppendOnly {
		t.indexes[LaneIndex] = &Index{Name: LaneIndex, Keys: []string{"lane", "seq"}, Unique: true}
	}
	folded := map[string]string{}
	for _, ix := range c.Indexes {
		if !keyName.MatchString(ix.Name) || t.indexes[ix.Name] != nil || len(ix.Keys) == 0 {
			return nil, fmt.Errorf("%w: index %q has a bad or used name, or no keys", ErrInvalid, ix.Name)
		}
		if ix.Sparse && ix.Unique { // a unique one is asked for what lacks its keys too
			return nil, fmt.Errorf("%w: index %q is unique and sparse", ErrInvalid, ix.Name)
		}
		for i, k := range ix.Keys {
			fold := strings.ToLower(k)
			was, seen := folded[fold]
			if !keyName.MatchString(k) || slices.Contains(reservedKeys, fold) || slices.Contains(ix.Keys[:i], k) || seen && was != k {
				return nil, fmt.Errorf("%w: key %q of index %s", ErrInvalid, k, ix.Name)
			}
			if folded[fold] = k; !seen {
				t.KeyNames = append(t.KeyNames, k)
			}
		}
		t.indexes[ix.Name] = &ix
	}
	slices.Sort(t.KeyNames)
	return t, nil
}

// Table finds a collection by its name; ErrInvalid when it was not declared.
func (s *Schema) Table(collection string) (*Table, error) {
	if t := s.tables[collection]; t != nil {
		return t, nil
	}
	return nil, fmt.Errorf("%w: collection %q is not declared", ErrInvalid, collection)
}

// Tables lists all collections in the order of their names.
func (s *Schema) Tables() []*Table {
	out := make([]*Table, len(s.names))
	for i, n := range s.names {
		out[i] = s.tables[n]
	}
	return out
}
