package education

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
)

// Manifest lists the files of an offline pack. A file is named by its bytes, so a
// phone fetches what it does not have, at any byte, from anywhere, and can tell a file
// that was cut or changed. Who hands a manifest out signs it (Manifest.Bytes).
type Manifest struct {
	Format   int    `json:"format"` // 1
	Language string `json:"language"`
	Files    []File `json:"files"` // sorted by module
}

// File is one module of a pack. Title and Bytes are for the person who decides whether
// to fetch it.
type File struct {
	Module string `json:"module"`
	Title  string `json:"title"`
	Name   string `json:"name"`  // base64url of the SHA-256 of its bytes
	Bytes  int    `json:"bytes"` // its size
}

// PackOf makes a pack of views: the manifest, and the bytes of each file by its name.
func PackOf(language string, views []View) (Manifest, map[string][]byte) {
	m, files := Manifest{Format: 1, Language: language, Files: []File{}}, map[string][]byte{}
	for _, v := range views {
		data := canonical(v)
		sum := sha256.Sum256(data)
		name := base64.RawURLEncoding.EncodeToString(sum[:])
		files[name] = data
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

// Update is the difference between the pack that a phone has and a new one, to be
// shown before anything is fetched.
type Update struct {
	Added   []File `json:"added"`
	Changed []File `json:"changed"`
	Removed []File `json:"removed"`
	Bytes   int    `json:"bytes"` // to fetch
}

// UpdateOf compares two manifests. Files that are there already cost nothing.
func UpdateOf(has, next Manifest) Update {
	u := Update{Added: []File{}, Changed: []File{}, Removed: []File{}}
	find := func(m Manifest, module string) (File, bool) {
		i := slices.IndexFunc(m.Files, func(f File) bool { return f.Module == module })
		if i < 0 {
			return File{}, false
		}
		return m.Files[i], true
	}
	for _, f := range next.Files {
		old, ok := find(has, f.Module)
		switch {
		case !ok:
			u.Added = append(u.Added, f)
		case old.Name != f.Name:
			u.Changed = append(u.Changed, f)
		default:
			continue
		}
		u.Bytes += f.Bytes
	}
	for _, f := range has.Files {
		if _, ok := find(next, f.Module); !ok {
			u.Removed = append(u.Removed, f)
		}
	}
	return u
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
