// Package mongotest gives tests a server that speaks MongoDB's wire protocol: the one
// that URI names, or FerretDB, which is built from a module beside this one.
package mongotest

import (
	"bufio"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// URI names the variable with the address of a MongoDB replica set. Tests make databases
// there and drop them.
const URI = "HANDRAIL_TEST_MONGODB_URI"

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// module is the folder of FerretDB's module.
func module(t testing.TB) string {
	_, file, _, ok := runtime.Caller(0)
	if !ok {
		t.Fatal("where is this file?")
	}
	return filepath.Join(filepath.Dir(filepath.Dir(file)), "ferretdbtest")
}

// buildFerretDB returns a FerretDB server, built from the module beside this file
// with the versions pinned there. It is built once and kept in the user's cache,
// under a name that changes with what goes into it.
func buildFerretDB(t testing.TB) string {
	t.Helper()
	hash := sha256.New()
	fmt.Fprintln(hash, runtime.Version(), runtime.GOARCH)
	for _, name := range []string{"go.mod", "go.sum", "main.go"} {
		data, err := os.ReadFile(filepath.Join(module(t), name))
		must(t, err)
		hash.Write(data)
	}
	cache, err := os.UserCacheDir()
	must(t, err)
	dir := filepath.Join(cache, "handrail-test")
	must(t, os.MkdirAll(dir, 0o755))
	server := filepath.Join(dir, fmt.Sprintf("ferretdb-%x", hash.Sum(nil)[:8]))
	if _, err := os.Stat(server); err == nil {
		return server
	}
	t.Log("building FerretDB once; this takes a minute or two")
	ctx, cancel := context.WithTimeout(context.Background(), 8*time.Minute)
	defer cancel()
	part := fmt.Sprintf("%s.%d", server, os.Getpid())
	build := exec.CommandContext(ctx, "go", "build", "-o", part, ".")
	build.Dir = module(t)
	build.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build FerretDB (or set %s): %v\n%s", URI, err, out)
	}
	must(t, os.Rename(part, server))
	return server
}

// StartFerretDB runs a server on a folder and returns its address. It ends with the
// test: the server watches its standard input, so it ends even if we are killed.
func StartFerretDB(t testing.TB, dir string) (uri string) {
	t.Helper()
	cmd := exec.Command(buildFerretDB(t), dir)
	stdin, err := cmd.StdinPipe()
	must(t, err)
	stdout, err := cmd.StdoutPipe()
	must(t, err)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	must(t, cmd.Start())
	t.Cleanup(func() {
		_ = stdin.Close()
		kill := time.AfterFunc(10*time.Second, func() { _ = cmd.Process.Kill() })
		defer kill.Stop()
		if err := cmd.Wait(); err != nil || t.Failed() {
			t.Logf("FerretDB ended: %v\n%s", err, &stderr)
		}
	})
	uri, err = bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("FerretDB did not start: %v\n%s", err, &stderr)
	}
	return strings.TrimSpace(uri)
}
