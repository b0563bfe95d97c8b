package handlers_test

import (
	"maps"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/people"
	"handrail/care/referrals"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/referral"
)

// partnerAccount is somebody of a partner with places, signed in.
func (c *clinic) partnerAccount(t testing.TB) models.Actor {
	t.Helper()
	c.shelter = care.NewID()
	if _, err := c.Care.Referral.AddPartner(t.Context(), c.admin, c.shelter, referral.PartnerTerms{Name: "Harbor House", Needs: []string{"housing"}, Capacity: 1000, ReplyDays: 3}); err != nil {
		t.Fatal(err)
	}
	a, err := c.Care.People.CreateAccount(t.Context(), c.admin, people.NewAccount{Role: models.RolePartner, Name: "Pat Harbor", PartnerID: c.shelter})
	if err != nil {
		t.Fatal(err)
	}
	return c.SignIn(a.ID).Session.Actor()
}

// referred makes a referral, and has the patient sign it.
func (c *clinic) referred(t testing.TB, sign bool) string {
	t.Helper()
	all, err := c.Chart(c.therapist, c.patient.PatientID).Referral.Referrals(t.Context(), "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all.Items {
		if !r.Status.Ended() {
			if _, err := c.Chart(c.therapist, c.patient.PatientID).Referral.Cancel(t.Context(), r.ID, ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	id := care.NewID()
	if _, err := c.Chart(c.therapist, c.patient.PatientID).Referral.Refer(t.Context(), id, referral.Order{PartnerID: c.shelter, Need: "housing", Words: "A room, please."}); err != nil {
		t.Fatal(err)
	}
	if sign {
		if _, err := c.Chart(c.patient, c.patient.PatientID).Referral.Sign(t.Context(), id, referrals.Signing{Until: c.Clock.Now().AddDate(0, 1, 0),
			Statements: []models.Statement{models.StatementRevocation}, Signature: models.Signature{Name: c.patient.Name, Method: "typed"}}); err != nil {
			t.Fatal(err)
		}
	}
	return id
}

func (c *clinic) referralVisits(t testing.TB, into map[string]visit, path map[string]string, operationID string) {
	t.Helper()
	id := care.NewID()
	switch operationID {
	case "readReferral", "signReferral", "cancelReferral", "tellReferral", "readPartnerReferral", "movePartnerReferral":
		id = c.referred(t, operationID != "signReferral")
	case "makeReferral":
		id = c.referred(t, false)
		if _, err := c.Chart(c.therapist, c.patient.PatientID).Referral.Cancel(t.Context(), id, ""); err != nil {
			t.Fatal(err)
		}
	}
	at, own := map[string]string{"patientId": path["patientId"], "referralId": id}, map[string]string{"referralId": id}
	terms := map[string]any{"name": "Harbor House", "needs": []string{"housing"}, "capacity": 1000, "replyDays": 3}
	needs, _ := c.Chart(c.patient, c.patient.PatientID).Referral.Needs(t.Context())
	partner, _ := c.Care.Referral.Partner(t.Context(), c.admin, c.shelter)
	maps.Copy(into, map[string]visit{
		"listFHIRServiceRequests": {query: "?patient=Patient/" + path["patientId"]}, "listFHIRTasks": {query: "?patient=Patient/" + path["patientId"]},
		"readSocialNeeds": {path: path}, "listReferrals": {path: path}, "readAround": {path: path}, "listPartners": {}, "listPartnerReferrals": {},
		"setSocialNeeds": {path: path, header: map[string]string{"If-Match": edge.ETag(needs.Version)}, body: map[string]any{"needs": []map[string]any{{"need": "food", "wants": "help"}}}},
		"makeReferral":   {path: path, body: map[string]any{"id": care.NewID(), "partnerId": c.shelter, "need": "housing", "words": "A room, please."}},
		"readReferral":   {path: at},
		"signReferral": {path: at, body: map[string]any{"until": c.Clock.Now().AddDate(0, 1, 0).Format(time.RFC3339), "statements": []string{"revocation"},
			"signature": map[string]any{"name": "Sam", "method": "typed"}}},
		"cancelReferral": {path: at, body: map[string]any{}}, "tellReferral": {path: at, body: map[string]any{"helped": "yes"}},
		"readPartner":         {path: map[string]string{"partnerId": c.shelter}},
		"addPartner":          {body: map[string]any{"id": care.NewID(), "name": "Harbor House", "needs": []string{"food"}, "capacity": 1, "replyDays": 3}},
		"setPartner":          {path: map[string]string{"partnerId": c.shelter}, header: map[string]string{"If-Match": edge.ETag(partner.Version)}, body: terms},
		"readPartnerReferral": {path: own}, "movePartnerReferral": {path: own, body: map[string]any{"status": "accepted"}},
	})
}

// referredTwice has two partners and two referrals that were signed.
func (c *clinic) referredTwice(t testing.TB) {
	t.Helper()
	if _, err := c.Care.Referral.AddPartner(t.Context(), c.admin, care.NewID(), referral.PartnerTerms{Name: "Food bank", Needs: []string{"food"}, Capacity: 5, ReplyDays: 3}); err != nil {
		t.Fatal(err)
	}
	first := c.referred(t, true)
	if _, err := c.Care.Referral.PartnerMove(t.Context(), c.partner, first, referral.Move{Status: referral.Rejected, Words: "No room."}); err != nil {
		t.Fatal(err)
	}
	c.referred(t, true)
}
