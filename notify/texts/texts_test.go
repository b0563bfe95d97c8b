package texts

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"handrail/models/medicine"
)

// forbidden are stems that no lock screen may show: what the programme is, what it
// treats, with what, who does it. One list a language; a language without a list is
// refused, so that nobody adds one without thinking of it.
var forbidden = map[string][]string{
	"en": {"recover", "addict", "substance", "drug", "alcohol", "drink", "sober", "relapse", "crav", "opioid", "naloxone", "narcan", "methadone", "buprenorphine",
		"overdose", "withdraw", "detox", "rehab", "mental", "psych", "depress", "anxi", "suicid", "crisis", "self-harm", "therap", "counsel", "clinic", "hospital",
		"doctor", "nurse", "patient", "medic", "pill", "dose", "treat", "diagnos", "symptom", "health", "care team", "check-in", "mood", "score", "appointment", "visit",
		"session", "goal", "milestone", "plan review", "handrail"},
	"es": {"recuper", "adicc", "adict", "sustancia", "droga", "alcohol", "sobri", "recaída", "recaida", "opioide", "naloxona", "metadona", "sobredosis", "abstinencia",
		"desintox", "rehabil", "mental", "psic", "psiqu", "depres", "ansied", "suicid", "crisis", "terap", "consejer", "clínica", "clinica", "hospital", "médic", "medic",
		"doctor", "enferm", "paciente", "pastilla", "dosis", "tratam", "diagn", "síntoma", "salud", "ánimo", "puntua", "cita", "visita", "sesión", "meta", "handrail"},
	"ar": {"تعاف", "إدمان", "ادمان", "مدمن", "مخدر", "كحول", "خمر", "انتكاس", "نالوكسون", "ميثادون", "جرعة", "انسحاب", "نفسي", "اكتئاب", "قلق", "انتحار", "أزمة", "علاج",
		"معالج", "عيادة", "مستشفى", "طبيب", "ممرض", "مريض", "دواء", "حبوب", "تشخيص", "أعراض", "صحة", "صحي", "مزاج", "موعد", "زيارة", "جلسة", "هدف"},
}

func mustLoad(t *testing.T) Catalog {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestNoForbiddenWordInAnyLanguage(t *testing.T) {
	for language := range mustLoad(t) {
		stems := forbidden[language]
		if len(stems) < 20 {
			t.Errorf("%s has no list of forbidden words", language)
		}
		raw, err := os.ReadFile("locales/" + language + ".json")
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ToLower(string(raw))
		for _, stem := range append(stems, forbidden["en"]...) {
			if strings.Contains(text, stem) {
				t.Errorf("%s says %q", language, stem)
			}
		}
	}
}

// TestForbiddenWordsAreFound shows that the test above can fail.
// TestNoPushSaysWhatToTake: no text that leaves for a provider holds an amount or tells
// somebody what to do about a medicine.
func TestNoPushSaysWhatToTake(t *testing.T) {
	files := []fs.FS{files, askedFiles}
	for _, dir := range files {
		err := fs.WalkDir(dir, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := fs.ReadFile(dir, path)
			if medicine.HasDose(string(b)) {
				t.Errorf("%s says what to take", path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestForbiddenWordsAreFound(t *testing.T) {
	for language, text := range map[string]string{"en": "time for your medicine", "es": "es la hora de su medicina", "ar": "حان وقت الدواء"} {
		found := false
		for _, stem := range forbidden[language] {
			found = found || strings.Contains(text, stem)
		}
		if !found {
			t.Errorf("%s: %q passes", language, text)
		}
	}
}

func TestEveryLanguageIsCompleteAndShort(t *testing.T) {
	for language, list := range mustLoad(t) {
		for _, code := range Codes {
			text, ok := list[code]
			if !ok || text.Title() == "" || text.Body() == "" {
				t.Errorf("%s lacks %s", language, code)
			}
			if n := len([]rune(text.Title())); n > 40 {
				t.Errorf("%s %s: the title has %d letters", language, code, n)
			}
			if n := len([]rune(text.Body())); n > 120 {
				t.Errorf("%s %s: the body has %d letters", language, code, n)
			}
			if strings.ContainsFunc(text.Title()+text.Body(), unicode.IsDigit) || strings.ContainsAny(text.Body(), "{}%$<>") {
				t.Errorf("%s %s: a place for something to be put in", language, code)
			}
		}
		if len(list) != len(Codes) {
			t.Errorf("%s has texts that nobody uses", language)
		}
	}
}

func TestFallsBack(t *testing.T) {
	c, err := Read(fstest.MapFS{
		"en.json": {Data: []byte(`{"time":{"title":"T","body":"t"},"soon":{"title":"S","body":"s"},"look":{"title":"L","body":"l"},"now":{"title":"N","body":"n"},
			"confirm":{"title":"C","body":"c"},"open":{"title":"O","body":"o"},"stop":{"title":"X","body":"x"},
			"stopped":{"title":"A","body":"a"},"started":{"title":"B","body":"b"},"unread":{"title":"U","body":"u"}}`)},
		"pt.json": {Data: []byte(`{"time":{"title":"H","body":"h"}}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		language string
		code     Code
		want     string
		exact    bool
	}{{"pt-BR", Time, "H", true}, {"PT_br", Time, "H", true}, {"pt", Soon, "S", false}, {"xx", Time, "T", false}, {"", Time, "T", false}, {"en-GB", Look, "L", true}} {
		got, exact := c.Find(tt.language, tt.code)
		if got.Title() != tt.want || exact != tt.exact {
			t.Errorf("%s %s: %q %v", tt.language, tt.code, got.Title(), exact)
		}
	}
}

func TestBrokenFolders(t *testing.T) {
	for name, dir := range map[string]fstest.MapFS{"empty": {}, "no JSON": {"en.json": {Data: []byte("x")}}, "English is not whole": {"en.json": {Data: []byte(`{"time":{"title":"T","body":"t"}}`)}}} {
		if _, err := Read(dir); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
