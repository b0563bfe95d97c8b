package webtest

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// TestTheExampleOfAnApp runs examples/phone as its README says, each step a process of its
// own, against the real program: also while that is gone.
func TestTheExampleOfAnApp(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("node"); err != nil && os.Getenv("HANDRAIL_TEST_REQUIRE_BROWSER") == "" {
		t.Skip("node is needed: ", err)
	}
	c := openClinic(t)
	phone, maya := filepath.Join(t.TempDir(), "phone"), c.person("patient", "")
	run := func(more ...string) (said struct {
		SignedIn, Saved, Role, Socket, Ticket string
		Key, Newer, Help, SignedOut           bool
		Version, Waiting                      int
		Plan                                  map[string]any
		Sent                                  []string
	}) {
		t.Helper()
		out, err := exec.CommandContext(t.Context(), "node", slices.Concat([]string{"../../examples/phone/main.mjs", phone}, more)...).CombinedOutput()
		if err != nil || json.Unmarshal(out, &said) != nil {
			t.Fatalf("%v: %v: %s", more, err, out)
		}
		return said
	}
	if in := run("enrol", c.BaseURL, maya.EnrolmentCode); in.SignedIn != "patient" || !in.Key {
		t.Fatalf("signed in as %q, with a key: %t", in.SignedIn, in.Key)
	}
	if first := run("plan"); !first.Newer || first.Version == 0 || first.Plan["subject"] != maya.PatientID {
		t.Errorf("the plan: %+v", first)
	}
	if again := run("plan"); again.Newer || again.Version == 0 {
		t.Errorf("the plan, asked for again: %+v", again)
	}
	visit := run("join")
	if visit.Role != "patient" || visit.Ticket == "" || visit.Socket == "" {
		t.Errorf("the visit: %+v", visit)
	}

	c.stop()
	if offline := run("plan"); offline.Version == 0 || offline.Plan == nil {
		t.Errorf("without a network the plan is %+v", offline)
	}
	first, second := run("check-in", "mood=3", "safety=true").Saved, run("check-in", "mood=6").Saved
	if none := run("send"); len(none.Sent) > 0 || none.Waiting != 2 {
		t.Errorf("without a network: %+v", none)
	}
	waits := waiting(t, phone)

	c.again()
	if sent := run("send"); !slices.Equal(sent.Sent, []string{first, second}) || sent.Waiting != 0 || !sent.Help {
		t.Errorf("with a network: %+v, want %s and %s", sent, first, second)
	}
	for name, text := range waits { // as if the phone had died before it heard the answer
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if sent := run("send"); len(sent.Sent) != 2 || sent.Waiting != 0 {
		t.Errorf("sent again: %+v", sent)
	}
	var list struct{ Items []struct{ ID string } }
	c.as(c.person("clinician", "therapy")).read("/v1/patients/"+maya.PatientID+"/check-ins?limit=100", &list)
	held := map[string]int{}
	for _, one := range list.Items {
		held[one.ID]++
	}
	if held[first] != 1 || held[second] != 1 {
		t.Errorf("the clinic has the first %d times and the second %d times", held[first], held[second])
	}

	office := c.as(c.person("administrator", ""))
	office.setStatus(maya.AccountID, "suspended")
	if out := run("join"); !out.SignedOut {
		t.Errorf("of a suspended account: %+v", out)
	}
	if plan := run("plan"); plan.Plan == nil {
		t.Error("signed out, the phone has no plan any more")
	}
	office.setStatus(maya.AccountID, "active")
	run("enrol", c.BaseURL, office.code(maya.AccountID))
	for _, s := range every(t, office.AccountSessions(t.Context(), maya.AccountID)) {
		if s.EndedAt.IsZero() {
			must(0, office.EndAccountSession(t.Context(), maya.AccountID, s.ID, "reported-lost"))(t)
		}
	}
	run("plan")
	if left := must(filepath.Glob(filepath.Join(phone, "*")))(t); len(left) > 0 {
		t.Errorf("a phone that was reported lost still has %v", left)
	}
}

// waiting is what the phone has not sent, by its file.
func waiting(t *testing.T, phone string) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(phone, "waits-*.json"))
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	all := map[string][]byte{}
	for _, name := range names {
		all[name] = must(os.ReadFile(name))(t)
	}
	return all
}
