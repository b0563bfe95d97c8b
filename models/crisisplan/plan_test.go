package crisisplan

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"

	"handrail/models"
)

func TestAPlanNeedsASignToHold(t *testing.T) {
	p := Plan{PatientID: patientA}
	v, changed, err := p.Save(Edit{Content: Content{ReasonForLiving: "The dog"}}, sam, planDay, accessNow)
	if err != nil || !changed || v.Version != 1 || v.State != StateDraft || p.Newest != 1 || p.Active != 0 {
		t.Fatalf("draft: %+v, %v", v, err)
	}
	err = p.Activate(&v, nil, sam, Assent{}, planDay, accessNow)
	if e, ok := errors.AsType[*models.Error](err); !ok || e.Kind != models.KindInvalid || e.Fields[0].Field != "content.warningSigns" {
		t.Errorf("a plan without a sign: %v", err)
	}
	if v.State != StateDraft || p.Active != 0 || len(v.Confirmed) != 0 {
		t.Errorf("a refused activation left a trace: %+v", v)
	}
}

func TestVersionsFollowEachOther(t *testing.T) {
	p, first := activePlan(samsPlan())
	if first.State != StateActive || p.Active != 1 || p.Reviews.LastOn != planDay || p.Rehearsals.NextOn() != planDay {
		t.Fatalf("version 1: %+v of %+v", first, p)
	}
	if err := p.Activate(&first, nil, sam, Assent{}, planDay, hours(1)); err != nil || len(p.Activations) != 1 {
		t.Errorf("said twice: %v, %v", err, p.Activations)
	}
	c := samsPlan()
	c.ReasonForLiving = "My son, and the sea"
	second, _, err := p.Save(Edit{Content: c, From: first, Newest: first, Active: first}, nurse, planDay, hours(1))
	if err != nil || second.Version != 2 || p.Active != 1 {
		t.Fatalf("version 2: %+v, %v", second, err)
	}
	c.ReasonForLiving = "My son, the sea, the dog"
	third, _, err := p.Save(Edit{Content: c, From: second, Newest: second, Active: first}, nurse, planDay, hours(2))
	if err != nil {
		t.Fatal(err)
	}
	second.Supersede(hours(2))
	if err := p.Activate(&second, &first, sam, Assent{}, planDay, hours(3)); models.KindOf(err) != models.KindConflict || second.State != StateSuperseded {
		t.Errorf("an old draft: %v", err)
	}
	forgotten := second
	forgotten.State = StateDraft
	if err := p.Activate(&forgotten, &first, sam, Assent{}, planDay, hours(3)); models.KindOf(err) != models.KindConflict {
		t.Errorf("a draft that is not the newest: %v", err)
	}
	if err := p.Activate(&third, &first, sam, Assent{}, "2026-04-01", hours(3)); err != nil {
		t.Fatal(err)
	}
	if c := third.Confirmed; len(c) != 1 || c[0].By.AccountID != sam.AccountID || p.Reviews.LastOn != planDay || p.Rehearsals.FromOn != planDay {
		t.Errorf("activated: confirmed by %+v, reviews %+v", c, p.Reviews)
	}
	if first.State != StateSuperseded || !first.SupersededAt.Equal(hours(3)) || p.Active != 3 || third.State != StateActive {
		t.Errorf("after version 3: %+v, %+v", first, third)
	}
	first.Supersede(hours(9))
	if !first.SupersededAt.Equal(hours(3)) {
		t.Error("a version ended twice")
	}
	for name, v := range map[string]Version{"what no longer holds": first, "nothing": {}, "somebody else's": {PatientID: "pb", State: StateActive}} {
		if err := p.Confirm(&v, nil, sam, Assent{}, hours(3)); models.KindOf(err) != models.KindConflict {
			t.Errorf("confirming %s: %v", name, err)
		}
	}
}

func TestTheSameEditAgainIsNoNewVersion(t *testing.T) {
	p, first := activePlan(samsPlan())
	before := p
	v, changed, err := p.Save(Edit{Content: samsPlan(), From: first, Newest: first, Active: first}, sam, planDay, hours(1))
	if err != nil || changed || !reflect.DeepEqual(v, first) || !reflect.DeepEqual(before, p) {
		t.Errorf("nothing changed: %v, %v", changed, err)
	}
	c := samsPlan()
	c.WarningSigns = append(c.WarningSigns, Sign{Text: "I skip meals"})
	second, _, _ := p.Save(Edit{Content: c, From: first, Newest: first, Active: first}, sam, planDay, hours(1))
	again, changed, err := p.Save(Edit{Content: c, From: first, Newest: second, Active: first}, sam, planDay, hours(2))
	if err != nil || changed || again.Version != 2 {
		t.Errorf("the same call whose answer was lost: version %d, %v, %v", again.Version, changed, err)
	}
}

