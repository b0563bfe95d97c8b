package firebase

import (
	"context"
	"os"
	"strings"
	"testing"

	"firebase.google.com/go/v4/appcheck"
	"firebase.google.com/go/v4/auth"
	"firebase.google.com/go/v4/messaging"
	"google.golang.org/api/option"
)

func TestThePartsStartWithoutTheApp(t *testing.T) {
	// The SDK's App says its version too, and with it Firestore, Cloud Storage and Envoy would be
	// compiled for this line.
	if needs, err := os.ReadFile("../go.mod"); err != nil || !strings.Contains(string(needs), "firebase.google.com/go/v4 v"+version+"\n") {
		t.Errorf("we say %s and go.mod does not: %v", version, err)
	}
	if c, err := Client(t.Context(), messaging.NewClient, "riverside", option.WithoutAuthentication()); err != nil || c == nil {
		t.Errorf("messaging: %v", err)
	}
	if c, err := Client(t.Context(), auth.NewClient, "riverside", option.WithoutAuthentication()); err != nil || c == nil {
		t.Errorf("auth: %v", err)
	}
	// A configuration that the SDK has changed is told and does not panic.
	for _, f := range []func() error{
		func() error { _, err := Client(t.Context(), appcheck.NewClient, "riverside"); return err },
		func() error {
			_, err := Client(t.Context(), func(context.Context, *struct{ ProjectID []byte }) (*int, error) { return nil, nil }, "riverside")
			return err
		},
	} {
		if f() == nil {
			t.Error("a configuration without our fields was taken")
		}
	}
}
