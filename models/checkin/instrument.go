package checkin

import (
	"embed"
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
)

// Instrument is a standard questionnaire: its structure, codes and rules. The
// wording is apart from it (InstrumentText), because licences differ.
type Instrument struct {
	ID      string            `json:"id"`
	Title   string            `json:"title"`
	Version string            `json:"version"`          // of this definition
	LOINC   map[string]any    `json:"loinc,omitempty"`  // panel, total
	Recall  string            `json:"recall,omitempty"` // ISO 8601 duration that the questions look back
	Note    string            `json:"recallNote,omitempty"`
	Items   []InstrumentItem  `json:"items"`
	Bands   []InstrumentBand  `json:"bands,omitempty"`
	Licence InstrumentLicence `json:"licence"`
	Sources []string          `json:"sources"`
	Confirm []string          `json:"toConfirm,omitempty"` // what nobody has read in an opened source
}

// InstrumentItem is one question.
type InstrumentItem struct {
	N          string             `json:"n"` // as printed: "1", "6a", "S1"
	LinkID     string             `json:"linkId,omitempty"`
	LOINC      string             `json:"loinc,omitempty"`
	Label      string             `json:"label"` // a short name of our own, not the wording
	Scored     *bool              `json:"scored,omitempty"`
	Subscale   string             `json:"subscale,omitempty"`
	Cluster    string             `json:"cluster,omitempty"`
	Domain     string             `json:"domain,omitempty"`
	EnableWhen string             `json:"enableWhen,omitempty"`
	Reverse    bool               `json:"reverse,omitempty"`
	Options    []InstrumentOption `json:"options,omitempty"`
	Max        int                `json:"max,omitempty"` // the largest number, where there are no options
}

// InstrumentOption is one answer; yes is 1 and no is 0.
type InstrumentOption struct {
	Value  int    `json:"value"`
	Answer string `json:"loincAnswer,omitempty"`
}

// InstrumentBand names a range of the score, for the care team.
type InstrumentBand struct {
	Code       string   `json:"code"`
	Min        *float64 `json:"min,omitempty"`
	Max        *float64 `json:"max,omitempty"`
	MinPercent *float64 `json:"minPercent,omitempty"`
	MaxPercent *float64 `json:"maxPercent,omitempty"`
	Subscale   string   `json:"subscale,omitempty"`
	Rule       string   `json:"rule,omitempty"`
}

// InstrumentLicence says what may be shipped: "yes", "attribution" (with the
// owner's words beside the wording) or "import" (a clinic brings the wording).
type InstrumentLicence struct {
	Status      string `json:"status"`
	Ship        string `json:"ship"`
	Note        string `json:"note,omitempty"`
	Attribution string `json:"attribution,omitempty"`
}

//go:embed data/instruments/*.json
var instrumentFiles embed.FS

var instruments = sync.OnceValue(func() map[string]Instrument {
	out := map[string]Instrument{}
	for _, name := range instrumentNames(func(n string) bool { return !strings.Contains(n, ".text.") }) {
		var i Instrument
		readInstrument(name, &i)
		out[i.ID] = i
	}
	return out
})

func instrumentNames(keep func(string) bool) []string {
	files, err := instrumentFiles.ReadDir("data/instruments")
	if err != nil {
		panic("models: instruments: " + err.Error()) // embedded
	}
	var out []string
	for _, f := range files {
		if keep(f.Name()) {
			out = append(out, f.Name())
		}
	}
	return out
}

func readInstrument(name string, into any) {
	b, err := instrumentFiles.ReadFile(path.Join("data/instruments", name))
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		panic("models: " + name + ": " + err.Error()) // embedded; a test reads each
	}
}

// Instruments lists what is built in, by id.
func Instruments() []Instrument {
	var out []Instrument
	for _, id := range slices.Sorted(maps.Keys(instruments())) {
		out = append(out, instruments()[id])
	}
	return out
}

// FindInstrument finds a built-in instrument.
func FindInstrument(id string) (Instrument, bool) {
	i, ok := instruments()[id]
	return i, ok
}

// scored lists the items that count.
func (i Instrument) scored() []InstrumentItem {
	return slices.DeleteFunc(slices.Clone(i.Items), func(it InstrumentItem) bool { return it.Scored != nil && !*it.Scored })
}

// accepts tells whether a number can be the answer to the item.
func (it InstrumentItem) accepts(v int) bool {
	if len(it.Options) == 0 {
		return v >= 0 && v <= it.Max
	}
	return slices.ContainsFunc(it.Options, func(o InstrumentOption) bool { return o.Value == v })
}

func (i Instrument) item(n string) (InstrumentItem, bool) {
	k := slices.IndexFunc(i.Items, func(it InstrumentItem) bool { return it.N == n })
	if k < 0 {
		return InstrumentItem{}, false
	}
	return i.Items[k], true
}
