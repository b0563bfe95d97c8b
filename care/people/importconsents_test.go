package people_test

import (
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/people"
	"handrail/models"
	"handrail/models/imports"
)

// TestConsentsOnPaper: each element of 42 CFR 2.31 must stand in the line, what is not sure
// is refused, and what is recorded opens as much as the same consent signed on the phone,
// until the patient takes it back; then the paper does not bring it back.
func TestConsentsOnPaper(t *testing.T) {
	h := caretest.New(t)
	ctx := t.Context()
	office, nurse := h.First(models.RoleCoordinator, ""), h.Clinician(models.DisciplineNursing)
	load := func(kind imports.Kind, text string) people.ImportFile {
		return people.ImportFile{ID: care.NewID(), Kind: kind, CSV: text}
	}
	_, err := h.Care.People.Import(ctx, office, load(imports.People, "name,role,birthdate,recordnumber\nMaya Torres,,1990-05-17,A7\nAna Torres,supporter,,\nJo Roe,,1980-01-01,\nJo Roe,,1981-01-01,B2\n"))
	if err != nil {
		t.Fatal(err)
	}
	maya, ana := signedIn(t, h, models.RolePatient, "Maya Torres"), signedIn(t, h, models.RoleSupporter, "Ana Torres")

	const head = "patient,birthdate,recordnumber,recipient,relationship,kind,scopes,purposes,discloser,signed,until,statements,signature,seenby\n"
	good := map[string]string{"patient": "Maya Torres", "birthdate": "1990-05-17", "recipient": "Ana Torres", "relationship": "parent", "kind": "sharing", "scopes": "goals.shared appointments.times",
		"purposes": "family", "discloser": "Riverside Clinic", "signed": "2026-02-20", "until": "2026-06-01", "statements": "revocation", "signature": "Maya Torres", "seenby": nurse.Name}
	line := func(change ...string) string {
		var out []string
		for _, column := range strings.Split(strings.TrimSpace(head), ",") {
			value := good[column]
			for n := 0; n < len(change); n += 2 {
				if change[n] == column {
					value = change[n+1]
				}
			}
			out = append(out, value)
		}
		return strings.Join(out, ",") + "\n"
	}
	for _, tt := range []struct{ change, want string }{
		{"patient=", "patient:who-is-it"}, {"patient=Maya Toress", "patient:nobody"}, {"birthdate=1991-05-17", "patient:nobody"}, {"patient=Jo Roe|birthdate=", "patient:who-is-it"},
		{"recordnumber=A7|patient=Jo Roe|birthdate=", "recordnumber:nobody"}, {"recordnumber=Z9", "recordnumber:nobody"},
		{"recipient=", "recipient:required"}, {"recipient=Ann Torres", "recipient:unknown-recipient"}, {"relationship=", "recipient:unknown-recipient"}, {"relationship=boss", "relationship:unknown-relationship"},
		{"kind=", "kind:not-from-a-list kind:unknown-kind"}, {"kind=counselling-notes|scopes=counselling-notes", "kind:not-from-a-list"}, {"kind=legal-proceedings", "kind:not-from-a-list scopes:scope-not-allowed"},
		{"scopes=", "scopes:required"}, {"scopes=goals", "scopes:scope-not-allowed"}, {"scopes=goals.shared counselling-notes", "scopes:scope-not-allowed"}, {"scopes=promise.call-for-help", "scopes:required"},
		{"purposes=", "purposes:other-purpose"}, {"purposes=treatment", "purposes:other-purpose"}, {"discloser=", "discloser:required"}, {"discloser=Other Clinic", "discloser:not-this-clinic"},
		{"signed=", "signed:required"}, {"signed=2026-03-03", "signed:in-the-future"}, {"signed=2026-02-31", "signed:no-such-date"}, {"until=2026-03-01", "until:in-the-past"}, {"until=none", "until:end-needed"}, {"until=soon", "until:no-such-date"},
		{"statements=", "statements:missing-revocation"}, {"signature=", "signature:required"}, {"signature=Luis Torres", "signature:not-the-patient"}, {"seenby=", "seenby:required"}, {"seenby=Nobody Here", "seenby:nobody"},
		{"recipient=treating-providers|relationship=|kind=tpo|scopes=profile|until=none", "statements:missing-redisclosure statements:missing-refusal"},
	} {
		var change []string
		for _, c := range strings.Split(tt.change, "|") {
			column, value, _ := strings.Cut(c, "=")
			change = append(change, column, value)
		}
		v, err := h.Care.People.Import(ctx, office, load(imports.PaperConsents, head+line(change...)))
		wantSaid(t, tt.change, v, err, "2 refused "+tt.want)
	}

	f := load(imports.PaperConsents, head+line()+line("scopes", "appointments.times goals.shared")+line("scopes", "milestones"))
	v, err := h.Care.People.LookAtImport(ctx, office, f)
	wantSaid(t, "looked", v, err, "2 new", "3 double same-consent-in-file", "4 new")
	if _, err := h.Care.Open(ctx, ana, maya.PatientID, models.PurposeFamily); models.KindOf(err) != models.KindNotFound {
		t.Fatalf("before anything was written: %v", err)
	}
	v, err = h.Care.People.Import(ctx, office, f)
	wantSaid(t, "imported", v, err, "2 made", "3 double same-consent", "4 refused signed:decided-since")
	v, err = h.Care.People.Import(ctx, office, f)
	wantSaid(t, "sent again", v, err, "2 made", "3 double same-consent", "4 refused signed:decided-since")

	own := h.Chart(maya, maya.PatientID)
	page, err := own.People.Consents(ctx, "", 10)
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("the patient reads %+v, %v", page.Items, err)
	}
	c := page.Items[0]
	if c.Paper == nil || c.Paper.SignedOn != "2026-02-20" || c.Paper.SeenBy.AccountID != nurse.AccountID || c.Paper.By.AccountID != office.AccountID || c.Signature.Method != models.SignaturePaper ||
		c.Status != "active" || !c.Expiry.At.Equal(time.Date(2026, 6, 2, 4, 0, 0, 0, time.UTC)) {
		t.Errorf("it says %+v %+v until %v", c, c.Paper, c.Expiry.At)
	}
	if _, err := h.Chart(ana, maya.PatientID).Record.Goals(ctx, "", 10); err != nil {
		t.Errorf("what was signed is not open: %v", err)
	}
	if _, err := h.Chart(ana, maya.PatientID).Record.CheckIns(ctx, "", 10); models.KindOf(err) != models.KindForbidden {
		t.Errorf("more than was signed is open: %v", err)
	}
	log, err := own.People.AccessLog(ctx, "en", "", 10)
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, e := range log.Items {
		if e.What == "Recorded a sharing choice that you signed on paper" && e.Who == office.Name {
			told++
		}
	}
	if told != 1 {
		t.Errorf("%d lines of the paper in %+v", told, log.Items)
	}

	if err := own.People.RevokeConsent(ctx, c.ID); err != nil {
		t.Fatal(err)
	}
	v, err = h.Care.People.Import(ctx, office, load(imports.PaperConsents, head+line()))
	wantSaid(t, "the paper after it was taken back", v, err, "2 refused signed:decided-since")
	v, err = h.Care.People.Import(ctx, office, f)
	wantSaid(t, "the import that wrote it, after it was taken back", v, err, "2 made", "3 refused signed:decided-since", "4 refused signed:decided-since")
	if _, err := h.Care.Open(ctx, ana, maya.PatientID, models.PurposeFamily); models.KindOf(err) != models.KindNotFound {
		t.Errorf("it is open again: %v", err)
	}
}

