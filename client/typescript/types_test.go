package typescript

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the types anew")

// The types that are kept are those of the document that is kept.
func TestTypesAreThoseOfTheDocument(t *testing.T) {
	document, err := os.ReadFile("../../handlers/testdata/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	made, err := Types(document)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(File, made, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if kept, err := os.ReadFile(File); err != nil || !bytes.Equal(kept, made) {
		t.Errorf("%s is not of the golden document (%v): go test ./client/typescript -update", File, err)
	}
}

func TestWhatTypesAreMadeOf(t *testing.T) {
	made, err := Types([]byte(`{"paths": {"/v1/x/{id}": {"parameters": [], "put": {"operationId": "setX", "summary": "Set */ it.",
		"parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}, {"name": "If-Match", "in": "header", "schema": {"type": "string"}}],
		"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/X"}}}},
		"responses": {"200": {"content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/X"}}}}}, "422": {"content": {"application/problem+json": {"schema": {"type": "string"}}}}}}}},
		"components": {"schemas": {"X": {"properties": {"a-b": {"enum": ["1", "2"]}, "by": {"additionalProperties": {"type": ["number", "null"]}, "type": "object"}, "any": {}}, "required": ["by"]}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`setX: { method: "PUT"; path: "/v1/x/{id}"; params: { id: string }; headers: { "If-Match"?: string }; body: X; answer: Array<X> };`,
		`"a-b"?: "1" | "2";`, "by: Record<string, number | null>;", "any?: unknown;", `/** Set *\/ it. */`} {
		if !strings.Contains(string(made), want) {
			t.Errorf("%s is not in\n%s", want, made)
		}
	}
}
