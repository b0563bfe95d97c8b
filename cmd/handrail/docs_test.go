package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// root is the folder of the repository.
const root = "../.."

// documents are all that is written for people, by their path in the repository.
func documents(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/decisions/*.md"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			name, err := filepath.Rel(root, f)
			if err != nil {
				t.Fatal(err)
			}
			out[name] = string(text)
		}
	}
	return out
}

// ofItself are the commands that the program names by itself, when asked for help.
var ofItself = []string{"help", "settings", "version"}

// TestREADMEListsTheCommands: those that there are, and none that there is not.
func TestREADMEListsTheCommands(t *testing.T) {
	named := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^    (?:handrail|go run ./cmd/handrail) ([a-z][^#\n]*)`).FindAllStringSubmatch(documents(t)["README.md"], -1) {
		name, _ := commandOf(strings.Fields(m[1]))
		if commands()[name].run == nil {
			t.Errorf("README.md: %q is no command", m[1])
		}
		named[name] = true
	}
	for name := range commands() {
		if !named[name] && !slices.Contains(ofItself, name) {
			t.Errorf("README.md does not list %q", name)
		}
	}
}

// typedCommand is a command line in the middle of a text.
var typedCommand = regexp.MustCompile("`handrail ([a-z]+(?: [a-z]+)?)[^`]*`")

// TestDocumentsNameCommandsThatThereAre, wherever they do.
func TestDocumentsNameCommandsThatThereAre(t *testing.T) {
	for file, text := range documents(t) {
		for _, m := range typedCommand.FindAllStringSubmatch(text, -1) {
			if name, _ := commandOf(strings.Fields(m[1])); commands()[name].run == nil {
				t.Errorf("%s: `handrail %s` is no command", file, m[1])
			}
		}
	}
}

var (
	link      = regexp.MustCompile(`\]\(([^)#]+)(?:#[^)]*)?\)`)
	namedFile = regexp.MustCompile("`((?:cmd|handlers|care|models|store|notify|planning|fhir|publicnet|icalendar|video|web|deploy|docs)/[A-Za-z0-9_./-]*)`")
	namedTest = regexp.MustCompile(`\b(?:Test|Benchmark|Fuzz)[A-Z][A-Za-z0-9]+\b`)
	namedFlag = regexp.MustCompile("`--([a-z][a-z-]+)")
)

// TestDocumentsLeadSomewhere: links, files and tests that a document names are there.
func TestDocumentsLeadSomewhere(t *testing.T) {
	tests := testNames(t)
	for file, text := range documents(t) {
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(m[1], ":") && !exists(filepath.Join(root, filepath.Dir(file), m[1])) {
				t.Errorf("%s: the link to %s leads nowhere", file, m[1])
			}
		}
		for _, m := range namedFile.FindAllStringSubmatch(text, -1) {
			if found, err := filepath.Glob(filepath.Join(root, strings.TrimRight(m[1], "."))); err != nil || len(found) == 0 {
				if !exists(filepath.Join(root, filepath.Dir(m[1]))) { // `care/caretest.At` is of a package
					t.Errorf("%s: there is no %s", file, m[1])
				} else if strings.Contains(filepath.Base(m[1]), ".go") {
					t.Errorf("%s: there is no file %s", file, m[1])
				}
			}
		}
		for _, name := range namedTest.FindAllString(text, -1) {
			if !slices.ContainsFunc(tests, func(have string) bool { return strings.HasPrefix(have, name) }) {
				t.Errorf("%s: there is no test %s", file, name)
			}
		}
	}
}

// flagsOfCommands are flags that are no settings, because they must not stay.
var flagsOfCommands = []string{"new-store", "old", "ends", "keep-open", "role", "name", "patient", "really", "json", "data", "ahead", "loopback-pushes", "push-to", "push-wait"}

// TestDocumentsNameSettingsThatThereAre, or flags of one command.
func TestDocumentsNameSettingsThatThereAre(t *testing.T) {
	for file, text := range documents(t) {
		for _, m := range namedFlag.FindAllStringSubmatch(text, -1) {
			known := slices.Contains(flagsOfCommands, m[1]) || slices.ContainsFunc(table, func(s setting) bool { return s.name == m[1] })
			if !known {
				t.Errorf("%s: there is no --%s", file, m[1])
			}
		}
	}
}

func testNames(t *testing.T) []string {
	t.Helper()
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Benchmark|Fuzz)\w+)\(`)
	var out []string
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range declared.FindAllStringSubmatch(string(text), -1) {
			out = append(out, m[1])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
