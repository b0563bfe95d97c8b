package planning_test

import (
	"slices"
	"testing"

	"handrail/care"
	"handrail/care/people"
	"handrail/models"
	"handrail/models/imports"
)

// TestAConsentFromPaperIsNews to the patient whose name stands on it: once, though the
// import is sent twice.
func TestAConsentFromPaperIsNews(t *testing.T) {
	w := newPlannedClinic(t)
	bring := func(f people.ImportFile) {
		t.Helper()
		if _, err := w.Care.People.Import(t.Context(), w.Admin, f); err != nil {
			t.Fatal(err)
		}
	}
	bring(people.ImportFile{ID: care.NewID(), Kind: imports.People, CSV: "name,birthdate\nMaya Torres,1990-05-17\n"})
	page, err := w.Care.People.Accounts(t.Context(), w.Admin, models.RolePatient, "", 100)
	w.ok(err)
	at := slices.IndexFunc(page.Items, func(a models.Account) bool { return a.Name == "Maya Torres" })
	maya := page.Items[at].ID
	w.turn()
	before := w.refs(maya)
	f := people.ImportFile{ID: care.NewID(), Kind: imports.PaperConsents, CSV: "patient,birthdate,recipient,kind,scopes,purposes,discloser,signed,until,statements,signature,seenby\n" +
		"Maya Torres,1990-05-17,treating-providers,tpo,goals,treatment,Riverside Clinic,2026-01-05,none,revocation redisclosure refusal,Maya Torres," + w.doctor.Name + "\n"}
	bring(f)
	bring(f)
	w.turn()
	if got := w.refs(maya); !slices.Equal(got, append(before, "sharing")) {
		t.Errorf("the patient is told of %v, then %v", before, got)
	}
}
