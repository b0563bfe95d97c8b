package upkeep

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// UnknownZone is a record whose time zone is none of IANA's.
type UnknownZone struct {
	Collection string
	ID         string
	Used       string // the zone that is used instead
}

// UnknownZones looks at every account and patient, for the operator.
func (c *Service) UnknownZones(ctx context.Context) ([]UnknownZone, error) {
	var out []UnknownZone
	for _, collection := range []string{chart.ColAccounts, chart.ColPatients} {
		err := chart.ThroughDocs(ctx, c.store, collection, store.Query{Index: store.IDIndex, Unopened: true}, func(d store.Doc) (bool, error) {
			v, err := chart.Readable[struct{ Zone string }](d)
			if err != nil {
				return false, nil // unreadable altogether: verify and the workers' marks tell that
			}
			if meant, odd := models.StoredZone(v.Value.Zone, c.site.Zone); odd {
				out = append(out, UnknownZone{collection, d.ID, meant})
			}
			return false, nil
		})
		if err != nil {
			return out, err
		}
	}
	return out, nil
}
