// Package medicines is the one list of a patient's medicines: what is on it, what the
// rules say of an order, reactions, and how the list is gone through (docs/medicines.md).
package medicines

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	list "handrail/care/medicines"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/medicine"
)

// Add registers the operations.
func Add(a *door.API) {
	lines(a)
	changes(a)
	reactions(a)
	reconciliations(a)
	rules(a)
}

var tag = []string{"Medicines"}

const path = "/v1/patients/{patientId}/medicines"

// LinePath names a line of a list.
type LinePath struct {
	door.PatientPath
	MedicineID string `path:"medicineId" format:"uuid"`
}

type listInput struct {
	door.PatientPath
	Limit  int    `query:"limit" minimum:"1" maximum:"100" doc:"How many lines at most; a page can hold fewer and still have a next. Left out: all."`
	Cursor string `query:"cursor" maxLength:"1024" doc:"The next of the page before."`
}

// MedicineList is the list with what goes with it.
type MedicineList struct {
	Items      []medicine.Medicine `json:"items" doc:"What is taken first, then what was stopped, the newest first."`
	Next       string              `json:"next" doc:"Cursor of the next page; empty at the end."`
	Adverse    []medicine.Adverse  `json:"adverse"`
	Facts      []medicine.Fact     `json:"facts"`
	Checked    *list.Checked       `json:"checked,omitempty" doc:"For people of the clinic."`
	Incomplete bool                `json:"incomplete" doc:"Not everything is shared with you."`
	ReviewedAt time.Time           `json:"reviewedAt,omitzero" doc:"When somebody last went through the list."`
	Tablets    string              `json:"tablets,omitempty" doc:"The mark of the tablets that hold now: a phone that keeps others has an old copy."`
	MayOrder   bool                `json:"mayOrder"`
	MayAdd     bool                `json:"mayAdd"`
}

// NewMedicine is what is put on the list.
type NewMedicine struct {
	ID     string          `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
	Source medicine.Source `json:"source" enum:"here,elsewhere,over-the-counter,street" doc:"here: an order of a prescriber of this clinic. Else what comes from somewhere else, as it was told."`
	medicine.Terms
	Replaces string          `json:"replaces,omitempty" format:"uuid" doc:"The line that this one takes the place of: another amount or form. It ends with this order."`
	Facts    []medicine.Fact `json:"facts,omitempty" maxItems:"9" doc:"What the rules asked for. Each is kept for the next order."`
	GoOn     []list.GoOn     `json:"goOn,omitempty" maxItems:"50" doc:"Of an order that was interrupted: why it goes on, for each finding."`
}

func (n NewMedicine) order() list.Order {
	return list.Order{Source: n.Source, Terms: n.Terms, Replaces: n.Replaces, Facts: n.Facts, GoOn: n.GoOn}
}

type newInput struct {
	door.PatientPath
	edge.Creating
	Body NewMedicine
}

type lineReading struct {
	LinePath
	edge.Reading
}

func lines(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "listMedicines", Method: http.MethodGet, Path: path, Tags: tag,
		Summary: "The list of medicines, with reactions, and for people of the clinic what the rules say of it"},
		func(ctx context.Context, in *listInput) (*edge.Answer[MedicineList], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			l, err := ch.Medicine.ListPage(ctx, in.Cursor, in.Limit)
			return edge.Answered(MedicineList{l.Items, l.Next, l.Adverse, l.Facts, l.Checked, l.Incomplete, l.ReviewedAt, l.Tablets, l.MayOrder, l.MayAdd}, err)
		})
	door.Register(a, huma.Operation{OperationID: "readMedicine", Method: http.MethodGet, Path: path + "/{medicineId}", Tags: tag, Summary: "A line of the list"},
		func(ctx context.Context, in *lineReading) (*edge.Tagged[medicine.Medicine], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			v, err := ch.Medicine.Medicine(ctx, in.MedicineID)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a, huma.Operation{OperationID: "checkMedicine", Method: http.MethodPost, Path: path + "/check", Tags: tag,
		Summary:     "What an order would meet; nothing is written of it",
		Description: "The form shows which facts are asked for before anything interrupts."},
		func(ctx context.Context, in *newInput) (*edge.Answer[list.Checked], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Medicine.Check(ctx, id, in.Body.order()))
		})
	door.Register(a, huma.Operation{OperationID: "addMedicine", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary:     "Order a medicine, or write down what comes from elsewhere",
		Description: "An order that a rule interrupts is a 409 with the code `interrupted`, and `checked` says what the rule found, what to do instead, and whose decision it is. Nothing was written. To go on, send it again with `goOn`.",
		Errors:      []int{http.StatusConflict}},
		func(ctx context.Context, in *newInput) (*edge.Answer[medicine.Medicine], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Medicine.Add(ctx, id, in.Body.order()))
		})
}
