package education

import (
	"os"
	"strings"
	"testing"
)

// What authors are told to start with is read as it stands, and lacks nothing but what
// they have to write: the gate finds no fault but that it is short.
func TestTheExampleForAuthorsIsRead(t *testing.T) {
	doc, err := os.ReadFile("../../docs/content.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(doc), "```markdown\n")
	file, _, ok := strings.Cut(rest, "```\n")
	if !ok {
		t.Fatal("docs/content.md has no example")
	}
	m, err := Parse([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Ready(); err != nil {
		t.Error(err)
	}
	for _, f := range Gate(m) {
		if f.Rule != "minutes" {
			t.Errorf("%+v", f)
		}
	}
}
