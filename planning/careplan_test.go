package planning_test

import (
	"slices"
	"testing"

	"handrail/care"
	"handrail/care/episodes"
	"handrail/care/medicines"
	"handrail/care/people"
	"handrail/care/referrals"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/comment"
	"handrail/models/disagreement"
	"handrail/models/episode"
	"handrail/models/medicine"
	"handrail/models/peer"
	"handrail/models/referral"
	"handrail/models/reminder"
)

// TestThePatientHearsOfProposalsAndMedicines: of a goal that family proposes, and of what a
// prescriber orders and stops; not of what they write down themselves.
func TestThePatientHearsOfProposalsAndMedicines(t *testing.T) {
	w := newPlannedClinic(t)
	_, err := w.own().Medicine.Add(t.Context(), care.NewID(), medicines.Order{Source: medicine.Elsewhere, Terms: medicine.Terms{Name: "ibuprofen"}})
	w.ok(err)
	w.turn()
	if got := w.refs(w.sam.AccountID); len(got) > 0 {
		t.Errorf("one's own line is told: %v", got)
	}
	mother := w.Supporter(w.sam)
	_, err = w.own().Family.GivePage(t.Context(), mother.AccountID, care.NewID(), "sleep", "")
	w.ok(err)
	_, err = w.Care.Family.ProposeGoal(t.Context(), mother, w.sam.PatientID, care.NewID(), "Walk with me", "")
	w.ok(err)
	id := care.NewID()
	_, err = w.Chart(w.doctor, w.sam.PatientID).Medicine.Add(t.Context(), id, medicines.Order{Source: medicine.Here, Terms: medicine.Terms{Name: "sertraline", Directions: "As we spoke."}})
	w.ok(err)
	w.turn()
	if got := w.refs(w.sam.AccountID); !slices.Equal(got, []string{"goal-proposal", "medicines"}) {
		t.Errorf("the patient is told of %v", got)
	}
	if got := w.refs(mother.AccountID); !slices.Equal(got, []string{"page"}) {
		t.Errorf("who was given a page is told of %v", got)
	}
}

// TestBothSidesHearOfTheCarePlan: the patient of a change by the team, the team of the
// patient's answer. One's own change is no news.
func TestBothSidesHearOfTheCarePlan(t *testing.T) {
	w := newPlannedClinic(t)
	add := func(base int64) careplan.Edit {
		return careplan.Edit{Base: base, Reason: "We spoke about it.", Items: []careplan.ItemEdit{{ID: care.NewID(), Kind: careplan.Step, Title: new("Call my sister")}}}
	}
	_, err := w.own().CarePlan.Change(t.Context(), add(1))
	w.ok(err)
	w.turn()
	if got := w.refs(w.sam.AccountID); len(got) > 0 {
		t.Errorf("one's own change is told: %v", got)
	}
	_, err = w.Chart(w.doctor, w.sam.PatientID).CarePlan.Change(t.Context(), add(2))
	w.ok(err)
	_, err = w.own().CarePlan.Say(t.Context(), 3, true, "")
	w.ok(err)
	w.turn()
	if got := w.refs(w.sam.AccountID); !slices.Equal(got, []string{"care-plan"}) {
		t.Errorf("the patient is told of %v", got)
	}
	if got := w.refs(w.doctor.AccountID); !slices.Contains(got, "care-plan-answered") {
		t.Errorf("the team is told of %v", got)
	}
}

