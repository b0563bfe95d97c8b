package handlers_test

import (
	"errors"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/visits"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/schedule"
)

// clinicVisits is what the patient of the matrix has booked, and the versions at
// which the office's lists stand.
type clinicVisits struct {
	id                    string
	version               int64
	hours, calendar, talk int64
	resource              string
	resourceVersion       int64
	conference            string
	conferenceVersion     int64
	feed                  string
	proposal              string
	series                string
	wait                  string // with an offer
	wish                  int64
}

// schedulingVisits adds what is about times and visits.
func (c *clinic) schedulingVisits(visits map[string]visit, path map[string]string) {
	match := func(version int64) map[string]string { return map[string]string{"If-Match": edge.ETag(version)} }
	hours := map[string]string{"accountId": c.therapist.AccountID}
	mine := map[string]string{"patientId": path["patientId"], "appointmentId": c.visits.id}
	with := map[string]any{"visitType": caretest.Talk.ID, "modality": "video", "roles": []any{map[string]any{"key": "therapist", "who": []string{c.therapist.AccountID}}}}
	held := maps.Clone(with)
	held["id"], held["patientId"], held["start"] = care.NewID(), path["patientId"], caretest.At(2, 10, 0)
	window := "from=" + caretest.At(2, 0, 0).Format(time.RFC3339) + "&to=" + caretest.At(3, 0, 0).Format(time.RFC3339)
	later := c.later()
	weekly := map[string]any{"start": caretest.At(5, 11, 0), "rrule": "FREQ=WEEKLY;COUNT=2", "visit": with}
	weeklyWithID := maps.Clone(weekly)
	weeklyWithID["id"] = care.NewID()
	series := map[string]string{"patientId": path["patientId"], "seriesId": c.visits.series}
	const first = "2026-03-12T11:00:00"
	place := map[string]string{"patientId": path["patientId"], "waitId": c.visits.wait}
	meeting := map[string]string{"conferenceId": c.visits.conference}
	maps.Copy(visits, map[string]visit{
		"readAvailability":         {path: hours},
		"setAvailability":          {path: hours, header: match(c.visits.hours), body: later},
		"previewAvailability":      {path: hours},
		"previewAvailabilityDraft": {path: hours, body: later},
		"readCalendar":             {path: hours, query: "?" + window},
		"listVisitTypes":           {},
		"setVisitType": {path: map[string]string{"visitTypeId": caretest.Talk.ID}, header: match(c.visits.talk), body: map[string]any{"name": "Talk", "minutes": 50,
			"modalities": []string{"video"}, "horizonDays": 90, "gridMinutes": 30, "bookableBy": []string{"patient", "clinician", "coordinator"}}},
		"readSiteCalendar":           {},
		"setSiteCalendar":            {header: match(c.visits.calendar), body: map[string]any{"sites": []any{}, "closures": []any{}}},
		"listResources":              {},
		"setResource":                {path: map[string]string{"resourceId": c.visits.resource}, header: match(c.visits.resourceVersion), body: map[string]any{"name": "Room 1"}},
		"findSlots":                  {query: "?patientId=" + path["patientId"] + "&visitType=talk&modality=video&role=discipline%3Dtherapy%3Bneed%3D1&" + window},
		"holdSlot":                   {body: held},
		"bookAppointment":            {body: map[string]any{"id": care.NewID(), "patientId": path["patientId"], "start": caretest.At(2, 10, 0), "visit": with}},
		"listAppointments":           {path: path},
		"readAppointment":            {path: mine},
		"readInvite":                 {path: mine},
		"readFHIRMetadata":           {},
		"readFHIRPatient":            {path: map[string]string{"id": path["patientId"]}},
		"listFHIRPatients":           {query: "?_id=" + path["patientId"]},
		"readFHIRPractitioner":       {path: map[string]string{"id": c.therapist.AccountID}},
		"listFHIRPractitioners":      {query: "?_id=" + c.therapist.AccountID},
		"findFHIRAppointments":       {query: "?patient=Patient/" + path["patientId"] + "&service-type=talk&start=" + caretest.At(2, 0, 0).Format(time.RFC3339) + "&end=" + caretest.At(3, 0, 0).Format(time.RFC3339) + "&practitioner=Practitioner/" + c.therapist.AccountID},
		"holdFHIRAppointment":        {body: taking(c.visits.proposal)},
		"bookFHIRAppointment":        {body: taking(c.visits.proposal)},
		"listFHIRMedicationRequests": {query: "?patient=Patient/" + path["patientId"]}, "listFHIRMedicationStatements": {query: "?patient=Patient/" + path["patientId"]}, "listFHIRAllergyIntolerances": {query: "?patient=Patient/" + path["patientId"]},
		"listFHIRAppointments": {query: "?patient=Patient/" + path["patientId"]},
		"readFHIRAppointment":  {path: map[string]string{"id": c.visits.id}},
		"listFHIRSchedules":    {query: "?actor=Practitioner/" + c.therapist.AccountID},
		"readFHIRSchedule":     {path: map[string]string{"id": c.therapist.AccountID}},
		"listFHIRSlots":        {query: "?schedule=Schedule/" + c.therapist.AccountID + "&start=ge2026-03-04&start=lt2026-03-06"},
		"readFHIRSlot":         {path: map[string]string{"id": c.therapist.AccountID + "." + strconv.FormatInt(caretest.At(3, 9, 0).Unix(), 10)}},
		"readBusyCalendar":     {path: hours},
		"setBusyCalendar":      {path: hours, body: map[string]any{"url": "https://cal.example/secret.ics"}},
		"endBusyCalendar":      {path: hours},
		"readCalendarFeed":     {}, "makeCalendarFeed": {}, "endCalendarFeed": {},
		"subscribeCalendar": {path: map[string]string{"token": c.visits.feed}},
		"cancelAppointment": {path: mine, header: match(c.visits.version),
			body: map[string]any{"reason": "pat-mt"}},
		"rescheduleAppointment": {path: mine, header: match(c.visits.version), body: map[string]any{"start": caretest.At(3, 10, 0)}},
		"moveAppointment":       {path: mine, header: match(c.visits.version), body: map[string]any{"to": "entered-in-error"}},
		"answerAppointment":     {path: mine, body: map[string]any{"answer": "accepted"}},
		"previewSeries":         {path: path, body: weekly},
		"bookSeries":            {path: path, body: weeklyWithID},
		"readVisitSeries":       {path: series},
		"cancelRest":            {path: series, header: match(1), body: map[string]any{"from": first, "reason": "pat"}},
		"rescheduleRest":        {path: series, header: match(1), body: map[string]any{"from": first, "start": caretest.At(10, 13, 0)}},
		"readVisitPreference":   {path: path},
		"setVisitPreference":    {path: path, header: match(c.visits.wish), body: c.wish()},
		"listWaitlist":          {path: path},
		"joinWaitlist":          {path: path, body: map[string]any{"id": care.NewID(), "visit": with}},
		"leaveWaitlist":         {path: place},
		"acceptOffer":           {path: place},
		"declineOffer":          {path: place},
		"callConference": {body: map[string]any{"id": care.NewID(), "start": caretest.At(5, 10, 0), "visitType": caretest.Talk.ID, "modality": "video", "who": []string{c.therapist.AccountID},
			"agenda": []any{map[string]any{"patientId": path["patientId"], "topic": "Rounds"}}}},
		"listConferences":        {query: "?" + window},
		"findConferenceSlots":    {query: "?visitType=talk&modality=video&who=" + c.therapist.AccountID + "&" + window},
		"readConference":         {path: meeting},
		"cancelConference":       {path: meeting, header: match(c.visits.conferenceVersion), body: map[string]any{"reason": "prov"}},
		"rescheduleConference":   {path: meeting, header: match(c.visits.conferenceVersion), body: map[string]any{"start": caretest.At(6, 11, 0)}},
		"answerConference":       {path: meeting, body: map[string]any{"answer": "accepted"}},
		"joinAppointment":        {path: mine},
		"readAppointmentQuality": {path: mine},
		"readVisitMessages":      {path: mine},
		"keepVisitMessages":      {path: mine},
	})
}

