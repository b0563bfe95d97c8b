package record_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/store"
)

// fill writes n documents past the use cases, as years of use would have.
func fill(t *testing.T, h *caretest.Clinic, collection string, n int, doc func(i int) (id, owner string, keys store.Keys, value any)) {
	t.Helper()
	var ops []store.Op
	for i := range n {
		id, owner, keys, value := doc(i)
		body, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		if ops = append(ops, store.Insert(collection, store.Doc{ID: id, Owner: owner, Keys: keys, Body: body})); len(ops) == store.MaxBatch || i == n-1 {
			if err := h.Store.Batch(t.Context(), ops...); err != nil {
				t.Fatal(err)
			}
			ops = nil
		}
	}
}

func consentDoc(patient, recipient string, p models.Provision, at time.Time, revoked *time.Time) (string, string, store.Keys, any) {
	c := models.Consent{ID: care.NewID(), PatientID: patient, SignedAt: at, RevokedAt: revoked, ConsentTerms: models.ConsentTerms{Kind: models.ConsentSharing,
		Provision: p, Recipient: recipient, Scopes: []models.Scope{models.Scope(models.SectionGoals)}, Purposes: []models.Purpose{models.PurposeTreatment},
		Expiry: models.Expiry{None: true}}}
	return c.ID, patient, store.Keys{"patientId": patient, "recipient": recipient, "signedAt": at.UnixMilli()}, c
}

// TestTheNewestNoIsSeen: however many consents were given and taken back before.
func TestTheNewestNoIsSeen(t *testing.T) {
	for _, n := range []int{499, 500, 501, 1001} {
		h := caretest.New(t)
		p := h.Patient()
		nurse := h.Clinician(models.DisciplineNursing, p)
		began := h.Clock.Now().AddDate(-1, 0, 0)
		fill(t, h, "consents", n, func(i int) (string, string, store.Keys, any) {
			at := began.Add(time.Duration(i) * time.Minute)
			return consentDoc(p.PatientID, nurse.AccountID, models.Permit, at, &at)
		})
		if _, err := h.Chart(nurse, p.PatientID).Record.Goals(t.Context(), "", 10); err != nil {
			t.Fatal(err)
		}
		fill(t, h, "consents", 1, func(int) (string, string, store.Keys, any) {
			return consentDoc(p.PatientID, nurse.AccountID, models.Deny, h.Clock.Now(), nil)
		})
		_, err := h.Chart(nurse, p.PatientID).Record.Goals(t.Context(), "", 10)
		caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
	}
}

// TestAYesIsFoundAmongMany: a supporter's list of charts too.
func TestAYesIsFoundAmongMany(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	aunt := h.Supporter(p)
	other := h.Patient()
	fill(t, h, "consents", 501, func(i int) (string, string, store.Keys, any) {
		at := h.Clock.Now().Add(time.Duration(i-1000) * time.Minute)
		return consentDoc(other.PatientID, aunt.AccountID, models.Permit, at, &at)
	})
	h.Share(p, aunt, models.SupporterScopes[0])
	page, err := h.Care.People.Patients(t.Context(), aunt, "", 100)
	if err != nil || len(page.Items) != 1 || page.Items[0].ID != p.PatientID {
		t.Errorf("%+v, %v", page.Items, err)
	}
}

func TestATrendHasItsNewestDays(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	today := h.Clock.Now()
	fill(t, h, "check_ins", 4001, func(i int) (string, string, store.Keys, any) {
		at := today.Add(-time.Duration(4000-i) * 30 * time.Minute)
		c := checkin.CheckIn{ID: care.NewID(), PatientID: p.PatientID, LocalDay: at.Format(time.DateOnly), ReceivedAt: at,
			Submission: checkin.Submission{FormVersion: 1, AnsweredAt: at, Zone: "UTC", Answers: map[string]any{"mood": 3.0}}}
		return c.ID, p.PatientID, store.Keys{"patientId": p.PatientID, "answeredAt": at.UnixMilli()}, c
	})
	last := today.Format(time.DateOnly)
	points, _, err := h.Chart(p, p.PatientID).Record.Series(t.Context(), "mood", today.AddDate(0, 0, -90).Format(time.DateOnly), last)
	if err != nil {
		t.Fatal(err)
	}
	if end := points[len(points)-1]; end.Day != last || end.Value == nil {
		t.Errorf("the newest day is %+v", end)
	}
}

// TestATrendOfTooMuchIsRefused and not cut.
func TestATrendOfTooMuchIsRefused(t *testing.T) {
	h := caretest.New(t)
	h.Care.Record.MaxSeries = 100
	p := h.Patient()
	today := h.Clock.Now()
	one := func(i int) (string, string, store.Keys, any) {
		at := today.Add(-time.Duration(i) * time.Minute)
		c := checkin.CheckIn{ID: care.NewID(), PatientID: p.PatientID, LocalDay: at.Format(time.DateOnly),
			Submission: checkin.Submission{AnsweredAt: at, Answers: map[string]any{"mood": 3.0}}}
		return c.ID, p.PatientID, store.Keys{"patientId": p.PatientID, "answeredAt": at.UnixMilli()}, c
	}
	fill(t, h, "check_ins", 100, one)
	from, to := today.AddDate(0, 0, -90).Format(time.DateOnly), today.Format(time.DateOnly)
	if _, _, err := h.Chart(p, p.PatientID).Record.Series(t.Context(), "mood", from, to); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	fill(t, h, "check_ins", 1, one)
	_, _, err := h.Chart(p, p.PatientID).Record.Series(t.Context(), "mood", from, to)
	caretest.WantKind(t, err, models.KindTooLarge, "too-much-at-once")
}

func TestEveryClinicianCanBeChosen(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	fill(t, h, "accounts", 1001, func(i int) (string, string, store.Keys, any) {
		a := models.Account{ID: care.NewID(), Name: fmt.Sprintf("Clinician %d", i), Role: models.RoleClinician, Discipline: models.DisciplineTherapy,
			Status: models.AccountActive, CreatedAt: h.Clock.Now()}
		return a.ID, a.ID, store.Keys{"role": string(a.Role), "createdAt": h.Clock.Now().Add(time.Duration(i)).UnixMilli()}, a
	})
	choices, err := h.Chart(p, p.PatientID).People.SharingChoices(t.Context())
	if err != nil || len(choices.People) != 1001 {
		t.Errorf("%d people, %v", len(choices.People), err)
	}
}

// TestEveryLiveSessionIsListed: an old one too, behind many that have ended.
func TestEveryLiveSessionIsListed(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	ended := h.Clock.Now()
	fill(t, h, "sessions", 1001, func(i int) (string, string, store.Keys, any) {
		s := models.Session{ID: care.NewID(), AccountID: p.AccountID, CreatedAt: ended, ExpiresAt: ended.AddDate(1, 0, 0), EndedAt: &ended}
		return s.ID, p.PatientID, store.Keys{"accountId": p.AccountID, "createdAt": ended.Add(time.Duration(i+1) * time.Second).UnixMilli()}, s
	})
	live, err := h.Care.Signin.Sessions(t.Context(), p)
	if err != nil || len(live) != 1 {
		t.Errorf("%d live sessions, %v", len(live), err)
	}
}
