// Package firebase verifies what Firebase says of who signed in there, by Firebase's
// own SDK.
package firebase

import (
	"context"
	"errors"
	"net"
	"os"
	"time"

	"firebase.google.com/go/v4/auth"
	"google.golang.org/api/option"

	"handrail/care/sso"
	sdk "handrail/firebase"
	"handrail/models"
)

// EmulatorVariable is read by the SDK. While it is set, no signature is checked.
const EmulatorVariable = "FIREBASE_AUTH_EMULATOR_HOST"

const maxToken = 8 << 10 // bytes

// Verifier verifies ID tokens of one project.
type Verifier struct{ client *auth.Client }

var _ sso.FirebaseVerifier = (*Verifier)(nil)

// New makes a verifier. emulator is the address of the Firebase Auth emulator on this
// machine, "" for Firebase itself: then the variable must not be there. Its error is a
// sentence for the operator.
func New(ctx context.Context, project, emulator string) (*Verifier, error) {
	if err := CheckEmulator(emulator); err != nil {
		return nil, err
	}
	if emulator != "" {
		if err := os.Setenv(EmulatorVariable, emulator); err != nil {
			return nil, err
		}
	}
	client, err := sdk.Client(ctx, auth.NewClient, project, option.WithoutAuthentication())
	if err != nil {
		return nil, errors.New("the Firebase SDK does not start")
	}
	return &Verifier{client}, nil
}

// CheckEmulator refuses an emulator that is not on this machine, and one that somebody
// has set behind our back.
func CheckEmulator(emulator string) error {
	if set := os.Getenv(EmulatorVariable); set != "" && set != emulator {
		return errors.New(EmulatorVariable + " is set: with it Firebase's SDK checks no signature. Take it away")
	}
	if emulator == "" {
		return nil
	}
	host, _, err := net.SplitHostPort(emulator)
	if ip := net.ParseIP(host); err != nil || host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return errors.New("the Firebase emulator must be on this machine, such as 127.0.0.1:9099")
	}
	return nil
}

// Verify tells who an ID token is of. KindInvalid: of nobody; KindUnavailable: the keys
// can't be had.
func (v *Verifier) Verify(ctx context.Context, token string) (sso.FirebasePerson, error) {
	if len(token) > maxToken {
		return sso.FirebasePerson{}, invalid(nil)
	}
	t, err := v.client.VerifyIDToken(ctx, token)
	switch {
	case err != nil && auth.IsCertificateFetchFailed(err):
		return sso.FirebasePerson{}, &models.Error{Kind: models.KindUnavailable, Code: "provider-unavailable",
			Text: "That sign-in can't be reached right now. Please try again, or use another way in.", Err: errors.New("no certificates")}
	case err != nil:
		return sso.FirebasePerson{}, invalid(err)
	}
	p := sso.FirebasePerson{Subject: t.UID, At: time.Unix(t.AuthTime, 0)}
	p.Phone, _ = t.Claims["phone_number"].(string)
	p.Email, _ = t.Claims["email"].(string)
	p.EmailVerified, _ = t.Claims["email_verified"].(bool)
	return p, nil
}

func invalid(error) error { // the SDK's words quote the token
	return models.E(models.KindInvalid, "firebase-token-not-valid", "That sign-in can't be used.")
}
