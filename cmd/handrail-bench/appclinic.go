package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"handrail/client"
)

// appClinic is the demo in a process of its own, behind a slow link.
type appClinic struct {
	cmd    *exec.Cmd
	dir    string
	link   *slowLink
	base   string // over the link
	direct string // past it
	demo   struct {
		BaseURL  string
		Accounts []struct{ Role, AccountID, PatientID, EnrolmentCode string }
	}
	office *client.Client
}

func openAppClinic(ctx context.Context) (*appClinic, error) {
	dir, err := os.MkdirTemp("", "handrail-bench-app")
	if err != nil {
		return nil, err
	}
	c := &appClinic{dir: dir}
	if err := c.start(ctx); err != nil {
		return nil, errors.Join(err, c.close())
	}
	return c, nil
}

func (c *appClinic) start(ctx context.Context) error {
	binary, file := filepath.Join(c.dir, "handrail"), filepath.Join(c.dir, "demo.json")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "./cmd/handrail").CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	far, err := freePort()
	if err != nil {
		return err
	}
	c.base, c.direct = "http://127.0.0.1:"+port, "http://127.0.0.1:"+far
	if c.link, err = openLink(ctx, "127.0.0.1:"+port, "127.0.0.1:"+far, appKbits, appRoundTrip); err != nil {
		return err
	}
	c.cmd = exec.Command(binary, "demo", "--port", far, "--base-url", c.base, "--json", file, "--data", filepath.Join(c.dir, "data"))
	c.cmd.Stderr = os.Stderr
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := c.cmd.Start(); err != nil {
		return err
	}
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		body, err := os.ReadFile(file)
		if err == nil && json.Unmarshal(body, &c.demo) == nil && answers(ctx, c.direct+"/readyz") == nil {
			return c.signOfficeIn(ctx)
		}
		if time.Since(began) > time.Minute {
			return errors.New("the demo did not start")
		}
	}
}

// signOfficeIn signs the administrator in past the link: requests go there under the
// address that the program knows.
func (c *appClinic) signOfficeIn(ctx context.Context) error {
	past := &http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, strings.TrimPrefix(c.direct, "http://"))
	}}
	office, err := client.New(c.base, client.WithHTTPClient(&http.Client{Transport: past}))
	if err != nil {
		return err
	}
	c.office = office
	for _, a := range c.demo.Accounts {
		if a.Role == "administrator" {
			_, err := office.Enrol(ctx, a.EnrolmentCode, client.Device{ID: "0197a000-0000-7000-8000-000000000001", Name: "bench"})
			return err
		}
	}
	return errors.New("the demo has no administrator")
}

// code is a new way in for the first person of a role.
func (c *appClinic) code(ctx context.Context, role string) (string, error) {
	for _, a := range c.demo.Accounts {
		if a.Role == role {
			made, err := c.office.NewEnrolmentCode(ctx, a.AccountID, "photo-id")
			return made.Code, err
		}
	}
	return "", fmt.Errorf("the demo has no %s", role)
}

// manyPatients puts the first clinician on the teams of 500 patients.
func (c *appClinic) manyPatients(ctx context.Context) error {
	clinician := ""
	for _, a := range c.demo.Accounts {
		if a.Role == "clinician" && clinician == "" {
			clinician = a.AccountID
		}
	}
	for n := range appPatients {
		a, err := c.office.CreateAccount(ctx, client.NewAccount{Role: "patient", Name: fmt.Sprintf("Patient %03d Of The List", n)})
		if err != nil {
			return err
		}
		team := "/v1/patients/" + a.PatientID + "/care-team"
		now, err := c.office.Do(ctx, client.Request{Method: http.MethodGet, Path: team})
		if err != nil {
			return err
		}
		if _, err := c.office.Do(ctx, client.Request{Method: http.MethodPut, Path: team + "/" + clinician, IfMatch: now.Header.Get("ETag"), Body: map[string]any{"lead": false}}); err != nil {
			return err
		}
	}
	return nil
}

func (c *appClinic) close() error {
	var errs []error
	if c.link != nil {
		errs = append(errs, c.link.listener.Close())
	}
	if c.cmd != nil && c.cmd.Process != nil {
		errs = append(errs, c.cmd.Process.Signal(os.Interrupt))
		_ = c.cmd.Wait() // it says that it was told to end
	}
	return errors.Join(append(errs, os.RemoveAll(c.dir))...)
}
