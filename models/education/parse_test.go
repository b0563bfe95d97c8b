package education

import (
	"errors"
	"strings"
	"testing"

	"handrail/models"
)

const whole = `---
id: sleep-well
language: en
title: Sleep
summary: You know one thing to try.
topic: daily-life
need: this-week
audience: both
level: 6
sources: [general]
reviewed: false
question:
  text: What helps?
  answers:
    - {text: A fixed time, right: true, feedback: Yes.}
    - {text: Coffee, feedback: Look again., again: 2}
try: Get up at one time.
---

## One

Go to [help](help).

## Two

1. Get up.
2. Go out.
`

func fieldsOf(err error) map[string]string {
	out := map[string]string{}
	var e *models.Error
	if errors.As(err, &e) {
		for _, f := range e.Fields {
			out[f.Field] = f.Code
		}
	}
	return out
}

func TestParseReadsAWholeModule(t *testing.T) {
	m, err := Parse([]byte(strings.ReplaceAll(whole, "\n", "\r\n")))
	if err != nil {
		t.Fatal(err, fieldsOf(err))
	}
	if m.ID != "sleep-well" || m.Topic != "daily-life" || m.Level != 6 || m.Review.Reviewed || !m.Question.Answers[0].Right || m.Question.Answers[1].Again != 2 || !strings.HasPrefix(m.Body, "## One") {
		t.Errorf("%+v", m)
	}
	if err := m.Ready(); err != nil {
		t.Error(fieldsOf(err))
	}
	if got := strings.Join(Blocks(m.Body), "|"); got != "Go to help.|Get up.|Go out." {
		t.Error(got)
	}
}

