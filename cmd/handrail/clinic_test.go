package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"handrail/care/caretest/instants"
	"handrail/client"
)

// running is the whole program as a process, on a data folder that outlives it.
type running struct {
	t    *testing.T
	cmd  *exec.Cmd
	data string
	base string
	log  *bytes.Buffer
	out  *bufio.Reader
}

// runOn starts serve on a data folder and waits until it says where.
func runOn(t *testing.T, data string, more ...string) *running {
	t.Helper()
	return runAhead(t, data, instants.Ahead(), 2*time.Minute, more...)
}

// runAhead is runOn with a clock that is ahead of the machine's, for a process that
// may live so long.
func runAhead(t *testing.T, data string, ahead, life time.Duration, more ...string) *running {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), life)
	t.Cleanup(cancel)
	r := &running{t: t, data: data, log: &bytes.Buffer{}}
	r.cmd = exec.CommandContext(ctx, os.Args[0], append([]string{"serve", "--port", "0", "--admin-listen", "off", "--log-level", "debug"}, more...)...)
	r.cmd.Env = []string{"HANDRAIL_TEST_MAIN=" + ahead.String(), "HANDRAIL_VIDEO_PORT=0", "HANDRAIL_TURN_PORT=0", "GORACE=" + os.Getenv("GORACE"), "HANDRAIL_DATA=" + data}
	r.cmd.Stderr = r.log
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r.out = bufio.NewReader(out)
	line, err := r.out.ReadString('\n')
	if err != nil {
		t.Fatalf("%v: %v: %s", err, r.cmd.Wait(), r.log)
	}
	r.base = strings.TrimSuffix(strings.Fields(line)[3], ".")
	return r
}

// stop ends the process as an operator does, and wants a clean end.
func (r *running) stop() {
	r.t.Helper()
	if err := r.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		r.t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, r.out)
	if err := r.cmd.Wait(); err != nil {
		r.t.Fatalf("%v: %s", err, r.log)
	}
}

// kill ends it as a power cut does.
func (r *running) kill() {
	r.t.Helper()
	if err := r.cmd.Process.Kill(); err != nil {
		r.t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, r.out)
	_ = r.cmd.Wait()
}

// operator runs one of the operator's commands on a data folder.
func operator(t *testing.T, data string, args ...string) (code int, out string) {
	t.Helper()
	var o bytes.Buffer
	c := &call{environ: []string{"HANDRAIL_DATA=" + data}, out: &o, errors: &o, now: instants.Now}
	code = c.run(t.Context(), args)
	return code, o.String()
}

// person is somebody signed in over HTTP, with a client that tries once. Whose chart it
// is: their own.
type person struct {
	*client.Client
	*client.Chart
	r                *running
	account, patient string
	options          []client.Option
}

// client is one of this program. It keeps connections short, since the program comes
// and goes, and is on its clock.
func (r *running) client(options ...client.Option) *client.Client {
	r.t.Helper()
	h := &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	c, err := client.New(r.base, append([]client.Option{client.WithHTTPClient(h), client.WithClock(client.Clock{Now: instants.Now}), client.WithRetries(1, 0)}, options...)...)
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}

// got is what a call gave, or ends the test: got(p.Me(ctx))(t).
func got[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// all is a whole list.
func all[T any](t *testing.T, list iter.Seq2[T, error]) (out []T) {
	t.Helper()
	for v, err := range list {
		out = append(out, got(v, err)(t))
	}
	return out
}

// statusOf is the status of a refusal, 0 of a call that got no answer.
func statusOf(err error) int {
	if p, ok := errors.AsType[*client.Problem](err); ok {
		return p.Status
	}
	return 0
}

// enrol redeems a code.
func (r *running) enrol(code string) *person {
	r.t.Helper()
	p := &person{r: r, Client: r.client()}
	session := got(p.Enrol(r.t.Context(), code, client.Device{ID: client.NewID(), Name: "Phone"}))(r.t).Session
	p.account, p.patient = session.AccountID, session.PatientID
	p.Chart = p.Client.Chart(p.patient)
	return p
}

// moveTo goes on at another program, which has the person's store.
func (p *person) moveTo(r *running) {
	p.r = r
	p.Client = r.client(append(p.options, client.WithSignIn(p.SignedIn()))...)
	p.Chart = p.Client.Chart(p.patient)
}

// admin makes the first account with the operator's command and signs it in.
func (r *running) admin() *person {
	r.t.Helper()
	code, out := operator(r.t, r.data, "account", "create", "--role", "administrator", "--name", "Ada Park")
	if code != exitFine {
		r.t.Fatal(out)
	}
	_, rest, _ := strings.Cut(out, "Enrolment code: ")
	return r.enrol(strings.Fields(rest)[0])
}

// newPatient makes a patient and signs them in.
func (r *running) newPatient(admin *person) *person {
	r.t.Helper()
	return r.newPatientAs(admin, client.NewAccount{Name: "Sam"})
}

func (r *running) newPatientAs(admin *person, who client.NewAccount) *person {
	r.t.Helper()
	who.Role = "patient"
	a := got(admin.CreateAccount(r.t.Context(), who))(r.t)
	return r.enrol(got(admin.NewEnrolmentCode(r.t.Context(), a.ID))(r.t).Code)
}

// checkIn is a check-in with a note.
func checkIn(note string) client.NewCheckIn {
	return client.NewCheckIn{ID: client.NewID(), FormVersion: 1, AnsweredAt: instants.Now().UTC().Truncate(time.Second), Zone: "UTC",
		Answers: map[string]any{"mood": 4, "safety": false, "note": note}}
}

// dataFiles reads every file of a data folder.
func dataFiles(t *testing.T, data string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(data, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		out[path] = b
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
