// Package texts holds the allow-list of all that Handrail says on a lock screen, in
// an e-mail or in an SMS. A text is chosen by its code and language, never built:
// nothing that anybody wrote can come into it.
package texts

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed locales/*.json
var files embed.FS

// Code names a text.
type Code string

// The codes. The first four are the classes of package reminder.
const (
	Time    Code = "time"
	Soon    Code = "soon"
	Look    Code = "look"
	Now     Code = "now"
	Confirm Code = "confirm" // an e-mail address is to be confirmed
	Open    Code = "open"    // what stands before the link
	Stop    Code = "stop"    // how an SMS is stopped, or an e-mail
	Stopped Code = "stopped" // the answer to STOP
	Started Code = "started" // the answer to START
	Unread  Code = "unread"  // the answer to HELP and to anything else
)

// Codes lists every code; each language of the allow-list has all of them.
var Codes = []Code{Time, Soon, Look, Now, Confirm, Open, Stop, Stopped, Started, Unread}

// Text is a text of the allow-list. Its fields can't be set elsewhere.
type Text struct{ title, body string }

// Title is the first line; Body says the rest.
func (t Text) Title() string { return t.title }

// Body is one short sentence.
func (t Text) Body() string { return t.body }

// Catalog is the allow-list.
type Catalog map[string]map[Code]Text

// fallback is the language that is complete, whatever else is.
const fallback = "en"

// Load reads the built-in allow-list.
func Load() (Catalog, error) {
	sub, err := fs.Sub(files, "locales")
	if err != nil {
		return nil, err
	}
	return Read(sub)
}

// Read reads a folder with one JSON file a language: {"time": {"title", "body"}}.
// A language may be incomplete, except for English.
func Read(dir fs.FS) (Catalog, error) { return read(dir, Codes) }

func read(dir fs.FS, codes []Code) (Catalog, error) {
	c := Catalog{}
	names, err := fs.Glob(dir, "*.json")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		data, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, err
		}
		var list map[Code]struct{ Title, Body string }
		if err := json.Unmarshal(data, &list); err != nil {
			return nil, fmt.Errorf("texts: %s: %w", name, err)
		}
		language := strings.TrimSuffix(path.Base(name), ".json")
		c[language] = map[Code]Text{}
		for code, t := range list {
			c[language][code] = Text{t.Title, t.Body}
		}
	}
	for _, code := range codes {
		if _, ok := c[fallback][code]; !ok {
			return nil, errors.New("texts: English lacks " + string(code))
		}
	}
	return c, nil
}

// Find gives the text in a language (BCP 47), or in what the tag narrows
// ("es-MX" to "es"), or in English. exact is false for the last, which is worth a
// line in the log.
func (c Catalog) Find(language string, code Code) (t Text, exact bool) {
	for tag := strings.ToLower(language); tag != ""; {
		if t, ok := c[tag][code]; ok {
			return t, true
		}
		i := strings.LastIndexAny(tag, "-_")
		tag = tag[:max(i, 0)]
	}
	return c[fallback][code], false
}
