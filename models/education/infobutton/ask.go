package infobutton

import (
	"cmp"
	"net/url"
	"strconv"
)

// Asked is what we ask the library of a site: about a page, never about a person.
type Asked struct {
	Codes    []Code
	Name     string
	Language string
	For      string // PAT or PROV; "" is PAT
}

// Ask is the address of a question to a library. library is its https address; "" gives "".
func Ask(library string, a Asked) string {
	to, err := url.Parse(library)
	if library == "" || err != nil {
		return ""
	}
	q := to.Query()
	for i, code := range a.Codes[:min(maxCriteria, len(a.Codes))] {
		n := ""
		if i > 0 {
			n = strconv.Itoa(i)
		}
		q.Set("mainSearchCriteria.v.cs"+n, oids[code.System])
		q.Set("mainSearchCriteria.v.c"+n, code.Code)
	}
	q.Set("mainSearchCriteria.v.dn", a.Name)
	q.Set("informationRecipient", cmp.Or(a.For, "PAT"))
	q.Set("informationRecipient.languageCode.c", a.Language)
	q.Set("knowledgeResponseType", string(HTML))
	to.RawQuery = q.Encode()
	return to.String()
}
