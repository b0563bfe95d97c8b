package crisisplan

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"io/fs"
	"strings"
	"sync"

	"handrail/models"
)

// The words of a crisis plan are ours: the form of Stanley and Brown may not be
// changed or put in a record without permission, so none of it is here. A clinic
// that has the permission brings its own wording.
//
//go:embed data/*.json
var planTextsData embed.FS

// Texts is the wording of one language.
type Texts struct {
	Language   string                  `json:"language"`  // BCP 47
	Direction  string                  `json:"direction"` // ltr, rtl
	Title      string                  `json:"title"`
	Intro      string                  `json:"intro"`
	Empty      Card                    `json:"empty"` // when no plan is in use yet, and how to start
	Monitoring MonitoringTexts         `json:"monitoring"`
	Sections   map[Section]SectionText `json:"sections"`
	Labels     map[string]string       `json:"labels"`  // in front of a detail of an item
	Choices    map[string]string       `json:"choices"` // the codes of Content in words
	Words      map[string]string       `json:"words"`   // for the phone: what stands on a button or a mark
	Cards      []Card                  `json:"cards"`   // what is the same for everybody
	Exercises  map[string]Card         `json:"exercises"`
}

// SectionText is what stands above a section.
type SectionText struct {
	Title string `json:"title"`
	Help  string `json:"help"`
}

// Card is a short text in steps. "{emergency}" stands for the number to call.
type Card struct {
	Key   string   `json:"key"`
	Title string   `json:"title"`
	Text  string   `json:"text,omitempty"`
	Steps []string `json:"steps,omitempty"`
}

// MonitoringTexts says who reads what, and when, in the site's own terms.
type MonitoringTexts struct {
	Plan     string `json:"plan"` // opening a plan tells nobody
	None     string `json:"none"`
	Hours    string `json:"hours"`    // {hours}
	HoursWho string `json:"hoursWho"` // {who}, {hours}
}

// Exercises are the exercises whose steps come with the plan.
var Exercises = []string{"slow-breathing", "five-senses", "tight-and-loose"}

// planLanguages are the languages that a plan can be read in.
var planLanguages = []string{"en", "es", "ar"}

var planTexts = sync.OnceValue(func() map[string]Texts {
	out := map[string]Texts{}
	for _, language := range planLanguages {
		var t Texts
		data, err := fs.ReadFile(planTextsData, "data/"+language+".json")
		if err == nil {
			err = json.Unmarshal(data, &t)
		}
		if err != nil {
			panic("models: crisisplan/" + language + ".json: " + err.Error()) // built in; a test reads it
		}
		out[language] = t
	}
	return out
})

// TextsIn finds the wording of a language (BCP 47); one that is not there gets
// English.
func TextsIn(language string) Texts {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	if t, ok := planTexts()[base]; ok {
		return t
	}
	return planTexts()["en"]
}

// Data names what a bundle is built from beside the plan: the wording and the
// emergency numbers of this program, and the form of the bundle. A bundle that was
// built with other data is to be built again.
var Data = sync.OnceValue(func() string {
	sum := sha256.New()
	sum.Write([]byte(BundleSchema))
	sum.Write(models.EmergencyNumbersData())
	for _, language := range planLanguages {
		data, _ := fs.ReadFile(planTextsData, "data/"+language+".json") // planTexts has read it
		sum.Write(data)
	}
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:12])
})

// canonicalJSON writes a value so that the same value gives the same bytes: fields
// in the order of their struct, keys of maps sorted, nothing escaped that JSON does
// not ask for.
func canonicalJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
