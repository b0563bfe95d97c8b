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
var starters = []string{"Go", "NewServer", "NewTLSServer", "NewUnstartedServer", "Serve", "Listen", "Dial", "DialContext", "DialTimeout", "RunParallel", "AfterFunc"}

// functions are those of some folders, by name: what each calls or hands on, and whether it
// starts something itself.
type functions struct {
	calls  map[string][]string
	starts map[string]bool
	of     map[string][]string // by the name of a method: the types that have it
}

// beside are the tests of a folder in which something runs beside something else, by
// themselves, by any function of the folder's tests that they come to, or by one of those
// that help tests: the race detector has something to look at in these (decision 0173). All
// others ask one thing after the other.
func beside(dir string, helpers []string) ([]string, error) {
	all, err := read(dir, isTest)
	if err != nil {
		return nil, err
	}
	for _, name := range helpers {
		all.starts[name] = true
	}
	return slices.DeleteFunc(all.coming(), func(name string) bool { return !strings.HasPrefix(name, "Test") }), nil
}

// startsItself tells of a folder whether anything in what it tests starts something.
func startsItself(dir string) (bool, error) {
	code, err := read(dir, isCode)
	return len(code.coming()) > 0, err
}

func isTest(file string) bool { return strings.HasSuffix(file, "_test.go") }

func isCode(file string) bool { return !isTest(file) }

func read(dir string, wanted func(file string) bool) (functions, error) {
	all := functions{map[string][]string{}, map[string]bool{}, map[string][]string{}}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return all, err
	}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".go") || !wanted(entry.Name()) {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, entry.Name()), nil, parser.SkipObjectResolution)
		if err != nil {
			return all, err
		}
		for _, d := range file.Decls {
			name := "" // of what stands in no function
			if f, ok := d.(*ast.FuncDecl); ok {
				name = f.Name.Name
				if f.Recv != nil {
					all.of[name] = append(all.of[name], typeOf(f.Recv.List[0].Type))
				}
			}
			called, starts := within(d)
			all.calls[name] = append(all.calls[name], called...)
			all.starts[name] = all.starts[name] || starts
		}
	}
	return all, nil
}

// within tells what a declaration calls or hands on, by name, and whether it starts something
// itself.
func within(d ast.Decl) (called []string, starts bool) {
	if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
		return inside(f.Body)
	}
	return inside(d)
}

func inside(node ast.Node) (called []string, starts bool) {
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			starts = true
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok {
				called = append(called, x.Name+"."+n.Sel.Name)
			}
		case *ast.Ident:
			called = append(called, n.Name)
			starts = starts || slices.Contains(starters, n.Name)
		}
		return true
	})
	return called, starts
}

// helping are the packages by which tests run parts of ours beside each other. Others that
// help tests are services of others, which answer one call after the other.
var helping = []string{"care/caretest", "store/storetest", "handlers/edge/edgetest", "video/videotest"}

// startingHelpers are what these packages have that comes to something that starts, as tests name it:
// functions, and types for their methods.
func startingHelpers(root string) ([]string, error) {
	var out []string
	for _, dir := range helping {
		all, err := read(filepath.Join(root, dir), isCode)
		if err != nil {
			return nil, err
		}
		for _, name := range all.coming() {
			for _, name := range append(all.of[name], name) {
				out = append(out, filepath.Base(dir)+"."+name)
			}
		}
	}
	return out, nil
}

func typeOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return typeOf(e.X)
	case *ast.IndexExpr:
		return typeOf(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// coming are the functions that come to something that starts.
func (all functions) coming() []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(all.calls)) {
		if all.comesTo(name, map[string]bool{}) {
			out = append(out, name)
		}
	}
	return out
}

func (all functions) comesTo(name string, seen map[string]bool) bool {
	if all.starts[name] || seen[name] {
		return all.starts[name]
	}
	seen[name] = true
	return slices.ContainsFunc(all.calls[name], func(other string) bool { return all.comesTo(other, seen) })
}
