package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// starters begin something that runs beside who calls them: goroutines, servers on sockets and
// their clients.
var starters = []string{"Go", "NewServer", "NewTLSServer", "NewUnstartedServer", "Serve", "Listen", "Dial", "DialContext", "DialTimeout", "RunParallel"}

// beside are the tests of a folder in which something runs beside something else, by
// themselves or by any function of the folder's tests that they come to: the race detector has
// something to look at in these (decision 0173). All others ask one thing after the other.
func beside(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	calls, starts := map[string][]string{}, map[string]bool{} // of functions, by name
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, entry.Name()), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
				called, start := within(f)
				calls[f.Name.Name] = append(calls[f.Name.Name], called...)
				starts[f.Name.Name] = starts[f.Name.Name] || start
			}
		}
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(calls)) {
		if strings.HasPrefix(name, "Test") && comesTo(name, calls, starts, map[string]bool{}) {
			out = append(out, name)
		}
	}
	return out, nil
}

// within tells what a function calls or hands on, by name, and whether it starts something
// itself.
func within(f *ast.FuncDecl) (called []string, starts bool) {
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			starts = true
		case *ast.Ident:
			called = append(called, n.Name)
			starts = starts || slices.Contains(starters, n.Name)
		}
		return true
	})
	return called, starts
}

func comesTo(name string, calls map[string][]string, starts, seen map[string]bool) bool {
	if starts[name] || seen[name] {
		return starts[name]
	}
	seen[name] = true
	return slices.ContainsFunc(calls[name], func(other string) bool { return comesTo(other, calls, starts, seen) })
}
