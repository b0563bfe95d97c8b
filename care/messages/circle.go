package messages

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/message"
	"handrail/store"
)

// circleOf finds whom a worry is about: somebody in whose circle the supporter is. Without
// an id it is the one person there is. What can't be told apart is refused with one text,
// so that nobody learns from it who is a patient here.
func (c *Service) circleOf(ctx context.Context, actor models.Actor, patientID string) (models.RelatedPerson, error) {
	unclear := models.E(models.KindInvalid, "cannot-tell-who", "We can't tell whom this is about. Please call the clinic.")
	if patientID != "" {
		r, err := chart.Load[models.RelatedPerson](ctx, c.store, chart.ColRelated, chart.MembershipID(patientID, actor.AccountID))
		if models.KindOf(err) == models.KindNotFound {
			err = unclear
		}
		return r.Value, err
	}
	found, err := c.circles(ctx, actor.AccountID)
	if err != nil {
		return models.RelatedPerson{}, err
	}
	if len(found) != 1 {
		return models.RelatedPerson{}, unclear
	}
	return found[0], nil
}

// circles are those in which a supporter is. What the office wrote down before there was an
// index by account is found by the consents that name them.
func (c *Service) circles(ctx context.Context, accountID string) ([]models.RelatedPerson, error) {
	var out []models.RelatedPerson
	seen := map[string]bool{}
	found, err := chart.Every[models.RelatedPerson](ctx, c.store, chart.ColRelated, store.Query{Index: "account", Equal: []any{accountID}})
	if err != nil {
		return nil, err
	}
	for _, r := range found {
		seen[r.Value.PatientID] = true
		out = append(out, r.Value)
	}
	consents, _, err := chart.ReadableOnes[models.Consent](ctx, c.store, chart.ColConsents, store.Query{Index: "recipient", Equal: []any{accountID}}, 0)
	if err != nil {
		return nil, err
	}
	for _, v := range consents {
		if seen[v.Value.PatientID] {
			continue
		}
		seen[v.Value.PatientID] = true
		r, err := chart.Load[models.RelatedPerson](ctx, c.store, chart.ColRelated, chart.MembershipID(v.Value.PatientID, accountID))
		if err == nil {
			out = append(out, r.Value)
		} else if models.KindOf(err) != models.KindNotFound {
			return nil, err
		}
	}
	return out, nil
}

func (c *Service) notTooWorried(ctx context.Context, actor models.Actor) error {
	n := 0
	q := store.Query{Index: "sender", Equal: []any{actor.AccountID}, From: chart.Millis(c.now().Add(-24 * time.Hour)), Unopened: true}
	err := chart.ThroughDocs(ctx, c.store, chart.ColWorries, q, func(store.Doc) (bool, error) {
		n++
		return false, nil
	})
	if err == nil && n >= message.MaxWorries {
		err = models.E(models.KindTooMany, "too-many-messages", "These are many messages in a day. Please call if somebody is in danger.")
	}
	return err
}
