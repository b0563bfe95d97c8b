package sso

import (
	"context"
	"strings"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// FirebaseAgreement is what an administrator has said before Firebase is used.
type FirebaseAgreement struct {
	Agreement  string    `json:"agreement"`
	SenderName string    `json:"senderName"`
	By         string    `json:"by,omitempty"`
	At         time.Time `json:"at,omitzero"`
}

// telling are the words that tell what an app is for.
var telling = []string{"handrail", "recover", "rehab", "addict", "sober", "drug", "alcohol", "psych", "mental", "crisis", "suicid", "clinic", "hospital", "therap"}

const firebaseAgreement = "firebase-agreement"

// AgreeToFirebase records the clinic's agreement and the neutral name of the sender.
// Sign-in by Firebase is off before. For administrators.
func (c *Service) AgreeToFirebase(ctx context.Context, actor models.Actor, a FirebaseAgreement) error {
	if actor.Role != models.RoleAdministrator {
		return c.base.Forbid(ctx, actor, "firebase.agreement")
	}
	if c.firebase == nil {
		return models.NotFound()
	}
	var checks models.Checks
	checks.Text("agreement", a.Agreement, 3, 500)
	checks.Text("senderName", a.SenderName, 3, 11)
	name := strings.ToLower(strings.NewReplacer(" ", "", "-", "", ".", "").Replace(a.SenderName))
	for _, word := range telling {
		checks.Require(!strings.Contains(name, word), "senderName", "name-tells", "The name must not say which app it is, or what it is for.")
	}
	if err := checks.Err(); err != nil {
		return err
	}
	if err := c.signin.StepUpNeeded(ctx, actor); err != nil {
		return err
	}
	a.By, a.At = actor.Name, c.now().UTC()
	before, err := chart.Load[FirebaseAgreement](ctx, c.store, chart.ColFacts, firebaseAgreement)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	doc, err := chart.Encode(firebaseAgreement, chart.OwnerSite, before.Version, nil, a)
	if err != nil {
		return err
	}
	op := store.Replace(chart.ColFacts, doc)
	if before.Version == 0 {
		op = store.Insert(chart.ColFacts, doc)
	}
	return c.base.Commit(ctx, c.base.AuditEvent(actor, "firebase.agreement"), op)
}

// FirebaseAgreement reads what was said; nothing yet is empty. KindNotFound: there is no
// project.
func (c *Service) FirebaseAgreement(ctx context.Context, actor models.Actor) (FirebaseAgreement, error) {
	if actor.Role != models.RoleAdministrator {
		return FirebaseAgreement{}, c.base.Forbid(ctx, actor, "firebase.agreement")
	}
	a, err := c.agreed(ctx)
	if c.firebase != nil && models.KindOf(err) == models.KindNotFound {
		err = nil
	}
	return a, err
}

func (c *Service) agreed(ctx context.Context) (FirebaseAgreement, error) {
	if c.firebase == nil {
		return FirebaseAgreement{}, models.NotFound()
	}
	a, err := chart.Load[FirebaseAgreement](ctx, c.store, chart.ColFacts, firebaseAgreement)
	return a.Value, err
}

// FirebaseOn tells whether people can sign in by Firebase here.
func (c *Service) FirebaseOn(ctx context.Context) (bool, error) {
	_, err := c.agreed(ctx)
	if models.KindOf(err) == models.KindNotFound {
		return false, nil
	}
	return err == nil, err
}
