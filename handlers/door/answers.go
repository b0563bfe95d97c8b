package door

import (
	"time"

	"handrail/care"
	"handrail/handlers/edge"
)

// Paged makes the answer of a use case that lists.
func Paged[T any](p care.Page[T], err error) (*edge.Answer[edge.List[T]], error) {
	if err != nil {
		return nil, err
	}
	return edge.NewList(p.Items, p.Next), nil
}

// Versioned makes the answer of a use case whose outcome has a version.
func Versioned[T any](v care.Versioned[T], err error) (*edge.Tagged[T], error) {
	if err != nil {
		return nil, err
	}
	return edge.NewTagged(v.Version, v.Value), nil
}

// VersionedUnless is Versioned, and a 304 when the caller holds that version.
func VersionedUnless[T any](r edge.Reading, v care.Versioned[T], err error) (*edge.Tagged[T], error) {
	if err == nil {
		err = r.Unless(edge.ETag(v.Version))
	}
	return Versioned(v, err)
}

// Values leaves the versions out.
func Values[T any](all []care.Versioned[T]) []T {
	out := make([]T, 0, len(all))
	for _, v := range all {
		out = append(out, v.Value)
	}
	return out
}

// Given is nil for a time that was left out.
func Given(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
