package room

import (
	"encoding/json"
	"reflect"
	"testing"

	"handrail/models"
)

// full is a room with one person of each role, all inside and sending all they may.
func full(t *testing.T) *Room {
	t.Helper()
	r := New("visit", nil)
	for _, role := range Roles {
		id := string(role)
		if _, err := r.Arrive(Guest{ID: id, Name: "N " + id, Role: role}, "s-"+id); err != nil {
			t.Fatal(err)
		}
	}
	must(t, r.Do("lead", Command{Verb: AdmitAll}))
	for _, role := range Roles {
		for _, k := range []Kind{Audio, Video, Screen} {
			if MayGive(role, k) {
				must(t, r.Do(string(role), Command{Verb: Send, Kind: k, On: true}))
			}
		}
	}
	return r
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func code(err error) string {
	if e, ok := err.(*models.Error); ok {
		return e.Code
	}
	return ""
}

func TestThoseWhoTreatWalkInAndOthersWait(t *testing.T) {
	r := New("v", nil)
	for _, role := range Roles {
		_, err := r.Arrive(Guest{ID: string(role), Role: role}, "s")
		must(t, err)
		want := Lobby
		if role == Lead || role == Clinician {
			want = Inside
		}
		if got := r.Person(string(role)).Place; got != want {
			t.Errorf("%s arrives in %s, want %s", role, got, want)
		}
	}
	if n := len(r.Waiting()); n != 4 {
		t.Errorf("%d wait, want 4", n)
	}
}

func TestAdmissionIsOneByOneOrAllWhoAreThere(t *testing.T) {
	r := New("v", nil)
	for _, g := range []Guest{{"doc", "D", Lead}, {"ann", "A", Patient}, {"mum", "M", Supporter}} {
		_, err := r.Arrive(g, "s-"+g.ID)
		must(t, err)
	}
	must(t, r.Do("doc", Command{Verb: Admit, Whom: "ann"}))
	if r.Person("ann").Place != Inside || r.Person("mum").Place != Lobby {
		t.Fatal("admit let in the wrong people")
	}
	r.Drop("mum", "s-mum")
	must(t, r.Do("doc", Command{Verb: AdmitAll}))
	if r.Person("mum").Place != Lobby {
		t.Error("somebody who had closed the page was admitted")
	}
}

func TestALostConnectionKeepsThePlaceAndLeavingDoesNot(t *testing.T) {
	r := full(t)
	if !r.Drop("patient", "s-patient") || r.Drop("patient", "s-patient") {
		t.Fatal("drop should change something exactly once")
	}
	_, err := r.Arrive(Guest{ID: "patient", Role: Patient}, "s-patient")
	must(t, err)
	if r.Person("patient").Place != Inside {
		t.Error("a reload sent the patient to the lobby")
	}
	must(t, r.Do("patient", Command{Verb: Leave}))
	_, err = r.Arrive(Guest{ID: "patient", Role: Patient}, "again")
	must(t, err)
	if r.Person("patient").Place != Lobby {
		t.Error("somebody who had left came back in without being admitted")
	}
}

func TestTheNewerSessionWinsAndTheOlderIsNamed(t *testing.T) {
	r := full(t)
	older, err := r.Arrive(Guest{ID: "mum", Role: Supporter}, "one")
	must(t, err)
	if older != "" {
		t.Fatal("a first session replaced something")
	}
	older, err = r.Arrive(Guest{ID: "mum", Role: Supporter}, "two")
	must(t, err)
	if older != "one" || r.Person("mum").Session != "two" {
		t.Fatalf("older=%q session=%q", older, r.Person("mum").Session)
	}
	if r.Drop("mum", "one") {
		t.Error("the end of the older session touched the newer one")
	}
}

func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		by   string
		do   Command
		code string
	}{
		"patient admits":            {"patient", Command{Verb: Admit, Whom: "supporter"}, "not-your-role"},
		"supporter huddles":         {"supporter", Command{Verb: Confer, On: true}, "not-your-role"},
		"clinician ends":            {"clinician", Command{Verb: End}, "not-your-role"},
		"clinician removes lead":    {"clinician", Command{Verb: Remove, Whom: "lead"}, "not-your-role"},
		"lead removes the patient":  {"lead", Command{Verb: Remove, Whom: "patient"}, "not-your-role"},
		"lead sends back clinician": {"lead", Command{Verb: SendBack, Whom: "clinician"}, "not-your-role"},
		"admit who is inside":       {"lead", Command{Verb: Admit, Whom: "patient"}, "not-now"},
		"stranger":                  {"nobody", Command{Verb: Leave}, "not-found"},
		"whom is not there":         {"lead", Command{Verb: Admit, Whom: "x"}, "not-found"},
		"observer speaks":           {"observer", Command{Verb: Send, Kind: Audio, On: true}, "not-your-role"},
		"supporter shares":          {"supporter", Command{Verb: Send, Kind: Screen, On: true}, "not-your-role"},
		"send a smell":              {"lead", Command{Verb: Send, Kind: "smell", On: true}, "unknown-kind"},
		"silence chat":              {"lead", Command{Verb: Silence, Whom: "patient", Kind: Chat}, "unknown-kind"},
		"patient interprets":        {"patient", Command{Verb: Speak, Language: "es"}, "not-your-role"},
		"no language":               {"patient", Command{Verb: Hear, Language: "e s"}, "bad-language"},
		"unknown":                   {"lead", Command{Verb: "dance"}, "unknown-command"},
	} {
		r := full(t)
		before, _ := json.Marshal(r)
		if got := code(r.Do(c.by, c.do)); got != c.code {
			t.Errorf("%s: got %q, want %q", name, got, c.code)
		}
		if after, _ := json.Marshal(r); string(after) != string(before) {
			t.Errorf("%s: a refused command changed the room", name)
		}
	}
}

