// Package documents is for tests that hold docs/ to what the code does.
package documents

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Say fails for each sentence that a document does not have. root is the way from the
// test's folder to that of the repository; documents are named from docs/.
func Say(t *testing.T, root string, sentences map[string][]string) {
	t.Helper()
	for file, list := range sentences {
		text, err := os.ReadFile(filepath.Join(root, "docs", file))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range list {
			if !strings.Contains(string(text), s) {
				t.Errorf("docs/%s does not say: %s", file, s)
			}
		}
	}
}

// Small is a number up to ten in words, as documents have it.
func Small(n int) string {
	return [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}[n]
}
