// Package web holds the reference client: a phone-sized page of plain ES modules,
// built in. It knows the /v1 API and nothing of the program behind it, but for the
// numbers to call, which stand in the page itself (floor.go), and the phrases that help is
// shown for; screens are one file
// each under app/screens, all words are in texts.
package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"sync"
)

//go:embed index.html sw.js manifest.webmanifest icon.svg app styles texts
var built embed.FS

// ContentSecurityPolicy is what the page must be served with: its own files and
// its own API, no inline script, one inline style (floor.go), in nobody's frame.
var ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self' " + styleHash() + "; img-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Files is what to serve at "/". It is the embedded folder, with the numbers to call
// in its index.html; above its sw.js stand
// the list of all files and a version that changes when one of them does, so that a
// phone takes the whole page over or none of it.
func Files() fs.FS { return files() }

var files = sync.OnceValue(func() fs.FS {
	list, version, err := shell()
	if err != nil {
		panic("web: " + err.Error()) // built in; a test reads it
	}
	names, err := json.Marshal(list)
	if err != nil {
		panic("web: " + err.Error())
	}
	worker, err := built.ReadFile("sw.js")
	if err != nil {
		panic("web: " + err.Error())
	}
	page, err := page()
	if err != nil {
		panic("web: " + err.Error())
	}
	head := "const version = '" + version + "';\nconst files = " + string(names) + ";\n"
	made := overlay{overlay{built, phraseList, phraseListBody()}, crisisWords, crisisWordsBody()}
	return overlay{overlay{made, "sw.js", append([]byte(head), worker...)}, "index.html", page}
})

func page() ([]byte, error) {
	body, err := built.ReadFile("index.html")
	if err != nil {
		return nil, err
	}
	return withFloor(body)
}

// shell lists the files that the page is made of, as addresses, and hashes them.
func shell() (list []string, version string, err error) {
	sum := sha256.New()
	err = fs.WalkDir(built, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := built.ReadFile(path)
		if path == "index.html" {
			body, err = page()
		}
		if err != nil {
			return err
		}
		sum.Write([]byte(path))
		sum.Write([]byte{0})
		sum.Write(body)
		switch path {
		case "sw.js": // the browser keeps the worker itself
		case "index.html":
			list = append(list, "/")
		default:
			list = append(list, "/"+path)
		}
		return nil
	})
	list = append(list, "/"+phraseList, "/"+crisisWords)
	sum.Write(phraseListBody())
	sum.Write(crisisWordsBody())
	return list, hex.EncodeToString(sum.Sum(nil))[:16], err
}
