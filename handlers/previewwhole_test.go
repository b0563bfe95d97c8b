package handlers_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/models"
	"handrail/models/access"
	"handrail/models/crisisplan"
	"handrail/models/message"
)

// shownToFamily are the reads that a consent can open to a supporter, and the part of the
// preview that shows the same. Each list has the very same items there.
var shownToFamily = map[string]string{
	"listAppointments": "visits", "readAppointment": "visits", "readInvite": "visits", "listFHIRAppointments": "visits", "readFHIRAppointment": "visits",
	"readVisitSeries": "visits", "listWaitlist": "visits", "readVisitPreference": "visits", // the last two say that nobody waits and wishes for nothing
	"listGoals": "goals", "readGoal": "goals",
	"readCrisisPlan": "crisisPlan",
	"listThreads":    "threads", "readThread": "threads", "listMessages": "threads",
	"listPatients": "patient", "listFHIRPatients": "patient",
}

// notThePatients are the other reads that answer a supporter who is signed in: what is
// their own, and what the site tells everybody who has an account. None has a word of the
// patient's record; what needs no sign-in is not even listed.
var notThePatients = map[string]string{
	"readMe": "their account", "listMySessions": "theirs", "listMyWays": "theirs", "listMyProviders": "theirs", "listMyApps": "theirs",
	"listOwnGoals": "theirs", "listCoping": "theirs", "readMyEducation": "theirs", "listMyContracts": "what they were asked", "listMyHelpCalls": "calls to them",
	"listMySupporting": "their places: the name that the patient chose, the words, what is open", "listMyGoalProposals": "what they proposed",
	"listReminders": "theirs", "listComingReminders": "theirs", "readNotificationSettings": "theirs", "readPushDevice": "theirs", "readCalendarFeed": "whether they have one",
	"sync":                  "that nothing changed: of a part nobody learns by it",
	"listFHIRPractitioners": "the clinic's people", "listConferences": "the clinic's people alone are in any", "listCarePlanActivities": "the site's list", "listCarePlanAuthority": "the site's list", "listCarePlanMeasures": "the program's list",
	"listQuestions": "the site's", "listInstruments": "the site's", "readInstrument": "the site's", "listResources": "the site's", "listVisitTypes": "the site's", "readSiteCalendar": "the site's", "readMessageHours": "the site's",
}

// sameAsThePreview are the reads of which the preview has every item.
var sameAsThePreview = map[string]bool{"listAppointments": true, "listGoals": true, "listThreads": true, "listPatients": true, "readCrisisPlan": true}

// planted is a word that stands in one place of the record alone, and the part of the
// preview that shows it; "": nothing shows it to family.
var planted = []struct{ word, part string }{
	{"Goldcrest", "goals"}, {"Nuthatch", ""}, {"Bullfinch", "threads"}, {"Lapwing", ""}, {"Whinchat", ""}, {"Dunnock", ""},
}

// The preview shows all that a supporter can be shown, whatever was signed: each read of
// the document is asked as they would, so that a new one that a consent opens is not
// forgotten. Over random consents and choices, as things are and for what is signed next.
func TestThePreviewShowsAllThatIsOpen(t *testing.T) {
	c := openClinic(t)
	c.plenty(t)
	c.plant(t)
	own := c.Chart(c.patient, c.patient.PatientID)
	token := c.SignIn(c.patient.AccountID).AccessToken
	random := rand.New(rand.NewPCG(16, 6))
	seenOpen := map[string]int{}
	for round := range len(models.SupporterScopes) {
		mum := c.Supporter(c.patient)
		conversation := c.conversationWith(t, mum)
		for i := range random.IntN(3) {
			c.signs(t, mum, random, i == 1 && random.IntN(2) == 0)
		}
		if _, err := own.Crisis.SharePlan(t.Context(), "*", mum.AccountID, []crisisplan.Section{crisisplan.Sections[random.IntN(len(crisisplan.Sections))]}); err != nil {
			t.Fatal(err)
		}
		c.likeThePreview(t, round, "as things are", token, mum, conversation, nil, seenOpen)
		next := []models.Scope{models.SupporterScopes[round%len(models.SupporterScopes)]}
		c.likeThePreview(t, round, "what is signed next", token, mum, conversation, next, seenOpen)
		if err := own.Family.Remove(t.Context(), mum.AccountID); err != nil {
			t.Fatal(err)
		}
		c.likeThePreview(t, round, "after the removal", "", mum, conversation, nil, seenOpen)
	}
	for op, part := range shownToFamily {
		if seenOpen[op] == 0 {
			t.Errorf("%s, which shows %s, was open to nobody", op, part)
		}
	}
}

