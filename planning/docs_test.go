package planning_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"handrail/planning"
)

// TestNewsOfVisitsIsListed holds docs/news.md to what people in a visit are told of.
func TestNewsOfVisitsIsListed(t *testing.T) {
	text, err := os.ReadFile("../docs/news.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "<!-- visits -->")
	table, _, _ := strings.Cut(rest, "<!-- /visits -->")
	var got []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z.-]+)` \\| (.+) \\|$").FindAllStringSubmatch(table, -1) {
		got = append(got, m[1])
		if says, is := strings.Contains(m[2], "patient"), planning.NewsOf[m[1]] != ""; says != is {
			t.Errorf("%s: the table says of the patient %v, the program %v", m[1], says, is)
		}
	}
	if want := slices.Sorted(maps.Keys(planning.VisitNewsOf)); !slices.Equal(got, want) {
		t.Errorf("docs/news.md lists %v, the program tells of %v", got, want)
	}
}
