package handlers_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/crypto"
	zoidc "github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/sso"
	"handrail/models"
	"handrail/signon/oidc"
)

// zitadel is a provider that others have written, with its own login page, over HTTP.
type zitadel struct {
	server *httptest.Server
	store  *storage.Storage
}

func openZitadel(t *testing.T) *zitadel {
	t.Helper()
	before := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler)) // it logs each request
	z := &zitadel{server: httptest.NewUnstartedServer(nil)}
	issuer := "http://" + z.server.Listener.Addr().String() + "/"
	storage.RegisterClients(storage.WebClient("handrail", "a secret", hospitalURL+"/v1/auth/providers/zitadel/callback"))
	z.store = storage.NewStorage(storage.NewUserStore(issuer))
	z.server.Config.Handler = exampleop.SetupServer(issuer, z.store, nil, false)
	z.server.Start()
	t.Cleanup(func() {
		z.server.Close()
		slog.SetDefault(before)
	})
	return z
}

func (z *zitadel) issuer() string { return z.server.URL + "/" }

// clock is the provider's own, by its Date header: its tokens bear real times.
func (z *zitadel) clock(t *testing.T) time.Time {
	t.Helper()
	res, err := http.Get(z.issuer() + ".well-known/openid-configuration")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	at, err := http.ParseTime(res.Header.Get("Date"))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// login is somebody who types their name and password there. It gives the address that
// they are sent back to.
func (z *zitadel) login(t *testing.T, authorizeURL string) *url.URL {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	var back *url.URL
	client := http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), hospitalURL) {
			back = r.URL
			return http.ErrUseLastResponse
		}
		return nil
	}}
	res, err := client.Get(authorizeURL)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	id := res.Request.URL.Query().Get("authRequestID")
	if id == "" {
		page, _ := io.ReadAll(res.Body)
		t.Fatalf("no login page: %s %s", res.Request.URL, page)
	}
	res, err = client.PostForm(z.server.URL+"/login/username", url.Values{"id": {id}, "username": {"test-user@127.0.0.1"}, "password": {"verysecure"}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if back == nil {
		t.Fatalf("not sent back: %s", res.Status)
	}
	return back
}

// TestSignInAtZitadel goes the whole way with a provider that others have written:
// discovery, PKCE, its login page, the code, its keys, userinfo, and a logout token of
// its own making.
func TestSignInAtZitadel(t *testing.T) {
	z := openZitadel(t)
	h := &hospital{t: t}
	now := func() time.Time { return h.Clock.Now() }
	h.Clinic = caretest.NewWith(t, func(c *care.Config) {
		c.BaseURL, c.SSO = hospitalURL, sso.Config{Providers: []sso.Provider{{ID: "zitadel", Name: "Zitadel", Client: oidc.New(oidc.Config{
			Issuer: z.issuer(), ClientID: "handrail", ClientSecret: "a secret", Now: now})}}}
	})
	h.Clock.Set(z.clock(t))
	h.api = h.instance(h.Care)
	h.Admin = h.First(models.RoleAdministrator, "") // signed in at the provider's hour
	nurse := h.nurse()
	h.expect(nurse.AccountID, "zitadel", "test-user@zitadel.ch")
	to, cookie := h.begin("zitadel")
	back := z.login(t, to)
	code, body := h.back(back, cookie)
	if code != "" {
		t.Fatal(code, body)
	}
	token := body["accessToken"].(string)
	if body["session"].(map[string]any)["accountId"] != nurse.AccountID || !h.lives(h.api, token) {
		t.Fatalf("%v", body)
	}
	key, err := z.store.SigningKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	signer, err := op.SignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	claims := zoidc.NewLogoutTokenClaims(z.issuer(), "id1", zoidc.Audience{"handrail"}, h.Clock.Now().Add(2*time.Minute), care.NewID(), "", 0)
	logout, err := crypto.Sign(claims, signer)
	if err != nil {
		t.Fatal(err)
	}
	if status := h.logout("zitadel", logout); status != http.StatusOK || h.lives(h.api, token) {
		t.Errorf("logout: %d", status)
	}
	if status := h.logout("zitadel", logout); status != http.StatusBadRequest {
		t.Errorf("replayed: %d", status)
	}
	if again := z.login(t, to); again.Query().Get("code") == "" {
		t.Error("the provider gives a second code for a state that is used")
	} else if code, _ := h.back(again, cookie); code == "" && h.lives(h.api, token) {
		t.Error("a second answer to one state came in")
	}
}
