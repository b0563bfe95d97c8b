package webtest

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"

	"handrail/care/caretest/instants"
)

var update = flag.Bool("update", false, "write the golden trees anew")

// clockTime is an hour and minute as the three languages write it. The clock of the tests
// runs on while they do, so no golden tree has one.
var clockTime = regexp.MustCompile(`[0-9٠-٩]{1,2}:[0-9٠-٩]{2}( ?(AM|PM|[ap]\. ?m\.|[صم]))?`)

// told are the states that a screen reader says beside a name.
var told = []string{"level", "checked", "pressed", "expanded", "selected", "disabled", "required", "invalid", "readonly", "multiselectable", "hasPopup", "live", "modal"}

// plainBoxes stand for nothing by themselves: a screen reader goes through them.
var plainBoxes = []string{"generic", "none", "InlineTextBox", "LineBreak", "ListMarker", "RootWebArea"}

// tree is what the browser tells a screen reader of the page: a line for each thing
// that has a role, with its name and state, below what it stands in. It has no ids, no
// addresses and no time of day.
func (p *phone) tree() string {
	p.t.Helper()
	nodes := called(p, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{}).Nodes
	byID := map[accessibility.NodeID]*accessibility.Node{}
	for _, n := range nodes {
		byID[n.NodeID] = n
	}
	var out strings.Builder
	var write func(n *accessibility.Node, depth int, above string)
	write = func(n *accessibility.Node, depth int, above string) {
		line, name := lineOf(n)
		if n.Ignored || slices.Contains(plainBoxes, wordsOfValue(n.Role)) || (wordsOfValue(n.Role) == "StaticText" && (name == "" || name == above)) {
			line = ""
		}
		if line != "" {
			fmt.Fprintf(&out, "%s%s\n", strings.Repeat("  ", depth), line)
			depth, above = depth+1, name
		}
		for _, id := range n.ChildIDs {
			if child := byID[id]; child != nil {
				write(child, depth, above)
			}
		}
	}
	write(nodes[0], 0, "")
	return out.String()
}

func lineOf(n *accessibility.Node) (line, name string) {
	name = wordsOfValue(n.Name)
	line = wordsOfValue(n.Role)
	if name != "" {
		line += ` "` + name + `"`
	}
	if about := wordsOfValue(n.Description); about != "" {
		line += ` described "` + about + `"`
	}
	for _, state := range n.Properties {
		if value := wordsOfValue(state.Value); slices.Contains(told, string(state.Name)) && value != "" && value != "false" && value != "off" {
			line += " " + string(state.Name) + "=" + value
		}
	}
	return line, name
}

// wordsOfValue is a value as words, with one kind of space and no time of day.
func wordsOfValue(v *accessibility.Value) string {
	if v == nil {
		return ""
	}
	var words string
	if json.Unmarshal(v.Value, &words) != nil {
		words = string(v.Value)
	}
	return clockTime.ReplaceAllString(strings.Join(strings.Fields(words), " "), "TIME")
}

// sameTree holds what a screen reader is told against its golden copy. At another instant
// than the usual one other days and visits are there, and nothing is compared.
func (p *phone) sameTree(name string) {
	p.t.Helper()
	if instants.Chosen() != instants.Usual {
		return
	}
	file := filepath.Join("testdata", "trees", name+".txt")
	got := p.tree()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			p.t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			p.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		p.t.Fatal(err)
	}
	if !bytes.Equal(want, []byte(got)) {
		p.t.Errorf("a screen reader is told something else at %s; if it is meant: go test ./web/webtest -run %s -update\n%s", name, p.t.Name(), lineDiff(string(want), got))
	}
}

// lineDiff shows the lines that only one of two texts has, in order, with three lines
// around each group (the longest common subsequence of lines).
func lineDiff(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if common[i][j] = max(common[i+1][j], common[i][j+1]); a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	var all []string
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			all = append(all, "  "+a[i])
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			all = append(all, "- "+a[i])
			i++
		default:
			all = append(all, "+ "+b[j])
			j++
		}
	}
	var out strings.Builder
	for i, line := range all {
		near := all[max(0, i-3):min(len(all), i+4)]
		if slices.ContainsFunc(near, func(l string) bool { return l[0] != ' ' }) {
			out.WriteString(line + "\n")
		}
	}
	return out.String()
}

func TestADifferenceOfTreesIsShownByLines(t *testing.T) {
	t.Parallel()
	got := lineDiff("a\nb\nc\nd\ne\nf\ng\nh", "a\nb\nc\nd\ne\nx\ng\nh")
	if want := "  c\n  d\n  e\n- f\n+ x\n  g\n  h\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