func TestWhoWritesAPlan(t *testing.T) {
	trainee := models.Actor{AccountID: "t", Role: models.RoleClinician, Discipline: models.DisciplineTrainee}
	for _, who := range []models.Actor{mother, trainee, {AccountID: "a", Role: models.RoleAdministrator}, {AccountID: "q", Role: models.RolePatient, PatientID: "pb"}} {
		p, v := activePlan(samsPlan())
		before := p
		_, _, err := p.Save(Edit{Content: Content{}, From: v, Newest: v}, who, planDay, accessNow)
		for name, err := range map[string]error{"save": err, "confirm": p.Confirm(&v, nil, who, Assent{}, accessNow),
			"activate": p.Activate(&v, nil, who, Assent{}, planDay, accessNow), "numbers": p.CheckNumbers(nil, who, planDay)} {
			if models.KindOf(err) != models.KindForbidden {
				t.Errorf("%s could %s: %v", who.Role, name, err)
			}
		}
		if !reflect.DeepEqual(before, p) {
			t.Errorf("%s left a trace", who.Role)
		}
	}
}

func TestWhoseHands(t *testing.T) {
	p, v := activePlan(samsPlan())
	if v.AllHands() != PatientOnly || v.Hands(SectionLethalMeans) != PatientOnly || v.Hands(SectionDrugChecking) != NobodyYet {
		t.Errorf("alone: %s, %s, %q", v.AllHands(), v.Hands(SectionLethalMeans), v.Hands(SectionDrugChecking))
	}
	c := samsPlan()
	c.LethalMeansSafety[0].Text = "Ana keeps the pills in her safe"
	c.ReasonForLiving = ""
	next, _, err := p.Save(Edit{Content: c, From: v, Newest: v, Active: v}, nurse, planDay, hours(1))
	if err != nil {
		t.Fatal(err)
	}
	if _, kept := next.Written[SectionReasonForLiving]; kept {
		t.Error("what was taken out still has an author")
	}
	if next.Hands(SectionLethalMeans) != PatientAndTeam || next.Hands(SectionWarningSigns) != PatientOnly || next.Hands(SectionReasonForLiving) != NobodyYet {
		t.Errorf("together: %+v", next.Written)
	}
	if w := next.Written[SectionLethalMeans]; w.Version != 2 || len(w.By) != 2 || w.By[1].AccountID != nurse.AccountID {
		t.Errorf("who wrote it: %+v", w)
	}
	if len(v.Written[SectionLethalMeans].By) != 1 {
		t.Error("an older version changed with the newer one")
	}
	for range 2 {
		if err := p.Confirm(&next, nil, nurse, Assent{}, hours(2)); err != nil {
			t.Fatal(err)
		}
	}
	if len(next.Confirmed) != 1 || next.Hands(SectionWarningSigns) != PatientAndTeam {
		t.Errorf("confirmed: %+v", next.Confirmed)
	}
}

// A version that went through JSON, as the store keeps it, must compare as equal to
// itself, or every save would look like a change.
func TestContentSurvivesTheStore(t *testing.T) {
	for name, c := range map[string]Content{"whole": samsPlan(), "empty lists": {WarningSigns: []Sign{}, InternalCoping: []Coping{},
		SocialDistraction: []Company{}, CrisisSupport: []Helper{}, LethalMeansSafety: []MeansStep{}, ToleranceLoss: []ToleranceLoss{}, PostOverdose: []PostOverdoseStep{}, Naloxone: &Naloxone{Kits: []NaloxoneKit{}},
		ProfessionalSupport: &Professionals{}, NeverUseAlone: &NeverUseAlone{}}} {
		n := c.normal()
		data, _ := json.Marshal(n)
		var back Content
		if err := json.Unmarshal(data, &back); err != nil || len(ChangedSections(n, back)) != 0 {
			t.Errorf("%s: changed %v, %v", name, ChangedSections(n, back), err)
		}
		if !reflect.DeepEqual(n, n.normal()) {
			t.Errorf("%s: normal twice is not normal once", name)
		}
	}
}

// Every field of a content belongs to exactly one section: what is in none would
// neither be merged nor kept from supporters.
func TestEveryFieldHasItsSection(t *testing.T) {
	var names []string
	for i := range reflect.TypeFor[Content]().NumField() {
		tag := reflect.TypeFor[Content]().Field(i).Tag.Get("json")
		names = append(names, tag[:len(tag)-len(",omitempty")])
	}
	if len(planFields) != len(Sections) || len(names) != len(Sections) {
		t.Fatalf("%d fields, %d sections, %d ties", len(names), len(Sections), len(planFields))
	}
	for _, s := range Sections {
		if !slices.Contains(names, planFields[s].name) {
			t.Errorf("%s stands in no field", s)
		}
		var c Content
		whole := samsPlan()
		whole.NeverUseAlone, whole.DrugChecking, whole.PostOverdose = &NeverUseAlone{Text: "x"}, &DrugChecking{}, []PostOverdoseStep{{"contact-team", ""}}
		planFields[s].copy(&c, &whole)
		data, _ := json.Marshal(c)
		var written map[string]any
		if err := json.Unmarshal(data, &written); err != nil || len(written) != 1 || written[planFields[s].name] == nil {
			t.Errorf("%s copies %s", s, data)
		}
	}
}
