// Package meetings is what people do in a meeting about patients: who is there, what is
// said, what is decided, and what the patient is told (docs/team.md).
package meetings

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/care/alerts"
	rooms "handrail/care/meetings"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/meeting"
)

// ConferencePath names the conference of a meeting.
type ConferencePath struct {
	ConferenceID string `path:"conferenceId" format:"uuid"`
}

// MeetingPath names a meeting about a patient: it has the id of its conference.
type MeetingPath struct {
	door.PatientPath
	MeetingID string `path:"meetingId" format:"uuid"`
}

type meetingsInput struct {
	door.PatientPath
	edge.Paging
}

type quorumInput struct {
	ConferencePath
	Body struct {
		Disciplines []models.Discipline `json:"disciplines" maxItems:"12" doc:"Those that have to be there. A decision without them says so."`
	}
}

type presentInput struct {
	ConferencePath
	AccountID string `path:"accountId" format:"uuid"`
	Body      struct {
		Present bool `json:"present"`
	}
}

type voiceInput struct {
	MeetingPath
	edge.Creating
	Body struct {
		ID   string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		Text string `json:"text" minLength:"1" maxLength:"1000" doc:"For the team." text:"prose"`
	}
}

type decideInput struct {
	MeetingPath
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		meeting.Terms
	}
}

type tellMeetingInput struct {
	MeetingPath
	Body struct {
		Words string `json:"words,omitempty" maxLength:"1000" doc:"For the patient, beside the decisions that have words for them." text:"prose"`
	}
}

type meetingSummaryInput struct {
	MeetingPath
	Language string `query:"language" maxLength:"35" doc:"BCP 47. The patient's own when left out."`
}

type meetingReportInput struct {
	From time.Time `query:"from" required:"true"`
	To   time.Time `query:"to" required:"true" doc:"At most 92 days after from."`
}

// LateStep is a step of a goal whose day went by.
type LateStep struct {
	GoalID string `json:"goalId"`
	Goal   string `json:"goal"`
	Title  string `json:"title"`
	DueOn  string `json:"dueOn" doc:"YYYY-MM-DD"`
}

// MeetingPage is a meeting about one patient with what there is to talk about.
type MeetingPage struct {
	Meeting  rooms.View    `json:"meeting"`
	Alerts   []alerts.View `json:"alerts,omitempty" doc:"The open ones."`
	Late     []LateStep    `json:"late,omitempty" doc:"Steps of goals whose day went by: a reason to talk."`
	Withheld []string      `json:"withheld" doc:"The parts that are not for you: goals."`
}

var tag = []string{"Meetings"}

// Add registers the operations.
func Add(a *door.API) {
	together(a)
	about(a)
	say(a)
}

// together registers what is of the meeting and of no patient.
func together(a *door.API) {
	const path = "/v1/conferences/{conferenceId}"
	door.Register(a, huma.Operation{OperationID: "readRoster", Method: http.MethodGet, Path: path + "/roster", Tags: tag, Summary: "Who is in a meeting, by discipline, and who of those needed is not there"},
		func(ctx context.Context, in *ConferencePath) (*edge.Answer[rooms.Roster], error) {
			return edge.Answered(a.Care.Meetings.Roster(ctx, edge.ActorFrom(ctx), in.ConferenceID))
		})
	door.Register(a, huma.Operation{OperationID: "setQuorum", Method: http.MethodPut, Path: path + "/quorum", Tags: tag, Summary: "Say which disciplines have to be there"},
		func(ctx context.Context, in *quorumInput) (*edge.Answer[rooms.Roster], error) {
			return edge.Answered(a.Care.Meetings.SetQuorum(ctx, edge.ActorFrom(ctx), in.ConferenceID, in.Body.Disciplines))
		})
	door.Register(a, huma.Operation{OperationID: "setPresent", Method: http.MethodPut, Path: path + "/present/{accountId}", Tags: tag, Summary: "Say who is there"},
		func(ctx context.Context, in *presentInput) (*edge.Answer[rooms.Roster], error) {
			return edge.Answered(a.Care.Meetings.SetPresent(ctx, edge.ActorFrom(ctx), in.ConferenceID, in.AccountID, in.Body.Present))
		})
	door.Register(a, huma.Operation{OperationID: "reportMeetings", Method: http.MethodGet, Path: "/v1/meeting-report", Tags: tag,
		Summary:     "What became of the decisions of meetings: done, not done and why known, late (everybody who works here); names nobody",
		Description: "Administrators and coordinators get all decisions, everybody else those about patients whose care plan they may read."},
		func(ctx context.Context, in *meetingReportInput) (*edge.Answer[meeting.Report], error) {
			return edge.Answered(a.Care.Meetings.Report(ctx, edge.ActorFrom(ctx), in.From, in.To))
		})
}

