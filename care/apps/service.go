// Package apps lets programs of others read for a person, as far as that person says
// (SMART App Launch 2.2): who they are, what they were allowed, and their tokens. What an
// app gets is what its scopes and the chart both allow.
package apps

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/signin"
	"handrail/models"
	"handrail/store"
)

// Service is the use cases of apps.
type Service struct {
	base    *chart.Base
	store   store.Store
	now     models.Clock
	signin  *signin.Inside
	baseURL string
	ring    keyRing
}

// New makes them. Tokens of apps are signed with a key of their own, which is not one of
// the clinic's own phones.
func New(base *chart.Base, in *signin.Inside, baseURL string) (*Service, *Inside) {
	c := &Service{base: base, store: base.Store, now: base.Now, signin: in, baseURL: baseURL}
	return c, &Inside{c}
}

// App is a program that an administrator has registered.
type App struct {
	ID           string    `json:"id"`
	Name         string    `json:"name"`
	RedirectURIs []string  `json:"redirectUris"`
	LaunchURL    string    `json:"launchUrl,omitempty"`
	Confidential bool      `json:"confidential"`
	CreatedAt    time.Time `json:"createdAt"`
}

// registered is an app with the hash of its secret.
type registered struct {
	App
	Secret string `json:"secret,omitempty"`
	By     string `json:"by,omitempty"` // account that registered it
}

const maxRedirects = 10

// Register takes an app on. The secret of a confidential one is shown this one time: the
// same again, by the same person, is the same within lostAnswer, and a conflict later.
func (c *Service) Register(ctx context.Context, actor models.Actor, a App) (app App, secret string, err error) {
	if actor.Role != models.RoleAdministrator {
		return App{}, "", c.base.Forbid(ctx, actor, "app.register")
	}
	var checks models.Checks
	line, ok := models.Line(a.Name)
	checks.Require(ok && line == strings.TrimSpace(a.Name), "name", "not-text", "There are characters in this that can't be shown.")
	checks.Text("name", a.Name, 1, 100)
	checks.Require(len(a.RedirectURIs) > 0 && len(a.RedirectURIs) <= maxRedirects, "redirectUris", "required", "Give one address to go back to, ten at most.")
	for i, u := range a.RedirectURIs {
		checks.Require(isRedirect(u), models.Indexed("redirectUris", i), "bad-redirect", "An https address as a whole, without # and *.")
	}
	checks.Require(a.LaunchURL == "" || isRedirect(a.LaunchURL) && strings.HasPrefix(a.LaunchURL, "http"), "launchUrl", "bad-redirect", "An https address as a whole, without # and *.")
	if err := checks.Err(); err != nil {
		return App{}, "", err
	}
	if err := c.signin.StepUpNeeded(ctx, actor); err != nil {
		return App{}, "", err
	}
	a.CreatedAt = c.now().UTC()
	kept := registered{App: a, By: actor.AccountID}
	if a.Confidential {
		if secret, err = c.secretOf(ctx, a.ID); err != nil {
			return App{}, "", err
		}
		kept.Secret = hashed("secret", secret)
	}
	doc, err := chart.Encode(a.ID, chart.OwnerSite, 0, store.Keys{"site": "site", "createdAt": chart.Millis(a.CreatedAt)}, kept)
	if err != nil {
		return App{}, "", err
	}
	e := c.base.AuditEvent(actor, "app.registered")
	e.Ref, e.App = a.ID, a.Name
	err = c.base.Commit(ctx, e, store.Insert(chart.ColApps, doc))
	if models.KindOf(err) == models.KindConflict {
		return c.sameApp(ctx, kept, secret, err)
	}
	return a, secret, err
}

// secretOf makes the secret of an app, the same one each time: an answer that was lost
// can be given again, and only a hash is kept.
func (c *Service) secretOf(ctx context.Context, id string) (string, error) {
	key, err := c.base.SharedSecret(ctx, "apps-clients")
	m := hmac.New(sha256.New, key)
	m.Write(store.JoinText("app", id))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil)), err
}

// sameApp answers a repeated registration with the app that stands.
func (c *Service) sameApp(ctx context.Context, again registered, secret string, conflict error) (App, string, error) {
	stands, err := chart.First[registered](ctx, c.store, chart.ColApps, again.ID, conflict)
	if err != nil {
		return App{}, "", err
	}
	age := again.CreatedAt.Sub(stands.Value.CreatedAt)
	if again.CreatedAt = stands.Value.CreatedAt; age.Abs() > lostAnswer || !chart.SameJSON(stands.Value, again) {
		return App{}, "", conflict
	}
	return stands.Value.App, secret, nil
}

// Apps lists the apps, for administrators, the newest first.
func (c *Service) Apps(ctx context.Context, actor models.Actor, cursor string, limit int) (chart.Page[App], error) {
	if actor.Role != models.RoleAdministrator {
		return chart.Page[App]{}, c.base.Forbid(ctx, actor, "app.list")
	}
	page, err := chart.List[App](ctx, c.store, chart.ColApps, store.Query{Index: "site", Equal: []any{"site"}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return chart.Page[App]{}, err
	}
	return chart.Values(page), c.base.Note(ctx, c.base.AuditEvent(actor, "app.listed"))
}

// Remove ends an app for everybody: its tokens open nothing from the next request on.
// Twice is once.
func (c *Service) Remove(ctx context.Context, actor models.Actor, id string) error {
	if actor.Role != models.RoleAdministrator {
		return c.base.Forbid(ctx, actor, "app.remove")
	}
	a, err := chart.Load[registered](ctx, c.store, chart.ColApps, id)
	if models.KindOf(err) == models.KindNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	e := c.base.AuditEvent(actor, "app.removed")
	e.Ref, e.App = id, a.Value.Name
	return c.base.Commit(ctx, e, store.Delete(chart.ColApps, id, a.Version))
}

func (c *Service) app(ctx context.Context, id string) (registered, error) {
	if id == "" || len(id) > store.MaxID {
		return registered{}, models.NotFound()
	}
	a, err := chart.Load[registered](ctx, c.store, chart.ColApps, id)
	return a.Value, err
}

// proves tells whether a secret is the app's: none for a public one.
func (a registered) proves(secret string) bool {
	if !a.Confidential {
		return secret == ""
	}
	return subtle.ConstantTimeCompare([]byte(a.Secret), []byte(hashed("secret", secret))) == 1
}

func (a registered) goesBackTo(uri string) bool { return slices.Contains(a.RedirectURIs, uri) }

func unguessable() string {
	b := make([]byte, 32)
	rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

func hashed(kind, secret string) string {
	return hex.EncodeToString(chart.Hash(store.JoinText("apps", kind, secret)))
}
