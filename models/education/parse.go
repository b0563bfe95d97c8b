package education

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"handrail/models"
)

// Parse reads a module from a file: front matter in YAML between two lines "---", then
// Markdown. Errors: KindTooLarge; KindInvalid with all fields that are wrong, by name,
// never with what was in them. What Parse gives has passed Check.
//
// YAML is read as a tree and taken field by field: an unknown field, one that is there
// twice, an anchor and an alias are refused with the line.
func Parse(file []byte) (Module, error) {
	if len(file) > MaxDocument {
		return Module{}, models.E(models.KindTooLarge, "module-too-large", "The file is too large. A module is 64 kB at most.")
	}
	head, body, line, ok := split(file)
	if !ok {
		return Module{}, invalid("frontMatter", "required", "Start the file with a line ---, the fields, and a line --- again.")
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(head, &doc); err != nil {
		return Module{}, invalid("frontMatter", "not-yaml", "The fields can't be read. Look at "+yamlLine(err)+".")
	}
	var c models.Checks
	m := fromTree(&c, &doc)
	m.Body = body
	if err := c.Err(); err != nil {
		return Module{}, err
	}
	if err := m.Check(); err != nil {
		return Module{}, linesFrom(err, line)
	}
	return m, nil
}

func invalid(field, code, text string) error {
	var c models.Checks
	c.Fail(field, code, text)
	return c.Err()
}

// split parts the front matter from the body; line is the first line of the body.
func split(file []byte) (head []byte, body string, line int, ok bool) {
	text := bytes.ReplaceAll(bytes.TrimPrefix(file, []byte("\ufeff")), []byte("\r\n"), []byte("\n"))
	text, ok = bytes.CutPrefix(text, []byte("---\n"))
	if !ok {
		return nil, "", 0, false
	}
	head, rest, ok := bytes.Cut(text, []byte("\n---\n"))
	if !ok {
		head, ok = bytes.CutSuffix(text, []byte("\n---"))
	}
	return head, strings.Trim(string(rest), "\n"), bytes.Count(head, []byte("\n")) + 4 + blankLines(rest), ok
}

func blankLines(text []byte) int { return len(text) - len(bytes.TrimLeft(text, "\n")) }

var lineNumber = regexp.MustCompile(`line (\d+)`)

// yamlLine is the line of the file that the decoder names.
func yamlLine(err error) string {
	if found := lineNumber.FindStringSubmatch(err.Error()); found != nil {
		n, _ := strconv.Atoi(found[1])
		return "line " + strconv.Itoa(n+1)
	}
	return "the lines between ---"
}

// linesFrom moves the lines of a body to the lines of its file.
func linesFrom(err error, first int) error {
	e, ok := err.(*models.Error)
	if !ok {
		return err
	}
	for i, f := range e.Fields {
		if at, ok := strings.CutPrefix(f.Field, "body:"); ok {
			n, _ := strconv.Atoi(at)
			e.Fields[i].Field = "body:" + strconv.Itoa(n+first-1)
		}
	}
	return e
}

func fromTree(c *models.Checks, doc *yaml.Node) Module {
	t := tree{c: c}
	t.fields(doc, "", "id", "language", "title", "summary", "topic", "need", "audience", "level", "safety", "words", "related",
		"find", "codes", "sources", "confirm", "reviewed", "reviewedOn", "reviewerRole", "nextReview", "pemat", "madeFrom", "question", "try")
	m := Module{
		ID: t.text("id"), Language: t.text("language"), Title: t.text("title"), Summary: t.text("summary"), Topic: Topic(t.text("topic")),
		Need: Need(t.text("need")), Audience: Audience(t.text("audience")), Level: t.number("level"), Safety: t.yes("safety"),
		Words: t.texts("words"), Related: t.texts("related"), Find: t.texts("find"), Codes: t.texts("codes"), Sources: t.texts("sources"), Confirm: t.texts("confirm"), Try: t.text("try"),
		Review: Review{Reviewed: t.yes("reviewed"), On: t.text("reviewedOn"), Role: t.text("reviewerRole"), Next: t.text("nextReview")},
	}
	for i, n := range t.list("pemat") {
		r := t.under(n, models.Indexed("pemat", i), "rater", "understand", "act", "on", "of")
		m.Ratings = append(m.Ratings, Rating{Rater: r.text("rater"), Understand: r.number("understand"), Act: r.number("act"), On: r.text("on"), Of: r.text("of")})
	}
	if n := t.of["madeFrom"]; n != nil {
		o := t.under(n, "madeFrom", "language", "fingerprint")
		m.MadeFrom = &Origin{Language: o.text("language"), Fingerprint: o.text("fingerprint")}
	}
	if n := t.of["question"]; n != nil {
		q := t.under(n, "question", "text", "answers")
		m.Question.Text = q.text("text")
		for i, a := range q.list("answers") {
			one := q.under(a, models.Indexed("question.answers", i), "text", "right", "feedback", "again")
			m.Question.Answers = append(m.Question.Answers, Answer{Text: one.text("text"), Right: one.yes("right"), Feedback: one.text("feedback"), Again: one.number("again")})
		}
	}
	return m
}

// tree is one level of the front matter.
type tree struct {
	c    *models.Checks
	path string
	of   map[string]*yaml.Node
}

func (t *tree) at(name string) string {
	if t.path == "" {
		return name
	}
	return t.path + "." + name
}

func (t *tree) under(n *yaml.Node, path string, names ...string) tree {
	u := tree{c: t.c}
	u.fields(n, path, names...)
	return u
}

// fields takes the fields of a mapping that are known.
func (t *tree) fields(n *yaml.Node, path string, names ...string) {
	t.path, t.of = path, map[string]*yaml.Node{}
	where := path
	if where == "" {
		where = "frontMatter"
	}
	if n.Kind == yaml.DocumentNode && len(n.Content) == 1 {
		n = n.Content[0]
	}
	if n.Kind != yaml.MappingNode {
		t.c.Fail(where, "not-fields", "Write this as fields: name, colon, value.")
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		line := "Line " + strconv.Itoa(key.Line+1)
		switch {
		case !slices.Contains(names, key.Value) || key.Kind != yaml.ScalarNode:
			t.c.Fail(where, "unknown-field", line+" has a field that is not known here.")
		case t.of[key.Value] != nil:
			t.c.Fail(t.at(key.Value), "twice", line+" gives this field once more.")
		case value.Kind == yaml.AliasNode || value.Anchor != "":
			t.c.Fail(t.at(key.Value), "not-allowed", "Write the value itself, not an anchor or an alias.")
		default:
			t.of[key.Value] = value
		}
	}
}

func (t *tree) scalar(name, tag, code, text string) string {
	n := t.of[name]
	if n == nil || n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" {
		return ""
	}
	if n.Kind != yaml.ScalarNode || tag != "" && n.ShortTag() != tag {
		t.c.Fail(t.at(name), code, text)
		return ""
	}
	return n.Value
}

