package learn

import (
	"encoding/xml"
	"time"

	"handrail/models/education/infobutton"
)

// foundPage is one page of an answer.
type foundPage struct {
	Title, Summary, Language, Href string
}

// atomFeed is an Atom feed (RFC 4287), the form of an answer that HL7's guide names.
type atomFeed struct {
	XMLName  xml.Name        `xml:"http://www.w3.org/2005/Atom feed"`
	Language string          `xml:"xml:lang,attr"`
	Title    string          `xml:"title"`
	ID       string          `xml:"id"`
	Updated  string          `xml:"updated"` // RFC 3339
	Author   string          `xml:"author>name"`
	Category []askedCategory `xml:"category"`
	Entry    []atomEntry     `xml:"entry"`
}

// askedCategory says again what was asked.
type askedCategory struct {
	Scheme string `xml:"scheme,attr" json:"scheme"`
	Term   string `xml:"term,attr" json:"term"`
}

// atomEntry is one page of a feed.
type atomEntry struct {
	Language string   `xml:"xml:lang,attr"`
	Title    string   `xml:"title"`
	ID       string   `xml:"id"`
	Updated  string   `xml:"updated"`
	Summary  string   `xml:"summary"`
	Link     pageLink `xml:"link"`
}

// pageLink leads to a page.
type pageLink struct {
	Href string `xml:"href,attr" json:"href"`
	Rel  string `xml:"rel,attr" json:"rel"`
	Type string `xml:"type,attr" json:"type"`
	Lang string `xml:"hreflang,attr" json:"hreflang"`
}

func linkOf(p foundPage) pageLink {
	return pageLink{p.Href, "alternate", string(infobutton.HTML), p.Language}
}

func categories(q infobutton.Question) (out []askedCategory) {
	for _, code := range q.Codes {
		out = append(out, askedCategory{"mainSearchCriteria.v.cs", infobutton.OIDOf(code.System)}, askedCategory{"mainSearchCriteria.v.c", code.Code})
	}
	if q.Task != "" {
		out = append(out, askedCategory{"taskContext.c.c", q.Task})
	}
	if q.For != "" {
		out = append(out, askedCategory{"informationRecipient", q.For})
	}
	return append(out, askedCategory{"informationRecipient.languageCode.c", q.Language})
}

// atomOf is an answer as a feed. id is the address that was asked.
func atomOf(title, id string, q infobutton.Question, pages []foundPage, at time.Time) atomFeed {
	now := at.UTC().Format(time.RFC3339)
	f := atomFeed{Language: q.Language, Title: title, ID: id, Updated: now, Author: "Handrail", Category: categories(q)}
	for _, p := range pages {
		f.Entry = append(f.Entry, atomEntry{p.Language, p.Title, p.Href, now, p.Summary, linkOf(p)})
	}
	return f
}

// jsonText is a text as the JSON of such answers has it.
type jsonText struct {
	Value string `json:"_value"`
	Type  string `json:"type"` // text
}

// jsonAnswer is a feed as JSON.
type jsonAnswer struct {
	Feed struct {
		Language string          `json:"lang"`
		Title    jsonText        `json:"title"`
		Category []askedCategory `json:"category"`
		Entry    []jsonEntry     `json:"entry"`
	} `json:"feed"`
}

// jsonEntry is one page of such an answer.
type jsonEntry struct {
	Language string     `json:"lang"`
	Title    jsonText   `json:"title"`
	Summary  jsonText   `json:"summary"`
	Link     []pageLink `json:"link"`
}

// jsonOf is an answer as JSON.
func jsonOf(title string, q infobutton.Question, pages []foundPage) jsonAnswer {
	var out jsonAnswer
	out.Feed.Language, out.Feed.Title, out.Feed.Category, out.Feed.Entry = q.Language, jsonText{title, "text"}, categories(q), []jsonEntry{}
	for _, p := range pages {
		out.Feed.Entry = append(out.Feed.Entry, jsonEntry{p.Language, jsonText{p.Title, "text"}, jsonText{p.Summary, "text"}, []pageLink{linkOf(p)}})
	}
	return out
}
