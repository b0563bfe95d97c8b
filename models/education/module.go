// Package education knows what a module of education is: a page of about five
// minutes for a patient or a family, one question that checks whether the page was
// clear, and one thing to try. It reads and checks modules (parse.go), shows them as
// HTML (html.go), keeps translations in step with their source (choose.go), and holds
// what ships with the program (content/). Pure: who may see what and when something
// was read is decided in care.
package education

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
)

// Module is one module in one language.
type Module struct {
	ID       string   `json:"id"`       // the same in all languages: "overdose-response"
	Language string   `json:"language"` // BCP 47
	Title    string   `json:"title"`
	Summary  string   `json:"summary"` // one or two sentences: what the reader can do after it
	Topic    Topic    `json:"topic"`
	Need     Need     `json:"need"`
	Audience Audience `json:"audience"`
	Level    int      `json:"level"`             // US school grade that the text must not exceed: 4 or 6
	Safety   bool     `json:"safety"`            // a wrong word could cost a life: needs a clinician's signature
	Words    []string `json:"words,omitempty"`   // ids of the glossary: hard words on the page
	Related  []string `json:"related,omitempty"` // ids of modules to read next
	Find     []string `json:"find,omitempty"`    // what people type who look for it, also words that no page has
	Codes    []string `json:"codes,omitempty"`   // SYSTEM:CODE, as Infobutton asks (infobutton); in the source text only
	Sources  []string `json:"sources"`           // ids of sources
	Confirm  []string `json:"confirm,omitempty"` // for the reviewer: what nobody has read in an opened source
	Review   Review   `json:"review"`
	Ratings  []Rating `json:"pemat,omitempty"`    // by people, with PEMAT; see Rated
	MadeFrom *Origin  `json:"madeFrom,omitempty"` // nil: the source text itself
	Question Question `json:"question"`
	Try      string   `json:"try"` // one thing to try this week
	Body     string   `json:"body"`
}

// Topic is what a module is about, for a list.
type Topic string

// Topics are all topics. Where a person reads them is a matter of the client's texts.
var Topics = []Topic{"overdose", "crisis", "treatment", "withdrawal", "returning-to-use", "talking", "feelings", "daily-life", "family-life", "self-care", "rights"}

// Need is when somebody needs it. The library is ordered by it.
type Need string

// Needs, the most pressing first.
const (
	NeedNow        Need = "now"
	NeedThisWeek   Need = "this-week"
	NeedUnderstand Need = "understand"
)

// Needs are all needs, in the order of the library.
var Needs = []Need{NeedNow, NeedThisWeek, NeedUnderstand}

// Audience is whom a module speaks to.
type Audience string

// The audiences.
const (
	ForPatient Audience = "patient"
	ForFamily  Audience = "family"
	ForBoth    Audience = "both"
)

// Audiences are all audiences.
var Audiences = []Audience{ForPatient, ForFamily, ForBoth}

// Fits tells whether a module is for somebody of the audience who.
func (a Audience) Fits(who Audience) bool { return a == ForBoth || who == ForBoth || a == who }

// Review says whether a clinician has read this text in this language. The zero
// Review is the truth until one has.
type Review struct {
	Reviewed bool   `json:"reviewed"`
	On       string `json:"on,omitempty"`   // YYYY-MM-DD
	Role     string `json:"role,omitempty"` // "psychiatrist", no name
	Next     string `json:"next,omitempty"` // YYYY-MM-DD: look at it again
}

// Origin is the text that a translation was made from.
type Origin struct {
	Language    string `json:"language"`
	Fingerprint string `json:"fingerprint"` // Module.Fingerprint of that text at that time
}

// Question is the teach-back question: it asks whether the page was clear, not
// whether the reader is clever.
type Question struct {
	Text    string   `json:"text"`
	Answers []Answer `json:"answers"` // in the same order in all languages
}

// Answer is one answer and what the reader is told who picks it.
type Answer struct {
	Text     string `json:"text"`
	Right    bool   `json:"right"`
	Feedback string `json:"feedback"`
	Again    int    `json:"again,omitempty"` // the section (1 is the first) to be shown once more; 0 for none
}

// Fingerprint names the words of a module, and nothing else of it: 16 characters. A
// review, a translation and an offline copy carry it.
func (m Module) Fingerprint() string {
	data, err := json.Marshal(struct {
		Title, Summary, Body, Try string
		Question                  Question
	}{m.Title, m.Summary, m.Body, m.Try, m.Question})
	if err != nil {
		panic("education: " + err.Error()) // strings and numbers can always be written
	}
	sum := sha256.Sum256(data)
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}
