// Package infobutton speaks HL7's Context-Aware Knowledge Retrieval (Infobutton) in its
// URL-based form: a health record asks us for pages about a code, and we ask the library of
// a site. Neither says whom it is about. Pure.
package infobutton

import (
	"regexp"
	"strings"
)

// Code is a code of a terminology.
type Code struct {
	System string // icd10cm, snomed, rxnorm
	Code   string
}

// oids are the names of terminologies in HL7 version 3.
var oids = map[string]string{
	"icd10cm": "2.16.840.1.113883.6.90",
	"snomed":  "2.16.840.1.113883.6.96",
	"rxnorm":  "2.16.840.1.113883.6.88",
}

// OIDOf is the name of a code's system in HL7 version 3; "" for none that we know.
func OIDOf(system string) string { return oids[system] }

// uris are their names in FHIR.
var uris = map[string]string{
	"http://hl7.org/fhir/sid/icd-10-cm":           "icd10cm",
	"http://snomed.info/sct":                      "snomed",
	"http://www.nlm.nih.gov/research/umls/rxnorm": "rxnorm",
}

var codeForm = map[string]*regexp.Regexp{
	"icd10cm": regexp.MustCompile(`^[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?$`),
	"snomed":  regexp.MustCompile(`^[0-9]{6,18}$`),
	"rxnorm":  regexp.MustCompile(`^[0-9]{1,8}$`),
}

// ParseCode reads SYSTEM:CODE.
func ParseCode(text string) (Code, bool) {
	system, code, _ := strings.Cut(text, ":")
	form := codeForm[system]
	return Code{system, code}, form != nil && form.MatchString(code)
}

// CodeOf reads a code as a record names it: the terminology by its OID, with urn:oid: or
// without, or by its address in FHIR. ICD-10-CM may come without its dot.
func CodeOf(system, code string) (Code, bool) {
	name := uris[system]
	for n, oid := range oids {
		if strings.TrimPrefix(system, "urn:oid:") == oid {
			name = n
		}
	}
	code = strings.ToUpper(strings.TrimSpace(code))
	if name == "icd10cm" && len(code) > 3 && code[3] != '.' {
		code = code[:3] + "." + code[3:]
	}
	form := codeForm[name]
	return Code{name, code}, form != nil && form.MatchString(code)
}

// About tells how well a page with a code fits a question for another: 0 for not at all.
// What ICD-10-CM has below a code is a kind of it.
func (c Code) About(asked Code) int {
	switch {
	case c.System != asked.System:
		return 0
	case c == asked:
		return 100
	case c.System == "icd10cm" && strings.HasPrefix(asked.Code, c.Code):
		return 10 * len(c.Code)
	}
	return 0
}
