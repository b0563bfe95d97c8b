package handlers_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"handrail/handlers"
)

var (
	namedRoute = regexp.MustCompile(`(?:(GET|HEAD|POST|PUT|PATCH|DELETE)(?:, (?:GET|POST|PUT|PATCH|DELETE))* )?(/(?:v1|fhir/R4)/[A-Za-z0-9_{}$./…-]+)`)
	variable   = regexp.MustCompile(`\{[^}]*\}`)
)

// TestDocumentsNameRoutesThatThereAre holds every route that a document names to the
// document of the API, with its method where that is said.
func TestDocumentsNameRoutesThatThereAre(t *testing.T) {
	paths := document().Paths
	known := map[string]map[string]bool{}
	for path, item := range paths {
		methods := map[string]bool{"GET": item.Get != nil, "HEAD": item.Get != nil, "POST": item.Post != nil, "PUT": item.Put != nil, "PATCH": item.Patch != nil, "DELETE": item.Delete != nil}
		known[variable.ReplaceAllString(path, "{}")] = methods
	}
	known[handlers.SocketPath] = map[string]bool{"GET": true}
	var files []string
	for _, pattern := range []string{"../*.md", "../docs/*.md", "../docs/decisions/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatal(pattern, err)
		}
		files = append(files, found...)
	}
	n := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range namedRoute.FindAllStringSubmatch(string(text), -1) {
			path := variable.ReplaceAllString(strings.TrimRight(m[2], "./"), "{}")
			if strings.Contains(path, "…") || path == "/fhir/R4" {
				continue // a part of it
			}
			n++
			methods, is := known[path]
			if !is && !slices.ContainsFunc(slices.Collect(maps.Keys(known)), func(k string) bool { return strings.HasPrefix(k, path+"/") }) {
				t.Errorf("%s: there is no route %s", file, m[2])
			} else if is && m[1] != "" && !methods[m[1]] {
				t.Errorf("%s: there is no %s %s", file, m[1], m[2])
			}
		}
	}
	if n < 20 {
		t.Errorf("only %d routes were found", n)
	}
}
