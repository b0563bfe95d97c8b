package people

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// shown tells of which patients' accounts somebody of the office may know: not of those
// whose chart is closed to them, unless they are a privacy officer.
func (c *Service) shown(ctx context.Context, actor models.Actor) (hides bool, shown func(patientID string) bool, err error) {
	shut, err := c.base.Restrictions(ctx, actor)
	if err != nil {
		return false, nil, err
	}
	officer, err := c.base.PrivacyOfficer(ctx, actor)
	return !officer && shut.Any(), func(patientID string) bool { return officer || !shut.Shut(patientID) }, err
}

// pageOf is a page of what is shown: as full as any other, and with a next one only where
// something stands on it, so that neither tells that something was left out. hides is
// whether anything is left out at all: else there is nothing to look for.
func pageOf[T any](ctx context.Context, c *Service, collection string, q store.Query, hides bool, shown func(T) bool) (chart.Page[T], error) {
	var out chart.Page[T]
	want := q.Limit
	for {
		page, err := chart.List[T](ctx, c.store, collection, q)
		if err != nil {
			return out, err
		}
		full := len(out.Items) == want
		for _, v := range page.Items {
			if shown(v.Value) && full {
				return out, nil // the next page begins with it, or before it
			}
			if shown(v.Value) {
				out.Items = append(out.Items, v.Value)
			}
		}
		if !full {
			out.Next = page.Next
		}
		if page.Next == "" && full {
			out.Next = ""
		}
		if page.Next == "" || !hides && len(out.Items) == want {
			return out, nil
		}
		if q.Limit, q.Cursor = want-len(out.Items), page.Next; q.Limit == 0 {
			q.Limit = want
		}
	}
}
