package education

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"handrail/models"
)

// Whoever makes a translation anew names it here, and nothing else is touched:
// go test ./models/education -run FromTheSource -stamp es/naloxone,ar/naloxone
var stamp = flag.String("stamp", "", "LANGUAGE/ID of translations that were made anew from the source text")

// inArabic are the modules that the library must have in Arabic.
var inArabic = []string{"overdose-response", "naloxone", "crisis-plan", "asking-about-suicide", "withdrawal-danger", "opioid-medicine", "tolerance-after-a-break", "looking-after-yourself"}

func TestEveryBuiltInModuleLoads(t *testing.T) {
	l := Builtin()
	if n := len(l.IDs()); n < 24 {
		t.Errorf("%d modules", n)
	}
	for _, id := range l.IDs() {
		want := []string{"en", "es"}
		if slices.Contains(inArabic, id) {
			want = []string{"ar", "en", "es"}
		}
		if got := l.Languages(id); !slices.Equal(got, want) {
			t.Errorf("%s is there in %v, want %v", id, got, want)
		}
		if m, _ := l.Module(id, "en"); m.MadeFrom != nil {
			t.Errorf("%s: English is the source text", id)
		}
	}
	for _, id := range inArabic {
		if l.modules[id] == nil {
			t.Errorf("%s is not there", id)
		}
	}
	if first, _ := l.Module(l.IDs()[0], "en"); first.Need != NeedNow {
		t.Errorf("%s stands first", first.ID)
	}
	for _, who := range []Audience{ForPatient, ForFamily} {
		if !slices.ContainsFunc(l.IDs(), func(id string) bool { m, _ := l.Module(id, "en"); return m.Audience == who }) {
			t.Errorf("nothing is for %s alone", who)
		}
	}
}

// Every text of the library, with its name.
func eachModule(t *testing.T, do func(t *testing.T, m Module)) {
	for _, id := range Builtin().IDs() {
		for _, language := range Builtin().Languages(id) {
			m, _ := Builtin().Module(id, language)
			t.Run(language+"/"+id, func(t *testing.T) { do(t, m) })
		}
	}
}

// The gate: reading, hard words, words that no page has, amounts, numbers to call, one
// action a step, sources that are known.
func TestEveryBuiltInModulePassesTheGate(t *testing.T) {
	eachModule(t, func(t *testing.T, m Module) {
		for _, f := range Gate(m) {
			t.Errorf("%+v", f)
		}
	})
}

// Nobody clinical has reviewed a text, so none may say so; and what a reviewer has to
// look at is listed. Who reviews one changes this test with the text.
func TestNoBuiltInModuleClaimsAReview(t *testing.T) {
	eachModule(t, func(t *testing.T, m Module) {
		if m.Review != (Review{}) {
			t.Errorf("says that it was reviewed: %+v", m.Review)
		}
		if len(m.Confirm) == 0 {
			t.Error("tells a reviewer nothing to look at")
		}
	})
}

// Whatever a life can hang on waits for a clinician's signature in serve.
func TestTextsThatALifeCanHangOnAreSafetyTexts(t *testing.T) {
	for _, id := range inArabic {
		if m, _ := Builtin().Module(id, "en"); !m.Safety && id != "looking-after-yourself" {
			t.Errorf("%s is no safety text", id)
		}
	}
	for _, id := range Builtin().IDs() {
		if m, _ := Builtin().Module(id, "en"); m.Topic == "overdose" || m.Topic == "crisis" || m.Topic == "withdrawal" {
			if !m.Safety {
				t.Errorf("%s is no safety text", id)
			}
		}
	}
}

