package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest/instants"
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
	r.cmd.Env = []string{"HANDRAIL_TEST_MAIN=" + ahead.String(), "HANDRAIL_VIDEO_PORT=0", "HANDRAIL_TURN_PORT=0", "HANDRAIL_DATA=" + data}
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

// person is somebody signed in over HTTP.
type person struct {
	r                *running
	token, refresh   string
	account, patient string
}

// client keeps connections short: the program behind them comes and goes.
var client = &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}

// call sends JSON and reads JSON. It returns 0 when the program is gone.
func (p *person) call(method, path string, body any, header ...string) (int, map[string]any) {
	p.r.t.Helper()
	status, out, _ := p.exchange(method, path, body, header...)
	return status, out
}

// exchange is call with the headers of the answer.
func (p *person) exchange(method, path string, body any, header ...string) (int, map[string]any, http.Header) {
	p.r.t.Helper()
	var b bytes.Buffer
	switch v := body.(type) {
	case nil:
	case string:
		b.WriteString(v)
	default:
		if err := json.NewEncoder(&b).Encode(v); err != nil {
			p.r.t.Fatal(err)
		}
	}
	req, err := http.NewRequest(method, p.r.base+path, &b)
	if err != nil {
		p.r.t.Fatal(err)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if p.token != "" {
		req.Header.Set("Authorization", "Bearer "+p.token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := client.Do(req)
	if err != nil {
		return 0, nil, nil
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, nil, nil
	}
	var out map[string]any
	if json.Unmarshal(raw, &out) != nil {
		out = map[string]any{"raw": string(raw)}
	}
	return res.StatusCode, out, res.Header
}

// tagOf reads the version of something, for If-Match.
func (p *person) tagOf(path string) string {
	p.r.t.Helper()
	status, out, header := p.exchange("GET", path, nil)
	if status != http.StatusOK {
		p.r.t.Fatalf("GET %s: %d: %v", path, status, out)
	}
	return header.Get("ETag")
}

// must calls and wants a status.
func (p *person) must(status int, method, path string, body any, header ...string) map[string]any {
	p.r.t.Helper()
	got, out := p.call(method, path, body, header...)
	if got != status {
		p.r.t.Fatalf("%s %s: %d, want %d: %v", method, path, got, status, out)
	}
	return out
}

// enrol redeems a code.
func (r *running) enrol(code string) *person {
	r.t.Helper()
	p := &person{r: r}
	out := p.must(http.StatusCreated, "POST", "/v1/auth/enrol", map[string]any{"code": code, "device": map[string]any{"id": care.NewID(), "name": "Phone"}})
	p.token, p.refresh = out["accessToken"].(string), out["refreshToken"].(string)
	session := out["session"].(map[string]any)
	p.account = session["accountId"].(string)
	p.patient, _ = session["patientId"].(string)
	return p
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
func (r *running) newPatient(admin *person, more map[string]any) *person {
	r.t.Helper()
	body := map[string]any{"id": care.NewID(), "role": "patient", "name": "Sam"}
	for k, v := range more {
		body[k] = v
	}
	a := admin.must(http.StatusCreated, "POST", "/v1/accounts", body)
	code := admin.must(http.StatusCreated, "POST", fmt.Sprintf("/v1/accounts/%s/enrolment-codes", a["id"]), nil)
	return r.enrol(code["code"].(string))
}

// checkIn is a check-in with a note.
func checkIn(note string) map[string]any {
	return map[string]any{"id": care.NewID(), "formVersion": 1, "answeredAt": instants.Now().Format(time.RFC3339), "zone": "UTC",
		"answers": map[string]any{"mood": 4, "safety": false, "note": note}}
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
