package education

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// Each rule of the gate finds what it is there for: a good module with one fault put
// in, and the rule that has to speak up.
func TestTheGateFindsEachFault(t *testing.T) {
	base := func(id, language string) Module {
		m, ok := Builtin().Module(id, language)
		if !ok {
			t.Fatal(id)
		}
		return m
	}
	add := func(text string) func(*Module) { return func(m *Module) { m.Body += "\n\n" + text } }
	hard := "Individuals experiencing substantial psychological difficulties should immediately contact professional psychiatric services."
	for name, c := range map[string]struct {
		id, language string
		change       func(*Module)
		rule         string
	}{
		"hard to read":        {"cravings", "en", add(strings.Repeat(hard+" ", 12)), "reading"},
		"hard in Spanish":     {"cravings", "es", add(strings.Repeat("Las personas con dificultades psicológicas considerables deberían comunicarse inmediatamente con profesionales especializados. ", 14)), "reading"},
		"above its level":     {"overdose-response", "en", func(m *Module) { m.Level = -1 }, "reading"},
		"long sentence":       {"cravings", "en", add(strings.Repeat("and we go ", 10) + "."), "sentence"},
		"long step":           {"cravings", "en", add("1. Go out. Sit down. Get up. Come back."), "step"},
		"long section":        {"cravings", "en", add(strings.Repeat("It is so. ", 40)), "section"},
		"too short":           {"cravings", "en", func(m *Module) { m.Body = "## a\n\nGo.\n\n## b\n\nStay." }, "minutes"},
		"too long":            {"cravings", "en", add(strings.Repeat("## More\n\n"+strings.Repeat("It is so. ", 50)+"\n\n", 3)), "minutes"},
		"passive":             {"cravings", "en", add(strings.Repeat("It was given. ", 12)), "passive"},
		"word of the list":    {"cravings", "en", add("Buprenorphine helps."), "hard-word"},
		"explained for none":  {"cravings", "en", func(m *Module) { m.Words = append([]string{"xylazine"}, m.Words...) }, "hard-word"},
		"no meaning":          {"overdose-response", "ar", func(m *Module) { m.Words = append([]string{"craving"}, m.Words...) }, "hard-word"},
		"long word":           {"cravings", "en", add("It is a complicated matter."), "hard-word"},
		"label":               {"cravings", "en", add("He is an addict."), "person-first"},
		"clean":               {"cravings", "en", add("She got clean."), "person-first"},
		"relapse":             {"cravings", "en", func(m *Module) { m.Try = "Think of your last relapse." }, "person-first"},
		"label in Spanish":    {"cravings", "es", add("Es un adicto."), "person-first"},
		"recaída":             {"cravings", "es", func(m *Module) { m.Title = "La recaída" }, "person-first"},
		"label in Arabic":     {"overdose-response", "ar", add("هو مدمن."), "person-first"},
		"dose":                {"cravings", "en", add("Take a dose."), "amount"},
		"milligrams":          {"cravings", "en", add("Take 4 mg."), "amount"},
		"pills":               {"cravings", "en", add("Take 2 pills."), "amount"},
		"dose in Spanish":     {"cravings", "es", add("Tome otra dosis."), "amount"},
		"tablets in Spanish":  {"cravings", "es", add("Tome 2 pastillas."), "amount"},
		"dose in Arabic":      {"overdose-response", "ar", add("خذ جرعة أخرى."), "amount"},
		"mg in Arabic":        {"overdose-response", "ar", add("خذ 4 ملغ."), "amount"},
		"promise":             {"cravings", "en", add("We are here 24/7."), "promise"},
		"score":               {"cravings", "en", add("You are at risk."), "score"},
		"a number to call":    {"cravings", "en", add("Call 911."), "number"},
		"a longer number":     {"cravings", "es", add("Llame al 55 12-34."), "number"},
		"a number in Arabic":  {"overdose-response", "ar", add("اتصل ١٢٣."), "number"},
		"a source of nowhere": {"cravings", "en", func(m *Module) { m.Sources = []string{"my-uncle"} }, "source"},
	} {
		m := base(c.id, c.language)
		c.change(&m)
		if found := Gate(m); !slices.ContainsFunc(found, func(f Finding) bool { return f.Rule == c.rule }) {
			t.Errorf("%s: %v, want %s", name, found, c.rule)
		}
	}
}

// A short text and Arabic are counted and not gated.
func TestShortTextsAndArabicAreCountedOnly(t *testing.T) {
	short := moduleOf(t)
	if m := MeasureOf(short); m.Gated || m.Words == 0 || len(m.Scores) == 0 {
		t.Errorf("%+v", m)
	}
	ar, _ := Builtin().Module("naloxone", "ar")
	if m := MeasureOf(ar); m.Gated || m.Words < 300 || m.Sentences < 40 || len(m.Scores) != 0 {
		t.Errorf("%+v", m)
	}
}

// Writes what is read as text, for a look by another program: one file a module.
// HANDRAIL_EDUCATION_OUT=/tmp/out go test ./models/education -run Written
func TestTextsAreWrittenForAnotherCounter(t *testing.T) {
	folder := os.Getenv("HANDRAIL_EDUCATION_OUT")
	if folder == "" {
		t.Skip("HANDRAIL_EDUCATION_OUT is not set")
	}
	eachModule(t, func(t *testing.T, m Module) {
		text := strings.Join(texts(m), "\n")
		if err := os.WriteFile(folder+"/"+m.Language+"."+m.ID+".txt", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	})
}
