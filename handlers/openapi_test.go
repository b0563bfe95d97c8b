package handlers_test

import (
	"context"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"handrail/client/typescript"
	"handrail/handlers"
	"handrail/handlers/door"
	"handrail/handlers/edge"
)

// publicOperations are the operations that nobody needs to sign in for. Whoever
// adds one says here why.
var publicOperations = map[string]string{
	"enrol":                  "it is how one signs in",
	"refresh":                "the refresh token is the proof",
	"offerPasskey":           "it is how one signs in",
	"signInWithPasskey":      "the passkey's signature is the proof",
	"signInWithPIN":          "the device's last refresh token and the PIN are the proof",
	"signInWithRecoveryCode": "the code is the proof",
	"searchEducation":        "pages are everybody's; what is looked for is kept nowhere",
	"readInvitation":         "the code is the proof",
	"takeInvitation":         "it is how somebody who was invited signs in; the code is the proof",
	"readSite":               "a person reads who the clinic is before signing in",
	"readKeys":               "public keys (RFC 7517)",
	"listEmergencyNumbers":   "nothing stands between a person and the numbers",
	"readEmergencyNumbers":   "nothing stands between a person and the numbers",
	"readPushKey":            "a public key",
	"unsubscribe":            "mail programs can't sign in: the token is the proof (RFC 8058)",
	"hearSMS":                "a gateway can't sign in: its signature is the proof",
	"reportSMS":              "a gateway can't sign in: its signature is the proof",
	"returnMail":             "a mail host can't sign in: its signature is the proof",
	"confirmEmail":           "whoever reads the mailbox need not be signed in there: the token is the proof",
	"readFHIRMetadata":       "a client learns from it how to sign in",
	"subscribeCalendar":      "calendar programs can't sign in: the address holds the proof",
	"listEducation":          "pages to read are the same for everybody and say nothing of anybody",
	"readEducation":          "pages to read are the same for everybody and say nothing of anybody",
	"readEducationPack":      "pages to read are the same for everybody and say nothing of anybody",
	"readEducationFile":      "pages to read are the same for everybody and say nothing of anybody",
	"listProviders":          "the sign-in page offers them",
	"beginProviderSignIn":    "it is how one signs in",
	"returnFromProvider":     "a browser comes back: its cookie and the state are the proof",
	"finishProviderSignIn":   "the browser's cookie is the proof",
	"endByProvider":          "a provider can't sign in: its signature is the proof",
	"signInByFirebase":       "it is how one signs in",
	"authorizeApp":           "a browser comes from an app; the person signs in before they answer",
	"authorizeAppByForm":     "the same, as a form",
	"tradeForToken":          "the code and its verifier are the proof",
	"introspectToken":        "the app's secret is the proof",
	"revokeToken":            "the app's secret and the token are the proof",
	"readAppKeys":            "a public key",
	"readSmartConfiguration": "an app learns from it how to ask",
	"readAppIssuer":          "an app learns from it whose key signs",
}

// planOperations open with an expired token of a live session, and only they.
var planOperations = []string{"readCrisisPlanBundle"}

func TestEveryOperationAsksWhoCalls(t *testing.T) {
	if open := openOperations(operations()); len(open) > 0 {
		t.Errorf("need sign-in, or a line in publicOperations: %v", open)
	}
	// The check can fail: nobody listed these.
	a := handlers.New(handlers.Config{})
	for _, id := range []string{"readOpen", "readHalf"} {
		op := huma.Operation{OperationID: id, Method: "GET", Path: "/v1/" + id, Security: edge.Public}
		if id == "readHalf" {
			op.Security = handlers.PlanCredential
		}
		door.Register(a.API, op, func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
	}
	if open := openOperations(operationsOf(a.Document())); !slices.Equal(open, []string{"readHalf", "readOpen"}) {
		t.Errorf("noticed only %v", open)
	}
}

// openOperations lists what can be called without an access token although nobody
// said that it may.
func openOperations(all []*huma.Operation) (open []string) {
	for _, op := range all {
		_, listed := publicOperations[op.OperationID]
		switch {
		case len(op.Security) == 0 && !listed:
		case len(op.Security) > 0 && op.Security[0]["bearer"] == nil && !slices.Contains(planOperations, op.OperationID):
		default:
			continue
		}
		open = append(open, op.OperationID)
	}
	slices.Sort(open)
	return open
}

func TestPublicOperationsExist(t *testing.T) {
	there := map[string]bool{}
	for _, op := range operations() {
		there[op.OperationID] = true
	}
	for id := range maps.Keys(publicOperations) {
		if !there[id] {
			t.Errorf("%s is listed as public and does not exist", id)
		}
	}
}

func TestOpenAPIGolden(t *testing.T) {
	goldenJSON(t, "testdata/openapi.json", document())
	if *update { // its own test holds them against the document
		document, err := os.ReadFile("testdata/openapi.json")
		if err != nil {
			t.Fatal(err)
		}
		types, err := typescript.Types(document)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("../client/typescript/"+typescript.File, types, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOperationsAreDescribed(t *testing.T) {
	for _, op := range operations() {
		if op.OperationID == "" || op.Summary == "" || len(op.Tags) != 1 {
			t.Errorf("%s %s: operationId %q, summary %q, tags %v", op.Method, op.Path, op.OperationID, op.Summary, op.Tags)
		}
	}
}

// TestWhatAPathNamesIsRead: a part of an address that no input has is read by nobody, and
// the operation answers as for an id that is not there.
func TestWhatAPathNamesIsRead(t *testing.T) {
	for _, op := range operations() {
		for _, part := range strings.Split(op.Path, "/") {
			name, named := strings.CutPrefix(part, "{")
			name, _, _ = strings.Cut(strings.ReplaceAll(name, "...", ""), "}")
			if named && !slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "path" && p.Name == name }) {
				t.Errorf("%s does not read %s of its address", op.OperationID, name)
			}
		}
	}
}
