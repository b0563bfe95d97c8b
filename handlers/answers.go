package handlers

import (
	"handrail/care"
	"handrail/handlers/edge"
)

// paged makes the answer of a use case that lists.
func paged[T any](p care.Page[T], err error) (*edge.Answer[edge.List[T]], error) {
	if err != nil {
		return nil, err
	}
	return edge.NewList(p.Items, p.Next), nil
}

// versioned makes the answer of a use case whose outcome has a version.
func versioned[T any](v care.Versioned[T], err error) (*edge.Tagged[T], error) {
	if err != nil {
		return nil, err
	}
	return edge.NewTagged(v.Version, v.Value), nil
}

// versionedUnless is versioned, and a 304 when the caller holds that version.
func versionedUnless[T any](r edge.Reading, v care.Versioned[T], err error) (*edge.Tagged[T], error) {
	if err == nil {
		err = r.Unless(edge.ETag(v.Version))
	}
	return versioned(v, err)
}

// values leaves the versions out.
func values[T any](all []care.Versioned[T]) []T {
	out := make([]T, 0, len(all))
	for _, v := range all {
		out = append(out, v.Value)
	}
	return out
}