// TestThePatientHearsOfReferrals: of one that the team makes, which waits for their name,
// and of what a partner says to it.
func TestThePatientHearsOfReferrals(t *testing.T) {
	w := newPlannedClinic(t)
	shelter, id := care.NewID(), care.NewID()
	_, err := w.Care.Referral.AddPartner(t.Context(), w.Admin, shelter, referral.PartnerTerms{Name: "Harbor House", Needs: []string{"housing"}, Capacity: 5, ReplyDays: 3})
	w.ok(err)
	pat, err := w.Care.People.CreateAccount(t.Context(), w.Admin, people.NewAccount{Role: models.RolePartner, Name: "Pat Harbor", PartnerID: shelter})
	w.ok(err)
	_, err = w.Chart(w.doctor, w.sam.PatientID).Referral.Refer(t.Context(), id, referral.Order{PartnerID: shelter, Need: "housing", Words: "A room, please."})
	w.ok(err)
	_, err = w.own().Referral.Sign(t.Context(), id, referrals.Signing{Until: w.Clock.Now().AddDate(0, 1, 0), Statements: []models.Statement{models.StatementRevocation},
		Signature: models.Signature{Name: w.sam.Name, Method: "typed"}})
	w.ok(err)
	_, err = w.Care.Referral.PartnerMove(t.Context(), w.SignIn(pat.ID).Session.Actor(), id, referral.Move{Status: referral.Accepted})
	w.ok(err)
	w.turn()
	if got := w.refs(w.sam.AccountID); !slices.Equal(got, []string{"referrals", "referrals"}) {
		t.Errorf("the patient is told of %v", got)
	}
}

// TestTheWayInAndOutIsTold: the patient hears that the intake began and how it ends, a peer
// who is asked and who agreed to a contract hear of it, and reminders stop as she chooses.
func TestTheWayInAndOutIsTold(t *testing.T) {
	w := newPlannedClinic(t)
	robin, rosa := w.Clinician(models.DisciplinePeer), w.Supporter(w.sam)
	profile, err := w.Care.Peer.Profile(t.Context(), robin)
	w.ok(err)
	_, err = w.Care.Peer.SetProfile(t.Context(), robin, profile.Version, peer.ProfileTerms{Open: true, Languages: []string{"en"}, Places: 2})
	w.ok(err)
	match, contract := care.NewID(), care.NewID()
	_, err = w.own().Peer.Ask(t.Context(), match, robin.AccountID, "I like walks.")
	w.ok(err)
	_, err = w.Care.Peer.Answer(t.Context(), robin, match, true)
	w.ok(err)
	_, err = w.own().Peer.Write(t.Context(), contract, rosa.AccountID, peer.Terms{Ask: []string{"Call me."}, Often: "weekly"})
	w.ok(err)
	_, err = w.Care.Peer.AnswerContract(t.Context(), rosa, contract, 1, true)
	w.ok(err)
	id := care.NewID()
	team := func() *episodes.Part { return w.Chart(w.doctor, w.sam.PatientID).Episode }
	_, err = team().Begin(t.Context(), id)
	w.ok(err)
	_, err = team().Move(t.Context(), id, episode.Active, "")
	w.ok(err)
	_, err = w.own().Medicine.Reconcile(t.Context(), care.NewID(), medicine.Reconciliation{Occasion: "discharge"})
	w.ok(err)
	day := w.Day(1)
	_, err = team().Write(t.Context(), id, episode.DischargeTerms{LeavesOn: day, Reason: "moves", Where: "Elm", Next: "Groups.", Reach: "Nora", PlanBy: day, SeesDay7: w.doctor.AccountID, Sees30: w.doctor.AccountID})
	w.ok(err)
	_, err = team().Discharge(t.Context(), id, nil)
	w.ok(err)
	w.turn()
	if got := w.refs(w.sam.AccountID); !slices.Equal(got, []string{"contract-answer", "intake", "peer-answer", "way-out", "way-out"}) {
		t.Errorf("the patient is told of %v", got)
	}
	if got := w.refs(robin.AccountID); !slices.Equal(got, []string{"peer-asked"}) {
		t.Errorf("the peer is told of %v", got)
	}
	if got := w.refs(rosa.AccountID); !slices.Equal(got, []string{"contract"}) {
		t.Errorf("the partner is told of %v", got)
	}
	if len(w.coming(w.sam, reminder.CheckIn)) == 0 {
		t.Error("she chose nothing, and is not asked any more")
	}
	_, err = w.own().Episode.Remind(t.Context(), id, episode.RemindVisits)
	w.ok(err)
	w.turn()
	if got := w.coming(w.sam, reminder.CheckIn); len(got) != 0 {
		t.Errorf("she wants visits alone, and is asked: %v", got)
	}
}

