package visits_test

import (
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/people"
	"handrail/care/videovisit"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

// interpreted asks for a talk with an interpreter.
func interpreted(clinician models.Actor) visits.VisitAsk {
	ask := caretest.With(clinician)
	ask.Roles = append(ask.Roles, visits.VisitRole{Key: "interpreter", Kind: schedule.Resource, Language: "es", Need: 1})
	return ask
}

// TestAnInterpreterIsSomebodyWhoComes: booked by language, they find the visit, nothing
// else of the chart, nor other visits, and come as the interpreter.
func TestAnInterpreterIsSomebodyWhoComes(t *testing.T) {
	v := openClinic(t)
	view := must[care.Versioned[visits.VisitView]](t)
	ana, other := v.Interpreter("es"), v.Interpreter("fr")
	if _, err := v.Care.Open(t.Context(), ana, v.patient.PatientID, models.PurposeOf(ana.Role)); models.KindOf(err) != models.KindNotFound {
		t.Fatalf("before they are booked: %v", err)
	}
	alone := view(v.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.one), caretest.At(3, 10, 0)))
	held := view(v.own.Visits.Hold(t.Context(), care.NewID(), interpreted(v.one), caretest.At(2, 10, 0)))
	if _, err := v.Care.Open(t.Context(), ana, v.patient.PatientID, models.PurposeOf(ana.Role)); models.KindOf(err) != models.KindNotFound {
		t.Fatalf("while the patient decides: %v", err)
	}
	booked := view(v.own.Visits.Book(t.Context(), held.Value.ID))
	if i := slices.IndexFunc(booked.Value.Participants, func(p visits.ParticipantView) bool { return p.Who == ana.AccountID }); booked.Value.Status != schedule.Booked ||
		i < 0 || booked.Value.Participants[i].Name != ana.Name || booked.Value.Participants[i].Status != schedule.Accepted {
		t.Fatalf("%+v", booked.Value.VisitDetails)
	}

	charts, err := v.Care.People.Patients(t.Context(), ana, "", 10)
	if err != nil || len(charts.Items) != 1 || charts.Items[0].ID != v.patient.PatientID || charts.Items[0].Why != models.BasisVisit {
		t.Fatalf("%+v, %v", charts, err)
	}
	if charts, err := v.Care.People.Patients(t.Context(), other, "", 10); err != nil || len(charts.Items) != 0 {
		t.Fatalf("an interpreter of another language: %+v, %v", charts, err)
	}
	ch := v.Chart(ana, v.patient.PatientID)
	seen, err := ch.Visits.Visits(t.Context(), visits.VisitList{Limit: 10})
	if err != nil || len(seen.Items) != 1 {
		t.Fatalf("%+v, %v", seen, err)
	}
	got := seen.Items[0].Value
	if got.ID != booked.Value.ID || got.VisitDetails != nil || got.JoinWindow == nil || got.Interprets == nil || got.Interprets.Language != "es" || got.Interprets.Modality != schedule.Video {
		t.Errorf("%+v", got)
	}
	_, err = ch.Visits.Visit(t.Context(), alone.Value.ID)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")

	for name, try := range map[string]func() error{
		"profile":    func() error { _, err := ch.People.Profile(t.Context()); return err },
		"team":       func() error { _, err := ch.People.CareTeam(t.Context()); return err },
		"goals":      func() error { _, err := ch.Record.Goals(t.Context(), "", 10); return err },
		"check-ins":  func() error { _, err := ch.Record.CheckIns(t.Context(), "", 10); return err },
		"consents":   func() error { _, err := ch.People.Consents(t.Context(), "", 10); return err },
		"access log": func() error { _, err := ch.People.AccessLog(t.Context(), "en", "", 10); return err },
		"cancel":     func() error { _, err := ch.Visits.CancelVisit(t.Context(), got.ID, booked.Version, "prov"); return err },
		"move": func() error {
			_, err := ch.Visits.Reschedule(t.Context(), got.ID, booked.Version, caretest.At(4, 10, 0))
			return err
		},
		"messages":     func() error { _, err := ch.Video.VisitMessages(t.Context(), got.ID); return err },
		"quality":      func() error { _, _, err := ch.Video.VideoReports(t.Context(), got.ID); return err },
		"other's room": func() error { _, err := ch.Video.JoinVideo(t.Context(), alone.Value.ID); return err },
	} {
		if k := models.KindOf(try()); k != models.KindForbidden && k != models.KindNotFound {
			t.Errorf("%s: %v", name, k)
		}
	}

	guest, err := ch.Video.JoinVideo(t.Context(), got.ID)
	if err != nil || guest.Role != videovisit.VideoInterpreter || guest.Name != ana.Name {
		t.Errorf("%+v, %v", guest, err)
	}
	room, err := v.Care.Video.VideoVisit(t.Context(), got.ID)
	if err != nil || !slices.Contains(room.Expects, guest) || len(room.Expects) != 3 {
		t.Errorf("%+v, %v", room, err)
	}

	log, err := v.own.People.AccessLog(t.Context(), "en", "", 50)
	if err != nil || !slices.ContainsFunc(log.Items, func(e people.AccessEntry) bool {
		return e.Who == ana.Name && e.Role == "Interpreter" && e.Why == "They interpret in a visit of yours."
	}) {
		t.Errorf("the patient does not read of it: %+v, %v", log.Items, err)
	}

	v.Clock.Set(got.End.Add(visits.VideoClosesAfter + time.Minute))
	if _, err := v.Care.Open(t.Context(), ana, v.patient.PatientID, models.PurposeOf(ana.Role)); models.KindOf(err) != models.KindNotFound {
		t.Errorf("when the visit is over: %v", err)
	}
}

