package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"
)

// command runs a program with its output on ours.
func command(ctx context.Context, env []string, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), env...)
	defer func() { spent.cpu(cmd.ProcessState) }()
	return cmd.Run()
}

// behind are the words before a command that lets others go first.
func behind(nice string) []string {
	if path, err := exec.LookPath("nice"); err == nil {
		return []string{path, "-n", nice}
	}
	return nil
}

// looked runs what looks at the source, and tells all that it found at once. It has what all
// tests and their compilers leave, and both cores when they end: one test alone leaves one.
func looked(ctx context.Context, args ...string) error {
	args = append(behind("19"), args...)
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = append(os.Environ(), roomy)
	out, err := cmd.CombinedOutput()
	spent.cpu(cmd.ProcessState)
	tell(string(out))
	return err
}

func format(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, "gofmt", "-l", ".").Output()
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(out)) > 0 {
		return fmt.Errorf("these files want gofmt:\n%s", out)
	}
	return nil
}

func vet(ctx context.Context) error { return looked(ctx, "go", "vet", "./...") }

// tools is the module that pins the linters; they are no dependency of the program.
const tools = "-modfile=.ci/tools/go.mod"

func lint(ctx context.Context) error { return looked(ctx, "go", "tool", tools, "staticcheck", "./...") }

// vulnerabilities asks the Go vulnerability database. Where it can't be reached
// that is said, and the check goes on.
func vulnerabilities(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	const skipped = "vulnerabilities are skipped: the vulnerability database can't be reached from here"
	if os.Getenv("GOVULNDB") == "" && !reachable(ctx, "https://vuln.go.dev/index/db.json") { // before the program is read for it
		tell(skipped + "\n")
		return nil
	}
	out, err := exec.CommandContext(ctx, "go", "tool", tools, "govulncheck", "./...").CombinedOutput()
	if err == nil {
		tell("no known vulnerability is called\n")
		return nil
	}
	if strings.Contains(string(out), "fetching vulnerabilities") || errors.Is(ctx.Err(), context.DeadlineExceeded) {
		tell(skipped + "\n")
		return nil
	}
	return fmt.Errorf("%w\n%s", err, out)
}

func reachable(ctx context.Context, url string) bool {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	rq, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return false
	}
	answer, err := http.DefaultClient.Do(rq)
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}
