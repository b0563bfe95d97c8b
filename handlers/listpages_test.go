package handlers_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/care/apps"
	"handrail/care/caretest"
	"handrail/care/people"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/comment"
	"handrail/models/crisisplan"
	"handrail/models/referral"
	"handrail/models/reminder"
	"handrail/models/schedule"
	"handrail/notify"
)

// short are lists with fewer than two things in the clinic of the tests, and why.
var short = map[string]string{
	"readAppointmentQuality": "nobody was in the room",
	"listEnrolmentCodes":     "a new one ends the one before",
	"listAlertDrills":        "one runs at a time",
	"listHelpCalls":          "nobody here was promised a call: planning/promises_test.go has them",
	"listMyHelpCalls":        "the same",
	"listPossibleGuests":     "one supporter may see visits",
	"reportMedicineRules":    "no order was interrupted: care/medicines has them",
}

// TestEveryListHasPages walks every list of the document: with a limit of 1 and more
// it gives the same things as at once, none twice; a cursor that it did not make is
// refused.
func TestEveryListHasPages(t *testing.T) {
	c := openClinic(t)
	c.plenty(t)
	foreign := map[string]string{"none of ours": "x", "no base64": "%%%", "long": strings.Repeat("A", 64)}
	c.referredTwice(t)
	lists := 0
	schemas := document().Components.Schemas
	for _, op := range operations() {
		if op.Method != http.MethodGet || !answersList(schemas, op) {
			continue
		}
		lists++
		l := &listWalk{t: t, c: c, op: op, v: c.visitFor(t, op.OperationID)}
		if !l.findReader() {
			t.Errorf("%s: nobody reads it", op.OperationID)
			continue
		}
		whole := l.walk(100)
		if len(whole) < 2 && short[op.OperationID] == "" {
			t.Errorf("%s has %d: too few to say anything", op.OperationID, len(whole))
		}
		for _, limit := range []int{1, 7} {
			if limit == 1 && len(whole) > 20 {
				limit = len(whole)/8 + 1
			}
			paged := l.walk(limit)
			if newer := len(paged) - len(whole); newer < 0 || newer > 0 && op.OperationID != "readAccessLog" || !slices.Equal(paged[newer:], whole) {
				t.Errorf("%s by %d gives %d, at once %d, or others", op.OperationID, limit, len(paged), len(whole))
			}
		}
		for name, cursor := range foreign {
			res, body := l.ask(3, cursor)
			if code, _ := body["code"].(string); res.StatusCode != 422 || code != "bad-cursor" && code != "invalid-input" {
				t.Errorf("%s, a cursor that is %s: %s %s", op.OperationID, name, res.Status, code)
			}
		}
		if l.next != "" {
			foreign[op.OperationID] = l.next
		}
	}
	if lists < 25 {
		t.Errorf("only %d lists", lists)
	}
}

// answersList tells whether an operation answers with a List.
func answersList(schemas huma.Registry, op *huma.Operation) bool {
	answer := op.Responses["200"]
	if answer == nil || answer.Content["application/json"] == nil {
		return false
	}
	s := answer.Content["application/json"].Schema
	if s.Ref != "" {
		s = schemas.SchemaFromRef(s.Ref)
	}
	return s.Properties["items"] != nil && s.Properties["next"] != nil
}

// listWalk reads one list page by page.
type listWalk struct {
	t     *testing.T
	c     *clinic
	op    *huma.Operation
	v     visit
	token string
	next  string // the last cursor that was given
}

// findReader takes who sees the most.
func (l *listWalk) findReader() bool {
	best := -1
	for _, who := range l.c.callers {
		res := l.c.call(l.t, l.op, l.v, who.token)
		var body struct{ Items []any }
		if res.StatusCode == 200 && json.NewDecoder(res.Body).Decode(&body) == nil && len(body.Items) > best {
			best, l.token = len(body.Items), who.token
		}
	}
	return best >= 0
}

func (l *listWalk) ask(limit int, cursor string) (*http.Response, map[string]any) {
	l.t.Helper()
	v := l.v
	sign := "?"
	if v.query != "" {
		sign = "&"
	}
	v.query += sign + "limit=" + strconv.Itoa(limit) + "&cursor=" + url.QueryEscape(cursor)
	res := l.c.call(l.t, l.op, v, l.token)
	var body map[string]any
	if err := json.NewDecoder(res.Body).Decode(&body); err != nil {
		l.t.Fatal(err)
	}
	return res, body
}

func (l *listWalk) walk(limit int) (all []string) {
	l.t.Helper()
	for cursor := ""; ; l.next = cursor {
		res, body := l.ask(limit, cursor)
		items, _ := body["items"].([]any)
		if res.StatusCode != 200 || len(items) > limit {
			l.t.Fatalf("%s by %d: %s, %d items %v", l.op.OperationID, limit, res.Status, len(items), body["code"])
		}
		for _, item := range items {
			text, err := json.Marshal(item)
			if err != nil {
				l.t.Fatal(err)
			}
			all = append(all, string(text))
		}
		if cursor, _ = body["next"].(string); cursor == "" {
			return all
		}
		if len(all) > 5000 {
			l.t.Fatalf("%s does not end", l.op.OperationID)
		}
	}
}

// plenty puts several things into every list of the clinic.
func (c *clinic) plenty(t *testing.T) {
	c.fill(t)
	c.manyFamilies(t)
	c.manyCarePlanVersions(t)
	c.agree(t)
	c.more(t, 0, 3)
}

