package planning_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
	"testing"

	"handrail/care"
	"handrail/care/apps"
)

// TestAnAppThatWasCopiedIsTold: a code of it came twice, so that it is ended; its patient
// reads that. What the patient does to an app is no news to them.
func TestAnAppThatWasCopiedIsTold(t *testing.T) {
	w := newPlannedClinic(t)
	app, _, err := w.Care.Apps.Register(t.Context(), w.Admin, apps.App{ID: care.NewID(), Name: "Diary", RedirectURIs: []string{"https://diary.example/"}})
	w.ok(err)
	verifier := strings.Repeat("v", 43)
	sum := sha256.Sum256([]byte(verifier))
	id, _, err := w.Care.Apps.Ask(t.Context(), apps.Asked{ResponseType: "code", ClientID: app.ID, RedirectURI: app.RedirectURIs[0], Scope: "patient/Patient.rs", State: "s",
		Audience: w.Care.Apps.Base(), Challenge: base64.RawURLEncoding.EncodeToString(sum[:]), ChallengeMethod: "S256"})
	w.ok(err)
	back, err := w.Care.Apps.Answer(t.Context(), w.sam, id, []string{"patient/Patient.rs"})
	w.ok(err)
	to, err := url.Parse(back)
	w.ok(err)
	trade := apps.Trading{GrantType: "authorization_code", ClientID: app.ID, Code: to.Query().Get("code"), RedirectURI: app.RedirectURIs[0], Verifier: verifier}
	_, err = w.Care.Apps.Trade(t.Context(), trade)
	w.ok(err)
	w.turn()
	if got := w.refs(w.sam.AccountID); len(got) > 0 {
		t.Errorf("what they did themselves: %v", got)
	}
	if _, err := w.Care.Apps.Trade(t.Context(), trade); err == nil {
		t.Error("a code was traded twice")
	}
	w.turn()
	if got := w.refs(w.sam.AccountID); !slices.Equal(got, []string{"apps"}) {
		t.Errorf("they are told of %v", got)
	}
}
