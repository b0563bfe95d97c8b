package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/care/record"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/checkin"
	"handrail/models/reminder"
	"handrail/models/risk"
)

type ownTimesInput struct {
	door.PatientPath
	edge.Reading
}

type setTimesInput[T any] struct {
	door.PatientPath
	edge.Editing
	Body T
}

// ownTimes registers when a patient wants to check in and to be reminded of medicines.
func (a *API) ownTimes() {
	times(a, "check-in-times", "CheckInTimes", []string{"When the patient wants to check in", "Say when you want to check in; reminders follow"},
		(*record.Part).CheckInTimes, (*record.Part).SetCheckInTimes)
	times(a, "medicine-times", "MedicineTimes", []string{"When the patient wants to be reminded of medicines", "Say when you want to be reminded of medicines; no name and no amount is kept"},
		(*record.Part).MedicineTimes, (*record.Part).SetMedicineTimes)
	times(a, "check-in-pause", "CheckInPause", []string{"The patient's own break from check-ins", "Take a break from check-ins, or end it (the patient alone)"},
		(*record.Part).Pause, (*record.Part).SetPause)
	times(a, "contact-state", "ContactState", []string{"Where the patient is, as the team recorded it", "Record where the patient is; reminders follow, and family is told by a person"},
		(*record.Part).ContactState, (*record.Part).SetContactState)
}

// times registers one list of times, to be read and to be replaced.
func times[T checkin.Times | reminder.Medicines | risk.Pause | risk.ContactState](a *API, path, name string, says []string,
	read func(*record.Part, context.Context) (care.Versioned[T], error), set func(*record.Part, context.Context, int64, T) (care.Versioned[T], error)) {
	tag := []string{"Check-ins"}
	path = "/v1/patients/{patientId}/" + path
	door.Register(a.API, huma.Operation{OperationID: "read" + name, Method: http.MethodGet, Path: path, Tags: tag, Summary: says[0]},
		func(ctx context.Context, in *ownTimesInput) (*edge.Tagged[T], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			v, err := read(ch.Record, ctx)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "set" + name, Method: http.MethodPut, Path: path, Tags: tag, Summary: says[1]},
		func(ctx context.Context, in *setTimesInput[T]) (*edge.Tagged[T], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(set(ch.Record, ctx, version, in.Body))
		})
}
