package handlers_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"handrail/handlers/learn"
)

// find searches without signing in.
func (c *clinic) find(t *testing.T, typed, language string) (int, learn.SearchAnswer) {
	t.Helper()
	body, _ := json.Marshal(map[string]string{"typed": typed, "language": language})
	res, err := c.api.App().Test(newRequest("POST", "/v1/education/search", string(body), ""), -1)
	if err != nil {
		t.Fatal(err)
	}
	var out learn.SearchAnswer
	data, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode == http.StatusOK && json.Unmarshal(data, &out) != nil {
		t.Fatal(string(data), err)
	}
	if res.StatusCode != http.StatusOK && strings.Contains(string(data), typed) && typed != "" {
		t.Errorf("a refusal says again what was typed: %s", data)
	}
	return res.StatusCode, out
}

// TestASearchSaysWhyAndPutsHelpFirst: also where nothing is found; and what nobody signed
// is not found either.
func TestASearchSaysWhyAndPutsHelpFirst(t *testing.T) {
	c := openClinic(t)
	for _, q := range []struct {
		typed, language, first string
		help                   bool
	}{
		{"i cant sleep", "en", "sleep", false}, {"insomnio", "es", "sleep", false}, {"insomnio", "en", "sleep", false}, {"my brother died of an overdose", "en", "grief", true},
		{"overdose", "en", "", true}, {"sobredosis", "es", "", true}, {"لا يتنفس", "ar", "", true}, {"xyzzyx", "en", "", false}, {"naloxone", "en", "", false},
	} {
		status, got := c.find(t, q.typed, q.language)
		if status != 200 || got.Help != q.help {
			t.Errorf("%s: %d, help %t", q.typed, status, got.Help)
		}
		if q.first != "" && (len(got.Found) == 0 || got.Found[0].ID != q.first || len(got.Found[0].Why) == 0) || len(got.Found) > 10 {
			t.Errorf("%s: %+v", q.typed, got.Found)
		}
		for _, f := range got.Found {
			if f.Safety {
				t.Errorf("%s: %s is found, and nobody has signed it", q.typed, f.ID)
			}
		}
	}
	for _, bad := range []string{"", strings.Repeat("a", 201)} {
		if status, _ := c.find(t, bad, "en"); status != 422 {
			t.Errorf("%d characters: %d", len(bad), status)
		}
	}
}

// TestARecordAsksForPages by Infobutton: by code, by name, as a page, JSON and a feed; what
// names a person is refused, with nothing said again.
func TestARecordAsksForPages(t *testing.T) {
	c := openClinic(t)
	const icd, snomed = "mainSearchCriteria.v.cs=2.16.840.1.113883.6.90", "mainSearchCriteria.v.cs=2.16.840.1.113883.6.96"
	ask := func(query string) (*http.Response, string) { return c.fetch(t, "/infobutton?"+query) }
	for query, want := range map[string]string{
		icd + "&mainSearchCriteria.v.c=G47.00&taskContext.c.c=PROBLISTREV&age.v.v=44&age.v.u=a&patientPerson.administrativeGenderCode.c=F&something.else=1": "/learn/en/sleep",
		icd + "&mainSearchCriteria.v.c=G4701&informationRecipient=PAT&informationRecipient.languageCode.c=es":                                               "/learn/es/sleep",
		snomed + "&mainSearchCriteria.v.c=13746004&mainSearchCriteria.v.dn=Bipolar&performer=PROV&performer.languageCode.c=en":                              "/learn/en/two-conditions",
		"mainSearchCriteria.v.cs=http://snomed.info/sct&mainSearchCriteria.v.c=193462001":                                                                   "/learn/en/sleep",
		"mainSearchCriteria.v.dn=insomnia+disorder":                                                  "/learn/en/sleep",
		"mainSearchCriteria.v.cs=1.2.3&mainSearchCriteria.v.c=x&mainSearchCriteria.v.dn=Bereavement": "/learn/en/grief",
	} {
		res, page := ask(query)
		if res.StatusCode != 200 || !strings.Contains(page, want) || strings.Contains(page, "<script") || !strings.Contains(page, "/#/help") || !strings.Contains(res.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %d %.400s", query, res.StatusCode, page)
		}
	}
	if _, page := ask(icd + "&mainSearchCriteria.v.c=Z99.9&informationRecipient.languageCode.c=ar"); !strings.Contains(page, "لا توجد هنا صفحة") || !strings.Contains(page, `dir="rtl"`) {
		t.Error(page)
	}
	_, body := ask(icd + "&mainSearchCriteria.v.c=G47.00&knowledgeResponseType=application/json")
	var feed struct {
		Feed struct {
			Entry []struct {
				Title struct {
					Value string `json:"_value"`
				} `json:"title"`
				Link []struct{ Href string } `json:"link"`
			} `json:"entry"`
		} `json:"feed"`
	}
	if err := json.Unmarshal([]byte(body), &feed); err != nil || len(feed.Feed.Entry) != 1 || feed.Feed.Entry[0].Title.Value != "Sleep in recovery" || !strings.HasSuffix(feed.Feed.Entry[0].Link[0].Href, "/learn/en/sleep") {
		t.Error(body, err)
	}
	if res, body := ask(icd + "&mainSearchCriteria.v.c=G47.00&knowledgeResponseType=application/atom%2Bxml"); !strings.Contains(body, `<feed xmlns="http://www.w3.org/2005/Atom"`) || !strings.Contains(body, "/learn/en/sleep") || !strings.Contains(res.Header.Get("Content-Type"), "application/atom+xml") {
		t.Error(body)
	}
	c.refusesPeople(t)
}

func (c *clinic) refusesPeople(t *testing.T) {
	const fine = "mainSearchCriteria.v.dn=sleep"
	for query, code := range map[string]string{
		fine + "&patientPerson.id=4711secret": "identity-not-taken", fine + "&patientPerson.name.given=secret": "identity-not-taken", fine + "&PatientPerson.ID.extension=secret": "identity-not-taken",
		fine + "&mrn=secret": "identity-not-taken", fine + "&patientPerson.birthTime=secret": "identity-not-taken", fine + "&encounter.id=secret": "identity-not-taken", fine + "&assignedAuthorizedPerson.id.root=secret": "identity-not-taken",
		"": "required", "taskContext.c.c=PROBLISTREV": "required", fine + "&knowledgeResponseType=secret": "not-allowed", "mainSearchCriteria.v.dn=secret" + strings.Repeat("x", 300): "too-long",
		fine + "&informationRecipient.languageCode.c=%3Csecret": "not-a-language", "%zz=secret": "invalid-input",
	} {
		res, body := c.fetch(t, "/infobutton?"+query)
		if res.StatusCode != 422 || !strings.Contains(body, code) || strings.Contains(body, "secret") || !strings.Contains(res.Header.Get("Content-Type"), "application/problem+json") {
			t.Errorf("%s: %d %s %s", query, res.StatusCode, res.Header.Get("Content-Type"), body)
		}
	}
}
