package crisisplan

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"handrail/models"
)

// planStrings lists every text of a language by its path.
func planStrings(t *testing.T, texts Texts) map[string]string {
	t.Helper()
	data, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	gather(out, "", tree)
	return out
}

func gather(out map[string]string, at string, v any) {
	switch v := v.(type) {
	case string:
		out[at] = v
	case map[string]any:
		for k, child := range v {
			gather(out, at+"."+k, child)
		}
	case []any:
		for i, child := range v {
			gather(out, models.Indexed(at, i), child)
		}
	}
}

var planPlaceholder = regexp.MustCompile(`\{[a-z]+\}`)

// Each language says all that English says, with the same things filled in, in its
// own script and direction.
func TestPlanTextsAreWhole(t *testing.T) {
	english := planStrings(t, TextsIn("en"))
	for _, language := range planLanguages {
		texts := TextsIn(language + "-XX")
		if texts.Language != language || texts.Direction != map[string]string{"en": "ltr", "es": "ltr", "ar": "rtl"}[language] {
			t.Errorf("%s: %s, %s", language, texts.Language, texts.Direction)
		}
		own := planStrings(t, texts)
		if len(own) != len(english) {
			t.Errorf("%s has %d texts, English %d", language, len(own), len(english))
		}
		for at, e := range english {
			text := own[at]
			if text == "" || language != "en" && text == e && !strings.HasSuffix(at, ".key") && at != ".direction" {
				t.Errorf("%s: %s is not translated", language, at)
			}
			if !slices.Equal(sorted(planPlaceholder.FindAllString(text, -1)), sorted(planPlaceholder.FindAllString(e, -1))) {
				t.Errorf("%s: %s fills in something else", language, at)
			}
			latin := strings.IndexFunc(planPlaceholder.ReplaceAllString(text, ""), func(r rune) bool { return unicode.Is(unicode.Latin, r) })
			if language == "ar" && latin >= 0 && !strings.HasSuffix(at, ".key") && at != ".language" && at != ".direction" {
				t.Errorf("ar: %s has Latin letters", at)
			}
		}
	}
	if TextsIn("zz").Language != "en" || TextsIn("").Language != "en" {
		t.Error("a language that is not there")
	}
}

func sorted(list []string) []string { slices.Sort(list); return list }

// Whatever can be written in a plan has its words in the bundle.
func TestEveryCodeHasItsWords(t *testing.T) {
	texts := TextsIn("en")
	for _, s := range Sections {
		if texts.Sections[s].Title == "" || texts.Sections[s].Help == "" {
			t.Errorf("nothing stands above %s", s)
		}
	}
	for _, e := range Exercises {
		if x := texts.Exercises[e]; x.Key != e || len(x.Steps) == 0 {
			t.Errorf("exercise %s: %+v", e, x)
		}
	}
	c := fillPlan(func(int) string { return "x" })
	for _, kind := range []string{"thought", "image", "mood", "situation", "behaviour"} {
		c.WarningSigns = append(c.WarningSigns, Sign{"x", kind})
	}
	for _, reason := range []string{"detox", "jail", "hospital", "missed-medicine", "naltrexone-ended", "abstinence"} {
		c.ToleranceLoss = append(c.ToleranceLoss, ToleranceLoss{reason, ""})
	}
	for _, step := range []string{"contact-team", "refill-naloxone", "restart-medicine"} {
		c.PostOverdose = append(c.PostOverdose, PostOverdoseStep{step, ""})
	}
	c.Naloxone.Kits = append(c.Naloxone.Kits, NaloxoneKit{"x", "nasal", "", ""})
	c.DrugChecking = &DrugChecking{}
	c.LethalMeansSafety = append(c.LethalMeansSafety, MeansStep{Text: "x"})
	c.CrisisSupport = append(c.CrisisSupport, Helper{Name: "x"})
	for _, section := range sectionsOf(c, Plan{}, nil, texts) {
		for _, i := range section.Items {
			if i.Text == "" {
				t.Errorf("%s has an item without words: %+v", section.Key, i)
			}
			for _, d := range i.Details {
				if d.Label == "" || d.Text == "" && d.Day == "" {
					t.Errorf("%s has a detail without words: %+v", section.Key, d)
				}
			}
		}
	}
	for _, s := range c.WarningSigns {
		if texts.Choices[s.Kind] == "" {
			t.Errorf("no word for %s", s.Kind)
		}
	}
}

func TestCardsAndLinesSayWhereTheyAreFrom(t *testing.T) {
	var sources struct {
		ReviewedOn string `json:"reviewedOn"`
		Cards      map[string]struct {
			Source string `json:"source"`
		} `json:"cards"`
	}
	data, err := planTextsData.ReadFile("data/sources.json")
	if err == nil {
		err = json.Unmarshal(data, &sources)
	}
	if err != nil {
		t.Fatal(err)
	}
	texts := TextsIn("en")
	keys := slices.Clone(Exercises)
	for _, c := range texts.Cards {
		keys = append(keys, c.Key)
	}
	for _, k := range keys {
		if sources.Cards[k].Source == "" {
			t.Errorf("%s is from nowhere", k)
		}
	}
	for _, on := range []string{sources.ReviewedOn, readPlanLines().VerifiedOn} {
		if day, err := time.Parse(time.DateOnly, on); err != nil || released.Sub(day) > models.EmergencyMaxDays*24*time.Hour {
			t.Errorf("reviewed on %s: look at it again", on)
		}
	}
	for country, lines := range readPlanLines().Countries {
		for _, l := range lines {
			p := Phone{Number: strings.TrimPrefix(l.Href, "tel:"), Display: l.Display}.normal()
			var c models.Checks
			if p.check(&c, "p", false); c.Err() != nil || l.Name == "" || !l.ToConfirm {
				t.Errorf("%s: %+v", country, l)
			}
		}
	}
	if len(NeverUseAloneLines("us")) != 2 || NeverUseAloneLines("XX") != nil {
		t.Error("lookup")
	}
}

func TestPlanDataNamesWhatABundleIsBuiltFrom(t *testing.T) {
	if a := Data(); len(a) != 16 || a != Data() {
		t.Errorf("%q", a)
	}
}
