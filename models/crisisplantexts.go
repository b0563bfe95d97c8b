package models

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"io/fs"
	"strings"
	"sync"
)

// The words of a crisis plan are ours: the form of Stanley and Brown may not be
// changed or put in a record without permission, so none of it is here. A clinic
// that has the permission brings its own wording.
//
//go:embed data/crisisplan/*.json
var planTextsData embed.FS

// PlanTexts is the wording of one language.
type PlanTexts struct {
	Language   string                          `json:"language"`  // BCP 47
	Direction  string                          `json:"direction"` // ltr, rtl
	Title      string                          `json:"title"`
	Intro      string                          `json:"intro"`
	Empty      PlanCard                        `json:"empty"` // when no plan is in use yet, and how to start
	Monitoring PlanMonitoringTexts             `json:"monitoring"`
	Sections   map[PlanSection]PlanSectionText `json:"sections"`
	Labels     map[string]string               `json:"labels"`  // in front of a detail of an item
	Choices    map[string]string               `json:"choices"` // the codes of PlanContent in words
	Words      map[string]string               `json:"words"`   // for the phone: what stands on a button or a mark
	Cards      []PlanCard                      `json:"cards"`   // what is the same for everybody
	Exercises  map[string]PlanCard             `json:"exercises"`
}

// PlanSectionText is what stands above a section.
type PlanSectionText struct {
	Title string `json:"title"`
	Help  string `json:"help"`
}

// PlanCard is a short text in steps. "{emergency}" stands for the number to call.
type PlanCard struct {
	Key   string   `json:"key"`
	Title string   `json:"title"`
	Text  string   `json:"text,omitempty"`
	Steps []string `json:"steps,omitempty"`
}

// PlanMonitoringTexts says who reads what, and when, in the site's own terms.
type PlanMonitoringTexts struct {
	Plan     string `json:"plan"` // opening a plan tells nobody
	None     string `json:"none"`
	Hours    string `json:"hours"`    // {hours}
	HoursWho string `json:"hoursWho"` // {who}, {hours}
}

// PlanExercises are the exercises whose steps come with the plan.
var PlanExercises = []string{"slow-breathing", "five-senses", "tight-and-loose"}

// planLanguages are the languages that a plan can be read in.
var planLanguages = []string{"en", "es", "ar"}

var planTexts = sync.OnceValue(func() map[string]PlanTexts {
	out := map[string]PlanTexts{}
	for _, language := range planLanguages {
		var t PlanTexts
		data, err := fs.ReadFile(planTextsData, "data/crisisplan/"+language+".json")
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

// PlanTextsIn finds the wording of a language (BCP 47); one that is not there gets
// English.
func PlanTextsIn(language string) PlanTexts {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	if t, ok := planTexts()[base]; ok {
		return t
	}
	return planTexts()["en"]
}

// PlanData names what a bundle is built from beside the plan: the wording and the
// emergency numbers of this program, and the form of the bundle. A bundle that was
// built with other data is to be built again.
var PlanData = sync.OnceValue(func() string {
	sum := sha256.New()
	sum.Write([]byte(BundleSchema))
	sum.Write(emergencyData)
	for _, language := range planLanguages {
		data, _ := fs.ReadFile(planTextsData, "data/crisisplan/"+language+".json") // planTexts has read it
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
