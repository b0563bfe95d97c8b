package icalendar

import (
	"context"

	"handrail/care"
)

// Source reads busy times for package care.
type Source struct{ Fetcher }

// Busy implements care.BusySource.
func (s *Source) Busy(ctx context.Context, q care.BusyQuestion) (care.BusyAnswer, error) {
	got, err := s.Fetch(ctx, q.URL, q.ETag, q.Modified)
	if err != nil || got.Same {
		return care.BusyAnswer{Same: got.Same}, err
	}
	b, err := ReadBusy(got.Body, q.From, q.To, q.Home)
	return care.BusyAnswer{ETag: got.ETag, Modified: got.Modified, Times: b.Times, Unread: b.Unread}, err
}