// more puts one thing into every list for each number from one to before another, of
// which there are five.
func (c *clinic) more(t *testing.T, from, to int) {
	t.Helper()
	for range 3 {
		c.ownAlert(t)
	}
	own, ctx := c.Chart(c.patient, c.patient.PatientID), t.Context()
	var errs []error
	check := func(err error) {
		if err != nil {
			_, _, line, _ := runtime.Caller(1)
			errs = append(errs, fmt.Errorf("line %d: %w", line, err))
		}
	}
	for i := from; i < to; i++ {
		p := c.Patient()
		rosa, err := c.Care.People.CreateAccount(ctx, c.admin, people.NewAccount{Role: models.RoleGuardian, Name: "Rosa Diaz"})
		check(err)
		_, err = c.Chart(c.admin, c.patient.PatientID).People.RecordGuardian(ctx, rosa.ID, people.GuardianTerms{Basis: models.BasisCourtOrder, Document: "County court, 26-PR-118",
			GuardianSpan: models.GuardianSpan{From: c.Clock.Now(), Until: c.Clock.Now().AddDate(1, 0, 0)}, Signs: true})
		check(err)
		for _, who := range []models.Actor{c.therapist, c.newcomer} {
			_, err := c.Chart(c.admin, p.PatientID).People.JoinTeam(ctx, care.AnyVersion, who.AccountID, false)
			check(err)
		}
		check(c.aClosedChart(t))
		nurse := c.Clinician(models.DisciplineNursing)
		_, err = c.Chart(c.admin, c.patient.PatientID).People.JoinTeam(ctx, care.AnyVersion, nurse.AccountID, false)
		check(err)
		c.ownRota(t)
		c.ownProgramme(t)
		c.ownAlert(t)
		_, _, err = c.Care.Apps.Register(ctx, c.admin, apps.App{ID: care.NewID(), Name: "Diary", RedirectURIs: []string{"https://diary.example/"}})
		check(err)
		for _, who := range []models.Actor{c.therapist, nurse} {
			c.taskOf(t, who, false)
		}
		_, err = own.Record.SendCheckIn(ctx, care.NewID(), c.MoodToday())
		check(err)
		c.handoff(t, nurse, c.therapist)
		c.episodesTwice(t, i)
		c.beside(t)
		c.besideAnother(t)
		_, err = c.Care.Referral.PartnerMove(ctx, c.partner, c.referred(t, true), referral.Move{Status: referral.Rejected, Words: "No room."})
		check(err)
		c.disagreement(t, nurse, c.therapist)
		note := care.NewID()
		_, err = c.Chart(c.therapist, c.patient.PatientID).Record.AddGoalNote(ctx, c.goalID, note, "It went well.")
		check(err)
		_, err = own.Comment.Add(ctx, care.NewID(), comment.About{Kind: comment.GoalNote, ID: note}, "It was two days.")
		check(err)
		check(c.moreInTheChart(t, i))
		c.Share(c.patient, c.supporter, models.ScopeGoalsShared)
		_, err = own.Crisis.ReviewPlan(ctx, care.NewID(), crisisplan.ReviewTerms{Note: "Read it aloud."})
		check(err)
		_, err = own.Crisis.RehearsePlan(ctx, care.NewID(), crisisplan.RehearsalTerms{Opened: true, TookMillis: 300})
		check(err)
		other := c.patient
		other.SessionID = c.SignIn(c.patient.AccountID).Session.ID
		check(c.Chart(other, other.PatientID).Crisis.ReceivePlan(ctx, 1))
		c.SignIn(c.newcomer.AccountID)
		check(c.notify.Tell(ctx, notify.Note{AccountID: c.patient.AccountID, Kind: reminder.News, Key: "more" + strconv.Itoa(i)}))
		visit := caretest.With(c.therapist)
		_, err = own.Visits.JoinWaitlist(ctx, care.NewID(), visits.WaitAsk{Visit: &visit})
		check(err)
		_, err = own.Visits.BookDirect(ctx, care.NewID(), visit, caretest.At([]int{2, 2, 2, 15, 16}[i], 9+i, 0))
		check(err)
		_, err = c.Care.Visits.CallConference(ctx, c.therapist, care.NewID(), visits.ConferenceAsk{VisitType: caretest.Talk.ID, Modality: schedule.Video, Who: []string{c.therapist.AccountID},
			Agenda: []visits.AgendaItem{{PatientID: c.patient.PatientID, Topic: "Rounds"}}},
			caretest.At(2, []int{13, 14, 15, 12, 16}[i], 0))
		check(err)
		_, err = c.Care.People.BreakGlass(ctx, c.doctor, p.PatientID, care.NewID(), people.BreakGlassRequest{Affiliation: "Riverside Clinic", Reason: "overdose",
			Nature: "Found without breath at the door.", NoConsent: true})
		check(err)
		_, guide := c.guideline(t)
		c.newGuideline(t, guide)
		talk := caretest.Talk
		talk.ID += strconv.Itoa(i)
		_, err = c.Care.Visits.SetVisitType(ctx, c.admin, 1, talk)
		check(err)
		_, err = c.Care.Referral.AddPartner(ctx, c.admin, care.NewID(), referral.PartnerTerms{Name: "Food bank", Needs: []string{"food"}, Capacity: 5, ReplyDays: 3})
		check(err)
		_, err = c.Care.Visits.SetResource(ctx, c.admin, 1, visits.Resource{ID: care.NewID(), Name: "Room"})
		check(err)
	}
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}
