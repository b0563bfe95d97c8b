package webtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"handrail/care/caretest/instants"
	"handrail/client"
	"handrail/store/storetest"
	"handrail/web"
)

// program builds handrail once for all tests of this folder, unless who runs them has.
var program = sync.OnceValues(func() (string, error) {
	if path := os.Getenv(builtProgram); path != "" {
		return path, nil
	}
	dir, err := os.MkdirTemp(os.Getenv(storetest.DiskVariable), "handrail-webtest") // memory may refuse to run it
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "handrail")
	out, err := exec.Command("go", "build", "-o", path, "handrail/cmd/handrail").CombinedOutput()
	if err != nil {
		return "", errors.New(string(out))
	}
	return path, nil
})

// keptPages is a file of the pages, which are made once for all programs.
var keptPages = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "handrail-pages")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "pages")
	return file, web.KeepOpen(file)
})

// builtProgram names a handrail that is built already.
const builtProgram = "HANDRAIL_TEST_PROGRAM"

func TestMain(m *testing.M) {
	code := m.Run()
	if err := browsers.close(); err != nil {
		fmt.Fprintln(os.Stderr, "the browser left files behind:", err)
	}
	if path, err := program(); err == nil && os.Getenv(builtProgram) == "" {
		os.RemoveAll(filepath.Dir(path))
	}
	if file, err := keptPages(); err == nil {
		os.RemoveAll(filepath.Dir(file))
	}
	os.Exit(code)
}

// account is one line of what `handrail demo --json` writes.
type account struct {
	Name          string `json:"name"`
	Role          string `json:"role"`
	Discipline    string `json:"discipline"`
	AccountID     string `json:"accountId"`
	PatientID     string `json:"patientId"`
	EnrolmentCode string `json:"enrolmentCode"`
}

// clinic is the real program with its demo people, on loopback.
type clinic struct {
	t        *testing.T
	BaseURL  string    `json:"baseURL"`
	Accounts []account `json:"accounts"`

	dir   string
	flags []string      // of the program, beside the usual ones
	ahead time.Duration // of the machine's clock
	cmd   *exec.Cmd
	ended chan error // what cmd.Wait said
}

func (c *clinic) logFile() string { return filepath.Join(c.dir, "log") }

// logged is what the program has written so far.
func (c *clinic) logged() string {
	text, err := os.ReadFile(c.logFile())
	if err != nil {
		c.t.Error(err)
	}
	return string(text)
}

func openClinic(t *testing.T, flags ...string) *clinic {
	t.Helper()
	c := &clinic{t: t, dir: t.TempDir(), flags: flags, ahead: instants.Ahead()}
	c.start("0")
	t.Cleanup(c.stop)
	return c
}

// start runs the program and waits for its answer. With the port of before it is
// the same clinic again.
func (c *clinic) start(port string) {
	c.t.Helper()
	path, err := program()
	if err != nil {
		c.t.Fatal(err)
	}
	kept, err := keptPages()
	if err != nil {
		c.t.Fatal(err)
	}
	file := filepath.Join(c.dir, "demo.json")
	os.Remove(file)
	c.cmd = exec.Command(path, append([]string{"demo", "--port", port, "--json", file, "--data", filepath.Join(c.dir, "data"), "--ahead", c.ahead.String(), "--pages", kept}, c.flags...)...)
	log, err := os.OpenFile(c.logFile(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		c.t.Fatal(err)
	}
	defer log.Close()
	c.cmd.Stdout, c.cmd.Stderr = log, log
	// The tests' own HANDRAIL_ variables are no settings of the program, which refuses what it does not know.
	c.cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "HANDRAIL_") })
	c.cmd.Env = append(c.cmd.Env, "TZ=Pacific/Kiritimati") // nothing may lean on the zone of the machine
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := c.cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	began := time.Now()
	c.ended = make(chan error, 1)
	go func(cmd *exec.Cmd, ended chan error) { ended <- cmd.Wait() }(c.cmd, c.ended)
	giveUp := time.After(time.Minute)
	for look := time.NewTicker(50 * time.Millisecond); ; {
		select {
		case <-look.C:
			if c.answers(file) {
				c.t.Logf("it started after %s", time.Since(began))
				return
			}
			continue
		case err := <-c.ended:
			c.cmd = nil
			c.t.Errorf("it ended: %v", err)
		case <-giveUp:
			c.stop()
		}
		break
	}
	c.t.Fatalf("the demo did not start:\n%s", c.logged())
}

