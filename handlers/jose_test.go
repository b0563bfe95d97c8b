package handlers_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"handrail/cmd/handrail-test/npm"
	"handrail/handlers/fhirapi"
)

// joseVerifies says of each token whether npm jose verifies it by its set of keys, and of
// a proof of our own page whether it verifies by the key that it names.
const joseVerifies = `
import { readFileSync } from 'node:fs';
import { createLocalJWKSet, jwtVerify, EmbeddedJWK } from './package/dist/node/esm/index.js';
globalThis.location = { href: 'https://care.example.org/' };
const { makeKey, proof, heard } = await import('./app/proof.js');
const { now, tokens, access } = JSON.parse(readFileSync('in.json', 'utf8'));
const out = {};
for (const [name, { token, keys, alg }] of Object.entries(tokens)) {
  out[name] = await jwtVerify(token, createLocalJWKSet(keys), { currentDate: new Date(now), algorithms: [alg] }).then((v) => v.protectedHeader.alg, (e) => e.code);
}
heard({ headers: new Map([['DPoP-Nonce', 'n-1']]) });
const made = await proof(await makeKey(), 'POST', '/v1/x?y=1', access);
const { payload, protectedHeader } = await jwtVerify(made, EmbeddedJWK, { typ: 'dpop+jwt', algorithms: ['ES256'] });
out.proof = [protectedHeader.alg, payload.htm, payload.htu, payload.nonce, payload.ath?.length, Object.keys(protectedHeader.jwk).sort().join('')].join(' ');
console.log(JSON.stringify(out));
`

// TestJoseVerifiesWhatIsSignedHere: another program's library verifies what this one
// signs, by the keys that it publishes, and refuses each by the keys of the other kind.
func TestJoseVerifiesWhatIsSignedHere(t *testing.T) {
	dir := t.TempDir()
	if err := npm.Jose.Unpack(dir); err != nil {
		if os.Getenv("HANDRAIL_TEST_REQUIRE_BROWSER") != "" {
			t.Fatal("jose is needed: ", err)
		}
		t.Skip("jose can't be fetched from npm: ", err)
	}
	c := openApps(t, false)
	app := c.allowed("openid fhirUser "+seePatient, seePatient)
	_, own := c.do("GET", "/.well-known/jwks.json", nil, "")
	_, config := c.do("GET", fhirapi.Base+"/.well-known/smart-configuration", nil, "")
	_, apps := c.do("GET", strings.TrimPrefix(config["jwks_uri"].(string), hospitalURL), nil, "")
	type signed struct {
		Token string         `json:"token"`
		Keys  map[string]any `json:"keys"`
		Alg   string         `json:"alg"`
	}
	access, id := app["access_token"].(string), app["id_token"].(string)
	in := map[string]any{"now": c.Clock.Now(), "access": c.token, "tokens": map[string]signed{
		"ours": {c.token, own, "EdDSA"}, "app": {access, apps, "RS256"}, "id": {id, apps, "RS256"},
		"ours by the other keys": {c.token, apps, "EdDSA"}, "app by the other keys": {access, own, "RS256"}, "a changed one": {wrongMiddle(id), apps, "RS256"}}}
	files := map[string]string{"in.json": mustJSON(t, in), "verify.mjs": joseVerifies, "app/package.json": `{"type":"module"}`}
	for _, name := range []string{"proof.js", "uuid.js", "safely.js"} {
		text, err := os.ReadFile("../web/app/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files["app/"+name] = string(text)
	}
	if err := os.Mkdir(filepath.Join(dir, "app"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := exec.Command("node", "verify.mjs")
	run.Dir = dir
	said, err := run.CombinedOutput()
	if err != nil {
		t.Fatal(err, string(said))
	}
	var got map[string]string
	if err := json.Unmarshal(said, &got); err != nil {
		t.Fatal(err, string(said))
	}
	for name, want := range map[string]string{"ours": "EdDSA", "app": "RS256", "id": "RS256", "ours by the other keys": "ERR_JWKS_NO_MATCHING_KEY",
		"app by the other keys": "ERR_JWKS_NO_MATCHING_KEY", "a changed one": "ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
		"proof": "ES256 POST https://care.example.org/v1/x n-1 43 crvktyxy"} {
		if got[name] != want {
			t.Errorf("%s: %q, want %q", name, got[name], want)
		}
	}
}

// wrongMiddle is a token whose signature is another one.
func wrongMiddle(token string) string {
	at := strings.LastIndex(token, ".") + 20
	other := "A"
	if token[at:at+1] == other {
		other = "B"
	}
	return token[:at] + other + token[at+1:]
}
