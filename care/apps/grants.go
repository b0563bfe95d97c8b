package apps

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// grantLife is how long an app that may go on reading stays allowed without use.
const grantLife = 90 * 24 * time.Hour

// grant is what a patient lets an app read. There is one for each of their apps: to
// allow it again is to begin anew, and tokens of before end.
type grant struct {
	ID        string     `json:"id"`
	App       string     `json:"app"`
	AppName   string     `json:"appName"`
	AccountID string     `json:"accountId"`
	PatientID string     `json:"patientId"`
	Scopes    []string   `json:"scopes"`
	Gen       int64      `json:"gen"`
	Number    int64      `json:"number"` // of the newest refresh token
	Since     time.Time  `json:"since"`
	Until     time.Time  `json:"until"`
	UsedAt    time.Time  `json:"usedAt,omitzero"`
	EndedAt   *time.Time `json:"endedAt,omitempty"`
}

func (g grant) live(at time.Time) bool {
	return g.EndedAt == nil && at.Before(g.Until) && len(ofRecord(g.Scopes)) > 0
}

func grantID(app, account string) string {
	return hashed("grant", string(store.JoinText(app, account)))
}

func (g grant) op(version int64) (store.Op, error) {
	doc, err := chart.Encode(g.ID, g.PatientID, version, store.Keys{"accountId": g.AccountID, "since": chart.Millis(g.Since)}, g)
	if version == 0 {
		return store.Insert(chart.ColAppGrants, doc), err
	}
	return store.Replace(chart.ColAppGrants, doc), err
}

func (c *Service) grantOps(ctx context.Context, actor models.Actor, r request, scopes []string) (grant, []store.Op, error) {
	now := c.now().UTC()
	g := grant{ID: grantID(r.App, actor.AccountID), App: r.App, AppName: r.AppName, AccountID: actor.AccountID, PatientID: actor.PatientID,
		Scopes: scopes, Gen: 1, Since: now, Until: now.Add(accessLife + time.Hour)}
	if slices.Contains(scopes, scopeOffline) || slices.Contains(scopes, scopeOnline) {
		g.Until = now.Add(grantLife)
	}
	before, err := chart.Load[grant](ctx, c.store, chart.ColAppGrants, g.ID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return g, nil, err
	}
	g.Gen += before.Value.Gen
	op, err := g.op(before.Version)
	return g, []store.Op{op}, err
}

// Allowed is an app that reads for somebody.
type Allowed struct {
	ID      string    `json:"id"`
	AppName string    `json:"appName"`
	Scopes  []string  `json:"scopes"`
	Since   time.Time `json:"since"`
	Until   time.Time `json:"until"`
}

// AppsOf lists the apps that read for the patient who is signed in.
func (c *Service) AppsOf(ctx context.Context, actor models.Actor) ([]Allowed, error) {
	found, err := chart.Every[grant](ctx, c.store, chart.ColAppGrants, store.Query{Index: "account", Equal: []any{actor.AccountID}, Desc: true})
	out := []Allowed{}
	for _, g := range found {
		if g.Value.live(c.now()) {
			out = append(out, Allowed{g.Value.ID, g.Value.AppName, ofRecord(g.Value.Scopes), g.Value.Since, g.Value.Until})
		}
	}
	return out, err
}

// TakeBack ends what an app may read: one scope, or with "" all of it. It holds from
// the next request on. Twice is once.
func (c *Service) TakeBack(ctx context.Context, actor models.Actor, id, scope string) error {
	for {
		err := c.takeBack(ctx, actor, id, scope)
		if models.KindOf(err) != models.KindStale || ctx.Err() != nil {
			return err
		} // a refresh came between
	}
}

func (c *Service) takeBack(ctx context.Context, actor models.Actor, id, scope string) error {
	g, err := chart.Load[grant](ctx, c.store, chart.ColAppGrants, id)
	if err != nil {
		return err
	}
	if g.Value.AccountID != actor.AccountID || actor.App != nil {
		return models.NotFound()
	}
	if g.Value.EndedAt != nil || scope != "" && !slices.Contains(g.Value.Scopes, scope) {
		return nil
	}
	g.Value.Scopes = slices.DeleteFunc(slices.Clone(g.Value.Scopes), func(s string) bool { return s == scope })
	e := c.base.AuditEvent(actor, "app.narrowed")
	e.Rule = scope
	if scope == "" || len(ofRecord(g.Value.Scopes)) == 0 {
		now := c.now().UTC()
		g.Value.EndedAt, e.Action = &now, "app.ended"
	}
	e.Ref, e.PatientID, e.App, e.Basis = id, actor.PatientID, g.Value.AppName, models.BasisSelf
	op, err := g.Value.op(g.Version)
	if err != nil {
		return err
	}
	return c.base.Commit(ctx, e, op)
}

// owner is who gave it, where an app or a worker ends it for them.
func (g grant) owner() models.Actor {
	return models.Actor{AccountID: g.AccountID, PatientID: g.PatientID, Role: models.RolePatient, Name: g.AppName}
}

// holds reads a grant for one of its tokens: it, its app and its person all stand.
func (c *Service) holds(ctx context.Context, id string, gen int64) (chart.Versioned[grant], models.Account, error) {
	g, err := chart.Load[grant](ctx, c.store, chart.ColAppGrants, id)
	if err != nil {
		return g, models.Account{}, err
	}
	if !g.Value.live(c.now()) || g.Value.Gen != gen {
		return g, models.Account{}, models.NotFound()
	}
	if _, err := c.app(ctx, g.Value.App); err != nil {
		return g, models.Account{}, err
	}
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, g.Value.AccountID)
	if err == nil && a.Value.Status != models.AccountActive {
		err = models.NotFound()
	}
	return g, a.Value, err
}

// Sweep takes away questions and launches that have ended. A worker calls it.
func (c *Service) Sweep(ctx context.Context) error {
	q := store.Query{Index: "due", To: chart.Millis(c.now()), Unopened: true}
	return chart.ThroughDocs(ctx, c.store, chart.ColAppRequests, q, func(d store.Doc) (bool, error) {
		err := chart.Refusal(c.store.Batch(ctx, store.Delete(chart.ColAppRequests, d.ID, d.Version)))
		if k := models.KindOf(err); k == models.KindStale || k == models.KindNotFound {
			err = nil
		}
		return false, err
	})
}
