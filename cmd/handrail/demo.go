package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/skip2/go-qrcode"

	"handrail/care"
	"handrail/care/signin"
	"handrail/handlers/demo"
	"handrail/models"
)

// demoSettings are what a demo decides where nobody said anything else.
var demoSettings = map[string]string{
	"SITE_NAME": "Riverside Clinic", "ZONE": "America/New_York", "ADMIN_LISTEN": "off",
	"MONITORING_HOURS": "Monday to Friday, 9 to 5", "MONITORING_WHO": "a nurse of your team",
	"MONITORING_REVIEWED_ON": "2026-11-02", "LOG_LEVEL": "warn", "VIDEO_PORT": "0", "TURN_PORT": "0",
}

// demoAccount is one line of what the demo prints.
type demoAccount struct {
	Name          string            `json:"name"`
	Role          models.Role       `json:"role"`
	Discipline    models.Discipline `json:"discipline,omitempty"`
	AccountID     string            `json:"accountId"`
	PatientID     string            `json:"patientId,omitempty"`
	EnrolmentCode string            `json:"enrolmentCode"`
}

// runDemo fills a clinic on the embedded store and serves it. Without --data its
// folder goes when it stops.
func runDemo(ctx context.Context, c *call) (err error) {
	temporary, err := os.MkdirTemp("", "handrail-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temporary)) }()
	c.environ = demoEnviron(c.environ, temporary)
	var file, pages string
	var loopback bool
	var ahead time.Duration
	s, _, err := c.settings(0, func(f *flag.FlagSet) {
		f.StringVar(&file, "json", "", "")
		f.BoolVar(&loopback, "loopback-pushes", false, "")
		f.DurationVar(&ahead, "ahead", 0, "")
		f.StringVar(&pages, "pages", "", "")
	})
	if err != nil {
		return err
	}
	s.channels.loopback, s.unsignedTexts, s.site.Demo = loopback, true, true
	s.pages = pages
	s.goAhead(ahead)
	if s.storage.engine != "sqlite" {
		return fmt.Errorf("%w: the demo runs on the embedded store", errUsage)
	}
	people, err := fillDemo(ctx, s)
	if err != nil {
		return err
	}
	for _, a := range people {
		s.demo = append(s.demo, demo.MadeUp{AccountID: a.ID, Name: a.Name, Role: a.Role, Discipline: a.Discipline, PatientID: a.PatientID})
	}
	return serve(ctx, s, c.out, c.errors, func(ctx context.Context, h *instance, base string) error {
		accounts, err := demoCodes(ctx, h, people)
		if err != nil {
			return err
		}
		if file != "" {
			if err := writeDemo(file, base, accounts); err != nil {
				return err
			}
		}
		return printDemo(c.out, base, accounts)
	})
}

// demoEnviron adds the demo's own settings where the environment has none.
func demoEnviron(environ []string, dir string) []string {
	out := append([]string{}, environ...)
	has := map[string]bool{}
	for _, e := range environ {
		name, _, _ := strings.Cut(e, "=")
		has[name] = true
	}
	add := func(name, value string) {
		if !has[prefix+name] {
			out = append(out, prefix+name+"="+value)
		}
	}
	for name, value := range demoSettings {
		add(name, value)
	}
	add("DATA", dir)
	return out
}

// demoCodes makes an enrolment code for each of the people.
func demoCodes(ctx context.Context, h *instance, people []models.Account) ([]demoAccount, error) {
	var out []demoAccount
	for _, a := range people {
		code, err := h.care.Signin.NewEnrolmentCode(ctx, care.System(), a.ID, signin.CodeRequest{})
		if err != nil {
			return nil, err
		}
		out = append(out, demoAccount{a.Name, a.Role, a.Discipline, a.ID, a.PatientID, code.Code})
	}
	return out, nil
}

// writeDemo replaces the file whole, so that who waits for it never reads half.
func writeDemo(file, base string, accounts []demoAccount) error {
	b, err := json.MarshalIndent(map[string]any{"baseURL": base, "accounts": accounts}, "", " ")
	if err != nil {
		return err
	}
	part := filepath.Join(filepath.Dir(file), "."+filepath.Base(file)+".part")
	return errors.Join(os.WriteFile(part, append(b, '\n'), 0o600), os.Rename(part, file))
}

func printDemo(out io.Writer, base string, accounts []demoAccount) error {
	fmt.Fprintf(out, "\nA demo clinic. Nothing in it is about a real person.\n\n  %s\n\n", base)
	for _, a := range accounts {
		role := string(a.Role)
		if a.Discipline != "" {
			role = string(a.Discipline)
		}
		fmt.Fprintf(out, "  %-16s %-16s %s\n", a.EnrolmentCode, role, a.Name)
	}
	link := base + "/#/enrol/" + accounts[0].EnrolmentCode
	code, err := qrcode.New(link, qrcode.Low)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\n%s, on a phone that reaches this machine:\n%s\n%s\n", accounts[0].Name, link, code.ToSmallString(false))
	return nil
}

// demoClock is set back while the history is written.
type demoClock struct{ now time.Time }

func (c *demoClock) Now() time.Time { return c.now }
