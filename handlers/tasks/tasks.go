// Package tasks is what people of the clinic must do: tasks with their owner, who has
// how much, and whose work is handed over (docs/tasks.md).
package tasks

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	work "handrail/care/tasks"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/task"
)

// Add registers the operations.
func Add(a *door.API) {
	read(a)
	act(a)
	office(a)
}

// TaskPath names a task.
type TaskPath struct {
	TaskID string `path:"taskId" format:"uuid"`
}

type readInput struct {
	TaskPath
	edge.Reading
}

type taskAnswer struct {
	ETag string `header:"ETag" doc:"Names this state: 304 and no line in the patient's log while it is the same."`
	Body task.View
}

type tasksInput struct {
	List    string    `query:"list" enum:"mine,asked,pool,made,had" doc:"mine: open and yours (when left out). asked: you are to answer. pool: you may claim. made, had: by you and yours, with what has ended."`
	Patient string    `query:"patient" format:"uuid" doc:"Instead of a list: the open tasks about this patient that you may read."`
	Pool    task.Pool `query:"pool" enum:"care-team,clinicians,coordinators,administrators" doc:"Of list=pool: which. Left out: that of your role."`
	edge.Paging
}

// NewTask is what somebody asks for.
type NewTask struct {
	ID        string           `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
	Text      string           `json:"text" minLength:"1" maxLength:"2000" doc:"What is to be done. The patient is not shown it." text:"prose"`
	PatientID string           `json:"patientId,omitempty" format:"uuid" doc:"Whom it is about."`
	Focus     *task.Reference  `json:"focus,omitempty" doc:"What it is about. It says which part of the chart somebody has to be allowed to read."`
	BasedOn   []task.Reference `json:"basedOn,omitempty" maxItems:"10" doc:"What it follows from."`
	Priority  task.Priority    `json:"priority,omitempty" enum:"routine,urgent,asap" doc:"Left out: routine."`
	DueAt     time.Time        `json:"dueAt" doc:"Until when; within two years."`
	RemindAt  *time.Time       `json:"remindAt,omitempty" doc:"When its owner is reminded first. Left out: a day before it is due, or half-way."`
	To        string           `json:"to,omitempty" format:"uuid" doc:"Account that is asked. Without it and without pool the task is yours."`
	Pool      task.Pool        `json:"pool,omitempty" enum:"care-team,clinicians,coordinators,administrators,on-duty" doc:"Anybody of this group may claim it. on-duty: it is at once that of who is on duty by the rotas; where nobody is, who leads the team is asked."`
}

type makeTaskInput struct {
	edge.Creating
	Body NewTask
}

func (n NewTask) order() task.Order {
	o := task.Order{Text: n.Text, PatientID: n.PatientID, Focus: n.Focus, BasedOn: n.BasedOn, Priority: n.Priority, DueAt: n.DueAt, To: n.To, Pool: n.Pool}
	if o.Priority == "" {
		o.Priority = task.Routine
	}
	if n.RemindAt != nil {
		o.RemindAt = *n.RemindAt
	}
	return o
}

var tag = []string{"Tasks"}

const path = "/v1/tasks"

func read(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "listTasks", Method: http.MethodGet, Path: path, Tags: tag, Summary: "List tasks, what is due first in front",
		Description: "A page may hold fewer than its limit, or none, while `next` leads on.", Errors: []int{http.StatusNotFound}},
		func(ctx context.Context, in *tasksInput) (*edge.Answer[edge.List[task.View]], error) {
			return door.Paged(a.Care.Tasks.Tasks(ctx, edge.ActorFrom(ctx), work.Filter{List: in.List, PatientID: in.Patient, Pool: in.Pool}, in.Cursor, in.Limit))
		})
	door.Register(a, huma.Operation{OperationID: "readTask", Method: http.MethodGet, Path: path + "/{taskId}", Tags: tag, Summary: "Read a task"},
		func(ctx context.Context, in *readInput) (*taskAnswer, error) {
			out := &taskAnswer{}
			var err error
			out.Body, err = a.Care.Tasks.Task(ctx, edge.ActorFrom(ctx), in.TaskID, func(state string) error {
				out.ETag = `"` + state + `"`
				return in.Unless(out.ETag)
			})
			if err != nil {
				return nil, err
			}
			return out, nil
		})
	door.Register(a, huma.Operation{OperationID: "makeTask", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Make a task: for you, for somebody who is asked, or for a group", Errors: []int{http.StatusNotFound}},
		func(ctx context.Context, in *makeTaskInput) (*edge.Answer[task.View], error) {
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(a.Care.Tasks.Make(ctx, edge.ActorFrom(ctx), id, in.Body.order()))
		})
}

type taskRejectInput struct {
	TaskPath
	Body struct {
		Note string `json:"note" minLength:"1" maxLength:"2000" doc:"Why. Who asked reads it." text:"prose"`
	}
}

type taskHandOverInput struct {
	TaskPath
	Body struct {
		To   string    `json:"to,omitempty" format:"uuid" doc:"Account that is asked. Until they accept, the task stays its owner's."`
		Pool task.Pool `json:"pool,omitempty" enum:"care-team,clinicians,coordinators,administrators,on-duty" doc:"Instead of to: anybody of this group may claim it; on-duty as for a new task."`
	}
}

type taskOutcomeInput struct {
	TaskPath
	Body struct {
		Status task.Status `json:"status" enum:"in-progress,completed,cancelled"`
		Note   string      `json:"note,omitempty" maxLength:"2000" doc:"What came of it; needed to call it off." text:"prose"`
	}
}

func act(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "acceptTask", Method: http.MethodPost, Path: path + "/{taskId}/accept", Tags: tag,
		Summary: "Say that you do it; from now on you answer for it"},
		func(ctx context.Context, in *TaskPath) (*edge.Answer[task.View], error) {
			return edge.Answered(a.Care.Tasks.Accept(ctx, edge.ActorFrom(ctx), in.TaskID))
		})
	door.Register(a, huma.Operation{OperationID: "claimTask", Method: http.MethodPost, Path: path + "/{taskId}/claim", Tags: tag,
		Summary: "Take it out of its group; of several who claim, one has it"},
		func(ctx context.Context, in *TaskPath) (*edge.Answer[task.View], error) {
			return edge.Answered(a.Care.Tasks.Claim(ctx, edge.ActorFrom(ctx), in.TaskID))
		})
	door.Register(a, huma.Operation{OperationID: "rejectTask", Method: http.MethodPost, Path: path + "/{taskId}/reject", Tags: tag,
		Summary: "Say that you can't; it stays with whom it was"},
		func(ctx context.Context, in *taskRejectInput) (*edge.Answer[task.View], error) {
			return edge.Answered(a.Care.Tasks.Reject(ctx, edge.ActorFrom(ctx), in.TaskID, in.Body.Note))
		})
	door.Register(a, huma.Operation{OperationID: "handOverTask", Method: http.MethodPost, Path: path + "/{taskId}/hand-over", Tags: tag,
		Summary: "Ask somebody else, or a group, to take it"},
		func(ctx context.Context, in *taskHandOverInput) (*edge.Answer[task.View], error) {
			return edge.Answered(a.Care.Tasks.HandOver(ctx, edge.ActorFrom(ctx), in.TaskID, in.Body.To, in.Body.Pool))
		})
	door.Register(a, huma.Operation{OperationID: "recordTask", Method: http.MethodPost, Path: path + "/{taskId}/outcome", Tags: tag,
		Summary: "Say that you have begun, that it is done, or call it off"},
		func(ctx context.Context, in *taskOutcomeInput) (*edge.Answer[task.View], error) {
			return edge.Answered(a.Care.Tasks.Progress(ctx, edge.ActorFrom(ctx), in.TaskID, in.Body.Status, in.Body.Note))
		})
}
