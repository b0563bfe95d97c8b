package handlers_test

import (
	"maps"
	"slices"
	"sync"
	"testing"

	"handrail/care"
	"handrail/care/signin"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/crisisplan"
)

// visitFor is what a caller with the right would send to an operation. An
// operation without a visit fails the test: whoever adds a route says here how it
// is called.
func (c *clinic) visitFor(t testing.TB, operationID string) visit {
	t.Helper()
	rooms := c.rooms(t, operationID)
	// A room reads and writes for its visits, so only the one that has the operation is
	// asked, once it is known: walks ask for each operation as many callers.
	if room, known := roomOf.Load(operationID); known {
		into := map[string]visit{}
		rooms[room.(int)](into)
		return into[operationID]
	}
	for i, room := range slices.Backward(rooms) {
		into := map[string]visit{}
		room(into)
		if v, ok := into[operationID]; ok {
			roomOf.Store(operationID, i)
			return v
		}
	}
	t.Fatalf("no visit for operation %s: add one to matrixvisits_test.go", operationID)
	return visit{}
}

// roomOf is which room has the visit of an operation, by its place in rooms.
var roomOf sync.Map

// rooms add the visits of their operations; one is to be sent to the operation of this id.
func (c *clinic) rooms(t testing.TB, operationID string) []func(into map[string]visit) {
	path := map[string]string{"patientId": c.patient.PatientID, "accountId": c.newcomer.AccountID, "consentId": c.consentID}
	device := models.Device{ID: care.NewID(), Name: "Phone"}
	return []func(into map[string]visit){
		func(into map[string]visit) { c.officeVisits(t, into, path, device, operationID) },
		func(into map[string]visit) { c.clinicalVisits(into, path) },
		func(into map[string]visit) { c.alertVisits(t, into, path, operationID) },
		func(into map[string]visit) { c.messageVisits(t, into, path, operationID) },
		func(into map[string]visit) { c.taskVisits(t, into, path, operationID) },
		func(into map[string]visit) { c.handoffVisits(t, into, path, operationID) },
		func(into map[string]visit) { c.disagreementVisits(t, into, path, operationID) },
		func(into map[string]visit) { c.commentVisits(t, into, path, operationID) },
		func(into map[string]visit) { c.meetingVisits(t, into, path, operationID) },
		func(into map[string]visit) { c.referralVisits(t, into, path, operationID) },
		func(into map[string]visit) { c.episodeVisits(t, into, path, operationID) },
		func(into map[string]visit) { c.peerVisits(t, into, path, operationID) },
		func(into map[string]visit) { c.carePlanVisits(t, into, path, operationID) },
		func(into map[string]visit) { c.medicineVisits(t, into, path, operationID) },
		func(into map[string]visit) { c.taperVisits(t, into, path, operationID) },
		func(into map[string]visit) { c.prescribingVisits(t, into, path, operationID) },
		func(into map[string]visit) { c.schedulingVisits(into, path) },
		func(into map[string]visit) { c.reminderVisits(into, path) },
		func(into map[string]visit) { c.wayVisits(into) },
		func(into map[string]visit) { c.minorVisits(t, into, operationID) },
		func(into map[string]visit) { c.educationVisits(t, operationID, into, path) },
		func(into map[string]visit) { maps.Copy(into, c.providerVisits(device)) },
		func(into map[string]visit) { c.familyVisits(into, path) },
	}
}

