package sso

import (
	"context"
	"strings"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// Inside is what upkeep asks of sign-ins elsewhere after a restore. Nothing outside of
// care gets one.
type Inside struct{ service *Service }

// Stands tells whether a sign-in that was taken off an account is tied to it again, as a
// store that was set back has it. The id is the account's and the tie's.
func (i *Inside) Stands(ctx context.Context, e chart.Ended) (bool, error) {
	accountID, id, _ := strings.Cut(e.ID, "/")
	_, found, err := i.service.tieOf(ctx, accountID, id)
	return !found.IsNew() && !found.Value.Since.After(e.At), err
}

// EndAgain takes it off again, with what was signed in by it.
func (i *Inside) EndAgain(ctx context.Context, e chart.Ended) error {
	if stands, err := i.Stands(ctx, e); err != nil || !stands {
		return err
	}
	accountID, id, _ := strings.Cut(e.ID, "/")
	office := chart.SystemActor
	office.Role = models.RoleAdministrator
	return i.service.Untie(ctx, office, accountID, id)
}

// tieOf finds a tie of an account, and the document that it is; a new one for none.
func (c *Service) tieOf(ctx context.Context, accountID, id string) (docID string, i chart.Versioned[identity], err error) {
	page, err := c.store.Query(ctx, chart.ColIdentities, store.Query{Index: "account", Equal: []any{accountID}, Limit: store.MaxLimit})
	if err != nil {
		return "", i, chart.Refusal(err)
	}
	for _, d := range page.Docs {
		found, err := chart.Decode[identity](d)
		if err != nil || c.tieID(found.Value) == id {
			return d.ID, found, err
		}
	}
	return "", i, nil
}
