package education

import (
	"bytes"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark/ast"
)

// Place is where a link of a module leads.
type Place struct {
	Kind PlaceKind
	ID   string // of a module
	URL  string // https, for elsewhere
}

// PlaceKind is the kind of a Place.
type PlaceKind string

// The places that a module can link to. Numbers to call are behind PlaceHelp, as each
// country has its own: they are never in a module.
const (
	PlaceHelp   PlaceKind = "help"   // numbers to call now
	PlacePlan   PlaceKind = "plan"   // the reader's crisis plan, or what one is
	PlaceTry    PlaceKind = "try"    // where a patient practices with the client
	PlaceModule PlaceKind = "module" // another module
	PlaceWeb    PlaceKind = "web"    // an address elsewhere
)

// PlaceOf reads a destination of a link: help, plan, try, module:ID, https://HOST/...
func PlaceOf(destination string) (Place, bool) {
	switch destination {
	case "help", "plan", "try":
		return Place{Kind: PlaceKind(destination)}, true
	}
	if id, ok := strings.CutPrefix(destination, "module:"); ok {
		return Place{Kind: PlaceModule, ID: id}, len(id) <= maxID && idForm.MatchString(id)
	}
	u, err := url.Parse(destination)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || len([]rune(destination)) > maxLinkRunes {
		return Place{}, false
	}
	return Place{Kind: PlaceWeb, URL: u.String()}, true
}

// Places are all places that a body links to, in order.
func Places(body string) []Place {
	var out []Place
	_ = ast.Walk(treeOf([]byte(body)), func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		if link, ok := n.(*ast.Link); ok && enter {
			if p, ok := PlaceOf(string(link.Destination)); ok {
				out = append(out, p)
			}
		}
		return ast.WalkContinue, nil
	})
	return out
}

// HTML shows a body. href says where a place is for this reader; "" leaves the words
// without a link. Sections have the ids s1, s2 and so on, for Answer.Again. What comes
// out has passed the sanitiser, whatever the body was.
func HTML(body string, href func(Place) string) string {
	source := []byte(body)
	tree := treeOf(source)
	section := 0
	_ = ast.Walk(tree, func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		if !enter {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			if n.Level == 2 {
				section++
				n.SetAttributeString("id", []byte("s"+strconv.Itoa(section)))
			}
		case *ast.Link:
			to := ""
			if p, ok := PlaceOf(string(n.Destination)); ok {
				to = href(p)
			}
			n.Destination = []byte(to)
		}
		return ast.WalkContinue, nil
	})
	var b bytes.Buffer
	_ = markdown().Renderer().Render(&b, source, tree) // a buffer takes everything
	return strings.TrimSpace(sanitised(b.String()))
}

// sanitised keeps of HTML what may be in a module: the second wall behind checkBody.
func sanitised(text string) string { return policy().Sanitize(text) }

// policy is what may be in the HTML of a module.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("h2", "h3", "p", "ul", "ol", "li", "em", "strong", "blockquote")
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^s\d{1,2}$`)).OnElements("h2")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("https")
	p.AllowRelativeURLs(true)
	p.RequireNoReferrerOnFullyQualifiedLinks(true)
	return p
})
