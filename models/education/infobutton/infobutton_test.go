package infobutton

import (
	"net/url"
	"strings"
	"testing"
)

func TestCodes(t *testing.T) {
	for _, c := range []struct {
		system, code string
		want         Code
		ok           bool
	}{
		{"2.16.840.1.113883.6.90", "f11.20", Code{"icd10cm", "F11.20"}, true},
		{"urn:oid:2.16.840.1.113883.6.90", "F1120", Code{"icd10cm", "F11.20"}, true},
		{"http://www.nlm.nih.gov/research/umls/rxnorm", "7242", Code{"rxnorm", "7242"}, true},
		{"2.16.840.1.113883.6.96", "6471006", Code{"snomed", "6471006"}, true},
		{"2.16.840.1.113883.6.96", "64710x", Code{}, false},
		{"1.2.3", "F11", Code{}, false},
	} {
		if got, ok := CodeOf(c.system, c.code); ok != c.ok || ok && got != c.want {
			t.Errorf("%s %s: %v %t", c.system, c.code, got, ok)
		}
	}
	f11, _ := ParseCode("icd10cm:F11")
	near, _ := ParseCode("icd10cm:F11.2")
	asked := Code{"icd10cm", "F11.23"}
	if f11.About(asked) == 0 || near.About(asked) <= f11.About(asked) || asked.About(asked) <= near.About(asked) || asked.About(f11) != 0 || f11.About(Code{"snomed", "F11"}) != 0 {
		t.Error("a code fits what is below it, the nearer the better")
	}
	if _, ok := ParseCode("icd9:305"); ok {
		t.Error("a system that is not known")
	}
}

// TestAskingNamesNobody: what a library hears, with what its address has already.
func TestAskingNamesNobody(t *testing.T) {
	to := Ask("https://library.example.org/ib?site=7", Asked{Codes: []Code{{"icd10cm", "F11"}, {"rxnorm", "7242"}}, Name: "Schlaf & more", Language: "es"})
	u, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	for name, want := range map[string]string{"site": "7", "mainSearchCriteria.v.c": "F11", "mainSearchCriteria.v.cs": "2.16.840.1.113883.6.90", "mainSearchCriteria.v.c1": "7242",
		"mainSearchCriteria.v.dn": "Schlaf & more", "informationRecipient": "PAT", "informationRecipient.languageCode.c": "es"} {
		if q.Get(name) != want {
			t.Errorf("%s: %q", name, q.Get(name))
		}
	}
	if back, err := ParseQuestion(q); err != nil || len(back.Codes) != 2 || back.Language != "es" || back.For != "PAT" {
		t.Errorf("we do not understand ourselves: %+v %v", back, err)
	}
	if strings.Contains(strings.ToLower(to), "person") || Ask("", Asked{Name: "x"}) != "" {
		t.Error(to)
	}
}
