package handlers_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"handrail/care"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/models"
)

// TestCodesGuessedOver64Connections: of guesses at the same time, from many addresses of
// one IPv6 network, the network has its share and no more, and of those at one code five
// are judged; the code is over, and somebody elsewhere comes in by theirs.
func TestCodesGuessedOver64Connections(t *testing.T) {
	c := openClinic(t)
	heard := &lines{}
	api := handlers.New(handlers.Config{Care: c.InstanceWith(func(k *care.Config) { k.Log = slog.New(slog.NewTextHandler(heard, nil)) }),
		Edge: edge.Config{Log: slog.New(slog.DiscardHandler), Now: c.Clock.Now, Proxies: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/32")}}})
	aim := c.CodeFor(c.NewPatient().ID)
	try := func(code, from string) int {
		r := knockWith("/v1/auth/enrol", map[string]any{"code": code, "device": models.Device{ID: care.NewID(), Name: "Phone"}})
		r.Header.Set("X-Forwarded-For", from)
		res, err := api.App().Test(r, -1)
		if err != nil {
			t.Error(err)
			return 0
		}
		return res.StatusCode
	}
	var heldBack, judged, in atomic.Int32
	var all sync.WaitGroup
	for i := range 64 {
		all.Go(func() {
			for j := range 8 {
				code := aim[:5] + fmt.Sprintf("%03d-%03d", i, j)
				if code == aim {
					continue
				}
				switch try(code, fmt.Sprintf("2001:db8:7:7:%x:%x::1", i, j)) {
				case http.StatusTooManyRequests:
					heldBack.Add(1)
				case http.StatusUnprocessableEntity:
					judged.Add(1)
				default:
					in.Add(1)
				}
			}
		})
	}
	all.Wait()
	if in.Load() != 0 || judged.Load() > int32(handlers.EnrolPace.Burst) || heldBack.Load() < 64*8-1-int32(handlers.EnrolPace.Burst) {
		t.Errorf("of 512 guesses of one network %d were answered, %d held back, %d came in", judged.Load(), heldBack.Load(), in.Load())
	}
	if status := try(aim, "203.0.113.9"); status != http.StatusUnprocessableEntity {
		t.Errorf("the right code after five wrong ones: %d", status)
	}
	if status := try(c.CodeFor(c.NewPatient().ID), "203.0.113.9"); status != http.StatusCreated {
		t.Errorf("somebody elsewhere: %d", status)
	}
	if n := strings.Count(heard.String(), "many wrong enrolment codes"); n != 1 {
		t.Errorf("the operator was told %d times", n)
	}
}

// lines is a log of several goroutines.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// TestTheSecurityPageNamesTestsThatThereAre: each row of its table of attacks has one at
// least.
func TestTheSecurityPageNamesTestsThatThereAre(t *testing.T) {
	there := map[string]bool{}
	found := regexp.MustCompile(`(?m)^func ((?:Test|Benchmark)\w+)\(`)
	for _, pattern := range []string{"../*/*_test.go", "../*/*/*_test.go", "../*/*/*/*_test.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range found.FindAllStringSubmatch(string(text), -1) {
				there[m[1]] = true
			}
		}
	}
	page, err := os.ReadFile("../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`((?:Test|Benchmark)\\w+)")
	rows := 0
	for line := range strings.Lines(string(page)) {
		names := named.FindAllStringSubmatch(line, -1)
		for _, n := range names {
			if !there[n[1]] {
				t.Errorf("there is no %s", n[1])
			}
		}
		if strings.HasPrefix(line, "| ") && !strings.HasPrefix(line, "| attack") && strings.Count(line, "|") == 4 {
			if rows++; len(names) == 0 {
				t.Errorf("a row names no test: %s", line)
			}
		}
	}
	if rows < 20 {
		t.Errorf("%d rows", rows)
	}
}
