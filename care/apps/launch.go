package apps

import (
	"context"
	"net/url"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// launch is a start of an app from inside of Handrail.
type launch struct {
	App     string    `json:"app"`
	Account string    `json:"account"`
	Until   time.Time `json:"until"`
}

// Startable is an app that can be started from here.
type Startable struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// StartableBy lists what a patient can start; nobody else can.
func (c *Service) StartableBy(ctx context.Context, actor models.Actor) ([]Startable, error) {
	out := []Startable{}
	if actor.Role != models.RolePatient {
		return out, nil
	}
	all, err := chart.Every[registered](ctx, c.store, chart.ColApps, store.Query{Index: "site", Equal: []any{"site"}})
	for _, a := range all {
		if a.Value.LaunchURL != "" {
			out = append(out, Startable{a.Value.ID, a.Value.Name})
		}
	}
	return out, err
}

// Launch starts an app for the patient who is signed in: the address to go to.
func (c *Service) Launch(ctx context.Context, actor models.Actor, appID string) (string, error) {
	app, err := c.app(ctx, appID)
	if err != nil {
		return "", err
	}
	if actor.Role != models.RolePatient {
		return "", c.base.Forbid(ctx, actor, "app.launch")
	}
	if app.LaunchURL == "" {
		return "", models.E(models.KindConflict, "app-can-not-be-started", "This app can't be started from here.")
	}
	id, l := unguessable(), launch{app.ID, actor.AccountID, c.now().UTC().Add(launchLife)}
	doc, err := chart.Encode(hashed("launch", id), chart.OwnerSite, 0, store.Keys{"due": chart.Millis(l.Until)}, l)
	if err != nil {
		return "", err
	}
	if err := c.store.Insert(ctx, chart.ColAppRequests, doc); err != nil {
		return "", chart.Refusal(err)
	}
	u, err := url.Parse(app.LaunchURL)
	if err != nil {
		return "", err
	}
	q := u.Query()
	q.Set("iss", c.Base())
	q.Set("launch", id)
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// launched uses a launch up: whose it is.
func (c *Service) launched(ctx context.Context, appID, id string) (accountID string, err error) {
	if id == "" || len(id) > 256 {
		return "", models.NotFound()
	}
	key := hashed("launch", id)
	l, err := chart.Load[launch](ctx, c.store, chart.ColAppRequests, key)
	if err != nil {
		return "", err
	}
	if l.Value.App != appID || !c.now().Before(l.Value.Until) {
		return "", models.NotFound()
	}
	err = chart.Refusal(c.store.Batch(ctx, store.Delete(chart.ColAppRequests, key, l.Version)))
	if models.KindOf(err) == models.KindStale {
		err = models.NotFound()
	}
	return l.Value.Account, err
}
