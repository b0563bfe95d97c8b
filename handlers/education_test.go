package handlers_test

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/handlers/learn"
	"handrail/models/education"
)

// manifestOf reads what a signed pack says.
func manifestOf(t testing.TB, jws string) (m education.Manifest) {
	t.Helper()
	parts := strings.Split(jws, ".")
	if len(parts) != 3 {
		t.Fatal(jws)
	}
	data, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (c *clinic) fetch(t *testing.T, path string, headers ...string) (*http.Response, string) {
	t.Helper()
	res, err := c.api.App().Test(newRequest("GET", path, "", "", headers...), -1)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

// TestAPageByItsOwnAddress needs no sign-in and no script, is small, says nothing of
// anybody, and a text of safety is there when somebody has signed it.
func TestAPageByItsOwnAddress(t *testing.T) {
	c := openClinic(t)
	res, page := c.fetch(t, "/learn/en/sleep")
	if res.StatusCode != 200 || len(page) > 12<<10 || strings.Contains(page, "<script") || !strings.Contains(page, "/styles/learn.css") || !strings.Contains(page, "/#/help") {
		t.Errorf("%d, %d bytes: %.300s", res.StatusCode, len(page), page)
	}
	if policy := res.Header.Get("Content-Security-Policy"); strings.Contains(policy, "script") || !strings.Contains(policy, "style-src 'self'") {
		t.Error(policy)
	}
	if again, _ := c.fetch(t, "/learn/en/sleep", "If-None-Match", res.Header.Get("ETag")); again.StatusCode != 304 {
		t.Error(again.Status)
	}
	for _, away := range []string{"/learn/en/naloxone", "/learn/en/none", "/learn/xx-yy-zz/..%2fsleep"} {
		if res, page := c.fetch(t, away); res.StatusCode != 404 || !strings.Contains(page, "/#/help") {
			t.Errorf("%s: %d", away, res.StatusCode)
		}
	}
	if _, page := c.fetch(t, "/learn/en/sleep"); strings.Contains(page, "/learn/en/naloxone") {
		t.Error("a page leads to one that is not shown")
	}
	h := caretest.New(t)
	h.Care = h.InstanceWith(func(c *care.Config) { c.Site.Library = "https://library.example.org/ib" })
	other := openClinicOf(t, h)
	if _, page := other.fetch(t, "/learn/en/sleep"); !strings.Contains(page, `href="https://library.example.org/ib?`) {
		t.Error("no way to the library of the clinic")
	}
	m, _ := education.Builtin().Module("overdose-response", "ar")
	if _, err := c.Care.Learn.Sign(t.Context(), c.doctor, "overdose-response", "ar", 1, m.Fingerprint(), "2026-12-01"); err != nil {
		t.Fatal(err)
	}
	c.Clock.Move(3e9)
	if res, page := c.fetch(t, "/learn/ar/overdose-response"); res.StatusCode != 200 || !strings.Contains(page, `dir="rtl"`) || !strings.Contains(page, "2026-03-02") {
		t.Errorf("signed in Arabic: %d %.200s", res.StatusCode, page)
	}
}

// TestAPackComesFromAnyByte: cut anywhere and taken up again, each file is whole.
func TestAPackComesFromAnyByte(t *testing.T) {
	c := openClinic(t)
	res, jws := c.fetch(t, "/v1/education/packs/es")
	m := manifestOf(t, jws)
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != "application/jose" || len(m.Files) < 18 || m.Language != "es" {
		t.Fatal(res.Status, len(m.Files))
	}
	total := 0
	for i, f := range m.Files {
		total += f.Bytes
		cut := i * f.Bytes / len(m.Files)
		at := "/v1/education/files/" + f.Name
		_, whole := c.fetch(t, at)
		res, rest := c.fetch(t, at, "Range", "bytes="+itoa(cut)+"-")
		if res.StatusCode != 206 || !f.Whole([]byte(whole[:cut]+rest)) {
			t.Errorf("%s from %d: %s, %d bytes", f.Module, cut, res.Status, len(rest))
		}
		if res, _ := c.fetch(t, at, "Range", "bytes="+itoa(f.Bytes)+"-"); res.StatusCode != 416 {
			t.Error(res.Status)
		}
	}
	if _, index := c.fetch(t, "/v1/education/files/"+m.Index.Name); len(index) != m.Index.Bytes || total+len(index) > 2<<20 {
		t.Error(total, len(index))
	}
	if res, _ := c.fetch(t, "/v1/education/files/"+strings.Repeat("A", 43)); res.StatusCode != 404 {
		t.Error(res.Status)
	}
}

func itoa(n int) string { b, _ := json.Marshal(n); return string(b) }

// TestWhatIsReadLeavesNoTrace in the log: neither the topic nor the words.
func TestWhatIsReadLeavesNoTrace(t *testing.T) {
	c := openClinic(t)
	var log strings.Builder
	c.api = handlers.New(handlers.Config{Care: c.InstanceWith(func(*care.Config) {}), Edge: edge.Config{BaseURL: "https://care.example.org", Log: slog.New(slog.NewJSONHandler(&log, nil)), Now: c.Clock.Now}})
	for _, path := range []string{"/learn/en/grief", "/v1/education/grief?language=en", "/v1/education/none", "/learn/en/grief-x", "/infobutton?mainSearchCriteria.v.dn=grief", "/infobutton?patientPerson.name=grief"} {
		c.fetch(t, path)
	}
	c.find(t, "grief for my brother", "en")
	if strings.Contains(log.String(), "grief") || !strings.Contains(log.String(), "/learn/{language}/{moduleId}") {
		t.Error(log.String())
	}
}

// TestTheLibraryIsTheSameForEverybody: by audience and need, what is needed now first.
func TestTheLibraryIsTheSameForEverybody(t *testing.T) {
	c := openClinic(t)
	_, body := c.fetch(t, "/v1/education?language=es&audience=family")
	var list struct{ Items []learn.LibraryEntry }
	if err := json.Unmarshal([]byte(body), &list); err != nil || len(list.Items) < 10 {
		t.Fatal(body, err)
	}
	var needs []education.Need
	for _, e := range list.Items {
		if e.Audience == education.ForPatient || e.Safety || e.Language != "es" || !e.NotYet {
			t.Errorf("%+v", e)
		}
		if len(needs) == 0 || needs[len(needs)-1] != e.Need {
			needs = append(needs, e.Need)
		}
	}
	if !slices.IsSortedFunc(needs, func(a, b education.Need) int {
		return slices.Index(education.Needs, a) - slices.Index(education.Needs, b)
	}) {
		t.Error(needs)
	}
}