// plant puts the words of planted where they stand.
func (c *clinic) plant(t *testing.T) {
	t.Helper()
	own, team := c.Chart(c.patient, c.patient.PatientID), c.Chart(c.therapist, c.patient.PatientID)
	_, shared := own.Record.ProposeGoal(t.Context(), care.NewID(), models.GoalTerms{Title: "Goldcrest", Domain: "health", Shared: true})
	_, kept := own.Record.ProposeGoal(t.Context(), care.NewID(), models.GoalTerms{Title: "Nuthatch", Domain: "health"})
	_, own1 := team.Messages.Begin(t.Context(), care.NewID(), message.Opening{Kind: message.WithPatient, Subject: "Lapwing", First: message.Draft{ID: care.NewID(), Text: "Hello", Urgency: message.Routine}})
	needs, err := own.Access.Needs(t.Context())
	if err == nil {
		_, err = own.Access.SetNeeds(t.Context(), needs.Version, access.Needs{Note: "Whinchat"})
	}
	_, lent := c.Chart(c.admin, c.patient.PatientID).Access.Lend(t.Context(), care.NewID(), access.LoanTerms{Kind: "tablet", Label: "Dunnock"})
	if err := errors.Join(shared, kept, own1, err, lent); err != nil {
		t.Fatal(err)
	}
}

