package handlers_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"handrail/handlers"
	"handrail/handlers/edge/edgetest"
)

// secretNames are what members that hold secrets are called.
var secretNames = regexp.MustCompile(`(?i)"(?:[a-z]*(?:token|secret|password|credential|ticket)|auth|code)":`)

// TestNoSecretIsCompressed: no answer to GET that has a member with such a name is of a
// route whose answers are compressed.
func TestNoSecretIsCompressed(t *testing.T) {
	api := handlers.New(handlers.Config{})
	doc := document()
	for _, op := range operations() {
		if op.Method != http.MethodGet || api.NeverCompressed(op.Path) || op.Responses["200"] == nil {
			continue
		}
		for _, media := range op.Responses["200"].Content {
			if media.Schema == nil || media.Schema.Ref == "" {
				continue
			}
			schema, err := doc.Components.Schemas.SchemaFromRef(media.Schema.Ref).MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range secretNames.FindAllString(string(schema), -1) {
				if !harmless[op.OperationID+" "+strings.Trim(name, `":`)] {
					t.Errorf("%s answers %s", op.OperationID, name)
				}
			}
		}
	}
}

// harmless are members whose names sound secret and that are not.
var harmless = map[string]bool{
	"readPushDevice freshTokenWanted": true, // a yes or no
	"readTask code":                   true, // what kind of task it is (FHIR)
}

// TestHeadIsGetWithoutABody: the same status and headers, on every address of GET.
func TestHeadIsGetWithoutABody(t *testing.T) {
	c := openClinic(t)
	for _, op := range operations() {
		if op.Method != http.MethodGet {
			continue
		}
		// One visit for both: what a visit needs is made for it, and making it twice
		// changes what is read.
		token, visit := c.allowed(t, op), c.visitFor(t, op.OperationID)
		get := c.call(t, op, visit, token)
		head := *op
		head.Method = http.MethodHead
		res := c.call(t, &head, visit, token)
		if body := edgetest.ReadAll(t, res.Body); body != "" || res.StatusCode != get.StatusCode {
			t.Errorf("%s: HEAD gives %d %q, GET %d", op.Path, res.StatusCode, body, get.StatusCode)
		}
		for _, name := range []string{"Content-Type", "ETag", "Cache-Control", "Content-Encoding"} {
			if a, b := get.Header.Get(name), res.Header.Get(name); a != b && !strings.Contains(op.Path, "metadata") {
				t.Errorf("%s: %s is %q, in HEAD %q", op.Path, name, a, b)
			}
		}
	}
}

// TestEverythingMadeHasAnAddress: each 201 tells one, which whoever made it can read.
func TestEverythingMadeHasAnAddress(t *testing.T) {
	c := openClinic(t)
	for _, op := range operations() {
		if op.Responses["201"] == nil {
			continue
		}
		if op.Responses["201"].Headers["Location"] == nil {
			t.Errorf("%s does not tell Location in the document", op.OperationID)
		}
		if where := c.api.LocationOf(op); where == "" {
			t.Errorf("%s has nowhere", op.OperationID)
		}
		token := c.allowed(t, op)
		res := c.call(t, op, c.visitFor(t, op.OperationID), token)
		if res.StatusCode != http.StatusCreated {
			continue // the code of the table's enrol is wrong on purpose
		}
		where := res.Header.Get("Location")
		if where == "" {
			t.Errorf("%s tells no Location", op.OperationID)
			continue
		}
		if op.OperationID == "createEnrolmentCode" {
			continue // a code is shown this once
		}
		look, err := c.api.App().Test(newRequest("GET", where, "", token), -1)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(where, "/") || look.StatusCode >= 400 {
			t.Errorf("%s: Location %q gives %d", op.OperationID, where, look.StatusCode)
		}
		c.repair(t, op.OperationID, 1)
	}
}

// TestAddressesOfProgramsTakeAnyParameter: who was handed an address hangs things to it.
func TestAddressesOfProgramsTakeAnyParameter(t *testing.T) {
	c := openClinic(t)
	for _, op := range operations() {
		v := c.visitFor(t, op.OperationID)
		v.query = strings.TrimSuffix("?fbclid=1&_=2&"+strings.TrimPrefix(v.query, "?"), "&")
		token := c.allowed(t, op)
		plain, res := c.call(t, op, c.visitFor(t, op.OperationID), token), c.call(t, op, v, token)
		tolerant := len(op.Security) == 0 || strings.HasSuffix(op.Path, ".ics")
		if tolerant && res.StatusCode == 422 && plain.StatusCode != 422 {
			t.Errorf("%s refuses what was hung to it", op.Path)
		}
	}
}
