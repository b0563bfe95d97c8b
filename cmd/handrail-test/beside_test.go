package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestWhatRunsBesideIsRaced: a test is raced when it, or anything that it comes to, starts
// something.
func TestWhatRunsBesideIsRaced(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a_test.go": "package a\nfunc TestAlone(t *T) { one() }\nfunc one() {}\nfunc TestStarts(t *T) { go one() }\nfunc TestByOthers(t *T) { many() }\n",
		"b_test.go": "package a\nfunc many() { few() }\nfunc few() { all.Go(one); few() }\nfunc TestHandsOn(t *T) { each(few) }\nfunc TestServes(t *T) { httptest.NewServer(nil) }\n",
		"d_test.go": "package a\nfunc TestByAHelper(t *T) { r := caretest.Race{}; r.Run() }\nfunc TestByNone(t *T) { caretest.New(t) }\n",
		"c.go":      "package a\nfunc TestIsNone() { go one() }\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	root := filepath.Join("..", "..")
	help, err := startingHelpers(root)
	if err != nil {
		t.Fatal(err)
	}
	got, err := beside(dir, help)
	if want := []string{"TestByAHelper", "TestByOthers", "TestHandsOn", "TestServes", "TestStarts"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v %v, want %v", got, err, want)
	}
	if starts, err := startsItself(dir); err != nil || !starts {
		t.Errorf("what is tested starts something: %v %v", starts, err)
	}
	if starts, err := startsItself(filepath.Join(root, "models", "checkin")); err != nil || starts {
		t.Errorf("models/checkin starts nothing: %v %v", starts, err)
	}
	here, err := beside(filepath.Join(root, "handlers"), help)
	if err != nil || !slices.Contains(here, "TestCodesGuessedOver64Connections") || slices.Contains(here, "TestMatrix") {
		t.Errorf("of handlers: %v %v", here, err)
	}
	t.Logf("%d of handlers: %v", len(here), here)
}

// TestNothingIsLeftOutByItsName: one run skips what is raced of some packages and has all of
// others, by the names of tests alone.
func TestNothingIsLeftOutByItsName(t *testing.T) {
	t.Chdir(filepath.Join("..", ".."))
	k, err := kindsOf(t.Context())
	if err != nil || len(k.some) < 20 || len(k.alone) < 20 {
		t.Fatal(k, err)
	}
	for _, pkg := range k.alone {
		all, err := read(strings.TrimPrefix(pkg, module), isTest)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range k.some {
			if _, is := all.calls[name]; is {
				t.Errorf("%s is raced elsewhere, and would not run in %s", name, pkg)
			}
		}
	}
}
