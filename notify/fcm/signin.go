package fcm

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"sync/atomic"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/google"
)

// signIn is the sign-in at Google that each request carries. A nil one is none.
type signIn struct {
	source oauth2.TokenSource // keeps a token until shortly before its end
	kept   atomic.Pointer[oauth2.Token]
}

// kindsOfKey are the files that Google's console gives somebody who is to sign in.
var kindsOfKey = []google.CredentialsType{google.ServiceAccount, google.ExternalAccount, google.ImpersonatedServiceAccount, google.AuthorizedUser}

func newSignIn(ctx context.Context, file string) (*signIn, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, errors.New("the file with the Firebase credentials is not there")
	}
	var key struct {
		Type google.CredentialsType `json:"type"`
	}
	err = json.Unmarshal(text, &key)
	if err == nil && !slices.Contains(kindsOfKey, key.Type) {
		err = errors.New("an unknown kind of key")
	}
	var creds *google.Credentials
	if err == nil {
		creds, err = google.CredentialsFromJSONWithType(ctx, text, key.Type, scope)
	}
	if err != nil {
		return nil, errors.New("the Firebase credentials can't be used: the file is not a service account's key")
	}
	return &signIn{source: creds.TokenSource}, nil
}

// token is back when ctx ends. Google's own source does not know a request's context, so
// it is asked beside the request, and only when the token that was kept runs out.
func (s *signIn) token(ctx context.Context) (*oauth2.Token, error) {
	if t := s.kept.Load(); t.Valid() {
		return t, nil
	}
	type answer struct {
		token *oauth2.Token
		err   error
	}
	came := make(chan answer, 1)
	go func() {
		t, err := s.source.Token()
		if err == nil {
			s.kept.Store(t)
		}
		came <- answer{t, err}
	}()
	select {
	case a := <-came:
		return a.token, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
