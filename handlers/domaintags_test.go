package handlers_test

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// ofTheEdge finds in a struct tag what is no name of JSON.
var ofTheEdge = regexp.MustCompile(`(\w+):"(?:[^"\\]|\\.)*"`)

// TestTheDomainKnowsNoSchema reads every struct of models and care: a tag says how a field
// is called in JSON, and nothing else. What the document says of it stands in limits.
func TestTheDomainKnowsNoSchema(t *testing.T) {
	read, files := 0, gotoken.NewFileSet()
	for _, dir := range []string{"../models", "../care"} {
		err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				field, ok := n.(*ast.Field)
				if !ok || field.Tag == nil {
					return true
				}
				read++
				for _, key := range schemaKeys(field.Tag.Value) {
					t.Errorf("%s: the tag %s belongs into a table of limits, see limits.go", files.Position(field.Pos()), key)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if read < 800 {
		t.Errorf("only %d tags were read", read)
	}
	if found := schemaKeys("`json:\"a:b\" doc:\"JSON: \\\"x\\\"\" maxLength:\"3\"`"); strings.Join(found, " ") != "doc maxLength" {
		t.Errorf("noticed only %v", found)
	}
}

func schemaKeys(tag string) (keys []string) {
	for _, found := range ofTheEdge.FindAllStringSubmatch(tag, -1) {
		if found[1] != "json" && found[1] != "cbor" { // how documents are kept
			keys = append(keys, found[1])
		}
	}
	return keys
}
