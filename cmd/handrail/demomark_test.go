package main

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest/instants"
	"handrail/care/people"
	"handrail/models"
)

func demoSettingsOn(t *testing.T, data string) settings {
	t.Helper()
	s, _, err := readSettings([]string{"--data", data, "--zone", demoSettings["ZONE"]}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.now = func() time.Time { return instants.Usual.At }
	return s
}

func newNurse(t *testing.T, s settings) models.Account {
	t.Helper()
	h, err := openInstance(t.Context(), s.storage, s.care(), true)
	if err != nil {
		t.Fatal(err)
	}
	a, err := h.care.People.CreateAccount(t.Context(), care.System(), people.NewAccount{ID: care.NewID(), Role: models.RoleClinician, Discipline: models.DisciplineNursing, Name: "A Real Nurse"})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.close(); err != nil {
		t.Fatal(err)
	}
	return a
}

// A demo gives anybody a code for anybody of it, so it never begins on a clinic's folder,
// and of its own folder it shows whom it made and nobody who came later.
func TestADemoKnowsItsOwnPeopleAlone(t *testing.T) {
	t.Parallel()
	clinic := demoSettingsOn(t, t.TempDir())
	newNurse(t, clinic)
	if people, err := fillDemo(t.Context(), clinic); err == nil || len(people) > 0 || !strings.Contains(err.Error(), "no demo") {
		t.Errorf("a demo on a clinic's folder has %d people, %v", len(people), err)
	}
	if _, err := os.Stat(clinic.storage.demoMark()); err == nil {
		t.Error("a clinic's folder was marked as a demo's")
	}

	own := demoSettingsOn(t, t.TempDir())
	first, err := fillDemo(t.Context(), own)
	if err != nil {
		t.Fatal(err)
	}
	late := newNurse(t, own)
	again, err := fillDemo(t.Context(), own)
	if err != nil {
		t.Fatal(err)
	}
	ids := func(all []models.Account) (out []string) {
		for _, a := range all {
			out = append(out, a.ID)
		}
		return out
	}
	if !slices.Equal(ids(first), ids(again)) || slices.Contains(ids(again), late.ID) {
		t.Errorf("the people of the demo were %v and are %v", ids(first), ids(again))
	}
	if err := runServe(t.Context(), &call{args: []string{"--data", own.storage.dir, "--port", "0", "--admin-listen", "off", "--video", "off"}}); err == nil || !strings.Contains(err.Error(), "demo") {
		t.Errorf("a demo's folder was served as a clinic: %v", err)
	}
}

// The mark of another store, and that of a demo that was cut off while it was made, open nothing.
func TestADemoWithAMarkThatDoesNotFitIsRefused(t *testing.T) {
	t.Parallel()
	for name, mark := range map[string]demoMark{
		"of another store": {Made: true, Accounts: []string{care.NewID()}},
		"cut off":          {Accounts: []string{care.NewID()}},
		"of nobody":        {Made: true},
	} {
		s := demoSettingsOn(t, t.TempDir())
		newNurse(t, s)
		b, err := json.Marshal(mark)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(s.storage.dir, "demo.json"), b, 0o600); err != nil {
			t.Fatal(err)
		}
		if people, err := fillDemo(t.Context(), s); err == nil || len(people) > 0 {
			t.Errorf("%s: %d people", name, len(people))
		}
	}
}

// Codes for the demo's people are made at a pace for each address.
func TestCodesOfADemoHaveAPace(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "demo.json")
	cmd, out, log := program(t, "demo", "--port", "0", "--admin-listen", "off", "--video", "off", "--json", file)
	for line := ""; !strings.Contains(line, "Handrail serves at"); {
		var err error
		if line, err = out.ReadString('\n'); err != nil {
			t.Fatalf("%v: %s", err, log)
		}
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var demo struct {
		BaseURL  string        `json:"baseURL"`
		Accounts []demoAccount `json:"accounts"`
	}
	if err := json.Unmarshal(raw, &demo); err != nil {
		t.Fatal(err)
	}
	post := func(id string) int {
		rq, err := http.NewRequestWithContext(context.Background(), http.MethodPost, demo.BaseURL+"/v1/demo/people/"+id+"/codes", nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(rq)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		return answer.StatusCode
	}
	if got := post(care.NewID()); got != http.StatusNotFound {
		t.Errorf("a code for a stranger: %d", got)
	}
	last := 0
	for range 200 {
		if last = post(demo.Accounts[2].AccountID); last != http.StatusCreated {
			break
		}
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("200 codes at once, the last answered %d", last)
	}
	(&running{t: t, cmd: cmd, base: demo.BaseURL, log: log, out: out}).stop()
}
