package search

import (
	"embed"
	"encoding/json"
	"sync"
)

//go:embed data/*.json
var data embed.FS

// Lists are the words of one language that no text tells: what is passed over, street
// names and trade names beside what they mean, and words that help is shown for.
type Lists struct {
	Language string   `json:"language"`
	Version  string   `json:"version"`
	Source   string   `json:"source"`
	Stop     []string `json:"stop"`
	Same     []Same   `json:"same"`
	Crisis   []string `json:"crisis"`
}

// Same are words that people say for words that pages have.
type Same struct {
	Say   []string `json:"say"`
	Means []string `json:"means"`
}

// Languages are those that have lists.
var Languages = []string{"en", "es", "ar"}

var lists = sync.OnceValue(func() map[string]Lists {
	out := map[string]Lists{}
	for _, language := range Languages {
		var l Lists
		body, err := data.ReadFile("data/" + language + ".json")
		if err == nil {
			err = json.Unmarshal(body, &l)
		}
		if err != nil {
			panic("search: " + err.Error()) // built in; a test reads it
		}
		out[language] = l
	}
	return out
})

// ListsOf are the lists of a language; empty for one that has none.
func ListsOf(language string) Lists { return lists()[language] }

// CrisisWords are the words of all languages that help is shown for, for the page.
func CrisisWords() []string {
	var out []string
	for _, language := range Languages {
		out = append(out, ListsOf(language).Crisis...)
	}
	return out
}
