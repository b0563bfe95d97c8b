package apps

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

const (
	askLife    = 15 * time.Minute // how long a person may think
	codeLife   = time.Minute      // how long a code can be traded
	launchLife = 5 * time.Minute
)

// Asked is what an app sends to the authorize endpoint.
type Asked struct {
	ResponseType, ClientID, RedirectURI, Scope, State, Audience, Launch string
	Challenge, ChallengeMethod, Nonce                                   string
}

// request is an app that asks a person, until the person has answered and the code is
// traded.
type request struct {
	App       string    `json:"app"`
	AppName   string    `json:"appName"`
	Redirect  string    `json:"redirect"`
	Scopes    []string  `json:"scopes"`
	State     string    `json:"state"`
	Challenge string    `json:"challenge"`
	Nonce     string    `json:"nonce,omitempty"`
	Account   string    `json:"account,omitempty"` // who started it from here, or has answered
	Until     time.Time `json:"until"`
	Code      string    `json:"code,omitempty"` // its hash
	CodeUntil time.Time `json:"codeUntil,omitzero"`
	Grant     string    `json:"grant,omitempty"`
	Gen       int64     `json:"gen,omitempty"`
	Used      bool      `json:"used,omitempty"`
	Refused   bool      `json:"refused,omitempty"`
}

func (c *Service) keepRequest(id string, version int64, r request) (store.Op, error) {
	doc, err := chart.Encode(id, chart.OwnerSite, version, store.Keys{"due": chart.Millis(r.Until)}, r)
	if version == 0 {
		return store.Insert(chart.ColAppRequests, doc), err
	}
	return store.Replace(chart.ColAppRequests, doc), err
}

// OAuthError is an error as OAuth has it (RFC 6749, sections 4.1.2.1 and 5.2).
type OAuthError struct{ Code, Text string }

func (e *OAuthError) Error() string { return e.Code }

var challenges = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)

// Ask takes what an app asks, and gives the id under which the person is asked. An
// OAuthError with an address goes back to the app there; without one the app is not
// known, or its address is not, and nobody is sent anywhere.
func (c *Service) Ask(ctx context.Context, a Asked) (id, sendTo string, err error) {
	app, err := c.app(ctx, a.ClientID)
	if err != nil || !app.goesBackTo(a.RedirectURI) {
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return "", "", err
		}
		return "", "", models.E(models.KindInvalid, "app-not-known", "This app is not known here, or asks from an address that is not its own.")
	}
	scopes := readScopes(a.Scope)
	wrong := func(code, text string) (string, string, error) {
		return "", c.back(a.RedirectURI, url.Values{"error": {code}, "error_description": {text}, "state": {a.State}}), &OAuthError{code, text}
	}
	switch {
	case len(a.State) > 1024 || len(a.Nonce) > 1024 || len(a.Scope) > 4096:
		a.State = ""
		return wrong("invalid_request", "a parameter is too long")
	case a.ResponseType != "code":
		return wrong("unsupported_response_type", "response_type must be code")
	case a.ChallengeMethod != "S256" || !challenges.MatchString(a.Challenge):
		return wrong("invalid_request", "PKCE with S256 is needed")
	case a.State == "":
		return wrong("invalid_request", "state is needed")
	case strings.TrimSuffix(a.Audience, "/") != c.Base():
		return wrong("invalid_request", "aud must be the address of the FHIR service")
	case len(ofRecord(scopes)) == 0:
		return wrong("invalid_scope", "none of the scopes can be given here")
	}
	r := request{App: app.ID, AppName: app.Name, Redirect: a.RedirectURI, Scopes: scopes, State: a.State, Challenge: a.Challenge,
		Nonce: a.Nonce, Until: c.now().UTC().Add(askLife)}
	if a.Launch != "" || slices.Contains(scopes, scopeLaunch) {
		if r.Account, err = c.launched(ctx, app.ID, a.Launch); err != nil {
			if models.KindOf(err) == models.KindNotFound {
				return wrong("invalid_request", "launch is not known, or too old")
			}
			return "", "", err
		}
	}
	id = uuid.NewString() // by chance alone; it stands in an address of the page
	op, err := c.keepRequest(id, 0, r)
	if err != nil {
		return "", "", err
	}
	return id, "", chart.Refusal(c.store.Insert(ctx, op.Collection, op.Doc))
}

// back is an address of an app with an answer (RFC 6749; iss: RFC 9207).
func (c *Service) back(redirect string, answer url.Values) string {
	u, err := url.Parse(redirect)
	if err != nil { // it was registered: it parses
		return redirect
	}
	q := u.Query()
	for name, values := range answer {
		q[name] = values
	}
	q.Set("iss", c.Base())
	u.RawQuery = q.Encode()
	return u.String()
}

