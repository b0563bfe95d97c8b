package models

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"
)

// BundleSchema names the form of a bundle. A phone that does not know it shows the
// numbers and the texts that it understands.
const BundleSchema = "handrail.crisis-plan/1"

// MaxBundleJSON is the largest bundle in bytes. Signed as a compact JWS it grows by
// a third (base64url, RFC 7515) and a few hundred bytes, and stays below the 64 KB
// that a phone keeps. The limits of PlanContent see to it for every plan that can be
// saved.
const MaxBundleJSON = 48_000

// PlanBundle is a crisis plan as one self-contained document: everything that a
// phone with no network needs, in words, with numbers that it can dial. It holds no
// name of the patient, of the clinic or of a medicine plan.
type PlanBundle struct {
	Schema      string            `json:"schema"`
	Subject     string            `json:"subject"` // the patient's id: a phone takes no plan but its own
	Locale      string            `json:"locale"`
	Direction   string            `json:"direction"`
	GeneratedAt string            `json:"generatedAt"` // RFC 3339, UTC
	Version     int64             `json:"version"`     // of the plan; 0: none is in use yet
	ETag        string            `json:"etag"`        // of all but generatedAt
	ActiveSince string            `json:"activeSince,omitempty"`
	Title       string            `json:"title"`
	Intro       string            `json:"intro"`
	Empty       *PlanCard         `json:"empty,omitempty"` // instead of sections, when there is no plan yet
	Country     string            `json:"country"`
	Emergency   []NumberToCall    `json:"emergency"`
	CrisisLines []NumberToCall    `json:"crisisLines"`
	VerifiedOn  string            `json:"verifiedOn"` // the numbers above
	Sections    []BundleSection   `json:"sections"`
	Cards       []PlanCard        `json:"cards"`
	Exercises   []PlanCard        `json:"exercises,omitempty"` // those that the plan points to
	Words       map[string]string `json:"words"`
	Monitoring  BundleMonitoring  `json:"monitoring"`
}

// BundleSection is a section with something in it.
type BundleSection struct {
	Key   PlanSection  `json:"key"`
	Title string       `json:"title"`
	Help  string       `json:"help"`
	Items []BundleItem `json:"items"`
}

// BundleItem is one entry, in the same form whatever section it is in, so that an
// old phone can show a new one.
type BundleItem struct {
	Text        string         `json:"text"`
	Details     []BundleDetail `json:"details,omitempty"`
	Calls       []NumberToCall `json:"calls,omitempty"`
	CheckFrom   string         `json:"checkNumberFrom,omitempty"` // local day from which words.notVerified is shown
	Unreachable bool           `json:"unreachable,omitempty"`     // words.unreachable is shown
	Hours       *PlanHours     `json:"hours,omitempty"`           // for words.openNow and words.closedNow
	Exercise    string         `json:"exercise,omitempty"`        // key of exercises
}

// BundleDetail says one more thing about an item: words, or a day to be written as
// the phone writes days.
type BundleDetail struct {
	Label string `json:"label"`
	Text  string `json:"text,omitempty"`
	Day   string `json:"day,omitempty"` // YYYY-MM-DD
}

// BundleMonitoring is the site's statement of who reads what, and when.
type BundleMonitoring struct {
	Plan  string `json:"plan"`
	Text  string `json:"text"`
	Hours string `json:"hours"`
	Who   string `json:"who,omitempty"`
}

// BundleSource is what a bundle is made of.
type BundleSource struct {
	Plan       CrisisPlan
	Active     PlanVersion // the zero value when no plan is in use
	Numbers    EmergencyNumbers
	Language   string // BCP 47
	Monitoring Monitoring
}

// BuiltBundle is a bundle to be signed and served.
type BuiltBundle struct {
	JSON    []byte
	ETag    string // an HTTP entity tag, quotes included; the same for the same content at any time
	Version int64
}

