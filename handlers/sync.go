package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/care/crisis"
	"handrail/care/record"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/checkin"
)

type syncInput struct {
	Since     string `query:"since" maxLength:"512" doc:"The next of the answer before; left out the first time. One that does not fit answers reset."`
	Only      string `query:"only" enum:"crisis-plan" doc:"Which plan is the newest, and nothing else: the log is not read, and next is since."`
	PatientID string `query:"patientId" maxLength:"64" doc:"Whose chart; a patient's own when left out."`
}

type syncAnswer struct {
	Next     string            `json:"next" doc:"Give it back as since."`
	More     bool              `json:"more" doc:"There is more: ask again at once."`
	Reset    bool              `json:"reset" doc:"The position does not fit: it is of another chart, of before a restore, or unknown. This starts over from the beginning; keep what was not sent yet, and a crisis plan that is newer than the one named here."`
	Plan     *crisis.PlanPin   `json:"crisisPlan,omitempty" doc:"Always here for the patient who has a plan: the newest one. When the etag is not the one that you hold, fetch it first."`
	Changed  []record.Change   `json:"changed"`
	Goals    []goalList        `json:"goals"`
	CheckIns []checkin.CheckIn `json:"checkIns"`
}

// sync registers what changed for a device.
func (a *API) sync() {
	door.Register(a.API, huma.Operation{OperationID: "sync", Method: http.MethodGet, Path: "/v1/sync", Tags: []string{"Sync"}, Errors: []int{http.StatusNotFound},
		Summary: "All that changed for this device since a token",
		Description: "Goals and check-ins come along as they are now; of other sections it says that they changed. " +
			"The crisis plan is pinned: every answer names its newest version."},
		func(ctx context.Context, in *syncInput) (*edge.Answer[syncAnswer], error) {
			who := edge.ActorFrom(ctx)
			patient := in.PatientID
			if patient == "" {
				patient = who.PatientID
			}
			ch, err := a.Open(ctx, patient)
			if err != nil {
				return nil, err
			}
			return edge.Answered(syncOf(ctx, ch, in))
		})
}

func syncOf(ctx context.Context, ch *care.Chart, in *syncInput) (out syncAnswer, err error) {
	feed := record.Feed{Next: in.Since}
	if in.Only == "" {
		if feed, err = ch.Record.Feed(ctx, in.Since); err != nil {
			return syncAnswer{}, err
		}
	}
	out = syncAnswer{Next: feed.Next, More: feed.More, Reset: feed.Reset, Changed: feed.Changes,
		Goals: []goalList{}, CheckIns: []checkin.CheckIn{}}
	if out.Changed == nil {
		out.Changed = []record.Change{}
	}
	for _, g := range feed.Goals {
		out.Goals = append(out.Goals, goalList{g.Value, edge.ETag(g.Version)})
	}
	out.CheckIns = append(out.CheckIns, feed.CheckIns...)
	out.Plan, err = ch.Crisis.PlanPin(ctx)
	if k := models.KindOf(err); k == models.KindForbidden || k == models.KindNotFound {
		err = nil
	}
	return out, err
}
