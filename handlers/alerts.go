package handlers

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/alerts"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/checkin"
	"handrail/models/risk"
)

// AlertPath names an alert.
type AlertPath struct {
	AlertID string `path:"alertId" format:"uuid"`
}

type readAlertInput struct {
	AlertPath
	edge.Reading
}

type alertAnswer struct {
	ETag string `header:"ETag" doc:"Names this state: 304 and no line in the patient's log while it is the same."`
	Body alerts.View
}

type alertsInput struct {
	Owner  string       `query:"owner" format:"uuid" doc:"Account; left out: yours. Anybody's for an administrator."`
	Status risk.Status  `query:"status" enum:"open,notified,acknowledged,in-contact,resolved,referred,unanswered"`
	Tier   checkin.Tier `query:"tier" enum:"routine,elevated,urgent,emergent"`
	edge.Paging
}

type raiseInput struct {
	door.PatientPath
	edge.Creating
	Body struct {
		ID    string       `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		Tier  checkin.Tier `json:"tier" enum:"elevated,urgent,emergent"`
		Words string       `json:"words" minLength:"1" maxLength:"2000" doc:"What you noticed. For the team; the patient is not shown it." text:"prose"`
	}
}

type outcomeInput struct {
	AlertPath
	Body risk.Ending
}

type handOverInput struct {
	AlertPath
	Body struct {
		To string `json:"to" format:"uuid" doc:"Account of a clinician of the team, or the fail-safe."`
	}
}

type setAlertsInput struct {
	edge.Editing
	Body alerts.Terms
}

type reportInput struct {
	From time.Time `query:"from" doc:"Left out: 30 days before to."`
	To   time.Time `query:"to" doc:"Left out: now. At most 92 days after from."`
}

type worklistInput struct {
	edge.Pieces
	edge.Reading
	Wait int `query:"wait" minimum:"0" maximum:"5" doc:"Seconds for which a 304 is held, or until something may be new for you: then ask again."`
}

// hold keeps the answer that nothing is new, for so long or until a line names who asks.
// They ask again then, and their right to is looked at anew.
func (in worklistInput) hold(ctx context.Context, came <-chan struct{}) {
	if came == nil {
		return
	}
	over := time.NewTimer(time.Duration(in.Wait) * time.Second)
	defer over.Stop()
	select {
	case <-came:
	case <-over.C:
	case <-ctx.Done():
	}
}

// worklist is all that waits for the caller.
type worklist struct {
	Items  []alerts.Work `json:"items"`
	Next   string        `json:"next" doc:"Cursor of the next page; empty at the end."`
	Alerts bool          `json:"alerts" doc:"Alerts are made at this clinic. False: nobody is called, and only check-ins stand here."`
	More   bool          `json:"more,omitempty" doc:"Older check-ins wait too, and stand in no page of this list."`
}

type worklistAnswer struct {
	ETag string `header:"ETag" doc:"Names this state: 304 and no line in a patient's log while it is the same."`
	Body worklist
}

type readTogetherInput struct {
	door.PatientPath
	Body struct {
		CheckIns []string `json:"checkIns" minItems:"1" maxItems:"20" doc:"Ids. Several at once only when none of them has a signal."`
	}
}

// alerts registers who is called about what patients tell, and what waits to be read.
func (a *API) alerts() {
	tag := []string{"Alerts"}
	const path = "/v1/alerts"
	door.Register(a.API, huma.Operation{OperationID: "listAlerts", Method: http.MethodGet, Path: path, Tags: tag, Summary: "List the alerts of one owner, newest first",
		Description: "A page may hold fewer than its limit, or none, while `next` leads on: a tier is looked for page by page."},
		func(ctx context.Context, in *alertsInput) (*edge.Answer[edge.List[alerts.View]], error) {
			return door.Paged(a.Care.Alerts.Alerts(ctx, edge.ActorFrom(ctx), alerts.Filter{Owner: in.Owner, Status: in.Status, Tier: in.Tier}, in.Cursor, in.Limit))
		})
	door.Register(a.API, huma.Operation{OperationID: "readAlert", Method: http.MethodGet, Path: path + "/{alertId}", Tags: tag, Summary: "Read an alert"},
		func(ctx context.Context, in *readAlertInput) (*alertAnswer, error) {
			out := &alertAnswer{}
			var err error
			out.Body, err = a.Care.Alerts.Alert(ctx, edge.ActorFrom(ctx), in.AlertID, func(state string) error {
				out.ETag = `"` + state + `"`
				return in.Unless(out.ETag)
			})
			if err != nil {
				return nil, err
			}
			return out, nil
		})
	door.Register(a.API, huma.Operation{OperationID: "acknowledgeAlert", Method: http.MethodPost, Path: path + "/{alertId}/acknowledge", Tags: tag,
		Summary: "Say that you handle it; the time for contact runs on"},
		func(ctx context.Context, in *AlertPath) (*edge.Answer[alerts.View], error) {
			return edge.Answered(a.Care.Alerts.Acknowledge(ctx, edge.ActorFrom(ctx), in.AlertID))
		})
	door.Register(a.API, huma.Operation{OperationID: "recordOutcome", Method: http.MethodPost, Path: path + "/{alertId}/outcome", Tags: tag,
		Summary: "Say that you are in contact, or how it ended"},
		func(ctx context.Context, in *outcomeInput) (*edge.Answer[alerts.View], error) {
			return edge.Answered(a.Care.Alerts.Record(ctx, edge.ActorFrom(ctx), in.AlertID, in.Body))
		})
	door.Register(a.API, huma.Operation{OperationID: "handOverAlert", Method: http.MethodPost, Path: path + "/{alertId}/hand-over", Tags: tag,
		Summary: "Give it to somebody else, who is called at once"},
		func(ctx context.Context, in *handOverInput) (*edge.Answer[alerts.View], error) {
			return edge.Answered(a.Care.Alerts.HandOver(ctx, edge.ActorFrom(ctx), in.AlertID, in.Body.To))
		})
	door.Register(a.API, huma.Operation{OperationID: "raiseAlert", Method: http.MethodPost, Path: "/v1/patients/{patientId}/alerts", Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Raise an alert by hand (people who work at the clinic)"},
		func(ctx context.Context, in *raiseInput) (*edge.Answer[alerts.View], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Alerts.Raise(ctx, id, alerts.ByHand{Tier: in.Body.Tier, Words: in.Body.Words}))
		})
	door.Register(a.API, huma.Operation{OperationID: "readCheckIns", Method: http.MethodPost, Path: "/v1/patients/{patientId}/check-ins/read", Tags: tag, DefaultStatus: http.StatusNoContent,
		Summary: "Say that you have read check-ins; the team and the patient see it"},
		func(ctx context.Context, in *readTogetherInput) (*struct{}, error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			ids := make([]string, 0, len(in.Body.CheckIns))
			for _, id := range in.Body.CheckIns {
				clean, err := edge.CleanID("checkIns", id)
				if err != nil {
					return nil, err
				}
				ids = append(ids, clean)
			}
			return nil, ch.Alerts.MarkRead(ctx, ids)
		})
	a.worklist(tag)
	a.alertSettings(tag)
	door.Register(a.API, huma.Operation{OperationID: "readAlertReport", Method: http.MethodGet, Path: "/v1/alert-report", Tags: tag,
		Summary:     "The load: what fired, what was done, per rule and per person and shift",
		Description: "Of all for an administrator; for who leads teams, of the patients of those. It is for relief, and no ground to judge anybody's work."},
		func(ctx context.Context, in *reportInput) (*edge.Answer[alerts.Report], error) {
			return edge.Answered(a.Care.Alerts.Report(ctx, edge.ActorFrom(ctx), in.From, in.To))
		})
}

func (a *API) worklist(tag []string) {
	door.Register(a.API, huma.Operation{OperationID: "readWorklist", Method: http.MethodGet, Path: "/v1/worklist", Tags: tag,
		Summary: "Alerts, tasks and check-ins that wait for you, the most urgent first"},
		func(ctx context.Context, in *worklistInput) (*worklistAnswer, error) {
			var next string
			cut := func(all []alerts.Work) ([]alerts.Work, error) {
				p := in.Pieces
				if p.Limit == 0 {
					p.Limit = 100
				}
				list, err := edge.Piece(p, all, func(w alerts.Work) string { return w.ID })
				next = list.Next
				return list.Items, err
			}
			tag := ""
			var came <-chan struct{}
			if in.Wait > 0 { // before the look: what comes meanwhile is not missed
				var stop func()
				came, stop = a.Care.Alerts.Await(edge.ActorFrom(ctx).AccountID)
				defer stop()
			}
			w, err := a.Care.Alerts.Worklist(ctx, edge.ActorFrom(ctx), func(state string) error {
				tag = `"` + state + `"`
				return in.Unless(tag)
			}, cut)
			if p, is := errors.AsType[*edge.Problem](err); is && p.Status == http.StatusNotModified {
				in.hold(ctx, came)
			}
			if err != nil {
				return nil, err
			}
			return &worklistAnswer{tag, worklist{w.Items, next, w.On, w.More}}, nil
		})
}

func (a *API) alertSettings(tag []string) {
	door.Register(a.API, huma.Operation{OperationID: "readAlertSettings", Method: http.MethodGet, Path: "/v1/alert-settings", Tags: tag,
		Summary: "Whether alerts are made, in which hours, and who answers at last"},
		func(ctx context.Context, in *edge.Reading) (*edge.Tagged[alerts.Settings], error) {
			s, err := a.Care.Alerts.Settings(ctx, edge.ActorFrom(ctx))
			return door.VersionedUnless(*in, s, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "setAlertSettings", Method: http.MethodPut, Path: "/v1/alert-settings", Tags: tag,
		Summary: "Set them (administrator)"},
		func(ctx context.Context, in *setAlertsInput) (*edge.Tagged[alerts.Settings], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Alerts.Set(ctx, edge.ActorFrom(ctx), version, in.Body))
		})
	door.Register(a.API, huma.Operation{OperationID: "listAlertRules", Method: http.MethodGet, Path: "/v1/alert-rules", Tags: tag,
		Summary: "The rules, with what is not evaluated yet and why"},
		func(ctx context.Context, in *edge.Pieces) (*edge.Answer[edge.List[risk.Rule]], error) {
			rules, err := a.Care.Alerts.Rules(ctx, edge.ActorFrom(ctx))
			return edge.Pieced(*in, rules, func(r risk.Rule) string { return r.ID }, err)
		})
}
