package education

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"

	"handrail/models/reading"
)

// never are the words that no page has, by language, and why: words that make a person
// the same as an illness, advice on amounts of a medicine, promises that nobody can
// keep, a score about a person.
var never = sync.OnceValue(func() map[string]map[string]*regexp.Regexp {
	return map[string]map[string]*regexp.Regexp{
		"en": {
			"person-first": regexp.MustCompile(`(?i)\b(?:addicts?|junk(?:ie|y)s?|alcoholics?|drunks|abus(?:e|ed|er|ers|ing)|users?|crackheads?|schizophrenics?|psychos?|crazy|insane|lunatics?|codependent|enabl(?:er|ers|ing)|non-?compliant|drug habits?|clean|dirty|relapse[ds]?|commit(?:s|ted)? suicide|suicidal|fell off the wagon|drug-seeking|manipulative|substitution|replacement)\b`),
			"amount":       regexp.MustCompile(`(?i)\bdos(?:e|es|age|ing)\b|\d\s*(?:mg|mcg|µg|ml|g|milligrams?|milliliters?|units?|tablets?|pills?|sprays?)\b`),
			"promise":      regexp.MustCompile(`(?i)\b(?:24/7|always here|watching over|monitors? you|guarantee[ds]?|will be cured|never happens again)\b`),
			"score":        regexp.MustCompile(`(?i)\b(?:risk score|high risk|at risk)\b`),
		},
		"es": {
			"person-first": regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:adict[oa]s?|drogadict[oa]s?|drogat[oa]s?|yonquis?|toxicóman[oa]s?|alcohólic[oa]s?|borrach[oa]s?|esquizofrénic[oa]s?|psicótic[oa]s?|loc[oa]s?|demente|codependientes?|abus(?:o|ador|adora|ar)|recaídas?|recae|recaer|comet(?:er|ió|e) suicidio|suicidas?|vicios?|vicios[oa]s?|limpi[oa] de drogas|manipulador[a]?|incumplid[oa]r?)(?:$|[^\p{L}])`),
			"amount":       regexp.MustCompile(`(?i)(?:^|[^\p{L}])dosis(?:$|[^\p{L}])|\d\s*(?:mg|mcg|µg|ml|g|miligramos?|mililitros?|unidades|tabletas?|pastillas?|pulverizaciones)(?:$|[^\p{L}])`),
			"promise":      regexp.MustCompile(`(?i)(?:24/7|las 24 horas|siempre estamos aquí|garantiza|se curará)`),
			"score":        regexp.MustCompile(`(?i)(?:puntuación de riesgo|alto riesgo|riesgo alto)`),
		},
		"ar": {
			"person-first": regexp.MustCompile(`مدمن|حشاش|سكير|مجنون|مجانين|منتكس|انتكاس|نظيف من|معتوه`),
			"amount":       regexp.MustCompile(`جرع(?:ة|ات)|[0-9٠-٩]\s*(?:ملغ|مغ|مل|ملليغرام|ميليغرام|حبة|حبات|أقراص|قرص|بخة)`),
			"promise":      regexp.MustCompile(`على مدار الساعة|نحن هنا دائمًا|مضمون`),
			"score":        regexp.MustCompile(`درجة الخطر|عالي الخطورة`),
		},
	}
})

// overdoseInArabic takes out the word for overdose, which holds the word for dose.
var overdoseInArabic = strings.NewReplacer("الجرعة الزائدة", "", "للجرعة الزائدة", "", "جرعة زائدة", "")

// phoneNumber is three digits or more: each country has its own numbers, so they are on
// the help page and not here.
var phoneNumber = regexp.MustCompile(`[0-9٠-٩](?:[ .-]?[0-9٠-٩]){2,}`)

// years and the size of a study are no phone numbers.
var figure = map[string]bool{"691": true}

func (g *gate) never() {
	text := overdoseInArabic.Replace(all(g.m))
	for rule, words := range never()[base(g.m.Language)] {
		if found := words.FindString(text); found != "" {
			g.find(rule, "body", "Words that no page has: %q.", found)
		}
	}
	for _, found := range phoneNumber.FindAllString(text, -1) {
		if !figure[found] {
			g.find("number", "body", "A number to call, or a year. Link to help; numbers differ by country.")
		}
	}
}

// steps wants one action in each step of a numbered list.
func (g *gate) steps() {
	source := []byte(g.m.Body)
	_ = ast.Walk(treeOf(source), func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		item, ok := n.(*ast.ListItem)
		if !ok || !enter || !item.Parent().(*ast.List).IsOrdered() {
			return ast.WalkContinue, nil
		}
		text := wordsOf(item, source)
		if words, parts := len(reading.Words(text)), len(sentenceEnd.FindAllString(text, -1)); words > maxStepWords || parts > maxStepParts {
			g.find("step", "body", "A step has %d words in %d sentences. One action a step.", words, parts)
		}
		return ast.WalkContinue, nil
	})
}

// sections wants a heading before a part gets long.
func (g *gate) sections() {
	section, words := 0, 0
	end := func() {
		if words > maxSection {
			g.find("section", "body.s"+strconv.Itoa(section), "A part has %d words under one heading. Add a heading.", words)
		}
		words = 0
	}
	source := []byte(g.m.Body)
	_ = ast.Walk(treeOf(source), func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		switch {
		case !enter:
		case n.Kind() == ast.KindHeading:
			end()
			section++
		case isProse(n):
			words += len(reading.Words(wordsOf(n, source)))
		}
		return ast.WalkContinue, nil
	})
	end()
}
