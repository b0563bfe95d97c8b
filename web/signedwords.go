package web

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"handrail/models/education"
)

// signedWords are the words of the page that a clinician of the site signs before people
// read them there: by their id, how the names of their texts begin.
var signedWords = []struct {
	id     string
	begins []string
}{
	{"near", []string{"near.reach", "near.grief", "near.young"}},
	{"consent", []string{"outside.statement.", "scope.", "share.statement."}},
}

// SignedWords gives them in each language, in the order of their names.
func SignedWords() []education.Words {
	var out []education.Words
	for _, language := range []string{"en", "es", "ar"} {
		texts := map[string]string{}
		file, err := built.ReadFile("texts/" + language + ".json")
		if err == nil {
			err = json.Unmarshal(file, &texts)
		}
		if err != nil {
			panic("web: " + err.Error()) // built in; a test reads it
		}
		for _, s := range signedWords {
			w := education.Words{ID: s.id, Language: language}
			for _, key := range slices.Sorted(maps.Keys(texts)) {
				if slices.ContainsFunc(s.begins, func(begin string) bool { return strings.HasPrefix(key, begin) }) {
					w.Lines = append(w.Lines, education.Line{Key: key, Text: texts[key]})
				}
			}
			out = append(out, w)
		}
	}
	return out
}
