package handlers_test

import (
	"maps"
	"testing"

	"handrail/care"
	"handrail/models/access"
	"handrail/models/family"
)

// familyVisits adds what is about family and friends.
func (c *clinic) familyVisits(visits map[string]visit, path map[string]string) {
	signed := map[string]any{"statements": []string{"revocation"}, "signature": map[string]string{"name": "Sam", "method": "typed"}}
	invite := map[string]any{"id": care.NewID(), "from": "Sam", "name": "Mum", "relationship": "parent", "scopes": []string{"milestones"}}
	maps.Copy(invite, signed)
	circle := map[string]string{"patientId": path["patientId"], "accountId": c.supporter.AccountID}
	beside := map[string]string{"patientId": path["patientId"]}
	renew := map[string]any{"id": care.NewID()}
	maps.Copy(renew, signed)
	device := map[string]any{"id": care.NewID(), "name": "Phone"}
	maps.Copy(visits, map[string]visit{
		"inviteSupporter": {path: path, body: invite}, "listInvitations": {path: path}, "listSupporters": {path: path},
		"cancelInvitation":   {path: map[string]string{"patientId": path["patientId"], "invitationId": care.NewID()}},
		"readInvitation":     {body: map[string]any{"code": "0000-000-000"}},
		"takeInvitation":     {body: map[string]any{"code": "0000-000-000", "agreed": true, "name": "Rosa", "device": device}},
		"joinInvitation":     {body: map[string]any{"code": "0000-000-000", "agreed": true}},
		"removeSupporter":    {path: map[string]string{"patientId": path["patientId"], "accountId": care.NewID()}},
		"proposeAgreement":   {path: circle, body: map[string]any{"number": 0, "words": []string{"We talk on Sundays."}}},
		"acceptAgreement":    {path: circle, body: map[string]any{"number": 1}},
		"previewSharing":     {path: path, body: map[string]any{"accountId": c.supporter.AccountID, "scopes": []string{"milestones"}}},
		"renewConsent":       {path: map[string]string{"patientId": path["patientId"], "consentId": c.consentID}, body: renew},
		"listMySupporting":   {},
		"leaveSupporting":    {path: map[string]string{"patientId": care.NewID()}},
		"setMyPromise":       {path: beside, body: map[string]any{"do": []string{"I listen."}, "dont": []string{}}},
		"proposeMyAgreement": {path: beside, body: map[string]any{"number": 0, "words": []string{"We talk on Sundays."}}},
		"acceptMyAgreement":  {path: beside, body: map[string]any{"number": 1}},
		"eraseMine":          {body: map[string]any{}},
		"tellCoping":         {body: map[string]any{"id": care.NewID(), "coping": "hard", "harm": false}},
		"readAccessNeeds":    {path: path}, "listLentDevices": {path: path},
		"setAccessNeeds":      {path: path, header: map[string]string{"If-Match": `"1"`}, body: map[string]any{"transport": "no-ride"}},
		"lendDevice":          {path: path, body: map[string]any{"id": care.NewID(), "kind": "phone", "label": "No. 7"}},
		"tieLentDevice":       {path: map[string]string{"patientId": path["patientId"], "loanId": care.NewID()}, body: map[string]any{}},
		"endLoan":             {path: map[string]string{"patientId": path["patientId"], "loanId": care.NewID()}, body: map[string]any{"state": "lost"}},
		"keepOwnGoal":         {body: map[string]any{"id": care.NewID(), "kind": "task", "title": "Walk"}},
		"listOwnGoals":        {},
		"changeOwnGoal":       {path: map[string]string{"goalId": care.NewID()}, header: map[string]string{"If-Match": `"1"`}, body: map[string]any{"kind": "task", "title": "Walk"}},
		"dropOwnGoal":         {path: map[string]string{"goalId": care.NewID()}},
		"suggestGoal":         {path: beside, body: map[string]any{"id": care.NewID(), "title": "Walk with me"}},
		"givePage":            {path: map[string]string{"patientId": path["patientId"], "accountId": care.NewID()}, body: map[string]any{"id": care.NewID(), "module": "sleep"}},
		"takePageBack":        {path: map[string]string{"patientId": path["patientId"], "accountId": care.NewID(), "pageId": care.NewID()}},
		"putPageAway":         {path: map[string]string{"patientId": beside["patientId"], "pageId": care.NewID()}},
		"listMyGoalProposals": {path: beside}, "listGoalProposals": {path: path},
		"answerGoalProposal": {path: map[string]string{"patientId": path["patientId"], "proposalId": care.NewID()}, body: map[string]any{"answer": "left"}},
		"listCoping":         {}, "forgetCoping": {path: map[string]string{"copingId": care.NewID()}},
	})
}

// manyFamilies gives the lists of family and friends something to show.
func (c *clinic) manyFamilies(t *testing.T) {
	t.Helper()
	own := c.Chart(c.patient, c.patient.PatientID).Family
	for range 3 {
		if _, err := c.Chart(c.admin, c.patient.PatientID).Access.Lend(t.Context(), care.NewID(), access.LoanTerms{Kind: "phone", Label: "No. 7"}); err != nil {
			t.Fatal(err)
		}
		in, err := own.Invite(t.Context(), care.NewID(), family.InvitationTerms{From: "Sam", Name: "Mum", Relationship: "parent"})
		if err == nil {
			_, err = c.Care.Family.Tell(t.Context(), c.supporter, family.Coping{ID: care.NewID(), Coping: "hard"})
		}
		if err == nil {
			_, err = c.Care.Family.KeepGoal(t.Context(), c.supporter, care.NewID(), family.OwnGoalTerms{Kind: "task", Title: "Walk"})
		}
		if err == nil {
			_, err = c.Care.Family.ProposeGoal(t.Context(), c.supporter, c.patient.PatientID, care.NewID(), "Walk", "")
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Care.Family.Join(t.Context(), c.Supporter(c.other), "203.0.113.9", in.Code, true); err != nil {
			t.Fatal(err)
		}
		if _, err = own.Invite(t.Context(), care.NewID(), family.InvitationTerms{From: "Sam", Name: "Mum", Relationship: "parent"}); err != nil {
			t.Fatal(err)
		}
		c.besideAnother(t)
	}
}

// besideAnother gives the supporter a place beside one more patient.
func (c *clinic) besideAnother(t *testing.T) {
	t.Helper()
	p := c.Patient()
	in, err := c.Chart(p, p.PatientID).Family.Invite(t.Context(), care.NewID(), family.InvitationTerms{From: "Kim", Name: "Aunt", Relationship: "friend"})
	if err == nil {
		_, err = c.Care.Family.Join(t.Context(), c.supporter, "203.0.113.9", in.Code, true)
	}
	if err != nil {
		t.Fatal(err)
	}
}
