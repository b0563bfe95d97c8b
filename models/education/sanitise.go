package education

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// mayBe are the elements of the HTML of a module.
var mayBe = []string{"h2", "h3", "p", "ul", "ol", "li", "em", "strong", "blockquote", "a"}

// sanitised keeps of HTML what may be in a module: the second wall behind checkBody. It
// writes each piece anew, so that nothing passes that it does not name: those elements, the
// id of a section, links. What is in a script or a style goes with it.
func sanitised(text string) string {
	var b strings.Builder
	var links []bool // open ones: whether they are written
	hidden := false
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return b.String() // its end: reading a string fails in no other way
		}
		t := z.Token()
		switch {
		case kind == html.TextToken && !hidden:
			b.WriteString(html.EscapeString(t.Data))
		case kind == html.StartTagToken || kind == html.SelfClosingTagToken:
			hidden = t.Data == "script" || t.Data == "style"
			if !slices.Contains(mayBe, t.Data) {
				continue
			}
			attrs, link := kept(t)
			if t.Data == "a" {
				if links = append(links, link); !link {
					continue
				}
			}
			b.WriteString("<" + t.Data + attrs + ">")
		case kind == html.EndTagToken:
			hidden = false
			if !slices.Contains(mayBe, t.Data) {
				continue
			}
			if n := len(links); t.Data == "a" && n > 0 {
				written := links[n-1]
				if links = links[:n-1]; !written {
					continue
				}
			}
			b.WriteString("</" + t.Data + ">")
		}
	}
}

// kept are the attributes that an element keeps, and whether it is a link that leads somewhere.
func kept(t html.Token) (attrs string, link bool) {
	for _, a := range t.Attr {
		switch {
		case t.Data == "h2" && a.Key == "id" && attrs == "" && isSection(a.Val):
			attrs = ` id="` + a.Val + `"`
		case t.Data == "a" && a.Key == "href" && !link:
			u, err := url.Parse(a.Val)
			if a.Val == "" || err != nil || u.Scheme != "" && u.Scheme != "https" {
				continue
			}
			link, attrs = true, ` href="`+html.EscapeString(u.String())+`"`
			if u.Host != "" {
				attrs += ` rel="noreferrer"`
			}
		}
	}
	return attrs, link
}

// isSection tells whether an id is that of a section: s1 to s99.
func isSection(id string) bool {
	n, ok := strings.CutPrefix(id, "s")
	return ok && len(n) > 0 && len(n) < 3 && strings.Trim(n, "0123456789") == ""
}
