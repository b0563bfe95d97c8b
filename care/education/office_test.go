package education_test

import (
	"strings"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/education"
)

// reads tells which words a reader of a language gets of a module, "" for none.
func reads(t *testing.T, h *caretest.Clinic, id, language string) (fingerprint string) {
	t.Helper()
	s, _, err := h.Care.Learn.Module(t.Context(), id, []string{language})
	if models.KindOf(err) == models.KindNotFound {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	return s.Fingerprint()
}

func builtin(t *testing.T, id, language string) (education.Module, string) {
	t.Helper()
	m, _ := education.Builtin().Module(id, language)
	file, ok := education.FileOf(id, language)
	if !ok {
		t.Fatal(id)
	}
	return m, file
}

// TestATextOfSafetyIsOffUntilAClinicianSigned it in that language; a demo shows it as
// not reviewed; another instance sees the signature too.
func TestATextOfSafetyIsOffUntilAClinicianSigned(t *testing.T) {
	h := caretest.New(t)
	demo := h.InstanceWith(func(c *care.Config) { c.UnsignedTexts = true })
	doctor, trainee := h.Clinician(models.DisciplinePsychiatry), h.Clinician(models.DisciplineTrainee)
	en, _ := builtin(t, "naloxone", "en")
	if got := reads(t, h, "naloxone", "en"); got != "" {
		t.Error("shown before anybody signed")
	}
	if s, _, err := demo.Learn.Module(t.Context(), "naloxone", []string{"en"}); err != nil || !s.NotYet {
		t.Error("in a demo: ", s.NotYet, err)
	}
	if reads(t, h, "sleep", "en") == "" {
		t.Error("a text that is not of safety is off")
	}
	for _, who := range []models.Actor{h.Admin, trainee, h.Patient()} {
		_, err := h.Care.Learn.Sign(t.Context(), who, "naloxone", "en", 1, en.Fingerprint(), "2027-03-01")
		caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
	}
	_, err := h.Care.Learn.Sign(t.Context(), doctor, "naloxone", "en", 1, "AAAAAAAAAAAAAAAA", "2027-03-01")
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	_, err = h.Care.Learn.Sign(t.Context(), doctor, "naloxone", "en", 1, en.Fingerprint(), "2026-03-02")
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	for range 2 { // the answer of the first is lost
		v, err := h.Care.Learn.Sign(t.Context(), doctor, "naloxone", "en", 1, en.Fingerprint(), "2027-03-01")
		if err != nil || v.Version != 2 || v.Value.Review.Role != "psychiatry" || v.Value.Review.On != "2026-03-02" || !v.Value.Shown {
			t.Fatalf("%+v, %v", v, err)
		}
	}
	h.Clock.Move(3e9)
	for name, c := range map[string]*care.Care{"here": h.Care, "another instance": demo} {
		s, in, err := c.Learn.Module(t.Context(), "naloxone", []string{"en"})
		if err != nil || s.NotYet || s.SeenOn != "2026-03-02" || len(in) == 0 {
			t.Error(name, s.NotYet, s.SeenOn, in, err)
		}
	}
	if got := reads(t, h, "naloxone", "ar"); got != en.Fingerprint() {
		t.Error("in Arabic, which nobody signed, the reader gets ", got)
	}
	_, err = h.Care.Learn.Sign(t.Context(), doctor, "naloxone", "en", 1, en.Fingerprint(), "2027-03-02")
	caretest.WantKind(t, err, models.KindStale, "version-not-newest")
	v, err := h.Care.Learn.Withdraw(t.Context(), h.Admin, "naloxone", "en", 2, en.Fingerprint())
	if err != nil || !v.Value.Withdrawn || v.Value.Shown {
		t.Fatal(v.Value.TextState, err)
	}
	if got := reads(t, h, "naloxone", "en"); got != "" {
		t.Error("withdrawn and shown")
	}
	demoAgain := h.InstanceWith(func(c *care.Config) { c.UnsignedTexts = true })
	if s, _, err := demoAgain.Learn.Module(t.Context(), "naloxone", []string{"en"}); err == nil && s.Language == "en" {
		t.Error("a demo shows what was withdrawn")
	}
}

// TestAClinicWritesItsOwn: draft, signed, published; it takes the place of the text that
// ships, and says nothing of itself that is not so.
func TestAClinicWritesItsOwn(t *testing.T) {
	h := caretest.New(t)
	doctor, office := h.Clinician(models.DisciplineAddiction), h.First(models.RoleCoordinator, "")
	_, file := builtin(t, "naloxone", "en")
	ours := strings.Replace(file, "Look at the date on your pack.", "Ask at our front desk for a pack.", 1)
	learn := h.Care.Learn
	_, err := learn.SaveDraft(t.Context(), h.Patient(), "naloxone", "en", 1, ours)
	caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
	for field, spoilt := range map[string]string{
		"safety": strings.Replace(ours, "safety: true", "safety: false", 1), "id": strings.Replace(ours, "id: naloxone", "id: nose-spray", 1),
		"reviewed":    strings.Replace(ours, "reviewed: false", "reviewed: true\nreviewedOn: 2026-01-01\nreviewerRole: nurse\nnextReview: 2027-01-01", 1),
		"frontMatter": "# Naloxone", "sources[0]": strings.Replace(ours, "[crisis-plan-reference, ", "[nowhere, ", 1), "body": ours + "\n<script>alert(1)</script>\n",
	} {
		_, err := learn.SaveDraft(t.Context(), office, "naloxone", "en", 1, spoilt)
		if !refusedFor(err, field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	v, err := learn.SaveDraft(t.Context(), office, "naloxone", "en", 1, ours)
	if err != nil || v.Version != 2 || !v.Value.TextState.Draft || v.Value.Drafted == v.Value.Fingerprint {
		t.Fatalf("%+v, %v", v.Value.TextState, err)
	}
	words := v.Value.Drafted
	_, err = learn.Publish(t.Context(), office, "naloxone", "en", 2, words)
	caretest.WantKind(t, err, models.KindConflict, "not-signed")
	if v, err = learn.Sign(t.Context(), doctor, "naloxone", "en", 2, words, "2027-01-01"); err != nil || v.Version != 3 {
		t.Fatal(err)
	}
	for range 2 {
		if v, err = learn.Publish(t.Context(), office, "naloxone", "en", 3, words); err != nil || v.Value.Number != 1 || v.Version != 4 || v.Value.Published != "2026-03-02" {
			t.Fatalf("%+v, %v", v.Value.TextState, err)
		}
	}
	if got := reads(t, h, "naloxone", "en"); got != words {
		t.Error("the reader gets ", got)
	}
	if _, err := learn.Withdraw(t.Context(), office, "naloxone", "en", 4, words); err != nil {
		t.Fatal(err)
	}
	if got := reads(t, h, "naloxone", "en"); got != "" {
		t.Error("withdrawn, and the one that ships was never signed: ", got)
	}
	half := strings.Replace(ours, "sources: [crisis-plan-reference, education-reference, general]\n", "", 1)
	half = strings.Replace(half, "id: naloxone", "id: our-desk", 1)
	if v, err = learn.SaveDraft(t.Context(), office, "our-desk", "en", 1, half); err != nil {
		t.Fatal("a draft without sources is refused: ", err)
	}
	if _, err := learn.Publish(t.Context(), office, "our-desk", "en", 2, v.Value.Drafted); !refusedFor(err, "sources") {
		t.Error("published without sources: ", err)
	}
	checked, err := learn.Check(t.Context(), office, half)
	if err != nil || len(checked.Missing) != 1 || checked.Missing[0].Field != "sources" || checked.Measure == nil {
		t.Errorf("%+v, %v", checked, err)
	}
}

func refusedFor(err error, field string) bool {
	e, ok := err.(*models.Error)
	if !ok {
		return false
	}
	for _, f := range e.Fields {
		if f.Field == field || strings.HasPrefix(f.Field, field+":") {
			return true
		}
	}
	return false
}

// TestATextThatCantBeReadIsNotShown and takes no other away.
func TestATextThatCantBeReadIsNotShown(t *testing.T) {
	h := caretest.New(t)
	office := h.First(models.RoleCoordinator, "")
	_, file := builtin(t, "sleep", "en")
	if _, err := h.Care.Learn.SaveDraft(t.Context(), office, "sleep", "en", 1, file); err != nil {
		t.Fatal(err)
	}
	h.Spoil("education_texts", "sleep:en", "{")
	h.Clock.Move(3e9)
	if s, _, err := h.Care.Learn.Module(t.Context(), "sleep", []string{"en"}); err == nil && s.Language == "en" {
		t.Error("shown, although it may have been withdrawn")
	}
	if reads(t, h, "grief", "en") == "" {
		t.Error("another text is gone with it")
	}
}