// Question is what a person is asked about an app.
type Question struct {
	ID      string   `json:"id"`
	AppName string   `json:"appName"`
	Host    string   `json:"host"`
	Scopes  []string `json:"scopes"`
	Lasting bool     `json:"lasting"`
	Knows   bool     `json:"knows"`
}

// mine finds a question that this patient may answer.
func (c *Service) mine(ctx context.Context, actor models.Actor, id string) (chart.Versioned[request], error) {
	if actor.Role != models.RolePatient || actor.App != nil {
		return chart.Versioned[request]{}, c.base.Forbid(ctx, actor, "app.answer")
	}
	if len(id) > store.MaxID {
		return chart.Versioned[request]{}, models.NotFound()
	}
	r, err := chart.Load[request](ctx, c.store, chart.ColAppRequests, id)
	if err != nil {
		return r, err
	}
	if r.Value.App == "" || r.Value.Redirect == "" || r.Value.Used || r.Value.Account != "" && r.Value.Account != actor.AccountID || !c.now().Before(r.Value.Until) {
		return r, models.NotFound()
	}
	return r, nil
}

// Question reads what an app asks of the patient who is signed in.
func (c *Service) Question(ctx context.Context, actor models.Actor, id string) (Question, error) {
	r, err := c.mine(ctx, actor, id)
	if err != nil {
		return Question{}, err
	}
	host := r.Value.Redirect
	if u, err := url.Parse(host); err == nil && u.Host != "" {
		host = u.Host
	}
	return Question{id, r.Value.AppName, host, ofRecord(r.Value.Scopes), slices.Contains(r.Value.Scopes, scopeOffline),
		slices.Contains(r.Value.Scopes, scopeOpenID)}, nil
}

// Answer is the patient's word: the scopes of the record that they allow, none for no.
// It gives the address to go back to. Asked again it gives a new code, until one is
// traded.
func (c *Service) Answer(ctx context.Context, actor models.Actor, id string, allow []string) (string, error) {
	for {
		to, err := c.answer(ctx, actor, id, allow)
		if k := models.KindOf(err); k == models.KindStale && ctx.Err() == nil {
			continue
		}
		return to, err
	}
}

func (c *Service) answer(ctx context.Context, actor models.Actor, id string, allow []string) (string, error) {
	r, err := c.mine(ctx, actor, id)
	if err != nil {
		return "", err
	}
	var checks models.Checks
	asked := ofRecord(r.Value.Scopes)
	for _, s := range allow {
		checks.Require(slices.Contains(asked, s), "scopes", "scope-not-allowed", "The app has not asked for this.")
	}
	if err := checks.Err(); err != nil {
		return "", err
	}
	r.Value.Account = actor.AccountID
	if len(allow) == 0 {
		r.Value.Refused, r.Value.Used = true, true
		e := c.base.AuditEvent(actor, "app.refused")
		e.PatientID, e.App = actor.PatientID, r.Value.AppName
		op, err := c.keepRequest(id, r.Version, r.Value)
		if err != nil {
			return "", err
		}
		return c.back(r.Value.Redirect, url.Values{"error": {"access_denied"}, "state": {r.Value.State}}), c.base.Commit(ctx, e, op)
	}
	if err := c.signin.StepUpNeeded(ctx, actor); err != nil { // to say no, and to stop an app, nobody is asked
		return "", err
	}
	scopes := slices.DeleteFunc(slices.Clone(r.Value.Scopes), func(s string) bool {
		return slices.Contains(asked, s) && !slices.Contains(allow, s)
	})
	g, ops, err := c.grantOps(ctx, actor, r.Value, scopes)
	if err != nil {
		return "", err
	}
	secret := unguessable()
	r.Value.Code, r.Value.CodeUntil, r.Value.Grant, r.Value.Gen = hashed("code", secret), c.now().UTC().Add(codeLife), g.ID, g.Gen
	op, err := c.keepRequest(id, r.Version, r.Value)
	if err != nil {
		return "", err
	}
	e := c.base.AuditEvent(actor, "app.allowed")
	e.Ref, e.PatientID, e.App, e.Basis, e.Count = g.ID, actor.PatientID, r.Value.AppName, models.BasisSelf, len(allow)
	return c.back(r.Value.Redirect, url.Values{"code": {id + "." + secret}, "state": {r.Value.State}}), c.base.Commit(ctx, e, append(ops, op)...)
}
