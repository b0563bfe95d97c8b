package crisisplan

import "handrail/models"

// BundleSchema names the form of a bundle. A phone that does not know it shows the
// numbers and the texts that it understands.
const BundleSchema = "handrail.crisis-plan/1"

// MaxBundleJSON is the largest bundle in bytes. Signed as a compact JWS it grows by
// a third (base64url, RFC 7515) and a few hundred bytes, and stays below the 64 KB
// that a phone keeps. The limits of Content see to it for every plan that can be
// saved.
const MaxBundleJSON = 48_000

// Bundle is a crisis plan as one self-contained document: everything that a
// phone with no network needs, in words, with numbers that it can dial. Only what
// somebody wrote into the plan can name the patient or the clinic.
type Bundle struct {
	Schema      string                `json:"schema"`
	Subject     string                `json:"subject"` // the patient's id: a phone takes no plan but its own
	Locale      string                `json:"locale"`
	Direction   string                `json:"direction"`
	GeneratedAt string                `json:"generatedAt"` // RFC 3339, UTC
	Version     int64                 `json:"version"`     // of the plan; 0: none is in use yet
	ETag        string                `json:"etag"`        // of all but generatedAt
	ActiveSince string                `json:"activeSince,omitempty"`
	Title       string                `json:"title"`
	Intro       string                `json:"intro"`
	Empty       *Card                 `json:"empty,omitempty"` // instead of sections, when there is no plan yet
	Country     string                `json:"country"`
	Emergency   []models.NumberToCall `json:"emergency"`
	CrisisLines []models.NumberToCall `json:"crisisLines"`
	VerifiedOn  string                `json:"verifiedOn"` // the numbers above
	Sections    []BundleSection       `json:"sections"`
	Cards       []Card                `json:"cards"`
	Exercises   []Card                `json:"exercises,omitempty"` // those that the plan points to
	Words       map[string]string     `json:"words"`
	Monitoring  BundleMonitoring      `json:"monitoring"`
}

// BundleSection is a section with something in it.
type BundleSection struct {
	Key   Section      `json:"key"`
	Title string       `json:"title"`
	Help  string       `json:"help"`
	Items []BundleItem `json:"items"`
}

// BundleItem is one entry, in the same form whatever section it is in, so that an
// old phone can show a new one.
type BundleItem struct {
	Text        string                `json:"text"`
	Details     []BundleDetail        `json:"details,omitempty"`
	Calls       []models.NumberToCall `json:"calls,omitempty"`
	CheckFrom   string                `json:"checkNumberFrom,omitempty"` // local day from which words.notVerified is shown
	Unreachable bool                  `json:"unreachable,omitempty"`     // words.unreachable is shown
	Hours       *Hours                `json:"hours,omitempty"`           // for words.openNow and words.closedNow
	Exercise    string                `json:"exercise,omitempty"`        // key of exercises
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
	Plan       Plan
	Active     Version // the zero value when no plan is in use
	Numbers    models.EmergencyNumbers
	Language   string // BCP 47
	Monitoring models.Monitoring
}

// BuiltBundle is a bundle to be signed and served.
type BuiltBundle struct {
	JSON    []byte
	ETag    string // an HTTP entity tag, quotes included; the same for the same content at any time
	Version int64
}
