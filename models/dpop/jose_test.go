package dpop_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"handrail/cmd/handrail-test/npm"
	"handrail/models/dpop"
)

const joseMakes = `
import { SignJWT, generateKeyPair, exportJWK, calculateJwkThumbprint } from './package/dist/node/esm/index.js';
const { publicKey, privateKey } = await generateKeyPair('ES256');
const jwk = await exportJWK(publicKey);
const proof = await new SignJWT({ htm: 'POST', htu: 'https://care.example.org/v1/x', nonce: 'n', jti: 'j' })
  .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk }).setIssuedAt().sign(privateKey);
console.log(proof, await calculateJwkThumbprint(jwk));
`

// TestProofsOfJoseAreRead: another program's proofs hold, and it names the key alike.
func TestProofsOfJoseAreRead(t *testing.T) {
	dir := t.TempDir()
	if err := npm.Jose.Unpack(dir); err != nil {
		if os.Getenv("HANDRAIL_TEST_REQUIRE_BROWSER") != "" {
			t.Fatal("jose is needed: ", err)
		}
		t.Skip("jose can't be fetched from npm: ", err)
	}
	script := filepath.Join(dir, "make.mjs")
	if err := os.WriteFile(script, []byte(joseMakes), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("node", script).CombinedOutput()
	if err != nil {
		t.Fatal(err, string(out))
	}
	proof, thumbprint, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
	got, err := dpop.Read(dpop.Call{Proof: proof, Method: "POST", Origins: []string{"https://care.example.org"}, Path: "/v1/x"})
	if err != nil || got != (dpop.Proof{ID: "j", Thumbprint: thumbprint, Nonce: "n"}) {
		t.Errorf("%+v %v", got, err)
	}
}
