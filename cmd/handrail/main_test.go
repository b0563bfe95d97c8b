package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"handrail/care/caretest/instants"
)

// TestMain lets the test binary be the program: a test that needs a process, a
// signal and an exit code starts itself with this variable, which says how far the
// program's clock is ahead of the machine's.
func TestMain(m *testing.M) {
	if ahead, err := time.ParseDuration(os.Getenv("HANDRAIL_TEST_MAIN")); err == nil {
		start(clockAhead(time.Now, ahead))
		return
	}
	os.Exit(m.Run())
}

// typed runs one command line in this process.
func typed(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	c := &call{environ: []string{"HANDRAIL_DATA=" + filepath.Join(t.TempDir(), "data")}, out: &o, errors: &e, now: instants.Now}
	code = c.run(t.Context(), args)
	return code, o.String(), e.String()
}

func TestExitCodes(t *testing.T) {
	for line, want := range map[string]struct {
		code int
		says string
	}{
		"":                                    {exitFine, "handrail keys rotate"},
		"help":                                {exitFine, "handrail serve"},
		"--help":                              {exitFine, "handrail serve"},
		"version":                             {exitFine, "handrail dev, go1."},
		"settings":                            {exitFine, "`HANDRAIL_PORT`"},
		"serve -h":                            {exitFine, "Serves the API"},
		"account create --help":               {exitFine, "enrolment code"},
		"account":                             {exitUsage, "no command"},
		"keys":                                {exitUsage, "no command"},
		"serv":                                {exitUsage, "no command"},
		"serve --port x":                      {exitUsage, "--port"},
		"serve now":                           {exitUsage, "arguments"},
		"serve --ahead 1h":                    {exitUsage, "--ahead is no flag of this command"},
		"backup":                              {exitUsage, "1 are needed"},
		"backup a b":                          {exitUsage, "2 arguments"},
		"verify --prot 1":                     {exitUsage, "--port"},
		"verify":                              {exitFailed, "right data folder"},
		"restore nowhere":                     {exitFailed, "nowhere"},
		"account create --role king --name A": {exitFailed, "role"},
	} {
		code, out, errs := typed(t, strings.Fields(line)...)
		if code != want.code || !strings.Contains(out+errs, want.says) {
			t.Errorf("handrail %s: %d %s %s", line, code, out, errs)
		}
		if (code == exitFine) == (errs != "") {
			t.Errorf("handrail %s: %d, and on standard error: %s", line, code, errs)
		}
	}
}

func TestEveryCommandIsDescribed(t *testing.T) {
	_, out, _ := typed(t, "help")
	for name, c := range commands() {
		if !strings.HasPrefix(c.usage, name) || !strings.HasSuffix(c.text, ".") || !strings.Contains(out, c.text) {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

// program starts handrail as a process of its own and returns what it prints.
func program(t *testing.T, args ...string) (*exec.Cmd, *bufio.Reader, *bytes.Buffer) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Env = []string{"HANDRAIL_TEST_MAIN=" + instants.Ahead().String(), "HANDRAIL_VIDEO_PORT=0", "HANDRAIL_TURN_PORT=0", "GORACE=" + os.Getenv("GORACE"), "HANDRAIL_DATA=" + filepath.Join(t.TempDir(), "data")}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	log := &bytes.Buffer{}
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewReader(out), log
}

// TestServeStopsWhenTold is the whole program: it serves, gets SIGTERM, and ends
// with code 0.
func TestServeStopsWhenTold(t *testing.T) {
	t.Parallel()
	cmd, out, log := program(t, "serve", "--port", "0", "--admin-listen", "127.0.0.1:0")
	line, err := out.ReadString('\n')
	if err != nil {
		t.Fatalf("%v: %v: %s", err, cmd.Wait(), log)
	}
	base := strings.TrimSuffix(strings.Fields(line)[3], ".")
	for path, says := range map[string]string{"/": "<!doctype html>", "/v1/site": `"name":"Handrail"`, "/readyz": "ready",
		"/livez": "live", "/docs": "<h1>", "/openapi.json": `"3.1.0"`, "/sw.js": "", "/v1/nothing": `"not-found"`} {
		if body := get(t, base+path); !strings.Contains(body, says) {
			t.Errorf("%s: %.200s", path, body)
		}
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, out) // Wait closes the pipe
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v: %s", err, log)
	}
	if !strings.Contains(log.String(), `"msg":"stopped"`) {
		t.Errorf("log: %s", log)
	}
	if _, err := http.Get(base + "/livez"); err == nil {
		t.Error("it still answers")
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	client := http.Client{Timeout: 50 * time.Second}
	res, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestWrongSettingsEndWithTwo(t *testing.T) {
	cmd, out, log := program(t, "serve", "--port", "99999")
	_, _ = io.Copy(io.Discard, out)
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitUsage || !strings.Contains(log.String(), "from 0 to 65535") {
		t.Errorf("%v %s", err, log)
	}
}
