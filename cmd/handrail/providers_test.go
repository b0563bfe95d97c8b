package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const goodProvider = `"id":"hospital","name":"Riverside Hospital","issuer":"https://login.example.org","clientId":"handrail"`

// TestFileOfSignIns: what is in it, and every mistake is told without the secret.
func TestFileOfSignIns(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("CANARY-SECRET\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	read := func(text string) (int, error) {
		path := filepath.Join(dir, "providers.json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := readProviders(path, nil)
		return len(got), err
	}
	for _, good := range []string{`{}`, `{"providers":[]}`, `{"providers":[{` + goodProvider + `}]}`,
		`{"providers":[{` + goodProvider + `,"clientSecretFile":"secret","scopes":["email"],"trustEmail":true,"createAccounts":true,"roleClaim":"groups","roles":[{"value":"n","role":"clinician","discipline":"nursing"},{"value":"d","role":"coordinator"}]}]}`,
		`{"providers":[{` + strings.Replace(goodProvider, "https://login.example.org", "http://127.0.0.1:9998/", 1) + `}]}`} {
		if _, err := read(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{``, `[]`, `{"provider":[]}`, `{"providers":[{}]}`, `{"providers":[{` + goodProvider + `},{` + goodProvider + `}]}`,
		`{"providers":[{` + goodProvider + `,"secret":"CANARY-SECRET"}]}`,
		`{"providers":[{` + goodProvider + `,"clientSecretFile":"none"}]}`,
		`{"providers":[{` + goodProvider + `,"createAccounts":true}]}`,
		`{"providers":[{` + goodProvider + `,"roles":[{"value":"p","role":"patient"}]}]}`,
		`{"providers":[{` + goodProvider + `,"roles":[{"value":"n","role":"clinician"}]}]}`,
		`{"providers":[{` + goodProvider + `,"roles":[{"value":"n","role":"coordinator","discipline":"nursing"}]}]}`,
		`{"providers":[{` + strings.Replace(goodProvider, `"hospital"`, `"../x"`, 1) + `}]}`,
		`{"providers":[{` + strings.Replace(goodProvider, "https", "http", 1) + `}]}`,
		`{"providers":[{` + strings.Replace(goodProvider, "https://", "file:///", 1) + `}]}`,
		`{"providers":[{` + strings.Replace(goodProvider, "https://", "https://user:CANARY-SECRET@", 1) + `}]}`} {
		if n, err := read(bad); err == nil || n != 0 || strings.Contains(err.Error(), "CANARY") {
			t.Errorf("%s: %d %v", bad, n, err)
		}
	}
	if _, err := readProviders(filepath.Join(dir, "none.json"), nil); err == nil {
		t.Error("a file that is not there")
	}
}

// TestEmulatorStandsAlone: beside anything that reaches people it is refused.
func TestEmulatorStandsAlone(t *testing.T) {
	on := []string{"--firebase-emulator", "127.0.0.1:9099"}
	project := append(on, "--firebase-project", "riverside")
	if _, _, err := readSettings(project, nil, nil); err != nil {
		t.Error(err)
	}
	for _, with := range [][]string{on, append(project, "--base-url", "https://care.example.org"), append(project, "--base-url", "http://care.example.org"), append(project, "--listen", "0.0.0.0"), append(project, "--trusted-proxies", "10.0.0.1"), append(project, "--oidc-providers", "x.json"), append(project, "--smtp-host", "mail.example.org", "--smtp-from", "no-reply@example.org"),
		append(project, "--fcm-project", "riverside", "--fcm-credentials", "x"), append(project, "--store", "mongodb", "--mongodb-uri", "mongodb://127.0.0.1/")} {
		if _, _, err := readSettings(with, nil, nil); err == nil {
			t.Errorf("%v is taken", with)
		}
	}
}
