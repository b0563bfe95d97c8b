package signin

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// maxPasskeys is how many one account may have.
const maxPasskeys = 20

// passkey is one that was registered. Its id is made from what its authenticator
// calls it, which is long and chosen there.
type passkey struct {
	ID         string              `json:"id"`
	AccountID  string              `json:"accountId"`
	Owner      string              `json:"owner"`
	Name       string              `json:"name"`
	CreatedAt  time.Time           `json:"createdAt"`
	UsedAt     time.Time           `json:"usedAt,omitzero"`
	Asked      string              `json:"asked"` // id of the challenge that it was registered with
	Credential webauthn.Credential `json:"credential"`
}

// Passkey is one as its person sees it.
type Passkey struct {
	ID           string    `json:"id"`
	Name         string    `json:"name"`
	CreatedAt    time.Time `json:"createdAt"`
	UsedAt       time.Time `json:"usedAt,omitzero"`
	Synced       bool      `json:"synced"`
	CredentialID string    `json:"credentialId"`
}

func (p passkey) view() Passkey {
	return Passkey{p.ID, p.Name, p.CreatedAt, p.UsedAt, p.Credential.Flags.BackupState, b64(p.Credential.ID)}
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func passkeyID(credentialID []byte) string {
	return uuid.NewHash(sha256.New(), passkeySpace, credentialID, 8).String()
}

func (p passkey) doc(version int64) (store.Doc, error) {
	return chart.Encode(p.ID, p.Owner, version, store.Keys{"accountId": p.AccountID, "createdAt": chart.Millis(p.CreatedAt)}, p)
}

func (c *Service) passkeysOf(ctx context.Context, accountID string) ([]chart.Versioned[passkey], error) {
	return chart.Every[passkey](ctx, c.store, chart.ColPasskeys, store.Query{Index: "account", Equal: []any{accountID}})
}

func credentials(keys []chart.Versioned[passkey]) []webauthn.Credential {
	out := make([]webauthn.Credential, 0, len(keys))
	for _, k := range keys {
		out = append(out, k.Value.Credential)
	}
	return out
}

func (c *Service) signal(w waysIn, keys []chart.Versioned[passkey]) *AcceptedPasskeys {
	s := &AcceptedPasskeys{RPID: c.relying.Config.RPID, UserID: b64(w.Handle), Credentials: []string{}}
	for _, k := range keys {
		s.Credentials = append(s.Credentials, b64(k.Value.Credential.ID))
	}
	return s
}

// errNoPasskeys is the answer where the site's address knows none.
func errNoPasskeys() error {
	return models.E(models.KindConflict, "passkeys-not-offered", "Passkeys don't work at this address.")
}

// RenamePasskey gives one of the actor's passkeys another name.
func (c *Service) RenamePasskey(ctx context.Context, actor models.Actor, id, name string) (Passkey, error) {
	var checks models.Checks
	checks.Text("name", name, 1, 100)
	if err := checks.Err(); err != nil {
		return Passkey{}, err
	}
	for {
		p, err := c.ownPasskey(ctx, actor, id)
		if err != nil {
			return Passkey{}, err
		}
		p.Value.Name = strings.TrimSpace(name)
		doc, err := p.Value.doc(p.Version)
		if err != nil {
			return Passkey{}, err
		}
		e := c.wayLine(actor, "passkey.named", models.WayPasskey)
		err = c.base.Commit(ctx, e, store.Replace(chart.ColPasskeys, doc))
		if models.KindOf(err) != models.KindStale || ctx.Err() != nil {
			return p.Value.view(), err
		}
	}
}

func (c *Service) ownPasskey(ctx context.Context, actor models.Actor, id string) (chart.Versioned[passkey], error) {
	p, err := chart.Load[passkey](ctx, c.store, chart.ColPasskeys, id)
	if err == nil && p.Value.AccountID != actor.AccountID {
		err = models.NotFound()
	}
	return p, err
}

// RemovePasskey takes one off. It asks for a fresh factor: who could take all of them
// off would never be asked for one. What it answers is for the signal API.
func (c *Service) RemovePasskey(ctx context.Context, actor models.Actor, id string) (Ways, error) {
	if err := c.StepUpNeeded(ctx, actor); err != nil {
		return Ways{}, err
	}
	p, err := c.ownPasskey(ctx, actor, id)
	if err != nil {
		return Ways{}, err
	}
	e := c.wayLine(actor, "way-in.removed", models.WayPasskey)
	e.Ref, e.Device = wayOf(models.WayPasskey, id), p.Value.Name
	err = c.base.Commit(ctx, e, store.Delete(chart.ColPasskeys, id, p.Version))
	if models.KindOf(err) == models.KindStale && ctx.Err() == nil { // it was used meanwhile
		return c.RemovePasskey(ctx, actor, id)
	}
	if err != nil {
		return Ways{}, err
	}
	return c.MyWays(ctx, actor)
}
