package web

import "handrail/models/phrases"

// phraseList is the module of the page that holds the phrases which help is shown for: the
// lists of models/phrases, so that there is one.
const phraseList = "app/phraselist.js"

func phraseListBody() []byte {
	return append(append([]byte("// Made by the program of models/phrases (web/phraselist.go).\n\nexport const lists = "), phrases.JSON()...), ";\n"...)
}
