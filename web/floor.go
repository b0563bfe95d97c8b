package web

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"html/template"
	"slices"
	"strings"

	"handrail/models"
)

// The floor is what stands on the page whatever fails: the numbers of every country
// and the words around them, as plain HTML. No script shows it: its style does, at
// "#/help" at once and elsewhere when the page has not come up by itself. A script may only
// put off that it is laid out, until then (app/ahead.js). The style
// is in the page too, and the policy names its hash, so that no file has to arrive. Its
// margin for scrolling keeps "#/help" from leading past what stands above it.

//go:embed floor.html
var floorHTML string

//go:embed floor.css
var floorStyle string

// Languages are those that the page has words in.
var Languages = []string{"en", "es", "ar"}

// said is one text in one language.
type said struct {
	Lang string
	Dir  string
	Text string
}

// kept are the beginnings of the keys whose words are in the page itself.
var kept = []string{"help.", "country.", "floor.", "frame.", "failure.", "wait.", "monitoring.", "near.title", "problem.offline", "problem.other"}

// floorLine is a number to tap. Its address is from our own data: html/template
// would take tel: and sms: out.
type floorLine struct {
	models.NumberToCall
	Href template.URL
	Line string // the field of models.EmergencyNumbers that it is from
}

func lineOf(n models.NumberToCall, line string) floorLine {
	return floorLine{n, template.URL(n.Href), line}
}

// everywhere are the numbers of which one reaches emergency services from a mobile
// phone almost anywhere.
var everywhere = []floorLine{lineOf(models.NumberToCall{Display: "112", Href: "tel:112"}, ""), lineOf(models.NumberToCall{Display: "911", Href: "tel:911"}, "")}

// withFloor is index.html with the floor in it.
func withFloor(page []byte) ([]byte, error) {
	texts, err := allTexts()
	if err != nil {
		return nil, err
	}
	words := func(key string) []said {
		var out []said
		for _, l := range Languages {
			out = append(out, said{l, direction(l), texts[l][key]})
		}
		return out
	}
	parsed, err := template.New("floor").Funcs(template.FuncMap{"words": words, "line": lineOf}).Parse(floorHTML)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, map[string]any{"Rows": models.AllNumbers(), "Words": keptWords(texts), "Everywhere": everywhere}); err != nil {
		return nil, err
	}
	page = bytes.Replace(page, []byte("<!-- style -->"), []byte("<style>"+style()+"</style>"), 1)
	return bytes.Replace(page, []byte("<!-- floor -->"), out.Bytes(), 1), nil
}

// allTexts are the words of the page by language and key.
func allTexts() (map[string]map[string]string, error) {
	texts := map[string]map[string]string{}
	for _, language := range Languages {
		body, err := built.ReadFile("texts/" + language + ".json")
		if err != nil {
			return nil, err
		}
		words := map[string]string{}
		if err := json.Unmarshal(body, &words); err != nil {
			return nil, err
		}
		texts[language] = words
	}
	return texts, nil
}

func keptWords(texts map[string]map[string]string) map[string]map[string]string {
	out := map[string]map[string]string{}
	for language, all := range texts {
		out[language] = map[string]string{}
		for key, text := range all {
			if slices.ContainsFunc(kept, func(head string) bool { return strings.HasPrefix(key, head) }) {
				out[language][key] = text
			}
		}
	}
	return out
}

func direction(language string) string {
	if language == "ar" {
		return "rtl"
	}
	return "ltr"
}

// style is that of the floor. Until the page has come up in somebody's language, the
// floor says everything in all of them; it does not change before, so that nothing jumps.
func style() string {
	out := strings.TrimSpace(floorStyle)
	for _, language := range Languages {
		out += "\n.up[data-words=\"" + language + "\"] .floor [lang]:not([lang=\"" + language + "\"]) { display: none; }"
	}
	return out
}

// styleHash is how the policy names the one style that is in the page (CSP 3, 2.3.1).
func styleHash() string {
	sum := sha256.Sum256([]byte(style()))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