// TestAnInterpretersNoIsSeen by the patient, and shuts them out; the visit is not called
// booked any more.
func TestAnInterpretersNoIsSeen(t *testing.T) {
	v := openClinic(t)
	view := must[care.Versioned[visits.VisitView]](t)
	ana := v.Interpreter("es")
	booked := view(v.own.Visits.BookDirect(t.Context(), care.NewID(), interpreted(v.one), caretest.At(2, 10, 0)))
	ch := v.Chart(ana, v.patient.PatientID)
	view(ch.Visits.AnswerVisit(t.Context(), booked.Value.ID, schedule.Declined))
	now := view(v.own.Visits.Visit(t.Context(), booked.Value.ID))
	if now.Value.Status != schedule.Pending {
		t.Errorf("it is %s", now.Value.Status)
	}
	if _, err := v.Care.Video.VideoGuest(t.Context(), booked.Value.ID, ana.AccountID); models.KindOf(err) != models.KindNotFound {
		t.Errorf("into the room: %v", err)
	}
	if _, err := v.Care.Open(t.Context(), ana, v.patient.PatientID, models.PurposeOf(ana.Role)); models.KindOf(err) != models.KindNotFound {
		t.Errorf("into the chart: %v", err)
	}
}

// TestNobodyIsBookedAsAnInterpreter: a language without somebody who has an account can't
// be booked, nor kept as one; and who is suspended is not shown as booked.
func TestNobodyIsBookedAsAnInterpreter(t *testing.T) {
	v := openClinic(t)
	_, err := v.own.Visits.BookDirect(t.Context(), care.NewID(), interpreted(v.one), caretest.At(2, 10, 0))
	if models.KindOf(err) != models.KindConflict {
		t.Errorf("without an interpreter: %v", err)
	}
	for _, id := range []string{care.NewID(), v.one.AccountID, v.supporter.AccountID} {
		_, err = v.Care.Visits.SetResource(t.Context(), v.Admin, 1, visits.Resource{ID: id, Name: "Agency", Languages: []string{"es"}})
		caretest.WantKind(t, err, models.KindInvalid, "interpreter-needs-account")
	}
	ana := v.Interpreter("es")
	booked, err := v.own.Visits.BookDirect(t.Context(), care.NewID(), interpreted(v.one), caretest.At(2, 10, 0))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Care.People.Suspend(t.Context(), v.Admin, care.AnyVersion, ana.AccountID, true); err != nil {
		t.Fatal(err)
	}
	now, err := v.own.Visits.Visit(t.Context(), booked.Value.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range now.Value.Participants {
		if p.Who == ana.AccountID && p.Status != schedule.NeedsAction {
			t.Errorf("shown as %s", p.Status)
		}
	}
	list, err := v.Care.Visits.ListResources(t.Context())
	if err != nil || len(list) != 1 || list[0].Value.Bookable {
		t.Errorf("%+v, %v", list, err)
	}
	if _, err = v.own.Visits.BookDirect(t.Context(), care.NewID(), interpreted(v.one), caretest.At(5, 10, 0)); models.KindOf(err) != models.KindConflict {
		t.Errorf("with one who is suspended: %v", err)
	}
}
