package education

import (
	_ "embed"
	"html/template"
	"io"
	"net/url"
	"strconv"
	"strings"
	"sync"
)

//go:embed page.html
var pageHTML string

//go:embed list.html
var listHTML string

var listTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("list").Parse(listHTML)) })

var pageTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("page").Parse(pageHTML)) })

// labels are the words around a module, by language.
var labels = sync.OnceValue(func() map[string]map[string]string {
	return read[map[string]map[string]string]("content/labels.json")
})

// Link is a link with its words.
type Link struct {
	Href string
	Text string
	Lang string // of the words
	More string // what the page is for; "" for nothing
}

// Around is what stands around a module on its page.
type Around struct {
	Asked  string // language that was asked for; says that a page is not there in it
	Style  string // address of the style; "" for none
	Help   string // address of the help screen
	More   []Link // what to read next
	Others []Link // the same page in other languages
}

// Page writes a module as a page that needs nothing else: no script, no sign-in, no
// word about the reader. It opens on a slow network, prints, and can be sent to
// anybody. Who picks an answer sees its words at once, and nothing is sent.
func Page(w io.Writer, v View, around Around) error {
	label := labelsIn(v.Language)
	return pageTemplate().Execute(w, struct {
		View
		Around
		Label                         map[string]string
		For, Time, Reviewed, Fallback string
		LibraryHost                   string
		Body                          template.HTML
	}{
		View: v, Around: around, Label: label, For: label[string(v.Audience)], Fallback: labelsIn(around.Asked)["fallback"],
		Time:        strings.ReplaceAll(label["minutes"], "{n}", strconv.Itoa(v.Minutes)),
		LibraryHost: hostOf(v.Library), Reviewed: strings.ReplaceAll(label["reviewed"], "{date}", v.ReviewedOn),
		Body: template.HTML(v.HTML), // has passed the sanitiser
	})
}

// hostOf is whose library an address leads to, for a reader.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// ListPage writes a list of pages as a page like them: around.More is what it lists, and it
// says so where that is nothing.
func ListPage(w io.Writer, language string, around Around) error {
	return listTemplate().Execute(w, struct {
		Around
		Language, Direction string
		Label               map[string]string
	}{around, language, Direction(language), labelsIn(language)})
}

// Label is one of the words around pages, in a language or in English.
func Label(language, name string) string { return labelsIn(language)[name] }

func labelsIn(language string) map[string]string {
	if l, ok := labels()[base(language)]; ok {
		return l
	}
	return labels()["en"]
}
