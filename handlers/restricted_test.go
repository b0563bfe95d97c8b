package handlers_test

import (
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"handrail/care"
	"handrail/care/people"
	"handrail/models"
)

// closeChart has the patient close their chart to all of the clinic but some.
func (c *clinic) closeChart(t *testing.T, readers ...models.Actor) {
	t.Helper()
	now, err := c.Care.People.Restriction(t.Context(), c.patient, c.patient.PatientID)
	if err != nil {
		t.Fatal(err)
	}
	terms := people.RestrictionTerms{Reason: models.RestrictedStaff}
	for _, r := range readers {
		terms.Readers = append(terms.Readers, r.AccountID)
	}
	_, err = c.Care.People.Restrict(t.Context(), c.patient, c.patient.PatientID, now.Version, terms)
	if err = errors.Join(err, c.Care.Alerts.Recheck(t.Context(), c.patient.PatientID), c.Care.Tasks.Recheck(t.Context(), c.patient.PatientID),
		c.Care.Messages.Recheck(t.Context(), c.patient.PatientID)); err != nil { // as the planner does
		t.Fatal(err)
	}
}

// ownWork are lists in which something that was given to somebody before stays theirs until
// it moves on: they see that there is something, and neither whose nor what.
var ownWork = []string{"listMyWork", "listWork", "listTasks", "readTask", "listAlerts", "readAlert", "readOpenWork"}

// TestNobodyOffTheListLearnsOfAClosedChart walks over all reads of the API as everybody of
// the clinic who is not on the list of a closed chart: colleagues of its team, others, the
// office, the administrator who keeps accounts. Nothing names the patient, or says what was
// written; what is asked for by the patient's id answers as nobody's does. Who is on the
// list reads as before, and so does family.
func TestNobodyOffTheListLearnsOfAClosedChart(t *testing.T) {
	c := openClinic(t)
	c.plenty(t)
	c.plant(t)
	officer := c.First(models.RoleAdministrator, "")
	if _, err := c.Care.People.SetPrivacyOfficer(t.Context(), c.admin, officer.AccountID, true); err != nil {
		t.Fatal(err)
	}
	asked, before := map[string]visit{}, map[string]int{}
	therapist := c.SignIn(c.therapist.AccountID).AccessToken
	for _, op := range operations() {
		if op.Method == http.MethodGet {
			asked[op.OperationID] = c.visitFor(t, op.OperationID)
			before[op.OperationID] = c.call(t, op, asked[op.OperationID], therapist).StatusCode
		}
	}
	c.closeChart(t, c.therapist)
	account, err := c.Care.People.ReadAccount(t.Context(), officer, c.patient.AccountID)
	if err != nil {
		t.Fatalf("the privacy officer keeps the account: %v", err)
	}
	secret := []string{c.patient.AccountID, account.Value.ID}
	for _, p := range planted {
		secret = append(secret, p.word)
	}
	reads, empty := 0, 0
	for _, who := range []models.Actor{c.peer, c.trainee, c.outside, c.doctor, c.coordinator, c.admin} {
		token := c.SignIn(who.AccountID).AccessToken
		for _, op := range operations() {
			v, is := asked[op.OperationID]
			if !is {
				continue
			}
			res := c.call(t, op, v, token)
			body, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			reads++
			what := op.OperationID + " as " + string(who.Role) + " " + string(who.Discipline)
			for _, word := range secret {
				if strings.Contains(string(body), word) {
					t.Errorf("%s tells %q: %d %.300s", what, word, res.StatusCode, body)
				}
			}
			if strings.Contains(string(body), c.patient.PatientID) && !strings.Contains(v.query, c.patient.PatientID) && !slices.Contains(ownWork, op.OperationID) {
				t.Errorf("%s names the patient: %d %.300s", what, res.StatusCode, body)
			}
			if v.path["patientId"] == c.patient.PatientID && strings.Contains(op.Path, "{patientId}") {
				none := v
				none.path = maps.Clone(v.path)
				none.path["patientId"] = care.NewID()
				if a, b := shape(t, c.call(t, op, v, token)), shape(t, c.call(t, op, none, token)); a != b {
					t.Errorf("%s: the patient gives\n%s, nobody gives\n%s", what, a, b)
				}
				empty++
			}
		}
	}
	if reads < 1000 || empty < 300 {
		t.Errorf("%d reads, %d by the patient's id", reads, empty)
	}
	for _, op := range operations() {
		if v, is := asked[op.OperationID]; is {
			if now := c.call(t, op, v, therapist).StatusCode; now != before[op.OperationID] {
				t.Errorf("%s: %d before and %d after, for who is on the list", op.OperationID, before[op.OperationID], now)
			}
		}
	}
}

