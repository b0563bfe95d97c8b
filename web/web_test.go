package web

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// source reads one file of the page.
func source(t *testing.T, name string) string {
	t.Helper()
	body, err := fs.ReadFile(Files(), name)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// sources lists the built-in files whose name ends so.
func sources(t *testing.T, suffix string) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(built, ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, suffix) {
			names = append(names, path)
		}
		return err
	})
	if err != nil || len(names) == 0 {
		t.Fatalf("no files *%s: %v", suffix, err)
	}
	return names
}

func TestShellListsEveryFileOnce(t *testing.T) {
	list, version, err := shell()
	if err != nil || len(version) != 16 {
		t.Fatalf("version %q, error %v", version, err)
	}
	made := source(t, "sw.js")
	for _, address := range list {
		if strings.Count(made, `"`+address+`"`) != 1 {
			t.Errorf("the worker does not name %s once", address)
		}
		name := strings.TrimPrefix(address, "/")
		if name == "" {
			name = "index.html"
		}
		if source(t, name) == "" {
			t.Errorf("%s is empty", name)
		}
	}
	if !strings.Contains(made, version) {
		t.Error("the worker has another version")
	}
}

func TestNothingButThePageIsEmbedded(t *testing.T) {
	for _, name := range sources(t, "") {
		if strings.Contains(name, "test") || strings.HasSuffix(name, ".go") {
			t.Errorf("%s is in the program", name)
		}
	}
}

var imports = regexp.MustCompile(`(?:from|import) '(\./|\.\./)([^']+)'`)
var named = regexp.MustCompile(`import \{([^}]*)\} from '(\.{1,2}/[^']+)'`)
var exported = regexp.MustCompile(`(?m)^export (?:async )?(?:const|let|class|function\*?) (\w+)`)
var passedOn = regexp.MustCompile(`(?m)^export \{([^}]*)\}`)
var later = regexp.MustCompile(`later\('(\w+)'\)`)

func TestEveryImportIsThere(t *testing.T) {
	for _, name := range sources(t, ".js") {
		closure(t, name, map[string]bool{})
	}
	screens := later.FindAllStringSubmatch(source(t, "app/routes.js"), -1)
	if len(screens) < 10 {
		t.Errorf("only %d screens found", len(screens))
	}
	for _, m := range screens {
		source(t, "app/screens/"+m[1]+".js")
	}
}

// A name that a file no longer exports breaks whoever imports it, and only there.
func TestEveryImportedNameIsExported(t *testing.T) {
	for _, name := range sources(t, ".js") {
		for _, m := range named.FindAllStringSubmatch(source(t, name), -1) {
			from := path.Join(path.Dir(name), m[2])
			var there []string
			for _, e := range exported.FindAllStringSubmatch(source(t, from), -1) {
				there = append(there, e[1])
			}
			for _, e := range passedOn.FindAllStringSubmatch(source(t, from), -1) {
				there = append(there, strings.Split(strings.ReplaceAll(e[1], " ", ""), ",")...)
			}
			for word := range strings.SplitSeq(m[1], ",") {
				if word, _, _ = strings.Cut(strings.TrimSpace(word), " as "); word != "" && !slices.Contains(there, word) {
					t.Errorf("%s imports %s, which %s does not export", name, word, from)
				}
			}
		}
	}
}

// What a person wrote must never become markup, an address, a log line or a value
// in a store that has no sign-out.
func TestForbiddenWaysAreNotUsed(t *testing.T) {
	for _, name := range sources(t, ".js") {
		for _, way := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "console.",
			"eval(", "new Function", "localStorage", "sessionStorage", "document.cookie", "location.search", ".style."} {
			if strings.Contains(source(t, name), way) {
				t.Errorf("%s uses %s", name, way)
			}
		}
	}
	page := source(t, "index.html")
	for _, way := range []string{" style=", "onclick", "<script>"} {
		if strings.Contains(page, way) {
			t.Errorf("index.html has %s, which the policy forbids", way)
		}
	}
	if strings.Count(page, "<style") != 1 || !strings.Contains(page, "<style>"+style()+"</style>") || !strings.Contains(ContentSecurityPolicy, styleHash()) {
		t.Error("index.html has another style than the one that the policy names")
	}
	if !strings.Contains(page, "<title>Handrail</title>") {
		t.Error("the title of the page is not neutral")
	}
}

var physical = regexp.MustCompile(`(?m)(?:^|[;{\s])((?:margin|padding|border)-(?:left|right|top|bottom)|left|right|width|height|min-width|text-align:\s*(?:left|right))\s*[:;]`)

func TestStylesAreLogical(t *testing.T) {
	for _, name := range sources(t, ".css") {
		if m := physical.FindStringSubmatch(source(t, name)); m != nil {
			t.Errorf("%s has %q, which is wrong from right to left", name, m[1])
		}
	}
}

// closure lists the files that a module needs before it can run, itself included.
func closure(t *testing.T, name string, seen map[string]bool) map[string]bool {
	t.Helper()
	if seen[name] {
		return seen
	}
	seen[name] = true
	for _, m := range imports.FindAllStringSubmatch(source(t, name), -1) {
		closure(t, path.Join(path.Dir(name), m[1]+m[2]), seen)
	}
	return seen
}

var preload = regexp.MustCompile(`<link rel="modulepreload" href="/([^"]+)">`)

// What the first screens need is asked for at once and not file after file: the
// crisis plan has to stand within a second.
func TestFirstModulesArePreloaded(t *testing.T) {
	need := closure(t, "app/main.js", map[string]bool{})
	named := preload.FindAllStringSubmatch(source(t, "index.html"), -1)
	for _, m := range named {
		if !need[m[1]] {
			t.Errorf("index.html preloads %s for nothing", m[1])
		}
		delete(need, m[1])
	}
	for name := range need {
		t.Errorf("index.html does not preload %s", name)
	}
}
