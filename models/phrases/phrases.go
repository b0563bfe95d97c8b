// Package phrases finds in a text what somebody may write who thinks of dying or of
// harming themselves (risk reference, R-TXT-1). A hit asks a person to read, and shows
// help to the writer; it is no judgement. Many hits mean nothing, and a text with none
// is no reassurance. The page finds the same with the same lists (web/app/phrases.js).
//
// The lists are our own [P]; each says its version and its source.
package phrases

import (
	"embed"
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:embed data/*.json
var data embed.FS

// List is the phrases of one language.
type List struct {
	Language string   `json:"language"` // BCP 47
	Version  string   `json:"version"`
	Source   string   `json:"source"`
	Clitics  []string `json:"clitics,omitempty"` // what the language writes onto the front of a word
	Phrases  []string `json:"phrases"`
}

// Hit is one phrase of one list. Number counts from 1 in the list of its version: what was
// written is not repeated.
type Hit struct {
	Language string `json:"language"`
	Version  string `json:"version"`
	Number   int    `json:"number"`
}

// Lists are all lists, by language.
func Lists() []List { return slices.Clone(read().lists) }

// JSON is all lists, for the page.
func JSON() []byte { return slices.Clone(read().json) }

type known struct {
	lists []List
	words [][][]string       // by list and phrase
	begin []map[string][]int // by list: which phrases a word may begin, by their place
	json  []byte
}

var read = sync.OnceValue(func() known {
	var k known
	files, err := fs.Glob(data, "data/*.json")
	for _, name := range files {
		var body []byte
		var l List
		if body, err = data.ReadFile(name); err == nil {
			err = json.Unmarshal(body, &l)
		}
		if err != nil {
			break
		}
		var words [][]string
		begin := map[string][]int{}
		for i, p := range l.Phrases {
			words = append(words, Words(p))
			first := words[i][0]
			begin[first] = append(begin[first], i)
			for _, c := range l.Clitics {
				begin[c+first] = append(begin[c+first], i)
			}
		}
		k.lists, k.words, k.begin = append(k.lists, l), append(k.words, words), append(k.begin, begin)
	}
	if err == nil {
		k.json, err = json.Marshal(k.lists)
	}
	if err != nil {
		panic("phrases: " + err.Error()) // built in; a test reads it
	}
	return k
})

// Find gives the first hit of each language: people write in more than one.
func Find(text string) []Hit {
	var out []Hit
	k, words := read(), Words(text)
	for i, l := range k.lists {
		if n := k.first(i, words); n >= 0 {
			out = append(out, Hit{l.Language, l.Version, n + 1})
		}
	}
	return out
}

// first is the place of the first phrase of a list that stands in a text; -1: none does.
// It costs a look for each word, however many phrases there are.
func (k known) first(list int, words []string) int {
	first := -1
	for from, word := range words {
		for _, n := range k.begin[list][word] {
			rest := k.words[list][n][1:]
			if (first < 0 || n < first) && len(rest) < len(words)-from && slices.Equal(words[from+1:from+1+len(rest)], rest) {
				first = n
			}
		}
	}
	return first
}

// letters are written in more than one way: of Arabic, those that people leave out or
// mix up, and those of Persian keyboards.
var letters = map[rune]rune{'\u0671': '\u0627', '\u0649': '\u064a', '\u06cc': '\u064a', '\u0629': '\u0647', '\u06a9': '\u0643'}

// Words are the words of a text, each in one way of writing: no accents and vowel marks,
// no lengthening, small letters, no apostrophes, the alef and the ya of Arabic as one.
func Words(text string) []string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return plainWords(text)
	}
	var out strings.Builder
	for _, r := range norm.NFKD.String(text) {
		switch r = unicode.ToLower(r); {
		case unicode.Is(unicode.M, r), unicode.Is(unicode.Cf, r), r == '\u0640', r == '\u0621', strings.ContainsRune("'`\u2018\u2019\u02bc\u00b4", r):
			continue
		case unicode.IsLetter(r), unicode.Is(unicode.Nd, r):
			if one, is := letters[r]; is {
				r = one
			}
			out.WriteRune(r)
		default:
			out.WriteByte(' ')
		}
	}
	return strings.Fields(out.String())
}

// plainWords are the words of a text in ASCII, which has one way of writing but for
// capitals and apostrophes.
func plainWords(text string) []string {
	out := make([]byte, 0, len(text))
	for i := range len(text) {
		switch c := text[i]; {
		case c == '\'', c == '`':
		case 'A' <= c && c <= 'Z':
			out = append(out, c+'a'-'A')
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			out = append(out, c)
		default:
			out = append(out, ' ')
		}
	}
	return strings.Fields(string(out))
}