func TestEveryTranslationIsMadeFromTheSourceAsItIs(t *testing.T) {
	eachModule(t, func(t *testing.T, m Module) {
		if m.MadeFrom == nil {
			return
		}
		source, _ := Builtin().Module(m.ID, m.MadeFrom.Language)
		want, name := source.Fingerprint(), m.Language+"/"+m.ID
		if m.MadeFrom.Fingerprint == want {
			return
		}
		if !slices.Contains(strings.Split(*stamp, ","), name) {
			t.Fatalf("the source text has changed. Read it, bring the translation up to it, then run with -stamp %s", name)
		}
		file := "content/" + name + ".md"
		data, err := os.ReadFile(file)
		if err == nil {
			err = os.WriteFile(file, []byte(strings.Replace(string(data), m.MadeFrom.Fingerprint, want, 1)), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
}

// Links lead to the help page, the plan and other modules, and nowhere else; and every
// safety text has one to the help page.
func TestBuiltInModulesLinkToKnownPlacesOnly(t *testing.T) {
	eachModule(t, func(t *testing.T, m Module) {
		help := false
		for _, p := range Places(m.Body) {
			if p.Kind == PlaceWeb {
				t.Errorf("links to %s", p.URL)
			}
			help = help || p.Kind == PlaceHelp
		}
		if m.Safety && !help {
			t.Error("does not link to help")
		}
	})
}

// A page is to open on a slow network: its words as HTML stay far under 12 kB.
func TestBuiltInPagesAreSmall(t *testing.T) {
	eachModule(t, func(t *testing.T, m Module) {
		html := HTML(m.Body, func(p Place) string { return "/learn/" + m.Language + "/" + p.ID })
		if len(html) > 7<<10 {
			t.Errorf("%d bytes", len(html))
		}
		if strings.Count(html, "<h2 id=") != sectionsOf(m.Body) {
			t.Error("a section can't be found by its id")
		}
	})
}

// A story is in a quote, and says first that it is made up.
func TestStoriesSayThatTheyAreMadeUp(t *testing.T) {
	says := map[string]string{"en": "A made-up story: ", "es": "Una historia inventada: ", "ar": "قصة متخيلة: "}
	found := 0
	eachModule(t, func(t *testing.T, m Module) {
		for line := range strings.SplitSeq(m.Body, "\n") {
			if story, ok := strings.CutPrefix(line, "> "); ok {
				found++
				if !strings.HasPrefix(story, says[m.Language]) {
					t.Errorf("%.40s", story)
				}
			}
		}
	})
	if found < 8 {
		t.Errorf("%d stories seen", found)
	}
}

func TestGlossaryAndSourcesAreWhole(t *testing.T) {
	used := map[string]bool{}
	eachModule(t, func(t *testing.T, m Module) {
		for _, id := range append(slices.Clone(m.Words), m.Sources...) {
			used[id] = true
		}
		if len(Explained(m)) != len(m.Words) {
			t.Error("a hard word has no meaning")
		}
	})
	for _, h := range Glossary() {
		if !used[h.ID] {
			t.Errorf("no page needs %s", h.ID)
		}
		for language, term := range h.Languages {
			if term.Word == "" || term.Means == "" || len(term.Forms) == 0 {
				t.Errorf("%s.%s: %+v", h.ID, language, term)
			}
			for rule, words := range never()[language] {
				if found := words.FindString(overdoseInArabic.Replace(term.Means)); found != "" {
					t.Errorf("%s.%s: %s: %q", h.ID, language, rule, found)
				}
			}
		}
	}
	for id, s := range Sources() {
		if !used[id] || s.Title == "" || !s.Read && !s.ToConfirm {
			t.Errorf("%s: %+v", id, s)
		}
	}
}

// What is wrong in a folder is told by file and field, all of it at once.
func TestLoadNamesFileAndField(t *testing.T) {
	file := func(from, to string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(strings.Replace(whole, from, to, 1))}
	}
	_, err := Load(fstest.MapFS{
		"c/en/sleep-well.md": file("level: 6", "level: 5"), "c/en/other.md": file("", ""), "c/es/sleep-well.md": file("[general]", "[]"),
		"c/ar/a.md": {Data: []byte("x")}, "c/notes.txt": {Data: []byte("x")},
	}, "c")
	for _, want := range []string{
		"c/en/sleep-well.md: level: ", "c/en/other.md: id: ", "c/es/sleep-well.md: sources: ", "c/ar/a.md: frontMatter: ",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// The page on privacy offers what can be shared today, one line each, and no more: a
// scope that comes or goes changes the page.
func TestThePrivacyPageOffersWhatCanBeShared(t *testing.T) {
	for _, language := range Builtin().Languages("privacy-in-the-family") {
		m, _ := Builtin().Module("privacy-in-the-family", language)
		if n := strings.Count(m.Body, "\n- "); n != len(models.SupporterScopes) {
			t.Errorf("%s: %d things to share, %d scopes", language, n, len(models.SupporterScopes))
		}
	}
}