const path = "/v1/patients/{patientId}/meetings"

// about registers what is read of a meeting about a patient.
func about(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "listMeetings", Method: http.MethodGet, Path: path, Tags: tag, Summary: "Meetings about a patient, the last called first",
		Description: "The patient sees those that they were told of. A page may hold fewer than its limit, or none, while `next` leads on."},
		func(ctx context.Context, in *meetingsInput) (*edge.Answer[edge.List[rooms.Head]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Paged(ch.Meetings.Meetings(ctx, in.Cursor, in.Limit))
		})
	door.Register(a, huma.Operation{OperationID: "readMeeting", Method: http.MethodGet, Path: path + "/{meetingId}", Tags: tag, Summary: "A meeting about one patient: what those say who can't come, and what there is to talk about (team)"},
		func(ctx context.Context, in *MeetingPath) (*edge.Answer[MeetingPage], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(pageOf(ctx, a, ch, in.MeetingID))
		})
	door.Register(a, huma.Operation{OperationID: "readMeetingSummary", Method: http.MethodGet, Path: path + "/{meetingId}/summary", Tags: tag, Summary: "What the patient was told of a meeting, in plain words"},
		func(ctx context.Context, in *meetingSummaryInput) (*edge.Answer[meeting.Summary], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Meetings.Summary(ctx, in.MeetingID, in.Language))
		})
}

// most bounds the goals that are looked at for late steps.
const most = 100

func pageOf(ctx context.Context, a *door.API, ch *care.Chart, id string) (MeetingPage, error) {
	p := MeetingPage{Withheld: []string{}}
	var err error
	if p.Meeting, err = ch.Meetings.Meeting(ctx, id); err != nil {
		return p, err
	}
	if p.Alerts, err = ch.Alerts.Open(ctx); err != nil {
		return p, err
	}
	goals, err := ch.Record.Goals(ctx, "", most)
	if models.KindOf(err) == models.KindForbidden {
		p.Withheld, err = append(p.Withheld, "goals"), nil
	}
	today := a.Config().Now().UTC().Format(time.DateOnly)
	for _, g := range goals.Items {
		for _, m := range g.Value.Milestones {
			if m.DueOn != "" && m.DueOn < today && m.Status != "done" && m.Status != "dropped" && !g.Value.Status.Ended() {
				p.Late = append(p.Late, LateStep{g.Value.ID, g.Value.Title, m.Title, m.DueOn})
			}
		}
	}
	return p, err
}

// say registers what is said, decided and told.
func say(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "sayInMeeting", Method: http.MethodPost, Path: path + "/{meetingId}/voices", Tags: tag,
		Summary: "Say something in writing before a meeting, also when you can't come (team)", Description: "It is answered with the meeting. It stands above all else."},
		func(ctx context.Context, in *voiceInput) (*edge.Answer[rooms.View], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Meetings.Say(ctx, in.MeetingID, id, in.Body.Text))
		})
	door.Register(a, huma.Operation{OperationID: "addMeetingPoint", Method: http.MethodPost, Path: path + "/{meetingId}/points", Tags: tag, Summary: "Add to what is talked about (team)"},
		func(ctx context.Context, in *voiceInput) (*edge.Answer[rooms.View], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Meetings.AddPoint(ctx, in.MeetingID, id, in.Body.Text))
		})
	door.Register(a, huma.Operation{OperationID: "decideInMeeting", Method: http.MethodPost, Path: path + "/{meetingId}/decisions", Tags: tag,
		Summary: "Write down a decision: who does it by when, as a task (who is in the meeting)", Description: "With the first one that the patient was not told of, you get a task to tell them the same day."},
		func(ctx context.Context, in *decideInput) (*edge.Answer[rooms.View], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Meetings.Decide(ctx, in.MeetingID, id, in.Body.Terms))
		})
	door.Register(a, huma.Operation{OperationID: "tellMeeting", Method: http.MethodPost, Path: path + "/{meetingId}/tell", Tags: tag, Summary: "Show the patient what was decided, in the words for them"},
		func(ctx context.Context, in *tellMeetingInput) (*edge.Answer[rooms.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Meetings.Tell(ctx, in.MeetingID, in.Body.Words))
		})
}
