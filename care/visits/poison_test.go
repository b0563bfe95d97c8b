package visits_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/videovisit"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/crisisplan"
	"handrail/store"
)

// spoils are bodies that no worker can do anything with.
var spoils = map[string]string{"no JSON": "{", "another type": `[1]`, "empty": ``, "nothing in it": `{}`}

func marked(t *testing.T, h *caretest.Clinic, worker, ref string) {
	t.Helper()
	marks, err := h.Care.Aside().Marks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range marks {
		if m.Worker == worker && m.Ref == ref && m.Tries == 1 {
			return
		}
	}
	t.Errorf("no mark of %s for %s after one try, in %+v", worker, ref, marks)
}

// TestOneWhoWaitsStopsNobodyInTheLine: somebody's place can't be read, and stands
// before everybody else's; a piece of freed time and an offer that is over too.
func TestOneWhoWaitsStopsNobodyInTheLine(t *testing.T) {
	for name, body := range spoils {
		t.Run(name, func(t *testing.T) {
			l := openLine(t, 2)
			l.Clinic.Spoil("waitlist", l.places[0], body)
			if err := l.Store.Insert(t.Context(), "freed_times", store.Doc{ID: "0", Owner: store.Site, Keys: store.Keys{"due": int64(1)}, Body: []byte("{")}); err != nil {
				t.Fatal(err)
			}
			l.free(t)
			l.sweep(t)
			l.sweep(t)
			if l.offered(t, 1) == nil {
				t.Error("the next in line is offered nothing")
			}
			marked(t, l.Clinic, "waitlist", "0")
			if name != "nothing in it" { // that one reads as somebody who wants nothing
				marked(t, l.Clinic, "waitlist", l.places[0])
			}
		})
	}
}

func TestOneCalendarElsewhereStopsNoOther(t *testing.T) {
	source := &fixedBusy{}
	h := caretest.NewWith(t, func(c *care.Config) { c.Busy = source })
	var ids []string
	for range 3 {
		doctor := h.Clinician(models.DisciplinePsychiatry)
		if _, err := h.Care.Visits.SetBusyCalendar(t.Context(), doctor, doctor.AccountID, "https://calendar.example/x.ics"); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, doctor.AccountID)
	}
	h.Spoil("busy_calendars", ids[1], "{")
	h.Clock.Move(24 * time.Hour)
	source.asked = nil
	for range 3 {
		if err := h.Care.Visits.RefreshBusyCalendars(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if len(source.asked) != 2 {
		t.Errorf("%d calendars were read", len(source.asked))
	}
	marked(t, h, "busy-calendars", ids[1])
}

type fixedBusy struct{ asked []string }

func (f *fixedBusy) CheckURL(address string) (string, error) { return address, nil }

func (f *fixedBusy) Busy(_ context.Context, q visits.BusyQuestion) (visits.BusyAnswer, error) {
	f.asked = append(f.asked, q.URL)
	return visits.BusyAnswer{}, nil
}

func TestOneCopyOfAPlanHoldsUpNoOther(t *testing.T) {
	h := caretest.New(t)
	sick, well := h.Patient(), h.Patient()
	for _, p := range []models.Actor{sick, well} {
		own := h.Chart(p, p.PatientID)
		if _, err := own.Crisis.SavePlan(t.Context(), 0, caretest.Signs("I hide"), ""); err != nil {
			t.Fatal(err)
		}
		h.Clock.Move(time.Second)
		if _, err := own.Crisis.ActivatePlan(t.Context(), 1, crisisplan.Assent{}); err != nil {
			t.Fatal(err)
		}
	}
	h.Spoil("shelf", sick.PatientID, "{")
	dir := t.TempDir()
	other := h.InstanceWith(func(c *care.Config) { c.PlanCopiesDir = dir })
	for range 3 {
		if err := other.Crisis.FollowPlanCopies(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, well.PatientID+".plan")); err != nil {
		t.Errorf("the other copy did not come: %v", err)
	}
	marked(t, h, "crisis-plan-shelf", sick.PatientID)
}

func TestOneRoomThatCantBeReadKeepsNoOtherFromComingBack(t *testing.T) {
	h := caretest.New(t)
	for _, id := range []string{"a", "b", "c"} {
		body, _ := json.Marshal(videovisit.VideoRoom{VisitID: id, State: json.RawMessage(`{}`), UpdatedAt: h.Clock.Now()})
		if id == "b" {
			body = []byte("{")
		}
		if err := h.Store.Insert(t.Context(), "video_rooms", store.Doc{ID: id, Owner: store.Site, Keys: store.Keys{"site": store.Site, "updatedAt": int64(1)}, Body: body}); err != nil {
			t.Fatal(err)
		}
	}
	rooms, err := h.Care.Video.VideoRooms(t.Context())
	if err != nil || len(rooms) != 2 {
		t.Errorf("%d rooms, %v", len(rooms), err)
	}
	marked(t, h, "video-rooms", "b")
}
