package infobutton

import (
	"encoding/xml"
	"time"
)

// Page is one page of an answer.
type Page struct {
	Title, Summary, Language, Href string
}

// Feed is an Atom feed (RFC 4287), the form of an answer that HL7's guide names.
type Feed struct {
	XMLName  xml.Name   `xml:"http://www.w3.org/2005/Atom feed"`
	Language string     `xml:"xml:lang,attr"`
	Title    string     `xml:"title"`
	ID       string     `xml:"id"`
	Updated  string     `xml:"updated"` // RFC 3339
	Author   string     `xml:"author>name"`
	Category []Category `xml:"category"`
	Entry    []Entry    `xml:"entry"`
}

// Category says again what was asked.
type Category struct {
	Scheme string `xml:"scheme,attr" json:"scheme"`
	Term   string `xml:"term,attr" json:"term"`
}

// Entry is one page of a Feed.
type Entry struct {
	Language string `xml:"xml:lang,attr"`
	Title    string `xml:"title"`
	ID       string `xml:"id"`
	Updated  string `xml:"updated"`
	Summary  string `xml:"summary"`
	Link     Link   `xml:"link"`
}

// Link leads to a page.
type Link struct {
	Href string `xml:"href,attr" json:"href"`
	Rel  string `xml:"rel,attr" json:"rel"`
	Type string `xml:"type,attr" json:"type"`
	Lang string `xml:"hreflang,attr" json:"hreflang"`
}

func linkOf(p Page) Link { return Link{p.Href, "alternate", string(HTML), p.Language} }

func categories(q Question) (out []Category) {
	for _, code := range q.Codes {
		out = append(out, Category{"mainSearchCriteria.v.cs", oids[code.System]}, Category{"mainSearchCriteria.v.c", code.Code})
	}
	if q.Task != "" {
		out = append(out, Category{"taskContext.c.c", q.Task})
	}
	if q.For != "" {
		out = append(out, Category{"informationRecipient", q.For})
	}
	return append(out, Category{"informationRecipient.languageCode.c", q.Language})
}

// AtomOf is an answer as a feed. id is the address that was asked.
func AtomOf(title, id string, q Question, pages []Page, at time.Time) Feed {
	now := at.UTC().Format(time.RFC3339)
	f := Feed{Language: q.Language, Title: title, ID: id, Updated: now, Author: "Handrail", Category: categories(q)}
	for _, p := range pages {
		f.Entry = append(f.Entry, Entry{p.Language, p.Title, p.Href, now, p.Summary, linkOf(p)})
	}
	return f
}

// Value is a text as the JSON of such answers has it.
type Value struct {
	Value string `json:"_value"`
	Type  string `json:"type"` // text
}

// JSONAnswer is a feed as JSON.
type JSONAnswer struct {
	Feed struct {
		Language string      `json:"lang"`
		Title    Value       `json:"title"`
		Category []Category  `json:"category"`
		Entry    []JSONEntry `json:"entry"`
	} `json:"feed"`
}

// JSONEntry is one page of a JSONAnswer.
type JSONEntry struct {
	Language string `json:"lang"`
	Title    Value  `json:"title"`
	Summary  Value  `json:"summary"`
	Link     []Link `json:"link"`
}

// JSONOf is an answer as JSON.
func JSONOf(title string, q Question, pages []Page) JSONAnswer {
	var out JSONAnswer
	out.Feed.Language, out.Feed.Title, out.Feed.Category, out.Feed.Entry = q.Language, Value{title, "text"}, categories(q), []JSONEntry{}
	for _, p := range pages {
		out.Feed.Entry = append(out.Feed.Entry, JSONEntry{p.Language, Value{p.Title, "text"}, Value{p.Summary, "text"}, []Link{linkOf(p)}})
	}
	return out
}