// TestBothSidesHearOfADisagreement: the team is asked for its positions and the patient for
// what they would have; who brings it to an end hears what that is, and all hear the outcome.
func TestBothSidesHearOfADisagreement(t *testing.T) {
	w := newPlannedClinic(t)
	nurse := w.Clinician(models.DisciplineNursing, w.sam)
	id := care.NewID()
	of := func(who models.Actor) *care.Chart { return w.Chart(who, w.sam.PatientID) }
	_, err := of(nurse).Disagreed.Raise(t.Context(), id, disagreement.Terms{Subject: disagreement.Care, Question: "Ward or home?", ForPatient: "Where do you want to be?", To: nurse.AccountID, DueAt: w.Clock.Now().AddDate(0, 0, 3)})
	w.ok(err)
	w.turn()
	if own, doctors := w.refs(w.sam.AccountID), w.refs(w.doctor.AccountID); !slices.Contains(own, "disagreement") || !slices.Contains(doctors, "disagreement") || slices.Contains(w.refs(nurse.AccountID), "disagreement") {
		t.Errorf("raised: %v %v", own, doctors)
	}
	_, err = of(w.sam).Disagreed.Prefer(t.Context(), id, "At home.")
	w.ok(err)
	w.turn()
	if got := w.refs(nurse.AccountID); !slices.Contains(got, "disagreement") {
		t.Errorf("who brings it to an end is told of %v", got)
	}
	before := len(w.refs(w.sam.AccountID))
	_, err = of(nurse).Disagreed.Settle(t.Context(), id, disagreement.Settling{Outcome: "Home.", ForPatient: "You stay at home.", Preference: disagreement.AsTheyWant})
	w.ok(err)
	w.turn()
	if got := w.refs(w.sam.AccountID); len(got) != before+1 {
		t.Errorf("the patient is told of %v", got)
	}
}

// TestWhoWroteItHearsOfAComment: its author, the team where they left; and of a note that was
// struck the patient and who treats them hear.
func TestWhoWroteItHearsOfAComment(t *testing.T) {
	w := newPlannedClinic(t)
	nurse := w.Clinician(models.DisciplineNursing, w.sam)
	of := func(who models.Actor) *care.Chart { return w.Chart(who, w.sam.PatientID) }
	goal, note := care.NewID(), care.NewID()
	_, err := w.own().Record.ProposeGoal(t.Context(), goal, models.GoalTerms{Title: "Sleep", Domain: "health"})
	w.ok(err)
	_, err = of(w.doctor).Record.AddGoalNote(t.Context(), goal, note, "Does not sleep.")
	w.ok(err)
	_, err = w.own().Comment.Add(t.Context(), care.NewID(), comment.About{Kind: comment.GoalNote, ID: note}, "I do.")
	w.ok(err)
	w.turn()
	if doctors, nurses := w.refs(w.doctor.AccountID), w.refs(nurse.AccountID); !slices.Contains(doctors, "comment-goal-note") || slices.Contains(nurses, "comment-goal-note") {
		t.Errorf("the author is told of %v, a colleague of %v", doctors, nurses)
	}
	before := len(w.refs(w.sam.AccountID))
	_, err = of(w.doctor).Record.StrikeGoalNote(t.Context(), goal, note, "Not hers.")
	w.ok(err)
	w.turn()
	own, doctors, nurses := w.refs(w.sam.AccountID), w.refs(w.doctor.AccountID), w.refs(nurse.AccountID)
	if len(own) != before+1 || !slices.Contains(nurses, "note-struck") || slices.Contains(doctors, "note-struck") {
		t.Errorf("struck: the patient is told of %v, a colleague of %v, the author of %v", own, nurses, doctors)
	}
}
