package education

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"

	"handrail/models/education/search"
)

// Manifest lists the files of an offline pack. A file is named by its bytes, so a
// phone fetches what it does not have, at any byte, from anywhere, and can tell a file
// that was cut or changed. Who hands a manifest out signs it (Manifest.Bytes).
type Manifest struct {
	Format   int    `json:"format"` // 1
	Language string `json:"language"`
	Files    []File `json:"files"`           // sorted by module
	Index    *Named `json:"index,omitempty"` // of the search (package search), as JSON; a file like the others
	// Withdrawn are fingerprints of words that were taken back as dangerous, sorted: a phone
	// drops a page that it keeps with them at once, before it fetches anything.
	Withdrawn []string `json:"withdrawn,omitempty"`
}

// Named is a file by the name that its bytes give it.
type Named struct {
	Name  string `json:"name"`  // base64url of the SHA-256 of its bytes
	Bytes int    `json:"bytes"` // its size
}

// File is one module of a pack. Title and Bytes are for the person who decides whether
// to fetch it.
type File struct {
	Module string `json:"module"`
	Title  string `json:"title"`
	Name   string `json:"name"`  // base64url of the SHA-256 of its bytes
	Bytes  int    `json:"bytes"` // its size
}

// PackOf makes a pack of views and the index to search them: the manifest, and the bytes of
// each file by its name.
func PackOf(language string, views []View, index *search.Index) (Manifest, map[string][]byte) {
	m, files := Manifest{Format: 1, Language: language, Files: []File{}}, map[string][]byte{}
	keep := func(data []byte) string {
		sum := sha256.Sum256(data)
		name := base64.RawURLEncoding.EncodeToString(sum[:])
		files[name] = data
		return name
	}
	if index != nil {
		data := canonical(index)
		m.Index = &Named{keep(data), len(data)}
	}
	for _, v := range views {
		data := canonical(v)
		name := keep(data)
		m.Files = append(m.Files, File{Module: v.ID, Title: v.Title, Name: name, Bytes: len(data)})
	}
	slices.SortFunc(m.Files, func(a, b File) int { return cmp.Compare(a.Module, b.Module) })
	return m, files
}

// Bytes are what is signed: the same manifest gives the same bytes.
func (m Manifest) Bytes() []byte { return canonical(m) }

// Whole tells whether data is the file that its name says: nothing cut, nothing changed.
func (f File) Whole(data []byte) bool {
	sum := sha256.Sum256(data)
	return len(data) == f.Bytes && base64.RawURLEncoding.EncodeToString(sum[:]) == f.Name
}

func canonical(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic("education: " + err.Error()) // strings, numbers and lists can always be written
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
