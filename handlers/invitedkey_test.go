package handlers_test

import (
	"testing"

	"handrail/care"
	"handrail/models"
	"handrail/models/dpop/dpoptest"
	"handrail/models/family"
)

// TestAnInvitedPhoneIsBoundToItsKey: who takes an invitation with a key gets a session
// of that key, the same one again when the answer was lost, and none for another key.
func TestAnInvitedPhoneIsBoundToItsKey(t *testing.T) {
	b := boundPhone(t)
	in, err := b.Chart(b.patient, b.patient.PatientID).Family.Invite(t.Context(), care.NewID(),
		family.InvitationTerms{From: "Sam", Name: "Mum", Relationship: "parent"})
	if err != nil {
		t.Fatal(err)
	}
	const path = "/v1/auth/invitations/take"
	body := map[string]any{"code": in.Code, "agreed": true, "name": "Rosa", "device": models.Device{ID: care.NewID(), Name: "Phone"}}
	first := b.send("POST", path, "", "", b.proof("POST", path, ""), body)
	b.take(first, 201)
	again := b.send("POST", path, "", "", b.proof("POST", path, ""), body)
	b.take(again, 201)
	if first.body["refreshToken"] != again.body["refreshToken"] {
		t.Error("a lost answer gave another session")
	}
	b.want("the token alone", b.send("GET", "/v1/me", "Bearer", b.access, "", nil), 401, "proof-not-valid")
	b.want("its own phone", b.send("GET", "/v1/me", "DPoP", b.access, b.proof("GET", "/v1/me", b.access), nil), 200, "")
	thief := *b
	thief.key = dpoptest.New(t)
	if a := thief.send("POST", path, "", "", thief.proof("POST", path, ""), body); a.status < 400 {
		t.Errorf("another key takes it: %d", a.status)
	}
	b.want("a proof that does not hold", b.send("POST", path, "", "", "x.y.z", body), 401, "proof-not-valid")
}