// later are other hours at each call, so that a change changes something.
func (c *clinic) later() schedule.Availability {
	a := caretest.Daily()
	a.NoticeMinutes = int(c.visits.hours)
	return a
}

// wish is another one at each call.
func (c *clinic) wish() map[string]any {
	return map[string]any{"windows": []any{map[string]any{"days": []string{"MO"}, "from": "09:00", "to": fmt.Sprintf("%d:00", 10+c.visits.wish%10)}}}
}

// schedule opens the therapist's hours and books a visit.
func (c *clinic) schedule(t testing.TB) {
	t.Helper()
	if c.visits.hours == 0 {
		c.Offer(caretest.Talk)
		c.Opens(c.therapist)
		c.visits = clinicVisits{hours: 2, calendar: 1, talk: 2, wish: 1, resource: care.NewID(), resourceVersion: 1}
	}
	c.subscribe(t)
	c.propose(t)
	c.book(t)
}

// taking asks $hold or $book for an Appointment.
func taking(id string) map[string]any {
	return map[string]any{"resourceType": "Parameters", "parameter": []any{map[string]any{"name": "appointment-reference", "valueReference": map[string]any{"reference": "Appointment/" + id}}}}
}

// propose asks for times in the patient's name.
func (c *clinic) propose(t testing.TB) {
	t.Helper()
	found, err := c.Chart(c.patient, c.patient.PatientID).Visits.Propose(t.Context(), visits.SlotQuestion{Ask: caretest.With(c.therapist), From: caretest.At(6, 0, 0), To: caretest.At(7, 0, 0), Limit: 3})
	if err != nil || len(found) == 0 {
		t.Fatal(found, err)
	}
	c.visits.proposal = found[0].ID
}

