package icalendar

import (
	"context"
	"io"

	"handrail/care/visits"
)

// Source reads busy times for package care.
type Source struct{ Fetcher }

// Busy implements care.BusySource.
func (s *Source) Busy(ctx context.Context, q visits.BusyQuestion) (visits.BusyAnswer, error) {
	var b Busy
	got, err := s.Fetch(ctx, q.URL, q.ETag, q.Modified, func(ctx context.Context, text io.Reader) (err error) {
		b, err = ReadBusy(ctx, text, q.From, q.To, q.Home)
		return err
	})
	if err != nil || got.Same {
		return visits.BusyAnswer{Same: got.Same}, err
	}
	answer := visits.BusyAnswer{ETag: got.ETag, Modified: got.Modified, Times: b.Times, Unread: b.Unread}
	for _, o := range b.Odd {
		answer.Odd = append(answer.Odd, visits.BusyOdd{At: o.At, Why: o.Why})
	}
	return answer, nil
}
