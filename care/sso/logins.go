package sso

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/signin"
	"handrail/models"
	"handrail/store"
)

const (
	// loginLife is how long somebody may take at their provider.
	loginLife = 15 * time.Minute
	// maxParam bounds what a provider sends with the browser, in bytes.
	maxParam = 4096
)

// login is a sign-in that has begun, at whatever instance. It is found by its state,
// and proved by the browser's cookie; only hashes of the two are kept.
type login struct {
	Provider string        `json:"provider"`
	Browser  string        `json:"browser"` // hash of the cookie
	Nonce    string        `json:"nonce"`
	Verifier string        `json:"verifier"`
	Device   models.Device `json:"device"`
	// Key is the thumbprint of the key that the browser proved when it began: the session
	// is bound to it. "": none.
	Key string `json:"key,omitempty"`
	// LinkTo is the account that this sign-in is tied to, by its owner, who is signed
	// in. "" signs in.
	LinkTo  string    `json:"linkTo,omitempty"`
	Until   time.Time `json:"until"`
	Used    bool      `json:"used,omitempty"`    // its answer came; a second one is a replay
	Failed  string    `json:"failed,omitempty"`  // code of why it led nowhere
	Session string    `json:"session,omitempty"` // that it led to
	Linked  bool      `json:"linked,omitempty"`
	// Prove is the account whose owner, signed in, shows once more that it is them. It opens
	// nothing here but the lock of their page.
	Prove  string `json:"prove,omitempty"`
	Proved bool   `json:"proved,omitempty"`
	Told   bool   `json:"told,omitempty"` // that it was proved; it is told once
}

func (l login) keys() store.Keys {
	return store.Keys{"due": chart.Millis(l.Until), "browser": l.Browser}
}

// Begun is where the browser goes next, and what it keeps meanwhile in a cookie.
type Begun struct {
	AuthorizeURL string
	Cookie       string
	Lasts        time.Duration
}

