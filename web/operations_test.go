package web

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestOperationsAreOnScreens fails for an operation of the API that no screen calls and
// that testdata/noscreen.json gives no reason for: what the server can do and nobody can
// reach does not exist for those who need it.
func TestOperationsAreOnScreens(t *testing.T) {
	called := callsOf(t)
	reasons := map[string]string{}
	readJSON(t, "testdata/noscreen.json", &reasons)
	known := map[string]bool{}
	for _, op := range operationsOf(t) {
		known[op.id] = true
		used, reason := slices.IndexFunc(called, func(m module) bool { return m.calls(op) }) >= 0, reasons[op.id]
		switch {
		case used && reason != "":
			t.Errorf("%s %s (%s) is on a screen now: take it out of testdata/noscreen.json", op.method, op.path, op.id)
		case !used && reason == "":
			t.Errorf("%s %s (%s): no screen calls it; give it one, or say in testdata/noscreen.json why nobody needs it", op.method, op.path, op.id)
		}
	}
	for id := range maps.Keys(reasons) {
		if !known[id] {
			t.Errorf("testdata/noscreen.json: there is no operation %s", id)
		}
	}
}

// An operation is one of the OpenAPI document.
type operation struct{ id, method, path string }

func operationsOf(t *testing.T) (all []operation) {
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
		} `json:"paths"`
	}
	readJSON(t, "../handlers/testdata/openapi.json", &doc)
	for path, methods := range doc.Paths {
		for method, o := range methods {
			if o.OperationID != "" && !strings.HasPrefix(path, "/fhir/") && !strings.HasPrefix(path, "/oauth/") { // both are for programs of others
				all = append(all, operation{o.OperationID, strings.ToUpper(method), path})
			}
		}
	}
	if len(all) < 300 {
		t.Fatalf("only %d operations were read", len(all))
	}
	return all
}

// A module is what a file of the page says of its calls: its text, the methods that it names, and
// the paths in it as segments. A hole (what stands between ${ and }) is "*".
type module struct {
	text       string
	methods    map[string]bool
	operations []string
	paths      [][]string
}

var (
	quotedWords = regexp.MustCompile("'[^'\\n]*'|`[^`]*`")
	constant    = regexp.MustCompile("(?:const |, |\\{ )(\\w+) = (?:\\([^()]*\\) => )?(?:ctx\\.)?(?:api\\()?('[^'\\n]*'|`[^`]*`)")
	holes       = regexp.MustCompile(`\$\{(?:[^{}]|\{[^{}]*\})*\}`)
)

func callsOf(t *testing.T) (all []module) {
	err := fs.WalkDir(os.DirFS("."), "app", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".js") || name == "app/router.js" {
			return err
		}
		body, err := os.ReadFile(name)
		if err == nil {
			all = append(all, moduleOf(string(body)))
		}
		return err
	})
	worker, workerErr := os.ReadFile("sw.js")
	if err != nil || workerErr != nil {
		t.Fatal(err, workerErr)
	}
	return append(all, moduleOf(string(worker)))
}

func moduleOf(text string) module {
	consts := map[string]string{}
	for _, m := range constant.FindAllStringSubmatchIndex(text, -1) {
		consts[text[m[2]:m[3]]] = pathOf(text[:m[4]], text[m[4]:m[5]])
	}
	s := module{text: text, methods: methodsOf(text)}
	for _, m := range operationsNamed.FindAllStringSubmatch(text, -1) {
		s.operations = append(s.operations, strings.Split(m[1], ", ")...)
	}
	for _, at := range quotedWords.FindAllStringIndex(text, -1) {
		path := pathOf(text[:at[0]], text[at[0]:at[1]])
		for name, value := range consts {
			if rest, ok := cutCall(path, name); ok {
				path = value + rest
				break
			}
		}
		path, _, _ = strings.Cut(holes.ReplaceAllString(path, "*"), "?")
		if segments := strings.Split(path, "/"); len(segments) > 1 && !strings.ContainsAny(path, " \n=") {
			s.paths = append(s.paths, segments)
		}
	}
	return s
}

// cutCall takes ${name} or ${name(…)} off the front of a path.
func cutCall(path, name string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(path, "${"+name)
	if _, after, found := strings.Cut(rest, "}"); ok && found && (rest[0] == '}' || rest[0] == '(') {
		return after, true
	}
	return path, false
}

// A module that is handed the path by others names its operations in a comment of its head:
// "Operations: askForHelp, listHelpCalls."
var operationsNamed = regexp.MustCompile(`(?m)^// Operations: ([^.]*)\.$`)

// pathOf is what a literal says as a path: one that is handed to api() is of a patient.
func pathOf(before, quoted string) string {
	path := quoted[1 : len(quoted)-1]
	if strings.HasSuffix(before, "api(") {
		return "/v1/patients/${patient}/" + path
	}
	return path
}

// calls tells whether a module has the path of an operation, and names its method.
func (m module) calls(op operation) bool {
	return slices.Contains(m.operations, op.id) || m.methods[op.method] && slices.IndexFunc(m.paths, func(path []string) bool { return m.fits(path, strings.Split(op.path, "/")) }) >= 0
}

var (
	readingCall = regexp.MustCompile(`\b(read|all|items|timeList)\(|'GET'`)
	postingCall = regexp.MustCompile(`\b(send|enter|put)\([^)\n]*'/v1/`)
)

// methodsOf are the methods that a module names, by word or by what it calls.
func methodsOf(text string) map[string]bool {
	methods := map[string]bool{"GET": readingCall.MatchString(text)}
	for _, m := range []string{"POST", "PUT", "PATCH", "DELETE"} {
		methods[m] = strings.Contains(text, "'"+m+"'")
	}
	methods["POST"] = methods["POST"] || postingCall.MatchString(text)
	return methods
}

// fits compares segment by segment. A path that does not begin with /v1/ fits the end of the
// operation's alone: with a word of its own, and its other words somewhere in the module. A word
// of the operation may stand in a hole where the module has it as a word by itself.
func (m module) fits(path, op []string) bool {
	whole := len(path) > 2 && path[0] == "" && path[1] == "v1"
	if !whole {
		for _, want := range op[2:] {
			if !strings.HasPrefix(want, "{") && want != "patients" && !strings.Contains(m.text, want) {
				return false
			}
		}
		if path = path[1:]; len(path) > len(op) {
			return false
		}
		op = op[len(op)-len(path):]
	}
	if len(path) != len(op) {
		return false
	}
	words := 0
	for i, want := range op {
		hole := strings.HasPrefix(want, "{")
		switch {
		case hole && strings.Contains(path[i], "*"):
		case want == path[i] && !hole:
			words++
		case !hole && path[i] == "*" && strings.Contains(m.text, "'"+want+"'"):
		default:
			return false
		}
	}
	return whole || words > 0
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	body, err := os.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(body, into)
	}
	if err != nil {
		t.Fatal(name, err)
	}
}