// Each case is one thing that somebody writes wrong, and the field that is named.
func TestParseNamesTheFieldThatIsWrong(t *testing.T) {
	body := func(text string) string { return whole + "\n" + text + "\n" }
	swap := func(old, with string) string {
		if !strings.Contains(whole, old) {
			t.Fatalf("%q is not there to be replaced", old)
		}
		return strings.Replace(whole, old, with, 1)
	}
	for name, c := range map[string]struct{ file, field, code string }{
		"empty":             {"", "frontMatter", "required"},
		"no end":            {"---\nid: a\n", "frontMatter", "required"},
		"not yaml":          {swap("title: Sleep", "title: [Sleep"), "frontMatter", "not-yaml"},
		"tabs":              {swap("id: ", "\tid: "), "frontMatter", "not-yaml"},
		"a list":            {"---\n- a\n---\n", "frontMatter", "not-fields"},
		"no field":          {"---\n\n---\n", "frontMatter", "not-fields"},
		"unknown":           {swap("level: 6", "dose: 6"), "frontMatter", "unknown-field"},
		"find":              {swap("level: 6", "level: 6\nfind: [a, '']"), "find[1]", "required"},
		"long find":         {swap("level: 6", "level: 6\nfind: ["+strings.Repeat("a,", 41)+"]"), "find", "too-many"},
		"code of a system":  {swap("level: 6", "level: 6\ncodes: ['icd10cm:F11', 'icd9:305']"), "codes[1]", "not-a-code"},
		"unknown below":     {swap("right: true", "correct: true"), "question.answers[0]", "unknown-field"},
		"twice":             {swap("level: 6", "level: 6\nlevel: 4"), "level", "twice"},
		"alias":             {swap("title: Sleep", "title: &a Sleep"), "title", "not-allowed"},
		"no id":             {swap("id: sleep-well", "id: Sleep well"), "id", "not-an-id"},
		"path as id":        {swap("id: sleep-well", "id: ../../etc/passwd"), "id", "not-an-id"},
		"long id":           {swap("sleep-well", strings.Repeat("a", 65)), "id", "not-an-id"},
		"language":          {swap("language: en", "language: English please"), "language", "not-a-language"},
		"no title":          {swap("title: Sleep", "title:"), "title", "required"},
		"long title":        {swap("title: Sleep", "title: "+strings.Repeat("a", 81)), "title", "too-long"},
		"turned title":      {swap("title: Sleep", "title: \"a\u202eb\""), "title", "not-a-line"},
		"title of lines":    {swap("title: Sleep", "title: |\n  a\n  b"), "title", "not-a-line"},
		"title is a list":   {swap("title: Sleep", "title: [a]"), "title", "not-a-text"},
		"topic":             {swap("daily-life", "horoscope"), "topic", "not-allowed"},
		"need":              {swap("this-week", "later"), "need", "not-allowed"},
		"audience":          {swap("both", "everybody"), "audience", "not-allowed"},
		"level":             {swap("level: 6", "level: 12"), "level", "not-allowed"},
		"level is a word":   {swap("level: 6", "level: six"), "level", "not-a-number"},
		"level is huge":     {swap("level: 6", "level: 0x7fffffffffffffffffff"), "level", "not-a-number"},
		"sources":           {swap("[general]", "general"), "sources", "not-a-list"},
		"source twice":      {swap("[general]", "[general, general]"), "sources[1]", "twice"},
		"source of fields":  {swap("[general]", "[{a: b}]"), "sources[0]", "not-a-text"},
		"many sources":      {swap("[general]", "["+strings.Repeat("a,", 21)+"b]"), "sources", "too-many"},
		"reviewed perhaps":  {swap("reviewed: false", "reviewed: perhaps"), "reviewed", "not-yes-or-no"},
		"day of no review":  {swap("reviewed: false", "reviewed: false\nreviewedOn: 2026-01-01"), "reviewedOn", "not-reviewed"},
		"review of no day":  {swap("reviewed: false", "reviewed: true\nreviewerRole: nurse\nnextReview: 2027-01-01"), "reviewedOn", "required"},
		"no such day":       {swap("reviewed: false", "reviewed: true\nreviewerRole: nurse\nreviewedOn: 2026-02-30\nnextReview: 2027-01-01"), "reviewedOn", "no-such-date"},
		"next before":       {swap("reviewed: false", "reviewed: true\nreviewerRole: nurse\nreviewedOn: 2026-02-20\nnextReview: 2026-01-01"), "nextReview", "too-early"},
		"from itself":       {swap("level: 6", "level: 6\nmadeFrom: {language: en, fingerprint: abcdefghijklmnop}"), "madeFrom.language", "itself"},
		"fingerprint":       {swap("level: 6", "level: 6\nmadeFrom: {language: es, fingerprint: 2026-01-01}"), "madeFrom.fingerprint", "not-a-fingerprint"},
		"no section":        {swap("again: 2", "again: 3"), "question.answers[1].again", "no-such-section"},
		"six answers":       {swap("    - {text: Coffee", strings.Repeat("    - {text: a}\n", 5)+"    - {text: Coffee"), "question.answers", "too-many"},
		"long feedback":     {swap("feedback: Yes.", "feedback: "+strings.Repeat("a", 301)), "question.answers[0].feedback", "too-long"},
		"script":            {body("<script>alert(1)</script>"), "body:29", "html-not-allowed"},
		"script inside":     {body("Go <img src=x onerror=alert(1)> on."), "body:29", "html-not-allowed"},
		"comment":           {body("<!-- hidden -->"), "body:29", "html-not-allowed"},
		"picture":           {body("![a](https://a.example/b.png)"), "body:29", "image-not-allowed"},
		"script in a link":  {body("[a](javascript:alert(1))"), "body:29", "link-not-allowed"},
		"hidden scheme":     {body("[a](&#106;avascript:alert(1))"), "body:29", "link-not-allowed"},
		"data in a link":    {body("[a](data:text/html;base64,AAAA)"), "body:29", "link-not-allowed"},
		"a number to call":  {body("[911](tel:911)"), "body:29", "link-not-allowed"},
		"plain http":        {body("[a](http://a.example)"), "body:29", "link-not-allowed"},
		"who signs in":      {body("[a](https://u:p@a.example)"), "body:29", "link-not-allowed"},
		"link by reference": {body("[a][b]\n\n[b]: file:///etc/passwd"), "body:29", "link-not-allowed"},
		"address as link":   {body("<https://a.example>"), "body:29", "markup-not-allowed"},
		"code":              {body("```\na\n```"), "body:30", "markup-not-allowed"},
		"first heading":     {body("# Big"), "body:29", "heading-level"},
		"heading in a list": {body("- ## Big"), "body:29", "heading-inside"},
		"deep":              {body(strings.Repeat("> ", 7) + "a"), "body", "too-deep"},
		"deep list":         {body("- - - - - - - a"), "body", "too-deep"},
		"unseen":            {body("a\u202eb"), "body", "unseen-signs"},
		"not utf-8":         {body("a\xff"), "body", "unseen-signs"},
		"many sections":     {body(strings.Repeat("## a\n\n", 11)), "body", "too-many-sections"},
		"long":              {body(strings.Repeat("a ", MaxBody/2)), "body", "too-long"},
	} {
		_, err := Parse([]byte(c.file))
		if got := fieldsOf(err); got[c.field] != c.code {
			t.Errorf("%s: %v, want %s %s", name, got, c.field, c.code)
		}
	}
}

func TestParseNeverSaysWhatWasInIt(t *testing.T) {
	for _, file := range []string{
		strings.Replace(whole, "title: Sleep", "title: [zebra", 1), strings.Replace(whole, "level: 6", "zebra: 6", 1),
		strings.Replace(whole, "level: 6", "level: zebra", 1), strings.Replace(whole, "daily-life", "zebra", 1), whole + "\n<zebra>\n",
	} {
		_, err := Parse([]byte(file))
		var e *models.Error
		if !errors.As(err, &e) || len(e.Fields) == 0 {
			t.Fatalf("%v", err)
		}
		for _, f := range e.Fields {
			if strings.Contains(f.Field+f.Code+f.Text+e.Error()+e.Text, "zebra") {
				t.Errorf("%+v", f)
			}
		}
	}
}

func TestParseRefusesWhatIsTooLarge(t *testing.T) {
	_, err := Parse([]byte(whole + strings.Repeat(" ", MaxDocument)))
	if models.KindOf(err) != models.KindTooLarge {
		t.Error(err)
	}
}

