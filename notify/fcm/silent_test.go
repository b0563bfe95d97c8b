package fcm

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"
	"time"

	"handrail/notify"
	"handrail/notify/notifytest"
)

// TestAServerThatTakesEverythingAndSaysNothing: Send is back when its context ends,
// whether FCM itself is silent or the sign-in before it.
func TestAServerThatTakesEverythingAndSaysNothing(t *testing.T) {
	address, stop, err := notifytest.Silent()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "account.json")
	account, err := json.Marshal(map[string]string{"type": "service_account", "project_id": "demo", "client_email": "a@demo.example",
		"private_key": string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw})), "token_uri": "http://" + address + "/token"})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, account, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]Config{
		"messages": {ProjectID: "demo", Endpoint: "http://" + address + "/v1"},
		"sign-in":  {ProjectID: "demo", CredentialsFile: file},
	} {
		t.Run(name, func(t *testing.T) {
			ch, err := New(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer cancel()
			came := make(chan []notify.Result, 1)
			go func() {
				came <- ch.Send(ctx, []notify.Message{message("a", notify.CodeLook), message("b", notify.CodeLook)})
			}()
			select {
			case out := <-came:
				want := map[string]notify.Outcome{"messages": notify.Lost, "sign-in": notify.Retry}[name]
				if out[0].Outcome != want || out[1].Outcome != want {
					t.Errorf("%+v", out)
				}
			case <-time.After(15 * time.Second):
				t.Fatal("it is not back")
			}
		})
	}
}
