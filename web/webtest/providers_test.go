package webtest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"handrail/signon/signontest"
)

// hospitalFile is the operator's file that names a provider.
func hospitalFile(t *testing.T, p *signontest.Provider) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte(p.Secret), 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(map[string]any{"providers": []any{map[string]any{"id": "hospital", "name": "Riverside Hospital", "issuer": p.Issuer(),
		"clientId": p.ClientID, "clientSecretFile": "secret"}}})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "providers.json")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A person who works here comes by the sign-in of the hospital: the office names their
// address, the page offers the way, and tells later which way it was. Whoever the
// office does not know is told so in plain words.
func TestStaffSignInAtTheHospital(t *testing.T) {
	t.Parallel()
	needAxe(t)
	p := signontest.New(t, now)
	c := openClinic(t, "--oidc-providers", hospitalFile(t, p))
	nurse, admin := c.person("clinician", ""), c.person("administrator", "")

	ward := newPhone(t, c.BaseURL, "en-US")
	ward.load("")
	ward.title("Welcome")
	ward.see("Do you work here?")
	ward.accessible("sign-in with a hospital")
	ward.shot("providers")
	ward.tap("Sign in with Riverside Hospital")
	ward.title("The sign-in did not work")
	ward.see("There is no account here for this sign-in.")
	ward.accessible("sign-in at the hospital that failed")

	office := newPhone(t, c.BaseURL, "en-US")
	office.signIn(admin.EnrolmentCode)
	office.load("#/office/" + nurse.AccountID)
	office.fill("E-mail at the hospital", "ada@hospital.example")
	office.tap("Let this person in")
	office.see("Waits for ada@hospital.example")
	office.accessible("office: a hospital's sign-in")

	ward.tap("Other ways to sign in")
	ward.tap("Sign in with Riverside Hospital")
	ward.title("My patients")
	ward.to("#/devices")
	ward.see("You came by the sign-in of Riverside Hospital")
	ward.see("Tied since")
	ward.accessible("my sign-in at the hospital")
	ward.tap("Tie my account to Riverside Hospital")
	ward.see("Your account is tied to that sign-in now.")
}
