package careplan

import (
	_ "embed"
	"encoding/json"
	"slices"
	"sync"

	"handrail/models"
)

//go:embed data/catalogue.json
var catalogueData []byte

// Entry is one activity that a plan can hold (mission M34). Names are by language, in
// words for the patient.
type Entry struct {
	Code  string              `json:"code"`
	Areas []string            `json:"areas"`
	Leads []models.Discipline `json:"leads,omitempty"` // who may lead it; none: anybody who may lead
	Names map[string]string   `json:"names"`
}

var catalogue = sync.OnceValue(func() (all []Entry) {
	if err := json.Unmarshal(catalogueData, &all); err != nil {
		panic("careplan: catalogue.json: " + err.Error()) // built in; a test reads it
	}
	return all
})

// Catalogue lists the activities.
func Catalogue() []Entry { return slices.Clone(catalogue()) }

// CatalogueEntry finds one by its code.
func CatalogueEntry(code string) (Entry, bool) {
	for _, e := range catalogue() {
		if e.Code == code {
			return e, true
		}
	}
	return Entry{}, false
}

// MayLead tells whether somebody may lead an item: activity is its code in the
// catalogue, "" for what is none.
func MayLead(activity string, r models.Role, d models.Discipline) bool {
	e, known := CatalogueEntry(activity)
	return May(ActLead, r, d) && (activity == "" || known && (len(e.Leads) == 0 || slices.Contains(e.Leads, d)))
}