func (t *tree) text(name string) string {
	return strings.TrimSpace(t.scalar(name, "", "not-a-text", "Give a text here."))
}

func (t *tree) yes(name string) bool {
	return strings.EqualFold(t.scalar(name, "!!bool", "not-yes-or-no", "Give true or false."), "true")
}

func (t *tree) number(name string) int {
	value := t.scalar(name, "!!int", "not-a-number", "Give a whole number.")
	n, err := strconv.Atoi(value)
	t.c.Require(value == "" || err == nil, t.at(name), "not-a-number", "Give a whole number.")
	return n
}

func (t *tree) list(name string) []*yaml.Node {
	n := t.of[name]
	switch {
	case n == nil || n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null":
		return nil
	case n.Kind != yaml.SequenceNode:
		t.c.Fail(t.at(name), "not-a-list", "Give a list here.")
		return nil
	case len(n.Content) > maxList && (name != "find" || len(n.Content) > maxFind):
		t.c.Fail(t.at(name), "too-many", "This list is too long.")
		return nil
	}
	return n.Content
}

func (t *tree) texts(name string) []string {
	var out []string
	for i, n := range t.list(name) {
		at := models.Indexed(t.at(name), i)
		if n.Kind != yaml.ScalarNode || n.Anchor != "" {
			t.c.Fail(at, "not-a-text", "Give a text here.")
			continue
		}
		out = append(out, strings.TrimSpace(n.Value))
	}
	return out
}
