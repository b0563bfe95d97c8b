package handlers_test

import (
	"maps"
	"strconv"
	"testing"

	"handrail/care"
	"handrail/handlers/edge"
	"handrail/models/episode"
	"handrail/models/medicine"
)

// episodeVisits says how the operations of episodes are called: on one of the patient's in
// the state that the operation needs.
func (c *clinic) episodeVisits(t testing.TB, into map[string]visit, path map[string]string, operationID string) {
	t.Helper()
	id := care.NewID()
	switch operationID {
	case "readEpisode", "moveEpisode", "answerIntake", "commentIntake", "chooseProgramme", "finishIntake", "writeDischarge", "discharge", "tellFollowUp", "chooseRemindersAfter":
		id = c.episode(t, operationID)
	case "beginEpisode":
		c.noEpisode(t)
	}
	at := map[string]string{"patientId": path["patientId"], "episodeId": id, "section": "about", "day": "7"}
	criteria, _ := c.Care.Episode.CriteriaOf(t.Context(), c.admin, "clinic")
	maps.Copy(into, map[string]visit{
		"listFHIREpisodesOfCare": {query: "?patient=Patient/" + path["patientId"]},
		"listEpisodes":           {path: path}, "readEpisode": {path: at}, "listSuitingProgrammes": {path: path}, "beginEpisode": {path: path, body: map[string]any{"id": care.NewID()}},
		"moveEpisode":           {path: at, body: map[string]any{"status": "active"}},
		"answerIntake":          {path: at, body: map[string]any{"answers": []map[string]any{{"question": "reason", "words": "Sleep."}}, "again": true}},
		"finishIntake":          {path: at},
		"commentIntake":         {path: at, body: map[string]any{"id": care.NewID(), "words": "Not so."}},
		"readProgrammeCriteria": {path: map[string]string{"programmeId": "clinic"}},
		"setProgrammeCriteria": {path: map[string]string{"programmeId": "clinic"}, header: map[string]string{"If-Match": edge.ETag(criteria.Version)},
			body: map[string]any{"criteria": []map[string]any{{"kind": "age", "min": 18, "max": 20 + int(criteria.Version%50)}}}},
		"chooseProgramme":      {path: at, body: map[string]any{"id": care.NewID(), "programme": "clinic", "joins": true, "why": "It fits."}},
		"writeDischarge":       {path: at, body: map[string]any{"reason": "moves"}},
		"reportFollowUps":      {query: c.lastWeek()},
		"discharge":            {path: at, body: map[string]any{}},
		"tellFollowUp":         {path: at, body: map[string]any{"outcome": "seen"}},
		"chooseRemindersAfter": {path: at, body: map[string]any{"reminders": "visits"}},
	})
}

// noEpisode ends what goes on.
func (c *clinic) noEpisode(t testing.TB) {
	t.Helper()
	ch := c.Chart(c.therapist, c.patient.PatientID).Episode
	page, err := ch.Episodes(t.Context(), "", 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range page.Items {
		switch e.Status {
		case episode.Planned:
			_, err = ch.Move(t.Context(), e.ID, episode.Cancelled, "Not now.")
		case episode.Active:
			c.leaves(t, e.ID)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// episode is one that goes on, or has ended where the operation needs that.
func (c *clinic) episode(t testing.TB, operationID string) string {
	t.Helper()
	ch := c.Chart(c.therapist, c.patient.PatientID).Episode
	ended := operationID == "tellFollowUp" || operationID == "chooseRemindersAfter"
	page, err := ch.Episodes(t.Context(), "", 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Items) > 0 {
		e := page.Items[0]
		fits := map[bool]bool{true: e.Status == episode.Finished && (operationID != "tellFollowUp" || e.Discharge.FollowUps[0].Outcome == ""), false: e.Status == episode.Active}[ended]
		if operationID == "moveEpisode" {
			fits = e.Status == episode.Planned
		}
		if fits && operationID != "discharge" && operationID != "finishIntake" {
			return e.ID
		}
	}
	c.noEpisode(t)
	id := care.NewID()
	v, err := ch.Begin(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if operationID == "moveEpisode" {
		return id
	}
	if _, err := ch.Move(t.Context(), id, episode.Active, ""); err != nil {
		t.Fatal(err)
	}
	switch operationID {
	case "finishIntake":
		s, _ := episode.SectionOf("about")
		var said []episode.Said
		for _, q := range s.Questions {
			said = append(said, episode.Said{Question: q.Key, Declined: true})
		}
		if _, err := ch.Answer(t.Context(), id, "about", said, false); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Care.Tasks.Claim(t.Context(), c.therapist, v.Sections[0].TaskID); err != nil {
			t.Fatal(err)
		}
	case "discharge":
		c.mayLeave(t, id)
	}
	if ended {
		c.leaves(t, id)
	}
	return id
}

func (c *clinic) mayLeave(t testing.TB, id string) {
	t.Helper()
	c.colleagues()
	if _, err := c.Chart(c.therapist, c.patient.PatientID).Episode.Write(t.Context(), id, episode.DischargeTerms{LeavesOn: c.tomorrow(), Reason: "moves", Where: "Elm Street", Next: "Groups.", Reach: "The nurse.",
		PlanBy: c.tomorrow(), SeesDay7: c.nurse.AccountID, Sees30: c.nurse.AccountID}); err != nil {
		t.Fatal(err)
	}
	ch := c.Chart(c.patient, c.patient.PatientID)
	list, err := ch.Medicine.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r := medicine.Reconciliation{Occasion: "discharge"}
	for _, m := range list.Items {
		if m.Status == medicine.Taken {
			r.Lines = append(r.Lines, medicine.ReconciledLine{MedicineID: m.ID, Says: "same"})
		}
	}
	if _, err := ch.Medicine.Reconcile(t.Context(), care.NewID(), r); err != nil {
		t.Fatal(err)
	}
}

func (c *clinic) leaves(t testing.TB, id string) {
	t.Helper()
	c.mayLeave(t, id)
	if _, err := c.Chart(c.therapist, c.patient.PatientID).Episode.Discharge(t.Context(), id, nil); err != nil {
		t.Fatal(err)
	}
}

// episodesTwice has a second programme with criteria, and one episode more.
func (c *clinic) episodesTwice(t testing.TB, n int) {
	t.Helper()
	all, err := c.Care.Alerts.Programmes(t.Context(), c.admin, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		v, err := c.Care.Episode.CriteriaOf(t.Context(), c.admin, p.Value.ID)
		if err == nil && len(v.Value.Criteria) == 0 {
			_, err = c.Care.Episode.SetCriteria(t.Context(), c.admin, p.Value.ID, v.Version, []episode.Criterion{{Kind: episode.ByWish, Any: []string{"night " + strconv.Itoa(n)}}})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	c.noEpisode(t)
	if _, err := c.Chart(c.therapist, c.patient.PatientID).Episode.Begin(t.Context(), care.NewID()); err != nil {
		t.Fatal(err)
	}
}