// conversationWith begins one with a supporter, by a consent that is taken back then.
func (c *clinic) conversationWith(t *testing.T, mum models.Actor) string {
	t.Helper()
	id, consent := care.NewID(), c.Share(c.patient, mum, models.ScopeMessagesShared)
	_, err := c.Chart(c.therapist, c.patient.PatientID).Messages.Begin(t.Context(), id, message.Opening{Kind: message.WithFamily, Supporter: mum.AccountID,
		Subject: "Bullfinch", First: message.Draft{ID: care.NewID(), Text: "How was it?", Urgency: message.Routine}})
	if err == nil {
		err = c.Chart(c.patient, c.patient.PatientID).People.RevokeConsent(t.Context(), consent.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (c *clinic) signs(t *testing.T, mum models.Actor, random *rand.Rand, deny bool) {
	t.Helper()
	scopes := slices.Clone(models.SupporterScopes)
	random.Shuffle(len(scopes), func(i, j int) { scopes[i], scopes[j] = scopes[j], scopes[i] })
	end := c.Clock.Now().Add(30 * 24 * time.Hour)
	terms := models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Permit, Recipient: mum.AccountID, Scopes: scopes[:1+random.IntN(len(scopes))],
		Purposes: []models.Purpose{models.PurposeFamily}, Expiry: models.Expiry{At: &end},
		Statements: []models.Statement{models.StatementRevocation}, Signature: models.Signature{Name: "Sam", Method: "typed"}}
	if deny {
		terms.Provision = models.Deny
	}
	if _, err := c.Chart(c.patient, c.patient.PatientID).People.GiveConsent(t.Context(), care.NewID(), terms); err != nil {
		t.Fatal(err)
	}
}

// likeThePreview asks the preview with the patient's token ("": somebody who was removed
// sees nothing), signs what it was asked for, and holds every read of the document against it.
func (c *clinic) likeThePreview(t *testing.T, round int, what, token string, mum models.Actor, conversation string, next []models.Scope, seenOpen map[string]int) {
	t.Helper()
	preview := map[string]json.RawMessage{}
	if token != "" {
		res := c.call(t, opOf(t, "previewSharing"), visit{path: map[string]string{"patientId": c.patient.PatientID}, body: map[string]any{"accountId": mum.AccountID, "scopes": next}}, token)
		if err := json.NewDecoder(res.Body).Decode(&preview); err != nil || res.StatusCode != http.StatusOK {
			t.Fatal(res.Status, err)
		}
	}
	if next != nil {
		c.Share(c.patient, mum, next...)
	}
	theirs := c.SignIn(mum.AccountID).AccessToken
	for _, op := range operations() {
		if op.Method != http.MethodGet || op.Security != nil && len(op.Security) == 0 {
			continue
		}
		v := c.visitFor(t, op.OperationID)
		switch op.OperationID {
		case "listThreads":
			v.query = "?limit=50&patientId=" + c.patient.PatientID
		case "readThread", "listMessages":
			v.path = map[string]string{"threadId": conversation}
		case "listAppointments":
			v.query = "?order=latest&limit=50"
		case "listGoals":
			v.query = "?limit=50"
		}
		res := c.call(t, op, v, theirs)
		read, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		body := string(read)
		is := fmt.Sprintf("round %d, %s: %s", round, what, op.OperationID)
		part := shownToFamily[op.OperationID]
		shown, open := preview[part]
		if res.StatusCode < 300 {
			seenOpen[op.OperationID]++
			c.holdsWords(t, is, part, body, preview)
			if part == "" {
				if _, ok := notThePatients[op.OperationID]; !ok {
					t.Errorf("%s answers a supporter. Has the preview a part for it?", is)
				}
				continue
			}
		}
		if part == "" {
			continue
		}
		whole := sameAsThePreview[op.OperationID]
		if ok := res.StatusCode < 300; part != "patient" && (whole && ok != open || ok && !open) {
			t.Errorf("%s: %s, and the preview has it: %v", is, res.Status, open)
		}
		if whole && open {
			sameItems(t, is, part, shown, body)
		}
	}
	for _, one := range oneOfThePreview {
		c.oneByOne(t, fmt.Sprintf("round %d, %s: %s", round, what, one.op), one, preview[one.part], theirs)
	}
}

// oneOfThePreview are the reads of one thing of which the preview has a list: each thing of
// the record is open by itself exactly when it is there, and says the same.
var oneOfThePreview = []ofThePreview{
	{"listAppointments", "?order=latest&limit=50", "readAppointment", "appointmentId", "visits"},
	{"listAppointments", "?order=latest&limit=50", "readInvite", "appointmentId", "visits"},
	{"listGoals", "?limit=50", "readGoal", "goalId", "goals"},
	{"listThreads", "?limit=50", "readThread", "threadId", "threads"},
	{"listThreads", "?limit=50", "listMessages", "threadId", "threads"},
}

type ofThePreview struct{ list, query, op, id, part string }

// oneByOne asks for each thing that the patient has, as the supporter would.
func (c *clinic) oneByOne(t *testing.T, is string, one ofThePreview, shown json.RawMessage, theirs string) {
	t.Helper()
	var there, open struct{ Items []map[string]any }
	v := c.visitFor(t, one.list)
	v.query = one.query
	if one.list == "listThreads" {
		v.query += "&patientId=" + c.patient.PatientID
	}
	res := c.call(t, opOf(t, one.list), v, c.SignIn(c.patient.AccountID).AccessToken)
	err := json.NewDecoder(res.Body).Decode(&there)
	if shown != nil {
		err = errors.Join(err, json.Unmarshal(shown, &open.Items))
	}
	if err != nil || len(there.Items) == 0 {
		t.Fatal(is, len(there.Items), err)
	}
	asked := c.visitFor(t, one.op)
	for _, item := range there.Items {
		id := item["id"].(string)
		path := maps.Clone(asked.path)
		if path == nil {
			path = map[string]string{}
		}
		path[one.id] = id
		res := c.call(t, opOf(t, one.op), visit{path: path}, theirs)
		at := slices.IndexFunc(open.Items, func(i map[string]any) bool { return i["id"] == id })
		if ok := res.StatusCode < 300; ok != (at >= 0) {
			t.Errorf("%s of %s: %s, and the preview has it: %v", is, id, res.Status, at >= 0)
			continue
		}
		if at < 0 || one.op == "readInvite" || one.op == "listMessages" {
			continue
		}
		var says map[string]any
		if err := json.NewDecoder(res.Body).Decode(&says); err != nil {
			t.Fatal(is, err)
		}
		delete(says, "$schema")
		if !reflect.DeepEqual(says, open.Items[at]) {
			t.Errorf("%s: the preview has\n%v\nand the answer\n%v", is, open.Items[at], says)
		}
	}
}

// holdsWords: no word of the record is in an answer that is not in the preview.
func (c *clinic) holdsWords(t *testing.T, is, part, body string, preview map[string]json.RawMessage) {
	t.Helper()
	for _, p := range planted {
		if strings.Contains(body, p.word) && !strings.Contains(string(preview[p.part]), p.word) {
			t.Errorf("%s has %s, which the preview does not show", is, p.word)
		}
	}
	if part == "visits" && (strings.Contains(body, c.therapist.AccountID) || strings.Contains(body, c.therapist.Name)) {
		t.Errorf("%s says with whom: %s", is, body)
	}
	if strings.HasSuffix(is, " sync") && !strings.Contains(body, `"changed":[]`) {
		t.Errorf("%s: %s", is, body)
	}
}

// sameItems: a list answers what the preview shows.
func sameItems(t *testing.T, is, part string, shown json.RawMessage, body string) {
	t.Helper()
	var list struct {
		Items  []map[string]json.RawMessage
		Shared json.RawMessage
	}
	if err := json.Unmarshal([]byte(body), &list); err != nil {
		t.Errorf("%s: %v", is, err)
		return
	}
	same := func(a, b any) bool {
		x, err := json.Marshal(a)
		y, err2 := json.Marshal(b)
		var v, w any
		return errors.Join(err, err2, json.Unmarshal(x, &v), json.Unmarshal(y, &w)) == nil && reflect.DeepEqual(v, w)
	}
	for _, item := range list.Items {
		delete(item, "etag") // names the version that a change needs; they change nothing
	}
	ok := same(list.Items, shown)
	switch part {
	case "patient":
		ok = slices.ContainsFunc(list.Items, func(i map[string]json.RawMessage) bool { return same(i, shown) })
	case "crisisPlan":
		ok = same(list.Shared, shown)
	}
	if !ok {
		t.Errorf("%s: the preview has\n%s\nand the answer\n%s", is, shown, body)
	}
}

func opOf(t *testing.T, id string) *huma.Operation {
	t.Helper()
	for _, op := range operations() {
		if op.OperationID == id {
			return op
		}
	}
	t.Fatal("no operation ", id)
	return nil
}