// TestTheOfficeCannotComeInAsAPatientOfAClosedChart: no code, no session, no stop of the
// account, but by the privacy officer; and a new account of that id looks as nobody's.
func TestTheOfficeCannotComeInAsAPatientOfAClosedChart(t *testing.T) {
	c := openClinic(t)
	officer := c.First(models.RoleAdministrator, "")
	if _, err := c.Care.People.SetPrivacyOfficer(t.Context(), c.admin, officer.AccountID, true); err != nil {
		t.Fatal(err)
	}
	asked := map[string]visit{}
	for _, op := range operations() {
		if strings.HasPrefix(op.Path, "/v1/accounts/{accountId}") {
			asked[op.OperationID] = c.visitFor(t, op.OperationID)
		}
	}
	c.closeChart(t, c.therapist)
	for _, op := range operations() {
		v, is := asked[op.OperationID]
		if !is {
			continue
		}
		v.path = maps.Clone(v.path)
		for _, who := range []models.Actor{c.coordinator, c.admin} {
			token := c.SignIn(who.AccountID).AccessToken
			v.path["accountId"] = c.patient.AccountID
			real := c.call(t, op, v, token)
			v.path["accountId"] = care.NewID()
			none := c.call(t, op, v, token)
			if a, b := shape(t, real), shape(t, none); a != b {
				t.Errorf("%s as %s: the patient gives\n%s, nobody gives\n%s", op.OperationID, who.Role, a, b)
			}
		}
	}
	if _, err := c.Care.People.Restriction(t.Context(), c.admin, c.patient.PatientID); models.KindOf(err) != models.KindNotFound {
		t.Errorf("an administrator without the duty: %v", err)
	}
	if _, err := c.Care.Open(t.Context(), officer, c.patient.PatientID, models.PurposeOperations); models.KindOf(err) != models.KindNotFound {
		t.Errorf("the privacy officer opens the chart: %v", err)
	}
	seen, err := c.Care.People.Restriction(t.Context(), officer, c.patient.PatientID)
	if err != nil || !seen.Value.On || !seen.Value.MayChange || len(seen.Value.Choices) < 2 {
		t.Errorf("the officer sees %+v %v", seen.Value, err)
	}
	list, err := c.Care.People.RestrictedCharts(t.Context(), officer, "", 10)
	if err != nil || len(list.Items) != 1 {
		t.Errorf("the officer's list: %+v %v", list, err)
	}
	if _, err := c.Care.People.Unrestrict(t.Context(), officer, c.patient.PatientID, seen.Version); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Care.Open(t.Context(), c.peer, c.patient.PatientID, models.PurposeTreatment); err != nil {
		t.Errorf("open again, and the team can't read: %v", err)
	}
}

// aClosedChart makes a patient whose chart is closed, and one who is called as somebody who
// works here.
func (c *clinic) aClosedChart(t *testing.T) error {
	t.Helper()
	p := c.Patient()
	_, joins := c.Chart(c.admin, p.PatientID).People.JoinTeam(t.Context(), care.AnyVersion, c.therapist.AccountID, false)
	_, closes := c.Care.People.Restrict(t.Context(), p, p.PatientID, 1, people.RestrictionTerms{Reason: models.RestrictedAsked, Readers: []string{c.therapist.AccountID}})
	_, makes := c.Care.People.CreateAccount(t.Context(), c.admin, people.NewAccount{Role: models.RolePatient, Name: c.therapist.Name})
	return errors.Join(joins, closes, makes)
}
