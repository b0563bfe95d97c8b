package webtest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
)

// program builds handrail once for all tests of this folder.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "handrail-webtest")
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

func TestMain(m *testing.M) {
	code := m.Run()
	if err := browsers.close(); err != nil {
		fmt.Fprintln(os.Stderr, "the browser left files behind:", err)
	}
	if path, err := program(); err == nil {
		os.RemoveAll(filepath.Dir(path))
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
	file := filepath.Join(c.dir, "demo.json")
	os.Remove(file)
	c.cmd = exec.Command(path, append([]string{"demo", "--port", port, "--json", file, "--data", filepath.Join(c.dir, "data"), "--ahead", c.ahead.String()}, c.flags...)...)
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
	c     *clinic
	token string
}

// as signs in with a code. A code works once, so a person that the browser is uses
// the browser's own token.
func (c *clinic) as(a account) caller {
	c.t.Helper()
	var in struct{ AccessToken string }
	body := fmt.Sprintf(`{"code":%q,"device":{"id":"0197a000-0000-7000-8000-00000000%04x","name":"test"}}`, a.EnrolmentCode, len(a.Name))
	c.ask("POST", "/v1/auth/enrol", "", body, &in)
	return caller{c, in.AccessToken}
}

func (k caller) get(path string, into any) { k.c.t.Helper(); k.c.ask("GET", path, k.token, "", into) }

func (c *clinic) ask(method, path, token, body string, into any) {
	c.t.Helper()
	c.change(method, path, token, "", body, into)
}

// setStatus suspends an account or turns it on again, at its newest version.
func (c *clinic) setStatus(office caller, accountID, status string) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	rq, err := http.NewRequestWithContext(ctx, http.MethodGet, c.BaseURL+"/v1/accounts/"+accountID, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	rq.Header.Set("Authorization", "Bearer "+office.token)
	answer, err := http.DefaultClient.Do(rq)
	if err != nil {
		c.t.Fatal(err)
	}
	answer.Body.Close()
	var none any
	c.change("PUT", "/v1/accounts/"+accountID+"/status", office.token, answer.Header.Get("ETag"), `{"status":"`+status+`"}`, &none)
}

// change is ask for what is changed at a version.
func (c *clinic) change(method, path, token, etag, body string, into any) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	rq, err := http.NewRequestWithContext(ctx, method, c.BaseURL+path, bytes.NewReader([]byte(body)))
	if err != nil {
		c.t.Fatal(err)
	}
	rq.Header.Set("Content-Type", "application/json")
	if token != "" {
		rq.Header.Set("Authorization", "Bearer "+token)
	}
	if etag != "" {
		rq.Header.Set("If-Match", etag)
	}
	answer, err := http.DefaultClient.Do(rq)
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= 300 {
		c.t.Fatalf("%s %s: %d %s %v", method, path, answer.StatusCode, text, err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		c.t.Fatal(err)
	}
}