// officeVisits adds what is about accounts, sign-ins, teams, consents and broken glass.
func (c *clinic) officeVisits(t testing.TB, into map[string]visit, path map[string]string, device models.Device, operationID string) {
	t.Helper()
	first, team := map[string]string{"If-Match": edge.ETag(1)}, map[string]string{"If-Match": edge.ETag(c.teamVersion(t))}
	maps.Copy(into, map[string]visit{
		"readSite": {}, "readKeys": {}, "readMe": {}, "listMySessions": {}, "endMyOtherSessions": {}, "listPatients": {}, "reviewBreakGlass": {},
		"enrol":               {body: map[string]any{"code": "0000-000-000", "device": device}},
		"refresh":             {body: map[string]any{"refreshToken": "none"}},
		"signOut":             {},
		"endMySession":        {path: map[string]string{"sessionId": care.NewID()}},
		"createAccount":       {body: map[string]any{"id": care.NewID(), "role": "supporter", "name": "New"}},
		"listAccounts":        {query: "?role=clinician"},
		"lookAtImport":        {body: map[string]any{"id": care.NewID(), "kind": "people", "csv": "name,role\nNew One,supporter\n"}},
		"importFile":          {body: map[string]any{"id": care.NewID(), "kind": "people", "csv": "name,role\nNew Two,supporter\n"}},
		"createEnrolmentCode": {path: path},
		"listEnrolmentCodes":  {path: path},
		"cancelEnrolmentCode": {path: map[string]string{"accountId": c.outside.AccountID, "codeId": c.openCode(t, operationID)}},
		"listAccountSessions": {path: path},
		"takeOffFactors":      {path: path},
		"endAccountSession": {path: map[string]string{"accountId": c.newcomer.AccountID, "sessionId": c.newcomer.SessionID},
			body: map[string]any{"reason": "reported-lost"}},
		"readAccount":      {path: path},
		"readAccountReach": {path: path},
		"setAccountStatus": {path: path, header: first, body: map[string]any{"status": "active"}},
		"readPatient":      {path: path},
		"listCareTeam":     {path: path},
		"joinCareTeam":     {path: path, header: team, body: map[string]any{"lead": false}},
		"leaveCareTeam":    {path: path, header: team},
		"answerTeamEnd":    {path: path, body: map[string]any{"ends": false}},
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
		"readChanges":          {path: path},
		"setPrivacyOfficer":    {path: path, body: map[string]any{"on": false}},
		"readRestriction":      {path: path},
		"restrictChart":        {path: path, header: map[string]string{"If-Match": edge.ETag(99)}, body: map[string]any{"reason": "asked", "readers": []string{c.therapist.AccountID}}},
		"unrestrictChart":      {path: path, header: first},
		"listRestrictedCharts": {}, "listRestrictionHints": {}, "listChannels": {}, "checkChannels": {},
		"judgeBreakGlass": {path: map[string]string{"glassId": care.NewID()}, body: map[string]any{"outcome": "justified"}},
		"tellBreakGlass":  {path: map[string]string{"glassId": care.NewID()}},
		"delayBreakGlass": {path: map[string]string{"glassId": care.NewID()}, body: map[string]any{"risk": "harm-to-self", "until": c.Clock.Now().AddDate(0, 0, 2)}},
		"breakGlassByName": {body: map[string]any{"id": care.NewID(), "name": "Nobody Known", "birthDate": "1980-01-01", "affiliation": "Riverside Clinic", "reason": "overdose",
			"nature": "Found without breath at the door.", "cannotObtainConsent": true}},
		"breakGlass": {path: path, body: map[string]any{"id": care.NewID(), "affiliation": "Riverside Clinic", "reason": "overdose",
			"nature": "Found without breath at the door.", "cannotObtainConsent": true}},
	})
}

