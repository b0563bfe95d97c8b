package main

import (
	"path/filepath"
	"regexp"
	"testing"
)

// TestTheLastWayBack: who stands at the machine lets the last administrator back in.
func TestTheLastWayBack(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	code, out := operator(t, data, "account", "create", "--role", "administrator", "--name", "Ada")
	if code != exitFine {
		t.Fatal(out)
	}
	id := regexp.MustCompile(`Account (\S+) for`).FindStringSubmatch(out)[1]
	first := regexp.MustCompile(`code: (\S+)`).FindStringSubmatch(out)[1]
	code, out = operator(t, data, "account", "recover", id)
	again := regexp.MustCompile(`code: (\S+)`).FindStringSubmatch(out)
	if code != exitFine || again == nil || again[1] == first {
		t.Errorf("%d: %s", code, out)
	}
	if code, out := operator(t, data, "account", "recover", "0190f000-0000-7000-8000-000000000000"); code != exitFailed {
		t.Errorf("nobody's account: %d, %s", code, out)
	}
	if code, _ := operator(t, data, "account", "recover"); code != exitUsage {
		t.Errorf("no account is named: %d", code)
	}
}
