// Package web holds the reference client: a phone-sized page of plain ES modules,
// built in. It knows the /v1 API and nothing of the program behind it, but for the
// numbers to call, which stand in the page itself (floor.go), and the phrases that help is
// shown for; screens are one file
// each under app/screens, all words are in texts.
package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed index.html sw.js manifest.webmanifest icon.svg plain.svg icon-180.png plain-180.png app styles texts
var built embed.FS

// ContentSecurityPolicy is what the page must be served with: its own files and
// its own API, no inline script, one inline style (floor.go), in nobody's frame.
var ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self' " + styleHash() + "; img-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Files is what to serve at "/". It is the embedded folder, with the numbers to call in its
// index.html, which names few files packed of the many (pack.go); above its sw.js stand the
// list of the files that a phone keeps and a version that changes when one of them does, so
// that a phone takes the whole page over or none of it. The plain modules are served too:
// a page from before asks for them. It is made when it is first wanted.
func Files() fs.FS { return whenWanted(files) }

// whenWanted is a file system that is made with the first file that somebody opens: a
// program that serves no page does not wait for one.
type whenWanted func() fs.FS

// Open implements fs.FS.
func (w whenWanted) Open(name string) (fs.File, error) { return w().Open(name) }

var files = sync.OnceValue(func() fs.FS { return must(made(false)) })

func must[T any](made T, err error) T {
	if err != nil {
		panic("web: " + err.Error()) // built in; a test reads it
	}
	return made
}

// made is the folder with all that the program makes of it.
func made(open bool) (fs.FS, error) {
	p := &packer{open: open}
	var err error
	if p.modules, err = modules(); err != nil {
		return nil, err
	}
	out, err := p.pack()
	if err != nil {
		return nil, err
	}
	style, err := packedStyle()
	if err != nil {
		return nil, err
	}
	all := overlay{built, map[string][]byte{phraseList: phraseListBody(), crisisWords: crisisWordsBody()}}
	if open {
		modules := p.openModules(out)
		maps.Copy(all.made, modules)
		if out.worker, err = keepsOpen(out.worker, modules); err != nil {
			return nil, err
		}
	}
	maps.Copy(all.made, out.files)
	name := packedName("style", "css", style)
	all.made[name] = style
	if err := addPlainManifests(all.made); err != nil {
		return nil, err
	}
	if err := p.addTexts(all.made); err != nil {
		return nil, err
	}
	ahead, err := packedAhead()
	if err != nil {
		return nil, err
	}
	aheadName := packedName("ahead", "js", ahead)
	all.made[aheadName] = ahead
	if all.made["index.html"], err = page(out.first, name, aheadName); err != nil {
		return nil, err
	}
	all.made["sw.js"], err = worker(all, out, name, aheadName)
	return all, err
}

// modules are the scripts of the page by name.
func modules() (map[string]string, error) {
	out := map[string]string{phraseList: string(phraseListBody()), crisisWords: string(crisisWordsBody())}
	return out, fs.WalkDir(built, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".js" {
			return err
		}
		body, err := built.ReadFile(name)
		out[name] = string(body)
		return err
	})
}

func (p *packer) addTexts(to map[string][]byte) error {
	texts, err := allTexts()
	if err != nil {
		return err
	}
	for language, words := range texts {
		if to["texts/first-"+language+".json"], err = p.firstTexts(words); err != nil {
			return err
		}
	}
	return nil
}

// page is index.html with the names of its scripts, its style and what runs first.
func page(scripts []string, style, first string) ([]byte, error) {
	body, err := built.ReadFile("index.html")
	if err != nil {
		return nil, err
	}
	ahead := []string{`<script async src="/` + first + `"></script>`}
	for _, name := range scripts {
		ahead = append(ahead, `<link rel="modulepreload" href="/`+name+`">`)
	}
	for mark, put := range map[string]string{
		"<!-- scripts -->": strings.Join(ahead, "\n  "),
		"<!-- styles -->":  `<link rel="stylesheet" href="/` + style + `">`,
		"<!-- start -->":   `<script type="module" src="/` + scripts[0] + `"></script>`,
	} {
		body = bytes.Replace(body, []byte(mark), []byte(put), 1)
	}
	return withFloor(body)
}

// worker is sw.js below the list of the files that a phone keeps and their version.
func worker(all overlay, out packed, more ...string) ([]byte, error) {
	list, sum := []string{"/"}, sha256.New()
	names := append(append(slices.Sorted(maps.Keys(out.files)), more...), "manifest.webmanifest", "icon.svg", "plain.svg", "icon-180.png", "plain-180.png")
	for _, language := range Languages {
		names = append(names, "texts/first-"+language+".json", "texts/"+language+".json", plainManifest(language))
	}
	for _, name := range append(names, "index.html") {
		body, err := fs.ReadFile(all, name)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(sum, "%s\x00%d\x00%s", name, len(body), body)
	}
	for _, name := range names {
		list = append(list, "/"+name)
	}
	words, err := pushWords()
	if err != nil {
		return nil, err
	}
	sum.Write(words)
	addresses, err := json.Marshal(list)
	head := "const version = '" + hex.EncodeToString(sum.Sum(nil))[:16] + "';\nconst files = " + string(addresses) + ";\nconst pushWords = " + string(words) + ";\n"
	return append([]byte(head), out.worker...), err
}

// pushWords are the words of notes by language and key. They are in the worker: a note
// waits for no file.
func pushWords() ([]byte, error) {
	texts, err := allTexts()
	if err != nil {
		return nil, err
	}
	for _, words := range texts {
		maps.DeleteFunc(words, func(key, _ string) bool { return !strings.HasPrefix(key, "push.") })
	}
	return json.Marshal(texts)
}
