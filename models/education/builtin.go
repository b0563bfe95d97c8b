package education

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"handrail/models"
)

//go:embed content
var content embed.FS

// Builtin are the modules that ship with the program, in the order of the library. No
// clinician has reviewed one of them until its front matter says so.
var Builtin = sync.OnceValue(func() *Library {
	l, err := Load(content, "content")
	if err != nil {
		panic("education: " + err.Error()) // built in; a test reads it
	}
	return l
})

// Load reads the folder LANGUAGE/ID.md below root. The error names each file and each
// field that is wrong.
func Load(files fs.FS, root string) (*Library, error) {
	var modules []Module
	var wrong []error
	err := fs.WalkDir(files, root, func(at string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(at, ".md") {
			return err
		}
		data, err := fs.ReadFile(files, at)
		if err != nil {
			return err
		}
		m, err := Parse(data)
		if err == nil {
			err = m.Ready()
		}
		if err == nil && at != path.Join(root, m.Language, m.ID+".md") {
			err = invalid("id", "not-the-file", "A file is called LANGUAGE/ID.md.")
		}
		if err != nil {
			wrong = append(wrong, inFile(at, err))
			return nil
		}
		modules = append(modules, m)
		return nil
	})
	if err = errors.Join(append(wrong, err)...); err != nil {
		return nil, err
	}
	return NewLibrary(modules)
}

// FileOf is a module that ships, as its author wrote it; ok is false when there is none.
func FileOf(id, language string) (file string, ok bool) {
	if !idForm.MatchString(id) || !languageForm.MatchString(language) {
		return "", false
	}
	data, err := fs.ReadFile(content, path.Join("content", language, id+".md"))
	return string(data), err == nil
}

// inFile says in which file and in which fields an error is.
func inFile(at string, err error) error {
	var e *models.Error
	if !errors.As(err, &e) || len(e.Fields) == 0 {
		return fmt.Errorf("%s: %w", at, err)
	}
	var all []string
	for _, f := range e.Fields {
		all = append(all, f.Field+": "+f.Text+" ("+f.Code+")")
	}
	return fmt.Errorf("%s: %s", at, strings.Join(all, "; "))
}

// Source is where the facts of a module are from.
type Source struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	URL       string `json:"url,omitempty"`
	Read      bool   `json:"read"`      // somebody opened and read it
	Own       bool   `json:"own"`       // of the authors, no published work
	ToConfirm bool   `json:"toConfirm"` // a clinician has still to confirm what rests on it
}

// Sources are the sources that built-in modules name.
var Sources = sync.OnceValue(func() map[string]Source {
	out := map[string]Source{}
	for _, s := range read[[]Source]("content/sources.json") {
		out[s.ID] = s
	}
	return out
})

// Hard is a hard word and what it means.
type Hard struct {
	ID        string          `json:"id"`
	Medicine  bool            `json:"medicine,omitempty"` // a name: has no plainer word, so formulas don't count it
	Languages map[string]Term `json:"languages"`
}

// Term is a hard word in one language.
type Term struct {
	Word  string   `json:"word"`
	Forms []string `json:"forms"` // as they stand in texts, in small letters
	Means string   `json:"means"`
}

// Glossary are the hard words, in the order of the file.
var Glossary = sync.OnceValue(func() []Hard { return read[[]Hard]("content/glossary.json") })

// Explained are the hard words of a module with their meaning, for the end of its page.
func Explained(m Module) []Term {
	var out []Term
	for _, h := range Glossary() {
		if t, ok := h.Languages[base(m.Language)]; ok && contains(m.Words, h.ID) {
			out = append(out, t)
		}
	}
	return out
}

func read[T any](path string) T {
	var v T
	data, err := content.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, &v)
	}
	if err != nil {
		panic("education: " + path + ": " + err.Error()) // built in; a test reads it
	}
	return v
}

// base is the language without script and region.
func base(language string) string {
	b, _, _ := strings.Cut(strings.ToLower(language), "-")
	return b
}
