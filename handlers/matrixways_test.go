package handlers_test

import (
	"maps"

	"handrail/care"
	"handrail/models"
)

// wayVisits adds what is about a person's own ways in. Nobody of the table has any, so
// that nobody is asked to step up; what counts is wrong on purpose.
func (c *clinic) wayVisits(visits map[string]visit) {
	device := models.Device{ID: care.NewID(), Name: "Phone"}
	passkey := map[string]any{"id": "AAAA", "clientDataJSON": "AAAA", "authenticatorData": "AAAA", "signature": "AAAA"}
	own := map[string]string{"passkeyId": care.NewID()}
	guardian := map[string]string{"patientId": c.patient.PatientID, "accountId": care.NewID()}
	maps.Copy(visits, map[string]visit{
		"listGuardians":          {path: guardian},
		"endGuardian":            {path: guardian},
		"recordGuardian":         {path: guardian, body: map[string]any{"basis": "court-order", "document": "County court, 26-PR-118", "from": "2026-03-02T00:00:00Z", "until": "2027-03-02T00:00:00Z", "sections": []string{"goals"}}},
		"offerPasskey":           {body: map[string]any{}},
		"signInWithPasskey":      {body: map[string]any{"passkey": passkey, "device": device}},
		"signInWithPIN":          {body: map[string]any{"refreshToken": "none", "pin": "280417"}},
		"signInWithRecoveryCode": {body: map[string]any{"code": "0000-0000-0000", "device": device}},
		"listMyWays":             {},
		"beginPasskey":           {},
		"addPasskey":             {body: map[string]any{"name": "Phone", "id": "AAAA", "clientDataJSON": "AAAA", "attestationObject": "AAAA"}},
		"namePasskey":            {path: own, body: map[string]any{"name": "Phone"}},
		"removePasskey":          {path: own},
		"setPIN":                 {body: map[string]any{"pin": "1"}},
		"removePIN":              {},
		"beginTOTP":              {},
		"confirmTOTP":            {body: map[string]any{"code": "000000"}},
		"removeTOTP":             {},
		"makeRecoveryCodes":      {},
		"beginStepUp":            {},
		"stepUp":                 {body: map[string]any{"pin": "000000"}},
		"giveWord":               {},
	})
}
