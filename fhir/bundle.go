package fhir

// Bundle is http://hl7.org/fhir/R4/bundle.html, of a search.
type Bundle struct {
	Resource
	Type  string  `json:"type"`
	Link  []Link  `json:"link,omitempty"`
	Entry []Entry `json:"entry,omitempty"`
}

// Link leads to this page, or to the next. Addresses are whole: clients take them
// apart as such.
type Link struct {
	Relation string `json:"relation"`
	URL      string `json:"url"`
}

// Entry is one answer, with its own address.
type Entry struct {
	FullURL  string `json:"fullUrl"`
	Resource any    `json:"resource"`
	Search   Search `json:"search"`
}

// Search says why an entry is there.
type Search struct {
	Mode string `json:"mode"`
}

// Searchset is the answer to a search. base is the address of this FHIR service
// without a slash at its end; its label is the highest of its entries'. self and next are relative to it, and next is "" at the end. No total is told: it
// would cost a walk over everything.
func Searchset[T interface{ Path() string }](base string, found []T, self, next string) Bundle {
	b := Bundle{Resource: Resource{ResourceType: "Bundle", Meta: &Meta{Security: HighWater()}}, Type: "searchset", Link: []Link{{"self", base + "/" + self}}}
	if next != "" {
		b.Link = append(b.Link, Link{"next", base + "/" + next})
	}
	for _, r := range found {
		if one, is := any(r).(interface{ closed() bool }); is && one.closed() {
			b.Meta.Security = []Coding{veryRestricted}
		}
		b.Entry = append(b.Entry, Entry{base + "/" + r.Path(), r, Search{"match"}})
	}
	return b
}