func (c *clinic) answers(file string) bool {
	body, err := os.ReadFile(file)
	if err != nil || json.Unmarshal(body, c) != nil {
		return false
	}
	answer, err := http.Get(c.BaseURL + "/v1/site")
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// stop ends the program. It does nothing the second time.
func (c *clinic) stop() {
	if c.cmd == nil {
		return
	}
	began := time.Now()
	c.cmd.Process.Signal(syscall.SIGTERM)
	defer func() { c.t.Logf("it stopped after %s", time.Since(began)) }()
	select {
	case <-c.ended:
	case <-time.After(20 * time.Second):
		c.cmd.Process.Signal(syscall.SIGQUIT) // its log then has what it waits for
		<-c.ended
		c.t.Errorf("the program did not stop by itself:\n%s", c.logged())
	}
	c.cmd = nil
}

// again starts the program where it was.
func (c *clinic) again() {
	c.t.Helper()
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		c.t.Fatal(err)
	}
	c.start(u.Port())
}

// person finds somebody of the demo by role, and discipline where it matters.
func (c *clinic) person(role, discipline string) account {
	c.t.Helper()
	for _, a := range c.Accounts {
		if a.Role == role && (discipline == "" || a.Discipline == discipline) {
			return a
		}
	}
	c.t.Fatalf("the demo has no %s %s", role, discipline)
	return account{}
}

// caller speaks to the API beside the browser, to count what the server holds.
type caller struct {
	*client.Client
	t *testing.T
}

func (c *clinic) caller(in client.SignIn) caller {
	c.t.Helper()
	k, err := client.New(c.BaseURL, client.WithClock(client.Clock{Now: now}), client.WithSignIn(in))
	if err != nil {
		c.t.Fatal(err)
	}
	return caller{k, c.t}
}

// as signs in with a code. A code works once, so a person that the browser is uses
// the browser's own token.
func (c *clinic) as(a account) caller {
	c.t.Helper()
	k := c.caller(client.SignIn{})
	must(k.Enrol(c.t.Context(), a.EnrolmentCode, client.Device{ID: fmt.Sprintf("0197a000-0000-7000-8000-00000000%04x", len(a.Name)), Name: "test"}))(c.t)
	return k
}

// must is what a call gave, or ends the test: must(k.Me(ctx))(t).
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// every is a whole list.
func every[T any](t *testing.T, list iter.Seq2[T, error]) (out []T) {
	t.Helper()
	for v, err := range list {
		out = append(out, must(v, err)(t))
	}
	return out
}

// read reads what the client has no method for.
func (k caller) read(path string, into any) {
	k.t.Helper()
	answer := must(k.Do(k.t.Context(), client.Request{Method: http.MethodGet, Path: path}))(k.t)
	if err := json.Unmarshal(answer.Body, into); err != nil {
		k.t.Fatal(err)
	}
}

// code is a new way in for an account.
func (k caller) code(accountID string) string {
	k.t.Helper()
	return must(k.NewEnrolmentCode(k.t.Context(), accountID, "photo-id"))(k.t).Code
}

// setStatus suspends an account or turns it on again, at its newest version.
func (k caller) setStatus(accountID, status string) {
	k.t.Helper()
	must(k.SetAccountStatus(k.t.Context(), must(k.Account(k.t.Context(), accountID))(k.t), status))(k.t)
}