func TestALockedRoomKeepsNewPeopleOutAndTakesBackItsOwn(t *testing.T) {
	r := full(t)
	must(t, r.Do("clinician", Command{Verb: Lock, On: true}))
	_, err := r.Arrive(Guest{ID: "late", Role: Clinician}, "s")
	if code(err) != "visit-locked" {
		t.Errorf("new clinician: %v", err)
	}
	r.Drop("patient", "s-patient")
	if _, err := r.Arrive(Guest{ID: "patient", Role: Patient}, "s2"); err != nil {
		t.Errorf("the patient's reload was locked out: %v", err)
	}
	if _, err := r.Arrive(Guest{ID: "chief", Role: Lead}, "s"); err != nil {
		t.Errorf("a lead was locked out: %v", err)
	}
}

func TestSilenceSwitchesOffAndOnlyThePersonSwitchesOn(t *testing.T) {
	r := full(t)
	must(t, r.Do("clinician", Command{Verb: Silence, Whom: "patient", Kind: Audio}))
	if r.May(r.Person("patient"), r.Person("lead"), Audio) {
		t.Fatal("silenced and still heard")
	}
	must(t, r.Do("patient", Command{Verb: Send, Kind: Audio, On: true}))
	if !r.May(r.Person("patient"), r.Person("lead"), Audio) {
		t.Fatal("the patient could not speak again")
	}
}

func TestEndAndFull(t *testing.T) {
	r := full(t)
	must(t, r.Do("lead", Command{Verb: End}))
	if _, err := r.Arrive(Guest{ID: "patient", Role: Patient}, "s"); code(err) != "visit-ended" {
		t.Errorf("arrive after the end: %v", err)
	}
	if code(r.Do("lead", Command{Verb: Lock, On: true})) != "visit-ended" {
		t.Error("an ended room took a command")
	}
	r = New("v", nil)
	for i := range MaxPeople {
		_, err := r.Arrive(Guest{ID: string(rune('a' + i)), Role: Supporter}, "s")
		must(t, err)
	}
	if _, err := r.Arrive(Guest{ID: "one more", Role: Lead}, "s"); code(err) != "visit-full" {
		t.Errorf("full room: %v", err)
	}
	must(t, r.Do("a", Command{Verb: Leave}))
	if _, err := r.Arrive(Guest{ID: "one more", Role: Lead}, "s"); err != nil {
		t.Errorf("somebody left, and their place is still taken: %v", err)
	}
	if _, err := r.Arrive(Guest{ID: "a", Role: Supporter}, "s"); code(err) != "visit-full" {
		t.Errorf("who left came back into a full room: %v", err)
	}
}

func TestARoomSurvivesJSON(t *testing.T) {
	r := full(t)
	must(t, r.Do("lead", Command{Verb: Confer, On: true}))
	data, err := json.Marshal(r)
	must(t, err)
	var back Room
	must(t, json.Unmarshal(data, &back))
	if !reflect.DeepEqual(*r, back) {
		t.Errorf("lost on the way:\n%+v\n%+v", *r, back)
	}
}

func TestAViewShowsNoMoreThanItMay(t *testing.T) {
	r := full(t)
	r.Expects = []Guest{{"late", "Late", Clinician}, {"super", "Sue", Observer}, {"lead", "L", Lead}}
	must(t, r.Do("lead", Command{Verb: SendBack, Whom: "supporter"}))
	must(t, r.Do("lead", Command{Verb: SendBack, Whom: "patient"}))
	v, ok := r.ViewFor("patient")
	if !ok || !v.You.SentBack {
		t.Fatalf("the patient is not told that they were sent back: %+v", v)
	}
	for _, p := range v.People {
		if p.ID == "supporter" {
			t.Error("people who wait see each other")
		}
		if p.Session != "" {
			t.Error("a session id was shown to somebody else")
		}
	}
	if len(v.Expects) != 1 || v.Expects[0].ID != "late" {
		t.Errorf("expects %+v", v.Expects)
	}
	if v, _ = r.ViewFor("clinician"); len(v.People) != 5 || len(v.Expects) != 2 {
		t.Errorf("the clinician sees %d people and %d expected", len(v.People), len(v.Expects))
	}
	if _, ok = r.ViewFor("stranger"); ok {
		t.Error("a stranger got a view")
	}
}
