package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// readsTheClock are the files of tests that may read the machine's clock, and why. What
// a test does must not follow from the hour, the weekday or the date at which it runs:
// its time comes from package instants, caretest.Clock or a fixed instant. How long
// something may take is better said with a context.
var readsTheClock = map[string]string{
	"care/caretest/instants/instants.go": "makes the clock of the tests of it",
	"care/caretest/race.go":              "stopwatch: orders what happened",
	"planning/clinic_test.go":            "the ids of the log's lines have the machine's time, and so has what goes by them",
	"notify/notifytest/webpush.go":       "the library of Web Push signs by the machine's clock",

	"handlers/edge/framing_test.go":      "deadline of a socket",
	"handlers/edge/edgetest/edgetest.go": "deadline of a socket",
	"handlers/edge/server_test.go":       "deadline of a socket",
	"handlers/proxies_test.go":           "the proxies go by the machine's clock: a certificate, a deadline of a socket",
	"handlers/videojoin_test.go":         "deadline of a socket",
	"video/relay/relay_test.go":          "deadline of a socket; the relay compares its clock with that of TURN",
	"video/visit_test.go":                "stopwatch",

	"icalendar/read_test.go":              "stopwatch",
	"models/schedule/bench_test.go":       "stopwatch",
	"models/schedule/bounds_test.go":      "stopwatch",
	"models/schedule/find_oracle_test.go": "stopwatch",
	"models/schedule/rule_test.go":        "stopwatch",
	"models/schedule/series_test.go":      "stopwatch",
	"notify/fcm/fcm_test.go":              "stopwatch",

	"video/sfu/admit_bench_test.go": "stopwatch",
	"video/sfu/bench_test.go":       "stopwatch",
	"video/sfu/chromium_test.go":    "stopwatch",
	"video/sfu/fault_test.go":       "stopwatch",
	"video/sfu/sfu_test.go":         "stopwatch",
	"video/sfu/watchdog_test.go":    "stopwatch",
	"video/videotest/client.go":     "stopwatch",
	"video/videotest/strain.go":     "stopwatch",
	"video/videotest/track.go":      "stopwatch",

	"cmd/handrail/main_test.go":         "hands the program's clock in, ahead of the machine's",
	"cmd/handrail/soak_test.go":         "hands the program's clock in, ahead of the machine's",
	"handlers/idlecut_test.go":          "stopwatch",
	"handlers/silence_bench_test.go":    "stopwatch",
	"care/tasks/worklist_bench_test.go": "stopwatch",
	"handlers/careplan_bench_test.go":   "stopwatch",
	"care/alerts/history_test.go":       "stopwatch: orders what happened",
	"care/alerts/lanes_test.go":         "stopwatch: orders what happened",
	"care/alerts/timedhistory_test.go":  "stopwatch: orders what happened",
	"web/webtest/clinic_test.go":        "stopwatch",
	"web/webtest/guardian_test.go":      "asks a page for its time, which is that of the tests",
	"web/webtest/family_test.go":        "asks a page for its time, which is that of the tests",
	"web/webtest/clockitself_test.go":   "asks a page for its time, which is that of the tests",
	"web/webtest/journey_test.go":       "stopwatch",
	"web/webtest/video_test.go":         "stopwatch",
}

// helpers are the folders whose files are parts of tests although they are not named so.
var helpers = regexp.MustCompile(`(^|/)[a-z]*test/([a-z]+/)?[a-z]+\.go$`)

// pageClock is how a script reads the clock.
var pageClock = regexp.MustCompile(`new Date\(\)|new Date([^(\w]|$)|Date\.now\(\)`)

// TestNoTestReadsTheClockOfTheMachine looks at every test and what is made for tests.
func TestNoTestReadsTheClockOfTheMachine(t *testing.T) {
	root := filepath.Join("..", "..")
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		name = filepath.ToSlash(name)
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && name != "." || strings.HasPrefix(name, "cmd/handrail-")):
			return filepath.SkipDir // what measures, and this check itself
		case strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".go") && helpers.MatchString(name):
			return readings(path, func(what string) { found[name] = append(found[name], what) })
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		if readsTheClock[name] == "" {
			t.Errorf("%s reads the clock of the machine: %s", name, strings.Join(found[name], ", "))
		}
	}
	for name, why := range readsTheClock {
		if found[name] == nil || why == "" {
			t.Errorf("%s is allowed to read the clock, and does not or has no reason", name)
		}
	}
}

// readings tells where a file reads the clock.
func readings(path string, note func(string)) error {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	at := func(n ast.Node, what string) {
		note(what + " at line " + files.Position(n.Pos()).String()[len(path)+1:])
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if s, ok := n.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "Test" && isNamed(s.X, "synctest") {
				return false // its clock is not the machine's
			}
		case *ast.SelectorExpr:
			if isNamed(n.X, "time") && slices.Contains([]string{"Now", "Since", "Until"}, n.Sel.Name) {
				at(n, "time."+n.Sel.Name)
			}
		case *ast.BasicLit:
			if n.Kind == token.STRING && pageClock.MatchString(n.Value) {
				at(n, pageClock.FindString(n.Value))
			}
		}
		return true
	})
	return nil
}

func isNamed(x ast.Expr, name string) bool {
	id, ok := x.(*ast.Ident)
	return ok && id.Name == name
}