// subscribe makes the secret address of the patient's calendar.
func (c *clinic) subscribe(t testing.TB) {
	t.Helper()
	token, _, err := c.Care.Visits.NewCalendarFeed(t.Context(), c.patient)
	if err != nil {
		t.Fatal(err)
	}
	c.visits.feed = token
}

// book clears the patient's visits and books one.
func (c *clinic) book(t testing.TB) {
	t.Helper()
	own := c.Chart(c.patient, c.patient.PatientID)
	for q := (visits.VisitList{Limit: 100}); ; {
		page, err := own.Visits.Visits(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range page.Items {
			if v.Value.Status.May(schedule.Cancelled) {
				if _, err := own.Visits.CancelVisit(t.Context(), v.Value.ID, v.Version, "pat"); err != nil {
					t.Fatal(err)
				}
			}
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			break
		}
	}
	ask := caretest.With(c.therapist)
	ask.Roles = append(ask.Roles, visits.VisitRole{Key: "interpreter", Kind: schedule.Resource, Language: "es", Need: 1})
	v, err := own.Visits.BookDirect(t.Context(), care.NewID(), ask, caretest.At(4, 10, 0))
	if err != nil {
		t.Fatal(err)
	}
	c.visits.id, c.visits.version = v.Value.ID, v.Version
	s, err := own.Visits.BookSeries(t.Context(), care.NewID(), visits.SeriesAsk{Visit: caretest.With(c.therapist), Start: caretest.At(10, 11, 0), RRule: "FREQ=WEEKLY;COUNT=2"})
	if err != nil {
		t.Fatal(err)
	}
	c.visits.series = s.Value.ID
	c.wait(t, own)
	c.meet(t)
}

// wait puts the patient in the line and frees a time for them.
func (c *clinic) wait(t testing.TB, own *care.Chart) {
	t.Helper()
	list, err := own.Visits.Waitlist(t.Context())
	for _, v := range list {
		if err == nil {
			err = own.Visits.LeaveWaitlist(t.Context(), v.Value.ID)
		}
	}
	c.visits.wait = care.NewID()
	visit := caretest.With(c.therapist)
	if err == nil {
		_, err = own.Visits.JoinWaitlist(t.Context(), c.visits.wait, visits.WaitAsk{Visit: &visit})
	}
	freed, err2 := own.Visits.BookDirect(t.Context(), care.NewID(), visit, caretest.At(8, 10, 0))
	if err == nil && err2 == nil {
		_, err = own.Visits.CancelVisit(t.Context(), freed.Value.ID, freed.Version, "pat")
	}
	if err := errors.Join(err, err2, c.Care.Visits.OfferFreedTime(t.Context())); err != nil {
		t.Fatal(err)
	}
}

// meet calls a conference of the therapist with themselves, after calling off those
// that are.
func (c *clinic) meet(t testing.TB) {
	t.Helper()
	found, err := c.Care.Visits.Conferences(t.Context(), c.therapist, caretest.At(0, 0, 0), caretest.At(20, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		if _, err := c.Care.Visits.CancelConference(t.Context(), c.therapist, v.Value.ID, v.Version, "prov"); err != nil {
			t.Fatal(err)
		}
	}
	v, err := c.Care.Visits.CallConference(t.Context(), c.therapist, care.NewID(), visits.ConferenceAsk{VisitType: caretest.Talk.ID, Modality: schedule.Video, Who: []string{c.therapist.AccountID},
		Agenda: []visits.AgendaItem{{PatientID: c.patient.PatientID, Topic: "Rounds"}}}, caretest.At(6, 10, 0))
	if err != nil {
		t.Fatal(err)
	}
	c.visits.conference, c.visits.conferenceVersion = v.Value.ID, v.Version
}

// repairVisits undoes what a call did to the next callers.
func (c *clinic) repairVisits(t testing.TB, operationID string) {
	t.Helper()
	switch operationID {
	case "holdSlot", "bookAppointment", "cancelAppointment", "rescheduleAppointment", "moveAppointment", "bookSeries", "cancelRest", "rescheduleRest",
		"joinWaitlist", "leaveWaitlist", "acceptOffer", "declineOffer":
		c.book(t)
	case "callConference", "cancelConference", "rescheduleConference", "answerConference":
		c.meet(t)
	case "findFHIRAppointments":
		c.propose(t)
	case "holdFHIRAppointment", "bookFHIRAppointment":
		c.book(t)
		c.propose(t)
	case "makeCalendarFeed", "endCalendarFeed":
		c.subscribe(t)
	case "setAvailability":
		v, err := c.Care.Visits.Availability(t.Context(), c.Admin, c.therapist.AccountID)
		if err != nil {
			t.Fatal(err)
		}
		c.visits.hours = v.Version
	case "setVisitPreference":
		c.visits.wish++
	case "setVisitType":
		found, err := c.Care.Visits.VisitTypes(t.Context(), c.Admin)
		if err != nil || len(found) != 1 {
			t.Fatal(found, err)
		}
		c.visits.talk = found[0].Version
	case "setSiteCalendar":
		v, err := c.Care.Visits.SiteCalendar(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		c.visits.calendar = v.Version
	case "setResource":
		c.visits.resource, c.visits.resourceVersion = care.NewID(), 1
	}
}

func TestStrangersGetTheSameAnswerForSlotsAndHoldsAsForNobody(t *testing.T) {
	c := openClinic(t)
	for _, op := range operations() {
		if op.OperationID != "findSlots" && op.OperationID != "holdSlot" && op.OperationID != "bookAppointment" {
			continue
		}
		for _, who := range c.callers {
			if who.name != "other-patient" && who.name != "stranger-supporter" && who.name != "outside-therapist" {
				continue
			}
			real, none := c.visitFor(t, op.OperationID), c.visitFor(t, op.OperationID)
			nobody := care.NewID()
			none.query = strings.ReplaceAll(none.query, c.patient.PatientID, nobody)
			if body, ok := none.body.(map[string]any); ok {
				body["patientId"] = nobody
			}
			x, y := shape(t, c.call(t, op, real, who.token)), shape(t, c.call(t, op, none, who.token))
			if x != y || !strings.HasPrefix(x, "404") {
				t.Errorf("%s as %s: a patient gives %s, nobody gives %s", op.OperationID, who.name, x, y)
			}
		}
	}
}

func TestARefusedTimeTellsConflictsAndAlternatives(t *testing.T) {
	c := openClinic(t)
	v := c.visitFor(t, "rescheduleAppointment")
	v.body = map[string]any{"start": caretest.At(3, 20, 0)}
	for _, op := range operations() {
		if op.OperationID != "rescheduleAppointment" {
			continue
		}
		got := shape(t, c.call(t, op, v, c.callers[1].token))
		for _, want := range []string{"409", `"code":"outside-hours"`, `"help":`, `"alternatives":[{`, `"local":{`} {
			if !strings.Contains(got, want) {
				t.Errorf("no %s in %s", want, got)
			}
		}
	}
}

func FuzzVisitRole(f *testing.F) {
	for _, s := range []string{"discipline=therapy;need=1", "who=a|b;optional", "kind=resource;language=es;need=1", "from=30;minutes=20;who=a", ";;", "need=-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, ok := handlers.VisitRole(text)
		if ok && (r.Need < 0 || r.OffsetMinutes < 0 || r.Minutes < 0 || r.Discipline != "" && !models.Discipline(r.Discipline).Valid()) {
			t.Errorf("%q is read as %+v", text, r)
		}
	})
}