// teamVersion is the newest version of the patient's team.
func (c *clinic) teamVersion(t testing.TB) int64 {
	t.Helper()
	found, err := c.Chart(c.admin, c.patient.PatientID).People.VersionedTeam(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return found.Version
}

// repair undoes what a call did to the next callers.
func (c *clinic) repair(t testing.TB, operationID string, caller int) {
	t.Helper()
	c.repairVisits(t, operationID)
	c.repairReminders(t, operationID)
	switch operationID {
	case "saveCrisisPlan":
		c.write(t)
	case "editGoal", "moveGoal", "achieveGoal", "addMilestone", "editMilestone":
		c.fill(t)
	case "signOut":
		if caller > 0 {
			c.callers[caller].token = c.SignIn(c.account(caller)).AccessToken
		}
	case "revokeConsent", "renewConsent":
		c.consentID = c.Share(c.patient, c.supporter, models.ScopeGoalsShared, models.ScopeCrisisPlanShared).ID
	case "breakGlass":
		c.Clock.Move(models.BreakGlassMinutes * 60e9)
		for i := range c.callers {
			if i > 0 {
				c.callers[i].token = c.SignIn(c.account(i)).AccessToken
			}
		}
	}
}

func (c *clinic) account(caller int) string {
	return []models.Actor{{}, c.patient, c.other, c.supporter, c.stranger, c.therapist, c.outside, c.doctor, c.coordinator, c.admin, c.interpreter, c.partner, c.peer, c.trainee}[caller].AccountID
}

// clinicalVisits adds what is about goals, check-ins and the crisis plan.
func (c *clinic) clinicalVisits(visits map[string]visit, path map[string]string) {
	goal := map[string]string{"patientId": c.patient.PatientID, "goalId": c.goalID, "milestoneId": care.NewID()}
	match := map[string]string{"If-Match": edge.ETag(c.goalVersion)}
	walk := map[string]any{"id": care.NewID(), "title": "Walk", "domain": "health"}
	maps.Copy(visits, map[string]visit{
		"readEmergencyNumbers": {query: "?country=US"}, "listEmergencyNumbers": {},
		"listQuestions": {}, "listInstruments": {}, "readInstrument": {path: map[string]string{"instrumentId": "phq-9"}},
		"sendCheckIn": {path: path, body: map[string]any{"id": care.NewID(), "formVersion": 1, "answeredAt": c.Clock.Now(),
			"zone": "America/New_York", "answers": map[string]any{"mood": 5}}},
		"writeDownCheckIn": {path: path, body: map[string]any{"id": care.NewID(), "how": "phone", "formVersion": 1, "answeredAt": c.Clock.Now(),
			"zone": "America/New_York", "answers": map[string]any{"mood": 4}}},
		"listCheckIns":     {path: path},
		"readCheckIn":      {path: map[string]string{"patientId": c.patient.PatientID, "checkInId": c.checkInID}},
		"readSeries":       {path: path, query: "?measure=mood&from=2026-03-01&to=2026-03-03"},
		"readCheckInForm":  {path: path},
		"shapeCheckInForm": {path: path, header: map[string]string{"If-Match": `"1"`}, body: map[string]any{"questions": []string{"mood", "safety"}, "instruments": []any{}}},
		"listGoals":        {path: path},
		"proposeGoal":      {path: path, body: walk},
		"readGoal":         {path: goal},
		"editGoal":         {path: goal, header: match, body: map[string]any{"title": "Walk", "domain": "health", "barriers": []string{care.NewID()}}},
		"moveGoal":         {path: goal, header: match, body: map[string]any{"to": "active"}},
		"achieveGoal":      {path: goal, header: match, body: map[string]any{"achievementStatus": "improving"}},
		"addMilestone":     {path: goal, header: match, body: map[string]any{"id": care.NewID(), "title": "To the bridge"}},
		"editMilestone":    {path: goal, header: match, body: map[string]any{"title": "To the bridge"}},
		"addGoalNote":      {path: goal, body: map[string]any{"id": care.NewID(), "text": "It went well."}},
		"listGoalNotes":    {path: goal},
		"readGoalHistory":  {path: goal},
	})
	plan := func(key, value string) map[string]string {
		m := maps.Clone(path)
		m[key] = value
		return m
	}
	signs := map[string]any{"content": map[string]any{"warningSigns": []any{map[string]any{"text": "I stop answering " + care.NewID()}}}}
	maps.Copy(visits, map[string]visit{
		"sync":                     {query: "?patientId=" + path["patientId"]},
		"readCrisisPlan":           {path: path},
		"saveCrisisPlan":           {path: path, header: map[string]string{"If-Match": edge.ETag(c.planVersion)}, body: signs},
		"activateCrisisPlan":       {path: path, body: map[string]any{"version": c.planVersion}},
		"renewClinicNumber":        {path: path, body: map[string]any{"was": "+12025550199", "phone": map[string]any{"number": "+12025550198"}}},
		"declineCrisisPlan":        {path: path, body: map[string]any{"version": c.planVersion}},
		"confirmCrisisPlan":        {path: path, body: map[string]any{"version": c.planVersion}},
		"listCrisisPlanVersions":   {path: path},
		"readCrisisPlanVersion":    {path: plan("number", "1")},
		"shareCrisisPlan":          {path: plan("supporterId", c.supporter.AccountID), header: map[string]string{"If-Match": edge.ETag(c.planVersion)}, body: map[string]any{"sections": []string{"warning-signs"}}},
		"reviewCrisisPlan":         {path: path, body: map[string]any{"id": care.NewID(), "note": "Read it aloud."}},
		"listCrisisPlanReviews":    {path: path},
		"listCrisisPlanRehearsals": {path: path},
		"noteCrisisPlanTrigger":    {path: path, body: map[string]any{"trigger": "discharge"}},
		"checkCrisisPlanNumbers":   {path: path, body: map[string]any{"numbers": []any{map[string]any{"number": "+12025550199", "works": true}}}},
		"rehearseCrisisPlan":       {path: path, body: map[string]any{"id": care.NewID(), "opened": true, "tookMillis": 300}},
		"receiveCrisisPlan":        {path: path, body: map[string]any{"version": 1}},
		"listCrisisPlanDevices":    {path: path},
	})
}

// fill puts a goal and a check-in into the patient's chart.
func (c *clinic) fill(t testing.TB) {
	t.Helper()
	own := c.Chart(c.patient, c.patient.PatientID)
	g, err := own.Record.ProposeGoal(t.Context(), care.NewID(), models.GoalTerms{Title: "Walk", Domain: "health", Shared: true})
	if err != nil {
		t.Fatal(err)
	}
	c.goalID, c.goalVersion = g.Value.ID, g.Version
	in, err := own.Record.SendCheckIn(t.Context(), care.NewID(), checkin.Submission{FormVersion: 1, AnsweredAt: c.Clock.Now(),
		Zone: "America/New_York", Answers: map[string]any{"mood": 6.0}})
	if err != nil {
		t.Fatal(err)
	}
	c.checkInID = in.CheckIn.ID
	c.write(t)
	c.schedule(t)
	c.remind(t)
	if c.learn.given == "" {
		c.learnings(t)
	}
}

// write puts a plan that holds into the patient's chart.
func (c *clinic) write(t testing.TB) {
	t.Helper()
	own := c.Chart(c.patient, c.patient.PatientID)
	before, err := own.Crisis.CrisisPlan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	v, err := own.Crisis.SavePlan(t.Context(), before.Newest, crisisplan.Content{
		WarningSigns:  []crisisplan.Sign{{Text: "I stop answering " + care.NewID()}},
		CrisisSupport: []crisisplan.Helper{{Name: "Ana", Phone: crisisplan.Phone{Number: "+12025550199"}, Agreed: true}}}, "")
	if err == nil {
		c.planVersion = v.Newest
		_, err = own.Crisis.ActivatePlan(t.Context(), v.Newest, crisisplan.Assent{})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// openCode makes a code that an account of its own has open, for the one visit that
// cancels it.
func (c *clinic) openCode(t testing.TB, operationID string) string {
	t.Helper()
	if operationID != "cancelEnrolmentCode" {
		return care.NewID()
	}
	if _, err := c.Care.Signin.NewEnrolmentCode(t.Context(), c.Admin, c.outside.AccountID, signin.CodeRequest{}); err != nil {
		t.Fatal(err)
	}
	open, err := c.Care.Signin.OpenCodes(t.Context(), c.Admin, c.outside.AccountID)
	if err != nil || len(open) != 1 {
		t.Fatal(open, err)
	}
	return open[0].ID
}
