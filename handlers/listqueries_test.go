package handlers_test

import (
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"handrail/care"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/store/storetest"
)

// overCounting makes the clinic's API one over a store that counts.
func (c *clinic) overCounting(t *testing.T) *storetest.Counting {
	t.Helper()
	s := &storetest.Counting{Store: c.Store}
	c.api = handlers.New(handlers.Config{Care: c.InstanceOn(s, func(*care.Config) {}), Notify: newNotifierOn(t, c.Clinic, s), Edge: edge.Config{BaseURL: "https://care.example.org", Log: slog.New(slog.DiscardHandler), Now: c.Clock.Now, Version: "test"}})
	return s
}

// aslong are lists that clinic.more does not make longer, by why. A list that is new is
// made longer there, and has no place here.
var aslong = map[string][]string{
	"built into the program": {"listAlertRules", "listEducation", "listEducationTexts", "listEducationWords", "listEmergencyNumbers", "listInstruments", "listQuestions", "listCoping", "listCarePlanAuthority", "listCarePlanActivities", "listCarePlanMeasures", "listMinorRules", "listChannels"},
	"computed of a calendar": {"findSlots", "findConferenceSlots", "readRotaDays"},
	"as in short":            {"listEnrolmentCodes", "listAlertDrills", "listHelpCalls", "listMyHelpCalls", "listPossibleGuests", "reportMedicineRules", "readAppointmentQuality"},
	"full at first":          {"readAccessLog"}, // more than the page that is asked for
	"of few people":          {"listSupporters", "listInvitations", "listLentDevices", "listMyGoalProposals", "listGoalProposals"},
}

// TestAListAsksAConstantNumberOfQueries: every list of the document, with a few things
// in it and with more.
func TestAListAsksAConstantNumberOfQueries(t *testing.T) {
	c := openClinic(t)
	c.plenty(t)
	s := c.overCounting(t)
	schemas := document().Components.Schemas
	type answer struct {
		items int
		asked int64
	}
	look := func() map[string]answer {
		out := map[string]answer{}
		for _, op := range operations() {
			if op.Method != http.MethodGet || !answersList(schemas, op) {
				continue
			}
			for _, who := range c.callers {
				l := &listWalk{t: t, c: c, op: op, v: c.visitFor(t, op.OperationID), token: who.token}
				if res := c.call(t, op, l.v, who.token); res.StatusCode != http.StatusOK { // warms what is kept
					continue
				}
				before := s.Asked.Load()
				_, body := l.ask(100, "")
				items, _ := body["items"].([]any)
				out[op.OperationID+" for the "+who.name] = answer{len(items), s.Asked.Load() - before}
			}
		}
		return out
	}
	few := look()
	c.more(t, 3, 5) // two more on the team
	grew := map[string]bool{}
	for name, more := range look() {
		op, _, _ := strings.Cut(name, " ")
		grew[op] = grew[op] || more.items > few[name].items
		if more.asked > few[name].asked {
			t.Errorf("%s: %d queries for %d, %d for %d", name, few[name].asked, few[name].items, more.asked, more.items)
		}
	}
	stay := slices.Concat(slices.Collect(maps.Values(aslong))...)
	for _, op := range operations() {
		if op.Method != http.MethodGet || !answersList(schemas, op) {
			continue
		}
		did, read := grew[op.OperationID]
		if !read {
			t.Errorf("%s: nobody reads it", op.OperationID)
		} else if did == slices.Contains(stay, op.OperationID) {
			t.Errorf("%s grew: %v. clinic.more makes a list longer, or aslong says why it does not", op.OperationID, did)
		}
	}
}
