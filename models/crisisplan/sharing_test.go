package crisisplan

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"handrail/models"
)

func TestNothingIsSharedByDefault(t *testing.T) {
	p, v := activePlan(samsPlan())
	if got := p.SharedView(mother.AccountID, v); len(got.Sections) != 0 || !reflect.DeepEqual(got.Content, Content{}) {
		t.Errorf("shared without being asked: %+v", got)
	}
}

// TestNoUnsharedWordGetsOut shares random sections of random plans with random people
// and looks for the words of every section in what each of them sees.
func TestNoUnsharedWordGetsOut(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for round := range 600 {
		p, v := activePlan(withSign(randomPlan(r, "word")))
		shared := map[string][]Section{}
		for _, who := range []string{"s1", "s2", "s3"} {
			for _, s := range Sections {
				if r.IntN(3) == 0 {
					shared[who] = append(shared[who], s)
				}
			}
			r.Shuffle(len(shared[who]), func(i, j int) { shared[who][i], shared[who][j] = shared[who][j], shared[who][i] })
			if err := p.Share(who, shared[who], sam); err != nil {
				t.Fatal(err)
			}
		}
		for _, who := range []string{"s1", "s2", "s3", "s4", ""} {
			view := p.SharedView(who, v)
			data, err := json.Marshal(view)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range Sections {
				seen := strings.Contains(string(data), "word-"+string(s)) || view.Content.Has(s)
				if may := slices.Contains(shared[who], s) && v.Content.Has(s); seen != may {
					t.Fatalf("round %d: %q sees %s: %v, shared: %v", round, who, s, seen, may)
				}
			}
		}
	}
}

func withSign(c Content) Content {
	if len(c.WarningSigns) == 0 {
		c.WarningSigns = []Sign{{Text: "word-" + string(SectionWarningSigns)}}
	}
	return c
}

func TestOnlyWhatHoldsIsShared(t *testing.T) {
	p, first := activePlan(samsPlan())
	if err := p.Share("s1", Sections, sam); err != nil {
		t.Fatal(err)
	}
	c := samsPlan()
	c.ReasonForLiving = "A new word"
	draft, _, _ := p.Save(Edit{Content: c, From: first, Newest: first, Active: first}, sam, planDay, hours(1))
	other, foreign := activePlan(samsPlan())
	foreign.PatientID = "pb"
	old := first
	old.State = StateSuperseded
	for name, v := range map[string]Version{"a draft": draft, "somebody else's": foreign, "an old copy": old, "nothing": {}} {
		if got := p.SharedView("s1", v); len(got.Sections) > 0 {
			t.Errorf("%s is shared: %v", name, got.Sections)
		}
	}
	if got := p.SharedView("s1", first); got.Content.ReasonForLiving != samsPlan().ReasonForLiving {
		t.Errorf("what holds: %+v", got)
	}
	if got := other.SharedView("s1", first); len(got.Sections) > 0 {
		t.Error("another plan's sharing opened this one")
	}
}

func TestSharingIsThePatients(t *testing.T) {
	p, v := activePlan(samsPlan())
	if err := p.Share("s1", []Section{SectionNaloxone}, nurse); models.KindOf(err) != models.KindForbidden {
		t.Errorf("a clinician shared: %v", err)
	}
	if err := p.Share("s1", []Section{"all"}, sam); models.KindOf(err) != models.KindInvalid {
		t.Errorf("there is a way to say all: %v", err)
	}
	if err := p.Share("", []Section{SectionNaloxone}, sam); models.KindOf(err) != models.KindInvalid {
		t.Errorf("shared with nobody: %v", err)
	}
	before := p
	for range 2 {
		if err := p.Share("s1", []Section{SectionReasonForLiving, SectionNaloxone, SectionNaloxone}, sam); err != nil {
			t.Fatal(err)
		}
	}
	if want := []Section{SectionReasonForLiving, SectionNaloxone}; !slices.Equal(p.Sharing["s1"], want) || before.Sharing != nil {
		t.Errorf("shared %v", p.Sharing)
	}
	if err := p.Share("s1", nil, sam); err != nil || len(p.SharedView("s1", v).Sections) > 0 || len(p.Sharing) != 0 {
		t.Errorf("taken back: %v, %v", p.Sharing, err)
	}
	for i := range maxPlanSupporters {
		if err := p.Share(string(rune('A'+i)), []Section{SectionNaloxone}, sam); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Share("one more", []Section{SectionNaloxone}, sam); models.KindOf(err) != models.KindInvalid {
		t.Errorf("without an end: %v", err)
	}
	if err := p.Share("A", []Section{SectionWarningSigns}, sam); err != nil {
		t.Errorf("changing what is shared already: %v", err)
	}
}
