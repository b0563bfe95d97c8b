package web

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"handrail/cmd/handrail-test/npm"
)

var typescript = npm.Pack{Name: "typescript", Version: "5.9.3", SHA512: "jl1vZzPDinLr9eUt3J/t7V6FgNEw9QjvBPdysz9KfQDD41fQrC2Y4vKQdiaUpFT4bXlb1RHhLpp8wtm6M5TgSw=="}

// TestModulesHaveTheirTypes has TypeScript's compiler read every module of the page and of
// the example of an app: calls, fields and what may be missing. JSDoc says what it can't see
// by itself; there is no build step.
func TestModulesHaveTheirTypes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := typescript.Unpack(dir); err != nil {
		if os.Getenv("HANDRAIL_TEST_REQUIRE_BROWSER") != "" {
			t.Fatal("typescript is needed: ", err)
		}
		t.Skip("typescript can't be fetched from npm: ", err)
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	config, err := json.Marshal(map[string]any{
		"compilerOptions": map[string]any{"allowJs": true, "checkJs": true, "noEmit": true, "strict": true, "noImplicitAny": false, "useUnknownInCatchVariables": false,
			"target": "es2024", "module": "esnext", "moduleResolution": "bundler", "lib": []string{"es2024", "dom", "dom.iterable"}, "types": []string{}, "skipLibCheck": true},
		"files":   []string{filepath.Join(root, "web/testdata/page.d.ts"), filepath.Join(root, "client/typescript/handrail.d.ts")},
		"include": []string{filepath.Join(root, "web/app/**/*.js"), filepath.Join(root, "examples/**/*.mjs")},
		"exclude": []string{filepath.Join(root, "examples/phone/store.mjs"), filepath.Join(root, "examples/phone/main.mjs")}, // of Node, whose types are another package
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "tsconfig.json"), config, 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), "node", filepath.Join(dir, "package/lib/tsc.js"), "-p", dir, "--pretty", "false")
	run.Dir = root
	out, err := run.CombinedOutput()
	faults := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		if file, _, ok := strings.Cut(line, "("); ok && strings.Contains(line, ": error TS") {
			faults[file] = append(faults[file], strings.TrimSpace(line))
		}
	}
	if err != nil && len(faults) == 0 {
		t.Fatalf("%v: %s", err, out)
	}
	for file, lines := range faults {
		t.Errorf("%s:\n%s", file, strings.Join(lines, "\n"))
	}
}
