package families_test

import (
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/access"
)

const needsNote, lentLabel = "Room without mirrors", "Tablet 7"

// newer gives a patient what no sharing opens to family: needs and a lent device.
func newer(t *testing.T, h *caretest.Clinic, p models.Actor) {
	t.Helper()
	own := h.Chart(p, p.PatientID)
	is, err := own.Access.Needs(t.Context())
	if err == nil {
		_, err = own.Access.SetNeeds(t.Context(), is.Version, access.Needs{Note: needsNote})
	}
	if err == nil {
		_, err = h.Chart(h.Admin, p.PatientID).Access.Lend(t.Context(), care.NewID(), access.LoanTerms{Kind: "tablet", Label: lentLabel})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// closed asks for all that the preview does not name: whatever was signed, it is refused,
// and of the proposals somebody reads their own alone.
func closed(t *testing.T, h *caretest.Clinic, ch *care.Chart, a models.Actor, patientID string) {
	t.Helper()
	_, needs := ch.Access.Needs(t.Context())
	_, loans := ch.Access.Loans(t.Context())
	_, proposals := ch.Family.Proposals(t.Context())
	_, checkIns := ch.Record.CheckIns(t.Context(), "", 10)
	_, medicines := ch.Medicine.List(t.Context())
	_, agreements := ch.Agreement.Agreements(t.Context())
	_, given := ch.Learn.Given(t.Context())
	_, handoffs := ch.Handoffs.Handoffs(t.Context(), "", 10)
	_, meetings := ch.Meetings.Meetings(t.Context(), "", 10)
	_, referrals := ch.Referral.Referrals(t.Context(), "", 100)
	for what, err := range map[string]error{"needs": needs, "lent devices": loans, "proposals": proposals, "check-ins": checkIns, "medicines": medicines,
		"agreements": agreements, "pages of the team": given, "handoffs": handoffs, "meetings": meetings, "referrals": referrals} {
		if models.KindOf(err) != models.KindForbidden {
			t.Fatalf("the preview names no %s, and they are answered: %v", what, err)
		}
	}
	if mine, err := h.Care.Family.MyProposals(t.Context(), a, patientID); err != nil || len(mine) != 1 || mine[0].By.AccountID != a.AccountID || mine[0].GoalID != "" {
		t.Fatalf("their own proposal: %+v, %v", mine, err)
	}
}