// A clinic's module without sources stays a draft: it is read, and it is not ready.
func TestADraftIsReadAndNotReady(t *testing.T) {
	m, err := Parse([]byte("---\nid: a\nlanguage: en\ntitle: A\n---\n"))
	if err != nil {
		t.Fatal(fieldsOf(err))
	}
	got := fieldsOf(m.Ready())
	for _, field := range []string{"summary", "topic", "need", "audience", "level", "sources", "try", "body", "question.text", "question.answers"} {
		if got[field] == "" {
			t.Errorf("%s may be missing", field)
		}
	}
	m, _ = Parse([]byte(strings.Replace(whole, "[general]", "[]", 1)))
	if got := fieldsOf(m.Ready()); len(got) != 1 || got["sources"] != "required" {
		t.Error(got)
	}
	m, _ = Parse([]byte(strings.Replace(whole, "{text: Coffee, feedback: Look again., again: 2}", "{text: Coffee, right: true, feedback: Yes.}", 1)))
	if got := fieldsOf(m.Ready()); got["question.answers"] != "one-right" {
		t.Error(got)
	}
}

func TestFingerprintIsOfTheWordsAlone(t *testing.T) {
	m, _ := Parse([]byte(whole))
	a := m.Fingerprint()
	m.Topic, m.Sources, m.Review, m.Level = "rights", nil, Review{true, "2026-01-01", "nurse", "2027-01-01"}, 4
	if m.Fingerprint() != a || len(a) != 16 {
		t.Error("what is not read changes it")
	}
	for _, change := range []func(*Module){
		func(m *Module) { m.Title += "," }, func(m *Module) { m.Body += "," }, func(m *Module) { m.Try += "," }, func(m *Module) { m.Question.Answers[0].Feedback += "," },
	} {
		n, _ := Parse([]byte(whole))
		if change(&n); n.Fingerprint() == a {
			t.Error("a change of the words keeps it")
		}
	}
}

func TestHTMLIsWhatCanBeShown(t *testing.T) {
	href := func(p Place) string {
		return map[PlaceKind]string{PlaceHelp: "#/help", PlaceModule: "/learn/" + p.ID, PlaceWeb: p.URL}[p.Kind]
	}
	got := HTML("## A & B\n\n*Go* to [help](help), [plan](plan), [next](module:sleep) or [out](https://a.example/?x=1&y=2).\n\n1. **One**\n\n> A story.", href)
	want := `<h2 id="s1">A &amp; B</h2>` + "\n" + `<p><em>Go</em> to <a href="#/help">help</a>, plan, <a href="/learn/sleep">next</a> or <a href="https://a.example/?x=1&amp;y=2" rel="noreferrer">out</a>.</p>` + "\n" +
		"<ol>\n<li><strong>One</strong></li>\n</ol>\n<blockquote>\n<p>A story.</p>\n</blockquote>"
	if got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
	for _, bad := range []string{"<script>alert(1)</script>", "a <b onclick=x>b</b>", "[a](javascript:x)", "![a](https://a.example)", "<!--x-->", "[a](<&#x6a;avascript:x>)", "[a](help \"onclick=\")"} {
		html := HTML(bad, func(Place) string { return "javascript:alert(1)" })
		for _, never := range []string{"<script", "onclick=x", "javascript:", "<img", "<!--", "<b"} {
			if strings.Contains(html, never) {
				t.Errorf("%q gives %q", bad, html)
			}
		}
	}
}

// Whatever the bytes: no panic, no hang, an error that names fields, and HTML that has
// only what may be shown.
func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte("---\nid: a\nlanguage: en\ntitle: &a [*a]\n---\n## a\n<b>"))
	f.Add([]byte("---\na: &a [b,b]\nb: &b [*a,*a]\n---\n" + strings.Repeat(">", 3000) + strings.Repeat("[", 3000)))
	f.Fuzz(func(t *testing.T, file []byte) {
		m, err := Parse(file)
		if err != nil {
			var e *models.Error
			if !errors.As(err, &e) || e.Kind == models.KindInvalid && len(e.Fields) == 0 {
				t.Fatalf("%v", err)
			}
			return
		}
		if again := m.Check(); again != nil {
			t.Fatal(fieldsOf(again))
		}
		_ = m.Ready()
		html := strings.ToLower(HTML(m.Body, func(p Place) string { return p.URL }))
		for _, never := range []string{"<script", "<img", "<style", "<iframe", "=\"javascript:", "<!--"} {
			if strings.Contains(html, never) {
				t.Fatalf("%q in the page", never)
			}
		}
	})
}

// The worst texts that fit are read; with a parser that is quadratic in what nests, the
// limit of the whole test would end this.
func TestParseOfTheWorstTexts(t *testing.T) {
	for _, bad := range []string{"[", "![", "*a ", "_a_", "`", "\\", "[a](", "<a", "&", "> ", "- ", "1. ", "**", "[a]: b\n", "a\n\n\n"} {
		_, err := Parse([]byte("---\nid: a\nlanguage: en\ntitle: A\n---\n" + strings.Repeat(bad, MaxBody/len(bad))))
		if k := models.KindOf(err); err != nil && k != models.KindInvalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
