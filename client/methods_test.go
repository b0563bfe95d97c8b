package client_test

import (
	"iter"
	"slices"
	"testing"

	"handrail/care/caretest"
	"handrail/client"
	"handrail/models"
)

// count walks a list to its end.
func count[T any](t *testing.T, list iter.Seq2[T, error]) (n int) {
	t.Helper()
	for _, err := range list {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}

// What no end-to-end test calls, against the real server.
func TestTheOffice(t *testing.T) {
	s, ctx := newServer(t), t.Context()
	office := s.client()
	if _, err := office.Enrol(ctx, s.code(models.RoleAdministrator), client.Device{ID: client.NewID(), Name: "Desk", Platform: "web"}); err != nil {
		t.Fatal(err)
	}
	made, err := office.CreateAccount(ctx, client.NewAccount{Role: "patient", Name: "Ana Gil", Language: "es"})
	if err != nil {
		t.Fatal(err)
	}
	code, err := office.NewEnrolmentCode(ctx, made.ID)
	if err != nil {
		t.Fatal(err)
	}
	phone := s.client()
	if _, err := phone.Enrol(ctx, code.Code, client.Device{ID: client.NewID(), Name: "Phone"}); err != nil {
		t.Fatal(err)
	}
	if n := count(t, office.Accounts(ctx, "patient")); n != 1 {
		t.Errorf("%d patients", n)
	}
	if a, b := count(t, office.AccountSessions(ctx, made.ID)), count(t, phone.MySessions(ctx)); a != 1 || b != 1 {
		t.Errorf("%d and %d sessions", a, b)
	}
	a, err := office.Account(ctx, made.ID)
	if err == nil {
		a, err = office.SetAccountStatus(ctx, a, "suspended")
	}
	if err != nil || a.Value.Status != "suspended" {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := phone.Me(ctx); !client.IsCode(err, "sign-in-ended") {
		t.Error(err)
	}
}

func TestTheLifeOfAGoal(t *testing.T) {
	s, ctx := newServer(t), t.Context()
	_, chart := s.patient()
	g, err := chart.ProposeGoal(ctx, client.GoalTerms{Title: "Walk", Domain: "health"})
	if err == nil {
		g, err = chart.MoveGoal(ctx, g, "active", "")
	}
	if err == nil {
		g, err = chart.AddMilestone(ctx, g, client.MilestoneTerms{Title: "To the bridge"})
	}
	if err == nil {
		g, err = chart.EditMilestone(ctx, g, g.Value.Milestones[0].ID, client.MilestoneTerms{Title: "To the bridge", Status: "done"})
	}
	if err == nil {
		_, err = chart.AddGoalNote(ctx, g.Value.ID, "A good week.")
	}
	if err != nil {
		t.Fatal(err)
	}
	if g.Value.LifecycleStatus != "active" || g.Value.Milestones[0].Status != "done" || g.Value.Milestones[0].DoneAt.IsZero() || count(t, chart.GoalNotes(ctx, g.Value.ID)) != 1 {
		t.Errorf("%+v", g)
	}
	if count(t, chart.AccessLog(ctx)) == 0 {
		t.Error("nobody looked")
	}
}

// A time is found, held by its whole ask, booked and called off.
func TestATimeIsHeldAndBooked(t *testing.T) {
	s, ctx := newServer(t), t.Context()
	patient := s.house.Patient()
	therapist := s.house.Clinician(models.DisciplineTherapy, patient)
	s.house.Offer(caretest.Talk)
	s.house.Opens(therapist)
	c := s.client(client.WithSignIn(client.SignIn{AccessToken: s.house.SignIn(patient.AccountID).AccessToken}))
	ask := client.VisitAsk{VisitType: caretest.Talk.ID, Modality: "video", Roles: []client.VisitRole{{Key: "therapist", Kind: "clinician", Discipline: "therapy", Need: 1, Minutes: 10, Optional: true},
		{Key: "same", Who: []string{therapist.AccountID}}}}
	_, err := c.HoldSlot(ctx, client.NewHold{PatientID: patient.PatientID, Start: caretest.At(2, 3, 0), VisitAsk: ask})
	if !client.IsCode(err, "time-not-possible") {
		t.Errorf("at night: %v", err)
	}
	ask.Roles = ask.Roles[1:]
	for free, err := range c.Slots(ctx, client.SlotQuery{PatientID: patient.PatientID, Visit: ask, From: caretest.At(2, 9, 0), To: caretest.At(2, 17, 0)}) {
		if err != nil {
			t.Fatal(err)
		}
		held, err := c.HoldSlot(ctx, client.NewHold{PatientID: patient.PatientID, Start: free.Start, VisitAsk: ask})
		if err != nil {
			t.Fatal(err)
		}
		booked, err := c.Book(ctx, client.NewAppointment{PatientID: patient.PatientID, HoldID: held.Value.ID})
		if err == nil {
			booked, err = c.Chart(patient.PatientID).CancelAppointment(ctx, booked, "pat")
		}
		if err != nil || booked.Value.ID != held.Value.ID || booked.Value.Status != "cancelled" {
			t.Errorf("%+v, %v", booked, err)
		}
		break
	}
	var all []string
	for v, err := range c.Chart(patient.PatientID).Appointments(ctx, client.AppointmentQuery{From: caretest.At(1, 0, 0), Latest: true}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, v.Value.Status)
	}
	if !slices.Equal(all, []string{"cancelled"}) {
		t.Error(all)
	}
}