// TestAPaperIsNoWayAroundANo: what the patient refused on the phone, a chart that is closed
// to who imports, and family whom they do not have, stay shut; the one consent for treatment
// is taken with all its statements.
func TestAPaperIsNoWayAroundANo(t *testing.T) {
	h := caretest.New(t)
	ctx := t.Context()
	office, nurse, reader := h.First(models.RoleCoordinator, ""), h.Clinician(models.DisciplineNursing), h.Clinician(models.DisciplinePsychiatry)
	_, err := h.Care.People.Import(ctx, office, people.ImportFile{ID: care.NewID(), Kind: imports.People, CSV: "name,birthdate\nMaya Torres,1990-05-17\n"})
	if err != nil {
		t.Fatal(err)
	}
	maya := signedIn(t, h, models.RolePatient, "Maya Torres")
	const head = "patient,birthdate,recipient,kind,scopes,purposes,discloser,signed,until,statements,signature,seenby\n"
	line := func(recipient, kind, scopes, until, statements string) people.ImportFile {
		return people.ImportFile{ID: care.NewID(), Kind: imports.PaperConsents, CSV: head + "Maya Torres,1990-05-17," + recipient + "," + kind + "," + scopes + ",treatment,Riverside Clinic,2026-02-20," + until + "," + statements + ",Maya Torres," + nurse.Name + "\n"}
	}
	v, err := h.Care.People.Import(ctx, office, line("treating-providers", "tpo", "goals appointments", "none", "revocation redisclosure refusal"))
	wantSaid(t, "for treatment", v, err, "2 made")
	_, err = h.Chart(maya, maya.PatientID).People.GiveConsent(ctx, care.NewID(), models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Deny, Recipient: nurse.AccountID, Scopes: []models.Scope{"goals"},
		Purposes: []models.Purpose{models.PurposeTreatment}, Expiry: models.Expiry{None: true}, Signature: models.Signature{Name: maya.Name, Method: models.SignatureTyped}})
	if err != nil {
		t.Fatal(err, caretest.FieldsOf(err))
	}
	v, err = h.Care.People.Import(ctx, office, line(nurse.Name, "sharing", "check-ins", "2026-06-01", "revocation"))
	wantSaid(t, "for whom the patient refused", v, err, "2 refused signed:decided-since")
	v, err = h.Care.People.LookAtImport(ctx, office, line(reader.Name, "sharing", "goals", "2026-06-01", "revocation"))
	wantSaid(t, "for another", v, err, "2 new")
	if _, err := h.Chart(h.Admin, maya.PatientID).People.JoinTeam(ctx, care.AnyVersion, reader.AccountID, false); err != nil {
		t.Fatal(err)
	}
	restrict(t, h, h.Admin, maya, reader)
	v, err = h.Care.People.Import(ctx, office, line(reader.Name, "sharing", "goals", "2026-06-01", "revocation"))
	wantSaid(t, "of a chart that is closed", v, err, "2 refused patient:nobody")
}

// signedIn signs in the one account of a name.
func signedIn(t *testing.T, h *caretest.Clinic, role models.Role, name string) models.Actor {
	t.Helper()
	page, err := h.Care.People.Accounts(t.Context(), h.Admin, role, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range page.Items {
		if a.Name == name {
			return h.SignIn(a.ID).Session.Actor()
		}
	}
	t.Fatalf("no %s of this name", role)
	return models.Actor{}
}
