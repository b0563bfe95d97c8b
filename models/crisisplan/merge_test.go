package crisisplan

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"handrail/models"
)

func TestMergePlan(t *testing.T) {
	base := samsPlan().normal()
	mine, theirs := base, base
	mine.ReasonForLiving = "The sea"
	theirs.WarningSigns = []Sign{{Text: "I skip meals"}}
	got, err := Merge(base, mine, theirs)
	if err != nil || got.ReasonForLiving != "The sea" || got.WarningSigns[0].Text != "I skip meals" {
		t.Errorf("different parts: %+v, %v", got, err)
	}
	theirs.ReasonForLiving = "The sea"
	if _, err := Merge(base, mine, theirs); err != nil {
		t.Errorf("the same words twice: %v", err)
	}
	theirs.ReasonForLiving = "The dog"
	mine.LethalMeansSafety, theirs.LethalMeansSafety = nil, []MeansStep{{Text: "Locked in the car"}}
	_, err = Merge(base, mine, theirs)
	e, ok := errors.AsType[*models.Error](err)
	if !ok || e.Kind != models.KindConflict || e.Code != "plan-edited-by-both" || len(e.Fields) != 2 ||
		e.Fields[0].Field != "content.lethalMeansSafety" || e.Fields[1].Field != "content.reasonForLiving" {
		t.Errorf("the same parts: %+v", err)
	}
}

// TestNoEditIsLost lets people save 3,000 edits that start from versions of any age.
// What a plan must say is kept beside it in the simplest way: the last words that
// were taken for each section.
func TestNoEditIsLost(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	people := []models.Actor{sam, nurse, clinician}
	p := Plan{PatientID: patientA}
	versions := []Version{{}}
	var truth Content
	taken, refused := 0, 0
	for range 3000 {
		newest := versions[len(versions)-1]
		from := versions[max(0, len(versions)-1-r.IntN(4))]
		edit := from.Content
		for range 1 + r.IntN(2) {
			randomPart(r, &edit, Sections[r.IntN(len(Sections))], "x")
		}
		mine := ChangedSections(from.Content, edit)
		var both []string
		for _, s := range mine {
			if !planFields[s].same(&newest.Content, &from.Content) && !planFields[s].same(&newest.Content, &edit) {
				both = append(both, "content."+planFields[s].name)
			}
		}
		v, changed, err := p.Save(Edit{Content: edit, From: from, Newest: newest}, people[r.IntN(3)], planDay, accessNow)
		if len(both) > 0 {
			refused++
			if e, ok := errors.AsType[*models.Error](err); !ok || e.Kind != models.KindConflict || !slices.Equal(fieldsOf(e), both) {
				t.Fatalf("both changed %v: %v", both, err)
			}
			continue
		}
		if err != nil || !changed {
			t.Fatal(changed, err)
		}
		taken++
		for _, s := range mine {
			planFields[s].copy(&truth, &edit)
		}
		if lost := ChangedSections(truth, v.Content); len(lost) > 0 {
			t.Fatalf("version %d lost %v", v.Version, lost)
		}
		versions = append(versions, v)
	}
	if taken < 500 || refused < 100 {
		t.Errorf("%d taken and %d refused prove little", taken, refused)
	}
	for i, v := range versions[1:] {
		if v.Version != int64(i+1) {
			t.Fatalf("version %d has number %d", i+1, v.Version)
		}
	}
}

func fieldsOf(e *models.Error) []string {
	var out []string
	for _, f := range e.Fields {
		out = append(out, f.Field)
	}
	return out
}

func TestTwoEditsThatFitMayBeTooLongTogether(t *testing.T) {
	text := strings.Repeat("😀", 200)
	p := Plan{PatientID: patientA}
	base, _, _ := p.Save(Edit{Content: Content{ReasonForLiving: "x"}}, sam, planDay, accessNow)
	theirs, mine := base.Content, base.Content
	for range 10 {
		theirs.WarningSigns = append(theirs.WarningSigns, Sign{Text: text})
		theirs.InternalCoping = append(theirs.InternalCoping, Coping{Text: text})
		mine.LethalMeansSafety = append(mine.LethalMeansSafety, MeansStep{Text: text, HeldBy: text[:100*4]})
	}
	newest, _, err := p.Save(Edit{Content: theirs, From: base, Newest: base}, sam, planDay, accessNow)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err = p.Save(Edit{Content: mine, From: base, Newest: newest}, nurse, planDay, accessNow); models.KindOf(err) != models.KindTooLarge || p.Newest != 2 {
		t.Errorf("too long together: %v, newest %d", err, p.Newest)
	}
	if _, _, err = p.Save(Edit{Content: mine, From: base, Newest: base}, nurse, planDay, accessNow); err != nil {
		t.Errorf("alone it fits: %v", err)
	}
}
