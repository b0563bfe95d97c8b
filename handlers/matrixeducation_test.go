package handlers_test

import (
	"maps"
	"strings"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/handlers/edge"
	"handrail/models/education"
)

// clinicEducation is what the matrix calls of education.
type clinicEducation struct {
	given string // to the patient
	file  string // of a pack
	draft string // fingerprint of one that can be published
}

// educationVisits adds what is about education.
func (c *clinic) educationVisits(t testing.TB, operationID string, visits map[string]visit, path map[string]string) {
	t.Helper()
	read := func(id string) education.Module {
		m, ok := education.Builtin().Module(id, "en")
		if !ok {
			t.Fatal(id)
		}
		return m
	}
	text := func(id string) (at, match map[string]string) {
		if !strings.HasSuffix(operationID, "EducationText") {
			return nil, nil // to read one costs more than most operations
		}
		v, err := c.Care.Learn.Text(t.Context(), c.admin, id, "en")
		if err != nil {
			t.Fatal(err)
		}
		return map[string]string{"moduleId": id, "language": "en"}, map[string]string{"If-Match": edge.ETag(v.Version)}
	}
	grief, griefMatch := text("grief")
	naloxone, naloxoneMatch := text("naloxone")
	values, valuesMatch := text("values")
	boundaries, boundariesMatch := text("boundaries")
	given := map[string]string{"patientId": path["patientId"], "givenId": c.learn.given}
	file, _ := education.FileOf("grief", "en")
	maps.Copy(visits, map[string]visit{
		"listEducation": {query: "?language=es&audience=family"}, "readMyEducation": {}, "listEducationTexts": {}, "listEducationWords": {},
		"signEducationWords":    {path: map[string]string{"wordsId": "near", "language": "en"}, body: map[string]any{"fingerprint": caretest.Words[0].Fingerprint(), "next": "2027-03-02"}},
		"readEducation":         {path: map[string]string{"moduleId": "sleep"}, query: "?language=en"},
		"readEducationPack":     {path: map[string]string{"language": "en"}},
		"readEducationFile":     {path: map[string]string{"name": c.learn.file}},
		"answerEducation":       {path: map[string]string{"moduleId": "sleep"}, body: map[string]any{"id": care.NewID(), "language": "en", "fingerprint": read("sleep").Fingerprint(), "answer": 1}},
		"searchEducation":       {body: map[string]any{"typed": "how to sleep", "language": "en"}},
		"suggestEducation":      {body: map[string]any{"situations": []string{"fears-overdose"}}},
		"markEducation":         {path: map[string]string{"moduleId": "sleep"}, body: map[string]any{"useful": "yes"}},
		"listGivenEducation":    {path: path},
		"giveEducation":         {path: path, body: map[string]any{"id": care.NewID(), "module": "sleep", "why": "You said that nights are hard."}},
		"takeOffEducation":      {path: map[string]string{"patientId": path["patientId"], "givenId": care.NewID()}},
		"tellReadEducation":     {path: given},
		"checkEducationText":    {body: map[string]any{"file": file}},
		"readEducationText":     {path: grief},
		"draftEducationText":    {path: grief, header: griefMatch, body: map[string]any{"file": file}},
		"signEducationText":     {path: naloxone, header: naloxoneMatch, body: map[string]any{"fingerprint": read("naloxone").Fingerprint(), "next": "2026-12-01"}},
		"publishEducationText":  {path: boundaries, header: boundariesMatch, body: map[string]any{"fingerprint": c.learn.draft}},
		"withdrawEducationText": {path: values, header: valuesMatch, body: map[string]any{"fingerprint": read("values").Fingerprint()}},
	})
}

// learnings gives the patient something to read and drafts a text that can be published.
func (c *clinic) learnings(t testing.TB) {
	t.Helper()
	for _, module := range []string{"sleep", "grief"} {
		g, err := c.Chart(c.therapist, c.patient.PatientID).Learn.Give(t.Context(), care.NewID(), module, "It may help.")
		if err != nil {
			t.Fatal(err)
		}
		c.learn.given = g.ID
	}
	file, _ := education.FileOf("boundaries", "en")
	v, err := c.Care.Learn.SaveDraft(t.Context(), c.admin, "boundaries", "en", 1, strings.Replace(file, "try: ", "try: Today. ", 1))
	if err != nil {
		t.Fatal(err)
	}
	c.learn.draft = v.Value.Drafted
	jws, _, err := c.Care.Learn.Pack(t.Context(), "en")
	if err != nil {
		t.Fatal(err)
	}
	c.learn.file = manifestOf(t, jws).Files[0].Name
}
