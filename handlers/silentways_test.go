package handlers_test

import (
	"context"
	"encoding/base64"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/apps"
	"handrail/care/caretest"
	"handrail/care/sso"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/handlers/fhirapi"
	"handrail/models"
	"handrail/models/family"
)

// anywhere is a hospital and a Firebase that take whoever comes for who they say they
// are: what differs then is what is known here. Tokens themselves are tried in
// TestIDTokensThatMustNotHold and TestFirebaseTellsNobodyWhoIsHere.
type anywhere struct{ now models.Clock }

func (anywhere) Issuer() string { return "https://login.hospital.example" }

func (anywhere) AuthorizeURL(_ context.Context, a sso.Asking) (string, error) {
	return "https://login.hospital.example/authorize?state=" + a.State, nil
}

func (e anywhere) Exchange(_ context.Context, a sso.Answering) (sso.Identity, error) {
	return sso.Identity{Issuer: e.Issuer(), Subject: a.Code, Email: a.Code + "@hospital.example", EmailVerified: true}, nil
}

func (anywhere) ReadLogout(context.Context, string) (sso.Logout, error) {
	return sso.Logout{}, errors.New("not asked here")
}

func (e anywhere) Verify(_ context.Context, token string) (sso.FirebasePerson, error) {
	return sso.FirebasePerson{Subject: token, Email: token + "@mail.example", EmailVerified: true, At: e.now()}, nil
}

// silentClinic is a clinic with every way in that a stranger can try.
type silentClinic struct {
	*caretest.Clinic
	t   testing.TB
	api *handlers.API
	app string // of others, without a secret
	// closed is an app with a secret.
	closed, secret string
}

func openSilent(t testing.TB) *silentClinic {
	t.Helper()
	c := &silentClinic{t: t}
	e := anywhere{func() time.Time { return c.Clock.Now() }}
	c.Clinic = caretest.NewWith(t, func(config *care.Config) {
		config.BaseURL = hospitalURL
		config.SSO = sso.Config{Providers: []sso.Provider{{ID: "hospital", Name: "Riverside Hospital", Client: e}}, Firebase: &sso.Firebase{Project: "riverside", Verifier: e}}
	})
	c.api = handlers.New(handlers.Config{Edge: edge.Config{BaseURL: hospitalURL, Secure: true, Log: slog.New(slog.DiscardHandler), Now: c.Clock.Now, Version: "test"}, Care: c.Care})
	holdToDocument(t, c.api)
	c.must(c.Care.SSO.AgreeToFirebase(t.Context(), c.Admin, sso.FirebaseAgreement{Agreement: "BAA of 2026-01-02", SenderName: "Your code"}))
	for _, confidential := range []bool{false, true} {
		app, secret, err := c.Care.Apps.Register(t.Context(), c.Admin, apps.App{ID: care.NewID(), Name: "Diary", RedirectURIs: []string{diaryBack}, Confidential: confidential})
		c.must(err)
		if c.app = app.ID; confidential {
			c.closed, c.secret = app.ID, secret
		}
	}
	c.app, c.closed = c.publicApp(), c.app
	return c
}

func (c *silentClinic) publicApp() string {
	app, _, err := c.Care.Apps.Register(c.t.Context(), c.Admin, apps.App{ID: care.NewID(), Name: "Diary", RedirectURIs: []string{diaryBack}})
	c.must(err)
	return app.ID
}

func (c *silentClinic) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *silentClinic) suspended(id string) {
	_, err := c.Care.People.Suspend(c.t.Context(), c.Admin, care.AnyVersion, id, true)
	c.must(err)
}

