package room

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestSignalingListsTheCommands holds docs/signaling.md to the verbs that there are, and
// to who may use them.
func TestSignalingListsTheCommands(t *testing.T) {
	text, err := os.ReadFile("../../docs/signaling.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(text), "### Commands\n")
	section, _, closed := strings.Cut(section, "\n## ")
	if !found || !closed {
		t.Fatal("there is no section of commands")
	}
	listed := map[Verb]string{}
	for _, row := range regexp.MustCompile(`(?m)^\| (.*?) \| (.*?) \|`).FindAllStringSubmatch(section, -1) {
		for _, part := range strings.Split(row[1], "/") { // "`admit` `whom` / `admit-all`"
			if m := regexp.MustCompile("`([a-z-]+)`").FindStringSubmatch(part); m != nil {
				listed[Verb(m[1])] = row[2]
			}
		}
	}
	words := func(v Verb) string {
		if who[v] == nil {
			return "oneself"
		}
		var out []string
		for _, r := range who[v] {
			out = append(out, string(r))
		}
		return strings.Join(out, ", ")
	}
	for v := range verbs {
		if listed[v] != words(v) {
			t.Errorf("%s: listed for %q, it is for %q", v, listed[v], words(v))
		}
	}
	for v := range listed {
		if verbs[v] == nil {
			t.Errorf("%s is listed, and there is none", v)
		}
	}
	if !slices.Contains(Roles, Interpreter) || !slices.Contains(who[Speak], Interpreter) {
		t.Error("an interpreter can't speak")
	}
}
