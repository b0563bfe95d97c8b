package room

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// The table written out by hand, one line a pair: a change of the rules must
// change it here as well. Letters: a audio, v video, s screen, c chat, t caption.
var open = map[string]string{
	"lead":        "clinician:avsct patient:avsct interpreter:avsct supporter:avsct observer:avst",
	"clinician":   "lead:avsct patient:avsct interpreter:avsct supporter:avsct observer:avst",
	"patient":     "lead:avsct clinician:avsct interpreter:avsct supporter:avsct observer:avst",
	"interpreter": "lead:avct clinician:avct patient:avct supporter:avct observer:avt",
	"supporter":   "lead:avc clinician:avc patient:avc interpreter:avc observer:av",
	"observer":    "lead: clinician: patient: interpreter: supporter:",
}

func letters(r *Room, from, to Role) string {
	out := ""
	for i, k := range Kinds {
		if r.May(r.Person(string(from)), r.Person(string(to)), k) {
			out += "avsct"[i : i+1]
		}
	}
	return out
}

func TestTheTableForEveryPair(t *testing.T) {
	r := full(t)
	for _, from := range Roles {
		for _, pair := range strings.Fields(open[string(from)]) {
			to, want, _ := strings.Cut(pair, ":")
			if got := letters(r, from, Role(to)); got != want {
				t.Errorf("open: %s to %s: %q, want %q", from, to, got, want)
			}
		}
	}
}

func TestAHuddleIsHeardOnlyByThoseWhoTreat(t *testing.T) {
	r := full(t)
	must(t, r.Do("clinician", Command{Verb: Confer, On: true}))
	for _, from := range Roles {
		for _, to := range Roles {
			want := ""
			if from != to && from.Treats() && to.Treats() {
				want = "avsct"
			}
			if got := letters(r, from, to); got != want {
				t.Errorf("huddle: %s to %s: %q, want %q", from, to, got, want)
			}
		}
	}
	if v, _ := r.ViewFor("patient"); !v.OnHold || v.Phase != Huddle {
		t.Error("the patient is not told that they wait")
	}
	must(t, r.Do("lead", Command{Verb: Confer}))
	if letters(r, Patient, Lead) != "avsct" {
		t.Error("the huddle did not end")
	}
}

func TestInterpreterChannels(t *testing.T) {
	r := full(t)
	must(t, r.Do("interpreter", Command{Verb: Speak, Language: "es"}))
	hears := func(id string) bool { return r.May(r.Person("interpreter"), r.Person(id), Audio) }
	if hears("patient") || hears("lead") {
		t.Error("a language was heard by somebody who did not choose it")
	}
	must(t, r.Do("patient", Command{Verb: Hear, Language: "es"}))
	if !hears("patient") || hears("lead") {
		t.Error("the language does not reach exactly those who chose it")
	}
	lead, patient := r.Person("lead"), r.Person("patient")
	if !r.May(lead, patient, Audio) || !r.Ducked(lead, patient) {
		t.Error("the floor should be soft under the interpreter")
	}
	must(t, r.Do("interpreter", Command{Verb: Send, Kind: Audio}))
	if r.Ducked(lead, patient) {
		t.Error("the floor stays soft with nobody interpreting")
	}
	if !r.May(r.Person("interpreter"), lead, Video) {
		t.Error("a channel is for sound only")
	}
}

// TestWhateverHappensNothingReachesWhoMayNotHaveIt plays random commands and
// checks after each what must always hold.
func TestWhateverHappensNothingReachesWhoMayNotHaveIt(t *testing.T) {
	all := []Verb{Admit, AdmitAll, SendBack, Remove, Confer, Lock, Silence, Send, Raise, Hear, Speak, Leave, "junk"}
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 1))
		r, gone := full(t), map[string]bool{}
		for step := range 120 {
			by := string(Roles[rng.IntN(len(Roles))])
			c := Command{Verb: all[rng.IntN(len(all))], Whom: string(Roles[rng.IntN(len(Roles))]), On: rng.IntN(2) == 0,
				Kind: Kinds[rng.IntN(len(Kinds))], Language: []string{"", "es", "!"}[rng.IntN(3)]}
			if rng.IntN(4) == 0 {
				_, _ = r.Arrive(Guest{ID: by, Role: Role(by)}, fmt.Sprint("s", step))
			} else {
				_ = r.Do(by, c)
			}
			invariants(t, r, gone)
			if t.Failed() {
				t.Fatalf("seed %d step %d: %s did %+v", seed, step, by, c)
			}
		}
	}
}

func invariants(t *testing.T, r *Room, gone map[string]bool) {
	for i := range r.People {
		from := &r.People[i]
		if gone[from.ID] && from.Place != Removed {
			t.Errorf("%s came back after being removed", from.ID)
		}
		gone[from.ID] = from.Place == Removed
		for j := range r.People {
			to := &r.People[j]
			for _, k := range Kinds {
				if !r.May(from, to, k) {
					continue
				}
				switch {
				case from.ID == to.ID:
					t.Errorf("%s gets their own %s", from.ID, k)
				case from.Place != Inside || to.Place != Inside:
					t.Errorf("%s (%s) reaches %s (%s)", from.ID, from.Place, to.ID, to.Place)
				case r.Phase == Huddle && (!from.Role.Treats() || !to.Role.Treats()):
					t.Errorf("huddle: %s reaches %s", from.ID, to.ID)
				case from.Role == Observer:
					t.Errorf("an observer sends %s", k)
				case !from.Sends.Has(k):
					t.Errorf("%s sends %s that is off", from.ID, k)
				}
			}
		}
	}
}