func form(path string, values url.Values) *http.Request {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// groups are the requests of a way, of one identifier each time.
type groups = map[string]func() *http.Request

// ways are those of TestOtherWaysTellNothingOfPeople.
func (c *silentClinic) ways() map[string]groups {
	out := map[string]groups{"hospital's sign-in, back": c.backs(), "Firebase": c.firebase(), "calendar": c.calendars()}
	maps.Copy(out, c.invitations())
	maps.Copy(out, c.appTokens())
	return out
}

func wrongEnd(text string) string {
	if strings.HasSuffix(text, "0") {
		return text[:len(text)-1] + "1"
	}
	return text[:len(text)-1] + "0"
}

func (c *silentClinic) invitations() map[string]groups {
	ctx := c.t.Context()
	invite := func() (own *care.Chart, id, code string) {
		who := c.Patient()
		own, id = c.Chart(who, who.PatientID), care.NewID()
		in, err := own.Family.Invite(ctx, id, family.InvitationTerms{From: "Sam", Name: "Mum", Relationship: "parent"})
		c.must(err)
		return own, id, in.Code
	}
	codes := map[string]func() string{
		"registered": func() string { _, _, code := invite(); return wrongEnd(code) },
		"nobody's": func() string {
			return strings.ToUpper(strings.ReplaceAll(care.NewID(), "-", ""))[22:32]
		},
		"taken away": func() string {
			own, id, code := invite()
			c.must(own.Family.CancelInvitation(ctx, id))
			return code
		},
		"shut": func() string {
			_, _, code := invite()
			for range 5 {
				if _, err := c.Care.Family.Offer(ctx, "a", wrongEnd(code)); models.KindOf(err) != models.KindInvalid {
					c.t.Fatal(err)
				}
			}
			return code
		},
		"used": func() string {
			_, _, code := invite()
			_, err := c.Care.Family.Join(ctx, c.Supporter(c.Patient()), "a", code, true)
			c.must(err)
			return code
		},
	}
	read, take := groups{}, groups{}
	for name, code := range codes {
		read[name] = func() *http.Request {
			return knockWith("/v1/auth/invitations/read", map[string]any{"code": code()})
		}
		take[name] = func() *http.Request {
			return knockWith("/v1/auth/invitations/take", map[string]any{"code": code(), "agreed": true, "name": "Rosa", "device": caretest.Phone()})
		}
	}
	return map[string]groups{"invitation, read": read, "invitation, taken": take}
}

// backs are people who come back from their hospital: all are sent to the page, and what
// it learns there is the same for all whom the clinic does not let in.
func (c *silentClinic) backs() groups {
	ctx := c.t.Context()
	people := map[string]func(sub string){
		"nobody's": func(string) {},
		"taken away": func(sub string) {
			who := c.Clinician(models.DisciplineNursing)
			c.must(c.Care.SSO.Expect(ctx, c.Admin, who.AccountID, "hospital", sub+"@hospital.example"))
			ties, err := c.Care.SSO.Ties(ctx, c.Admin, who.AccountID)
			c.must(err)
			c.must(c.Care.SSO.Untie(ctx, c.Admin, who.AccountID, ties[0].ID))
		},
		"shut": func(sub string) {
			who := c.Clinician(models.DisciplineNursing)
			c.must(c.Care.SSO.Expect(ctx, c.Admin, who.AccountID, "hospital", sub+"@hospital.example"))
			c.suspended(who.AccountID)
		},
	}
	out := groups{}
	for name, known := range people {
		out[name] = func() *http.Request {
			sub := care.NewID()
			known(sub)
			b, err := c.Care.SSO.Begin(ctx, models.Actor{}, "hospital", caretest.Phone())
			c.must(err)
			_, state, _ := strings.Cut(b.AuthorizeURL, "state=")
			r := httptest.NewRequest(http.MethodGet, "/v1/auth/providers/hospital/callback?"+url.Values{"state": {state}, "code": {sub}}.Encode(), nil)
			r.Header.Set("Cookie", "__Host-handrail-login="+b.Cookie)
			return r
		}
	}
	return out
}

func (c *silentClinic) firebase() groups {
	ctx := c.t.Context()
	ask := func(uid string) *http.Request {
		return knockWith("/v1/auth/firebase", map[string]any{"idToken": uid, "device": caretest.Phone()})
	}
	known := func() (uid, account string) {
		who := c.Patient()
		uid = care.NewID()
		c.must(c.Care.SSO.ExpectByFirebase(ctx, c.Admin, who.AccountID, "", uid+"@mail.example"))
		return uid, who.AccountID
	}
	return groups{
		"nobody's": func() *http.Request { return ask(care.NewID()) },
		"taken away": func() *http.Request {
			uid, account := known()
			ties, err := c.Care.SSO.Ties(ctx, c.Admin, account)
			c.must(err)
			c.must(c.Care.SSO.Untie(ctx, c.Admin, account, ties[0].ID))
			return ask(uid)
		},
		"shut": func() *http.Request { uid, account := known(); c.suspended(account); return ask(uid) },
		"used": func() *http.Request {
			uid, _ := known()
			_, err := c.Care.SSO.ByFirebase(ctx, uid, caretest.Phone())
			c.must(err)
			return ask(uid)
		},
	}
}

func (c *silentClinic) calendars() groups {
	ctx := c.t.Context()
	ask := func(token string) *http.Request {
		return httptest.NewRequest(http.MethodGet, "/calendar/"+token+".ics", nil)
	}
	feed := func() (models.Actor, string) {
		who := c.Patient()
		token, _, err := c.Care.Visits.NewCalendarFeed(ctx, who)
		c.must(err)
		return who, token
	}
	return groups{
		"registered": func() *http.Request { _, token := feed(); return ask(wrongEnd(token)) },
		"nobody's": func() *http.Request {
			return ask(strings.Repeat("A", 7) + strings.ReplaceAll(care.NewID(), "-", "") + "AAAA")
		},
		"taken away": func() *http.Request {
			who, token := feed()
			c.must(c.Care.Visits.EndCalendarFeed(ctx, who))
			return ask(token)
		},
		"shut": func() *http.Request { who, token := feed(); c.suspended(who.AccountID); return ask(token) },
	}
}

// asked is a patient who lets the app read, up to the code that the app gets.
func (c *silentClinic) asked(app string) (models.Actor, string) {
	who := c.SignIn(c.Patient().AccountID).Session.Actor()
	id, _, err := c.Care.Apps.Ask(c.t.Context(), apps.Asked{ResponseType: "code", ClientID: app, RedirectURI: diaryBack, Scope: "offline_access " + seePatient,
		State: "s", Audience: fhirHere, Challenge: challengeOf(verifier), ChallengeMethod: "S256"})
	c.must(err)
	to, err := c.Care.Apps.Answer(c.t.Context(), who, id, []string{seePatient})
	c.must(err)
	back, err := url.Parse(to)
	c.must(err)
	return who, back.Query().Get("code")
}

// appTokens are what an app of others, or who plays it, shows of a patient.
func (c *silentClinic) appTokens() map[string]groups {
	trade := func(code string) (apps.Given, error) {
		return c.Care.Apps.Trade(c.t.Context(), apps.Trading{GrantType: "authorization_code", ClientID: c.closed, Secret: c.secret, Code: code, RedirectURI: diaryBack, Verifier: verifier})
	}
	given := func() (models.Actor, apps.Given) {
		who, code := c.asked(c.closed)
		g, err := trade(code)
		c.must(err)
		return who, g
	}
	back := func(who models.Actor) {
		all, err := c.Care.Apps.AppsOf(c.t.Context(), who)
		c.must(err)
		c.must(c.Care.Apps.TakeBack(c.t.Context(), who, all[0].ID, ""))
	}
	proven := func(path string, more url.Values) *http.Request {
		maps.Copy(more, url.Values{"client_id": {c.closed}, "client_secret": {c.secret}})
		return form(path, more)
	}
	code := func(text string) *http.Request {
		return proven("/oauth/token", url.Values{"grant_type": {"authorization_code"}, "redirect_uri": {diaryBack}, "code_verifier": {verifier}, "code": {text}})
	}
	refresh := func(text string) *http.Request {
		return proven("/oauth/token", url.Values{"grant_type": {"refresh_token"}, "refresh_token": {text}})
	}
	reads := func(text string) *http.Request {
		r := httptest.NewRequest(http.MethodGet, fhirapi.Base+"/Patient/"+care.NewID(), nil)
		r.Header.Set("Authorization", "Bearer "+text)
		return r
	}
	inquire := func(text string) *http.Request { return proven("/oauth/introspect", url.Values{"token": {text}}) }
	ofTokens := func(ask func(string) *http.Request, token func(apps.Given) string, forged func(apps.Given) (somebodys, nobodys string)) groups {
		return groups{
			"registered": func() *http.Request { _, g := given(); text, _ := forged(g); return ask(text) },
			"nobody's":   func() *http.Request { _, g := given(); _, text := forged(g); return ask(text) },
			"taken away": func() *http.Request { who, g := given(); back(who); return ask(token(g)) },
			"shut":       func() *http.Request { who, g := given(); c.suspended(who.AccountID); return ask(token(g)) },
		}
	}
	access, next := func(g apps.Given) string { return g.AccessToken }, func(g apps.Given) string { return g.RefreshToken }
	signed := func(g apps.Given) (string, string) {
		part := strings.Split(g.AccessToken, ".")
		claims, err := base64.RawURLEncoding.DecodeString(part[1])
		c.must(err)
		end := "." + strings.Repeat("A", len(part[2]))
		other := base64.RawURLEncoding.EncodeToString([]byte(strings.ReplaceAll(string(claims), g.Patient, care.NewID())))
		return part[0] + "." + part[1] + end, part[0] + "." + other + end
	}
	made := func(g apps.Given) (string, string) {
		_, rest, _ := strings.Cut(g.RefreshToken, ".")
		return wrongEnd(g.RefreshToken), strings.Repeat("0", len(g.RefreshToken)-len(rest)-1) + "." + rest
	}
	stranger := func(path string) groups {
		ask := func(id, secret string) *http.Request {
			return form(path, url.Values{"grant_type": {"refresh_token"}, "token": {"x"}, "refresh_token": {"x"}, "client_id": {id}, "client_secret": {secret}})
		}
		return groups{
			"registered": func() *http.Request { return ask(c.closed, wrongEnd(c.secret)) },
			"nobody's":   func() *http.Request { return ask(care.NewID(), c.secret) },
			"taken away": func() *http.Request {
				id := c.publicApp()
				c.must(c.Care.Apps.Remove(c.t.Context(), c.Admin, id))
				return ask(id, "")
			},
		}
	}
	authorize := func(id, to string) *http.Request {
		q := url.Values{"response_type": {"code"}, "client_id": {id}, "redirect_uri": {to}, "scope": {seePatient}, "state": {"s"}, "aud": {fhirHere}, "code_challenge": {challengeOf(verifier)}, "code_challenge_method": {"S256"}}
		return httptest.NewRequest(http.MethodGet, "/oauth/authorize?"+q.Encode(), nil)
	}
	return map[string]groups{
		"app, code": {
			"registered": func() *http.Request { _, text := c.asked(c.closed); return code(wrongEnd(text)) },
			"another's":  func() *http.Request { _, text := c.asked(c.app); return code(text) },
			"nobody's":   func() *http.Request { return code(care.NewID() + "." + strings.Repeat("A", 43)) },
			"taken away": func() *http.Request { who, text := c.asked(c.closed); back(who); return code(text) },
			"shut":       func() *http.Request { who, text := c.asked(c.closed); c.suspended(who.AccountID); return code(text) },
		},
		"app, refresh":      ofTokens(refresh, next, made),
		"app, read":         ofTokens(reads, access, signed),
		"app, introspect":   ofTokens(inquire, access, signed),
		"app, who trades":   stranger("/oauth/token"),
		"app, who inquires": stranger("/oauth/introspect"),
		"app, who revokes":  stranger("/oauth/revoke"),
		"app, authorize": {
			"registered": func() *http.Request { return authorize(c.app, "https://elsewhere.example/back") },
			"nobody's":   func() *http.Request { return authorize(care.NewID(), diaryBack) },
			"taken away": func() *http.Request {
				id := c.publicApp()
				c.must(c.Care.Apps.Remove(c.t.Context(), c.Admin, id))
				return authorize(id, diaryBack)
			},
		},
	}
}

// sameFaces tries each group as often as HANDRAIL_ROUNDS says: status, headers (cookies
// too) and length have to be the same. then looks once more after an answer; nil: no.
func sameFaces(t *testing.T, api *handlers.API, clock *caretest.Clock, way string, of groups, then func(*http.Request) *http.Request) {
	t.Helper()
	faces := map[string][]string{}
	for group, make := range of {
		for range silentRounds() {
			r := make()
			clock.Move(time.Second) // of the pace of an address
			res, err := api.App().Test(r, -1)
			if err != nil {
				t.Fatal(err)
			}
			seen := face(t, res)
			if then != nil {
				if res, err = api.App().Test(then(r), -1); err != nil {
					t.Fatal(err)
				}
				seen += face(t, res)
			}
			if !slices.Contains(faces[seen], group) {
				faces[seen] = append(faces[seen], group)
			}
		}
	}
	if len(faces) > 1 {
		t.Errorf("%s: the answers differ: %v", way, faces)
	}
}

// TestOtherWaysTellNothingOfPeople: what an invitation, a hospital, Firebase, an app of
// others or a calendar can be asked by who has nothing that opens tells nothing of who is here. See
// TestSigningInTellsNothingOfPeople: with many rounds the ways can be shared out among
// processes (-run 'TestOtherWays.*/app').
func TestOtherWaysTellNothingOfPeople(t *testing.T) {
	c := openSilent(t)
	for way, of := range c.ways() {
		var then func(*http.Request) *http.Request
		if way == "hospital's sign-in, back" {
			then = func(r *http.Request) *http.Request {
				f := httptest.NewRequest(http.MethodPost, "/v1/auth/providers/finish", nil)
				f.Header.Set("Cookie", r.Header.Get("Cookie"))
				return f
			}
		}
		t.Run(way, func(t *testing.T) { sameFaces(t, c.api, c.Clock, way, of, then) })
	}
}

// guarded are the ways that let one address try so often only: the bench takes its time.
var guarded = map[string]bool{"Firebase": true, "calendar": true, "invitation, read": true, "invitation, taken": true}

// BenchmarkOtherWays measures how far apart the groups of identifiers are.
//
//	go test ./handlers -run '^$' -bench OtherWays -benchtime 2000x
func BenchmarkOtherWays(b *testing.B) {
	c := openSilent(b)
	ways := c.ways()
	for _, way := range slices.Sorted(maps.Keys(ways)) {
		pace := 400 * time.Millisecond
		if guarded[way] {
			pace = 10 * time.Second
		}
		b.Run(strings.NewReplacer(" ", "-", ",", "", "'", "").Replace(way), func(b *testing.B) {
			of := map[string]func(int) *http.Request{}
			for group, make := range ways[way] {
				var made []*http.Request // some ahead: nobody's are not the only ones that were not written just now
				of[group] = func(i int) *http.Request {
					for i%20 == 0 && len(made) < i+20 {
						made = append(made, make())
					}
					return made[i]
				}
			}
			b.ResetTimer()
			apart(b, of, func(r *http.Request) int {
				c.Clock.Move(pace) // of an address
				res, err := c.api.App().Test(r, -1)
				if err != nil {
					b.Fatal(err)
				}
				if res.StatusCode < 400 { // the browser is sent to the page, an app gets its own words
					return http.StatusBadRequest
				}
				return res.StatusCode
			})
		})
	}
}
