package education

import (
	"bytes"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"handrail/models"
)

// markdown is CommonMark without any extension. A body uses a small part of it:
// headings of level 2 and 3, paragraphs, lists, emphasis, links, and quotes for stories.
var markdown = sync.OnceValue(func() goldmark.Markdown { return goldmark.New() })

func treeOf(body []byte) ast.Node { return markdown().Parser().Parse(text.NewReader(body)) }

// checkBody refuses what a body may not have, with the line ("body:12"), and gives the
// number of its sections. Nothing is taken out in silence: a script is an error here,
// long before it could be shown.
func checkBody(c *models.Checks, body string) (sections int) {
	prose, ok := models.Prose(body)
	switch {
	case len(body) > MaxBody:
		c.Fail("body", "too-long", "The text is too long. A module is read in five minutes.")
		return 0
	case !utf8.ValidString(body) || !ok || prose != body:
		c.Fail("body", "unseen-signs", "The text has signs that nobody sees.")
		return 0
	case tooDeep(body):
		c.Fail("body", "too-deep", "Lists and quotes are too deep in each other.")
		return 0
	}
	source := []byte(body)
	w := walker{c: c, source: source}
	_ = ast.Walk(treeOf(source), w.visit) // visit gives no error
	c.Require(w.sections <= maxSections, "body", "too-many-sections", "This is too much for one module. Make two of it.")
	return w.sections
}

// tooDeep looks at what starts a line, before a parser has to follow it down.
func tooDeep(body string) bool {
	for line := range strings.SplitSeq(body, "\n") {
		deep := 0
		for _, r := range line {
			if !strings.ContainsRune("> \t*+-0123456789.)", r) {
				break
			}
			if strings.ContainsRune(">*+-.)", r) {
				deep++
			}
		}
		if deep > maxDepth {
			return true
		}
	}
	return false
}

func sectionsOf(body string) int {
	var c models.Checks
	return checkBody(&c, body)
}

type walker struct {
	c        *models.Checks
	source   []byte
	sections int
	depth    int
	line     int // of the last block
}

func (w *walker) refuse(code, text string) {
	w.c.Fail("body:"+strconv.Itoa(w.line), code, text)
}

func (w *walker) visit(n ast.Node, enter bool) (ast.WalkStatus, error) {
	if n.Kind() == ast.KindList || n.Kind() == ast.KindBlockquote {
		if !enter {
			w.depth--
			return ast.WalkContinue, nil
		}
		if w.depth++; w.depth > maxDepth {
			w.refuse("too-deep", "Lists and quotes are too deep in each other.")
			return ast.WalkStop, nil
		}
	}
	if !enter {
		return ast.WalkContinue, nil
	}
	if at := start(n); at >= 0 {
		w.line = bytes.Count(w.source[:at], []byte("\n")) + 1
	}
	switch n := n.(type) {
	case *ast.Document, *ast.Paragraph, *ast.TextBlock, *ast.List, *ast.ListItem, *ast.Blockquote, *ast.Text, *ast.String, *ast.Emphasis, *ast.LinkReferenceDefinition:
	case *ast.Heading:
		w.heading(n)
	case *ast.Link:
		_, ok := PlaceOf(string(n.Destination))
		if !ok {
			w.refuse("link-not-allowed", "Link to help, plan, try, module:id or an https address.")
		}
		if len(n.Title) > 0 || !n.HasChildren() {
			w.refuse("link-form", "A link has words to read and no title.")
		}
	case *ast.Image:
		w.refuse("image-not-allowed", "A module has no pictures: they don't open without a network.")
	case *ast.HTMLBlock, *ast.RawHTML:
		w.refuse("html-not-allowed", "Write Markdown. HTML is not allowed.")
	default:
		w.refuse("markup-not-allowed", "Use headings, paragraphs, lists, bold and links only.")
	}
	return ast.WalkContinue, nil
}

func (w *walker) heading(n *ast.Heading) {
	switch {
	case n.Parent().Kind() != ast.KindDocument:
		w.refuse("heading-inside", "A heading stands on its own.")
	case n.Level == 2:
		w.sections++
	case n.Level != 3 || w.sections == 0:
		w.refuse("heading-level", "Start sections with ##, parts of them with ###.")
	}
}

// start is where a block begins in the source, or -1.
func start(n ast.Node) int {
	if n.Type() == ast.TypeInline {
		if t, ok := n.(*ast.Text); ok {
			return t.Segment.Start
		}
		return -1
	}
	if lines := n.Lines(); lines != nil && lines.Len() > 0 {
		return lines.At(0).Start
	}
	return -1
}

// Blocks are the words of a body without markup, one for each paragraph and step;
// headings are left out, see Headings.
func Blocks(body string) []string { return blocks(body, func(n ast.Node) bool { return isProse(n) }) }

// Headings are the words of its headings.
func Headings(body string) []string {
	return blocks(body, func(n ast.Node) bool { return n.Kind() == ast.KindHeading })
}

func isProse(n ast.Node) bool {
	return n.Kind() == ast.KindParagraph || n.Kind() == ast.KindTextBlock
}

func blocks(body string, want func(ast.Node) bool) []string {
	source := []byte(body)
	var out []string
	_ = ast.Walk(treeOf(source), func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		if enter && want(n) {
			out = append(out, wordsOf(n, source))
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return out
}

func wordsOf(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && enter {
			b.Write(t.Value(source))
			if t.SoftLineBreak() || t.HardLineBreak() {
				b.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}
