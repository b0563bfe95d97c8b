package web

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// source reads one file of the page, a script as it was written.
func source(t *testing.T, name string) string {
	t.Helper()
	if body, err := built.ReadFile(name); err == nil && path.Ext(name) == ".js" {
		return string(body)
	}
	return served(t, name)
}

// served reads one file of the page as a browser gets it.
func served(t *testing.T, name string) string {
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

func TestTheWorkerKeepsWhatThePageIsMadeOf(t *testing.T) {
	worker := served(t, "sw.js")
	head, list, _ := strings.Cut(worker, "const files = ")
	list, _, _ = strings.Cut(list, ";\n")
	var names []string
	if err := json.Unmarshal([]byte(list), &names); err != nil || !regexp.MustCompile(`^const version = '[0-9a-f]{16}';\n$`).MatchString(head) {
		t.Fatalf("%q, %v", head, err)
	}
	for i, address := range names {
		name := strings.TrimPrefix(address, "/")
		if name == "" {
			name = "index.html"
		}
		if served(t, name) == "" || slices.Contains(names[i+1:], address) {
			t.Errorf("%s is empty, or there twice", name)
		}
	}
	for name := range files().(overlay).made {
		if strings.HasPrefix(name, packedDir) && !slices.Contains(names, "/"+name) {
			t.Errorf("%s is not kept", name)
		}
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

var (
	fetched = regexp.MustCompile(`(?:href|src)="/([^"]+)"`)
	called  = regexp.MustCompile(`(?:from|import)\s?"\./([^"]+)"`)
)

// The first screen is few files and small ones, for a phone with a bad line: the page, its
// style, scripts and words, the note of what the app is called, the sign, the worker.
func TestTheFirstScreenIsSmall(t *testing.T) {
	for _, language := range Languages {
		names := []string{"index.html", "sw.js", "texts/first-" + language + ".json"}
		for _, m := range fetched.FindAllStringSubmatch(served(t, "index.html"), -1) {
			if !slices.Contains(names, m[1]) {
				names = append(names, m[1])
			}
		}
		size := 0
		for _, name := range names {
			var out bytes.Buffer
			w := brotli.NewWriterLevel(&out, brotli.DefaultCompression)
			if _, err := w.Write([]byte(served(t, name))); err != nil || w.Close() != nil {
				t.Fatal(err)
			}
			size += out.Len()
			for _, m := range called.FindAllStringSubmatch(served(t, name), -1) {
				if strings.HasPrefix(name, packedDir) && !slices.Contains(names, packedDir+m[1]) {
					t.Errorf("%s is asked for only when %s is there", m[1], name)
				}
			}
		}
		// Three calls come on top: the site, the numbers, the ways to sign in.
		if len(names)+3 > 12 || size > 60_000 {
			t.Errorf("%s: %d files, %d bytes: %v", language, len(names), size, names)
		}
		t.Logf("%s: %d files, %d bytes", language, len(names), size)
	}
}

// What a module of the first screens loads later may show words that they do not have.
func TestWhatIsLoadedLaterHasItsWords(t *testing.T) {
	silent := []string{"./search/find.js", "./learn.js", "./behind.js"} // show none, or are loaded by what waited for the words
	for name := range closure(t, "app/main.js", map[string]bool{}) {
		for _, m := range regexp.MustCompile(`(withWords\()?import\('([^']+)'\)`).FindAllStringSubmatch(source(t, name), -1) {
			if m[1] == "" && !slices.Contains(silent, m[2]) {
				t.Errorf("%s loads %s without its words", name, m[2])
			}
		}
	}
}
