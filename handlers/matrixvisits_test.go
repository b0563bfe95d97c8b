package handlers

import (
	"testing"

	"handrail/care"
	"handrail/models"
)

// visitFor is what a caller with the right would send to an operation. An
// operation without a visit fails the test: whoever adds a route says here how it
// is called.
func (c *clinic) visitFor(t *testing.T, operationID string) visit {
	t.Helper()
	path := map[string]string{"patientId": c.patient.PatientID, "accountId": c.newcomer.AccountID, "consentId": c.consentID}
	device := models.Device{ID: care.NewID(), Name: "Phone"}
	visits := map[string]visit{
		"readSite": {}, "readKeys": {}, "readMe": {}, "listMySessions": {}, "listPatients": {}, "reviewBreakGlass": {},
		"enrol":               {body: map[string]any{"code": "0000-000-000", "device": device}},
		"refresh":             {body: map[string]any{"refreshToken": "none"}},
		"signOut":             {},
		"endMySession":        {path: map[string]string{"sessionId": care.NewID()}},
		"createAccount":       {body: map[string]any{"id": care.NewID(), "role": "supporter", "name": "New"}},
		"listAccounts":        {query: "?role=clinician"},
		"createEnrolmentCode": {path: path},
		"setAccountStatus":    {path: path, body: map[string]any{"status": "active"}},
		"readPatient":         {path: path},
		"listCareTeam":        {path: path},
		"joinCareTeam":        {path: path, body: map[string]any{"lead": false}},
		"leaveCareTeam":       {path: path},
		"addRelatedPerson": {path: map[string]string{"patientId": c.patient.PatientID, "accountId": c.stranger.AccountID},
			body: map[string]any{"relationship": "friend"}},
		"listConsents": {path: path},
		"giveConsent": {path: path, body: map[string]any{"id": care.NewID(), "kind": "sharing", "provision": "permit",
			"recipient": c.supporter.AccountID, "scopes": []string{"milestones"}, "purposes": []string{"family"},
			"statements": []string{"revocation"}, "signature": map[string]string{"name": "Sam", "method": "typed"}}},
		"revokeConsent":        {path: path},
		"readCrisisPlanBundle": {path: path},
		"readSharingChoices":   {path: path},
		"readAccessLog":        {path: path},
		"breakGlass": {path: path, body: map[string]any{"id": care.NewID(), "affiliation": "Riverside Clinic", "reason": "overdose",
			"nature": "Found without breath at the door.", "cannotObtainConsent": true}},
	}
	v, ok := visits[operationID]
	if !ok {
		t.Fatalf("no visit for operation %s: add one to matrixvisits_test.go", operationID)
	}
	return v
}

// repair undoes what a knock did to the next callers.
func (c *clinic) repair(t *testing.T, operationID string, caller int) {
	t.Helper()
	switch operationID {
	case "signOut":
		if caller > 0 {
			c.callers[caller].token = c.SignIn(c.account(caller)).AccessToken
		}
	case "revokeConsent":
		c.consentID = c.Share(c.patient, c.supporter, models.ScopeGoalsShared, models.ScopeCrisisPlanShared).ID
	case "breakGlass":
		c.Clock.Move(models.GlassMinutes * 60e9)
		for i := range c.callers {
			if i > 0 {
				c.callers[i].token = c.SignIn(c.account(i)).AccessToken
			}
		}
	}
}

func (c *clinic) account(caller int) string {
	return []models.Actor{{}, c.patient, c.other, c.supporter, c.stranger, c.therapist, c.outside, c.doctor, c.coordinator, c.admin}[caller].AccountID
}
