package web

import (
	"encoding/json"

	"handrail/models/education/search"
)

// crisisWords is the module of the page that holds the words which help is shown for in a
// search: the lists of models/education/search, so that there is one.
const crisisWords = "app/search/crisiswords.js"

func crisisWordsBody() []byte {
	list, err := json.Marshal(search.CrisisWords())
	if err != nil {
		panic("web: " + err.Error()) // texts can always be written
	}
	return append(append([]byte("// Made by the program of models/education/search (web/crisiswords.go).\n\nexport const list = "), list...), ";\n"...)
}