// BuildBundle writes the bundle of a plan, or of no plan yet (EmptyBundle). The same
// source gives the same ETag at any time, and the same bytes at the same second.
// Error: KindTooLarge, only for a site statement of more than 2 KB.
func BuildBundle(s BundleSource, now time.Time) (BuiltBundle, error) {
	if s.Plan.Active == 0 || s.Active.State != PlanActive || s.Active.Version != s.Plan.Active {
		return EmptyBundle(s, now)
	}
	t := PlanTextsIn(s.Language)
	b := newBundle(s, t)
	b.Version, b.Sections = s.Active.Version, sectionsOf(s.Active.Content, s.Plan, b.CrisisLines, t)
	if s.Active.ActivatedAt != nil {
		b.ActiveSince = s.Active.ActivatedAt.UTC().Format(time.RFC3339)
	}
	for _, key := range PlanExercises {
		for _, c := range s.Active.Content.InternalCoping {
			if c.Exercise == key {
				b.Exercises = append(b.Exercises, t.Exercises[key])
				break
			}
		}
	}
	return b.seal(now)
}

// EmptyBundle is for a patient who has no plan in use: the numbers to call, what is
// the same for everybody, and plain words about how to begin.
func EmptyBundle(s BundleSource, now time.Time) (BuiltBundle, error) {
	t := PlanTextsIn(s.Language)
	b := newBundle(s, t)
	b.Empty, b.Sections = &t.Empty, []BundleSection{}
	return b.seal(now)
}

// newBundle is what is the same with and without a plan.
func newBundle(s BundleSource, t PlanTexts) PlanBundle {
	b := PlanBundle{Schema: BundleSchema, Subject: s.Plan.PatientID, Locale: t.Language, Direction: t.Direction,
		Title: t.Title, Intro: t.Intro, Country: s.Numbers.Country, VerifiedOn: s.Numbers.VerifiedOn,
		Emergency: toDial(s.Numbers.Emergency), CrisisLines: toDial(s.Numbers.CrisisLines), Words: t.Words}
	if len(b.Emergency) == 0 { // there is never a bundle without a number
		b.Emergency = toDial(everywhere.Emergency)
	}
	b.Cards = cardsOf(t, b.Emergency[0].Display)
	m := s.Monitoring
	b.Monitoring = BundleMonitoring{Plan: t.Monitoring.Plan, Hours: m.Hours, Who: m.Who, Text: t.Monitoring.text(m)}
	return b
}

// seal writes the bytes. The tag comes from everything but the moment.
func (b PlanBundle) seal(now time.Time) (BuiltBundle, error) {
	content, err := canonicalJSON(b)
	if err != nil {
		return BuiltBundle{}, err
	}
	sum := sha256.Sum256(content)
	b.ETag = `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
	b.GeneratedAt = now.UTC().Format(time.RFC3339)
	data, err := canonicalJSON(b)
	if err == nil && len(data) > MaxBundleJSON {
		err = E(KindTooLarge, "bundle-too-large", "The site's statement of who reads what is too long. Please shorten it.")
	}
	return BuiltBundle{data, b.ETag, b.Version}, err
}

func (t PlanMonitoringTexts) text(m Monitoring) string {
	switch {
	case m.Hours == "":
		return t.None
	case m.Who == "":
		return strings.ReplaceAll(t.Hours, "{hours}", m.Hours)
	}
	return strings.NewReplacer("{hours}", m.Hours, "{who}", m.Who).Replace(t.HoursWho)
}

// cardsOf fills in the number to call.
func cardsOf(t PlanTexts, emergency string) []PlanCard {
	out := []PlanCard{}
	for _, c := range t.Cards {
		steps := make([]string, len(c.Steps))
		for i, s := range c.Steps {
			steps[i] = strings.ReplaceAll(s, "{emergency}", emergency)
		}
		c.Steps = steps
		out = append(out, c)
	}
	return out
}

// toDial leaves out what only the site is to know about a number.
func toDial(numbers []NumberToCall) []NumberToCall {
	out := []NumberToCall{}
	for _, n := range numbers {
		n.ToConfirm = false
		out = append(out, n)
	}
	return out
}