func unguessable() string {
	b := make([]byte, 32)
	rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

// hashed is how a secret of ours stands in the store.
func hashed(kind, secret string) string {
	return hex.EncodeToString(chart.Hash(store.JoinText(kind, secret)))
}

// Begin begins a sign-in by a provider. actor is who is signed in already and ties
// their own account to it; the zero Actor signs in.
func (c *Service) Begin(ctx context.Context, actor models.Actor, providerID string, device models.Device) (Begun, error) {
	p, err := c.provider(providerID)
	if err != nil {
		return Begun{}, err
	}
	if actor.AccountID == "" {
		if device, err = c.signin.CheckDevice(device); err != nil {
			return Begun{}, err
		}
	} else if !actor.Role.Staff() {
		return Begun{}, c.base.Forbid(ctx, actor, "provider.link")
	} else if err := c.signin.StepUpNeeded(ctx, actor); err != nil { // it adds a way in
		return Begun{}, err
	}
	return c.start(ctx, p, login{Device: device, Key: device.Key, LinkTo: actor.AccountID})
}

// start keeps a sign-in that begins.
func (c *Service) start(ctx context.Context, p Provider, l login) (Begun, error) {
	state, cookie := unguessable(), unguessable()
	if l.Provider = p.ID; l.Prove != "" {
		l.Provider = proofAt(p)
	}
	l.Browser, l.Nonce, l.Verifier, l.Until = hashed("browser", cookie), unguessable(), unguessable(), c.now().UTC().Add(loginLife)
	to, err := p.Client.AuthorizeURL(ctx, Asking{State: state, Nonce: l.Nonce, Verifier: l.Verifier, RedirectURI: c.redirectURI(p), Anew: l.Prove != ""})
	if err != nil {
		return Begun{}, err
	}
	doc, err := chart.Encode(hashed("state", state), chart.OwnerSite, 0, l.keys(), l)
	if err != nil {
		return Begun{}, err
	}
	return Begun{to, cookie, loginLife}, chart.Refusal(c.store.Insert(ctx, chart.ColLogins, doc))
}

// Returned is what a provider sent back with the browser.
type Returned struct {
	State, Code, Issuer string
	Error               string // the provider said no
	Cookie              string
}

// errLogin is the one answer to a sign-in that is not this browser's, is over, was
// answered before, or never began.
func errLogin() error {
	return models.E(models.KindInvalid, "login-not-valid", "This sign-in is over, or was begun in another window. Please begin again.")
}

// Return takes a provider's answer. Afterwards Finish gives the tokens, to the same
// browser.
func (c *Service) Return(ctx context.Context, providerID string, r Returned) error {
	p, err := c.provider(providerID)
	if err != nil {
		return err
	}
	if r.State == "" || r.Cookie == "" || max(len(r.State), len(r.Code), len(r.Issuer), len(r.Cookie)) > maxParam {
		return errLogin()
	}
	id := hashed("state", r.State)
	l, err := chart.Load[login](ctx, c.store, chart.ColLogins, id)
	switch {
	case models.KindOf(err) == models.KindNotFound:
		return errLogin()
	case err != nil:
		return err
	case l.Value.Provider != p.ID && l.Value.Provider != proofAt(p), l.Value.Used, !c.now().Before(l.Value.Until),
		subtle.ConstantTimeCompare([]byte(l.Value.Browser), []byte(hashed("browser", r.Cookie))) != 1:
		return errLogin()
	}
	// The answer is used up before it is looked at: of two at once one goes on.
	l.Value.Used = true
	if err := c.replaceLogin(ctx, id, &l); err != nil {
		if models.KindOf(err) == models.KindStale {
			return errLogin()
		}
		return err
	}
	err = c.admit(ctx, p, id, &l, r)
	if code := codeOf(err); code != "" {
		l.Value.Failed = code
		if kept := c.replaceLogin(ctx, id, &l); kept != nil {
			return kept
		}
	}
	return err
}

func codeOf(err error) string {
	if k := models.KindOf(err); k == 0 || k == models.KindUnknown {
		return ""
	}
	if known, ok := err.(interface{ ErrorCode() string }); ok {
		return known.ErrorCode()
	}
	return ""
}

func (c *Service) replaceLogin(ctx context.Context, id string, l *chart.Versioned[login]) error {
	doc, err := chart.Encode(id, chart.OwnerSite, l.Version, l.Value.keys(), l.Value)
	if err != nil {
		return err
	}
	if err := c.store.Batch(ctx, store.Replace(chart.ColLogins, doc)); err != nil {
		return chart.Refusal(err)
	}
	l.Version++
	return nil
}

// admit finds out who it is, and lets them in or ties them to their account.
func (c *Service) admit(ctx context.Context, p Provider, id string, l *chart.Versioned[login], r Returned) error {
	if r.Error != "" || r.Code == "" {
		return models.E(models.KindInvalid, "provider-said-no", "The sign-in did not go on at your hospital. Please try again.")
	}
	who, err := p.Client.Exchange(ctx, Answering{Code: r.Code, Issuer: r.Issuer, Nonce: l.Value.Nonce, Verifier: l.Value.Verifier, RedirectURI: c.redirectURI(p)})
	if err != nil {
		return err
	}
	if l.Value.Prove != "" {
		if err := c.proves(ctx, p, l.Value, who); err != nil {
			return err
		}
		l.Value.Proved = true
		return c.replaceLogin(ctx, id, l)
	}
	if l.Value.LinkTo != "" {
		if err := c.link(ctx, p, l.Value.LinkTo, who); err != nil {
			return err
		}
		l.Value.Linked = true
		return c.replaceLogin(ctx, id, l)
	}
	return c.begin(ctx, p, id, l, who)
}

// Finished is what a sign-in led to: one of the three.
type Finished struct {
	SignedIn *signin.SignedIn
	Linked   bool   // the sign-in is tied to the account that asked for it
	Proved   string // the account whose owner has shown once more that it is them
}

// Finish gives the tokens of the sign-in that a browser came back from, or says why it
// led nowhere. Asked again it gives the same, until they were used; that somebody
// showed once more that it is them is told once. thumbprint is of the
// key that the browser proves: that of the beginning.
func (c *Service) Finish(ctx context.Context, cookie, thumbprint string) (Finished, error) {
	if cookie == "" || len(cookie) > maxParam {
		return Finished{}, errLogin()
	}
	page, err := c.store.Query(ctx, chart.ColLogins, store.Query{Index: "browser", Equal: []any{hashed("browser", cookie)}, Limit: 1})
	if err != nil {
		return Finished{}, chart.Refusal(err)
	}
	if len(page.Docs) == 0 {
		return Finished{}, errLogin()
	}
	found, err := chart.Decode[login](page.Docs[0])
	if err != nil {
		return Finished{}, err
	}
	l := found.Value
	switch {
	case !c.now().Before(l.Until):
		return Finished{}, errLogin()
	case l.Failed != "":
		return Finished{}, models.E(models.KindInvalid, l.Failed, "That sign-in did not work. Please try again, or use another way in.")
	case l.Linked:
		return Finished{Linked: true}, nil
	case l.Proved:
		return c.tellProved(ctx, page.Docs[0].ID, found)
	case l.Session == "":
		return Finished{}, errLogin()
	}
	if ended, err := c.endedMeanwhile(ctx, l); err != nil || ended {
		return Finished{}, cmp.Or(err, errLogin())
	}
	signed, err := c.signin.FirstAnswer(ctx, l.Session, thumbprint)
	if models.KindOf(err) == models.KindUnsigned {
		err = errLogin()
	}
	return Finished{SignedIn: &signed}, err
}

// Sweep takes away what has ended: sign-ins that nobody finished, and logout tokens
// that no clock takes any more. A worker calls it. What does not open any more goes too.
func (c *Service) Sweep(ctx context.Context) error {
	for _, col := range []string{chart.ColLogins, chart.ColLogoutTokens} {
		q := store.Query{Index: "due", To: chart.Millis(c.now()), Unopened: true}
		err := chart.ThroughDocs(ctx, c.store, col, q, func(d store.Doc) (bool, error) {
			err := c.store.Batch(ctx, store.Delete(col, d.ID, d.Version))
			if errors.Is(err, store.ErrConflict) || errors.Is(err, store.ErrNotFound) {
				err = nil // another instance was faster
			}
			return false, chart.Refusal(err)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
