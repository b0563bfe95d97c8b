package handlers

import (
	"context"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/people"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/imports"
)

type lookAtImportInput struct {
	Body struct {
		ID   string       `json:"id" format:"uuid" doc:"Made by the client; the same that the import is sent with."`
		Kind imports.Kind `json:"kind" enum:"people,paper-consents"`
		CSV  string       `json:"csv" minLength:"1" maxLength:"500000" text:"prose" doc:"The file, at most 500 lines and 500,000 bytes. Its first line names the columns."`
	}
}

type importInput struct {
	Body struct {
		ID   string       `json:"id" format:"uuid" doc:"Made by the client. The same file under the same id writes nothing twice."`
		Kind imports.Kind `json:"kind" enum:"people,paper-consents"`
		CSV  string       `json:"csv" minLength:"1" maxLength:"500000" text:"prose" doc:"The file, as it was looked at."`
		Take []int        `json:"take,omitempty" maxItems:"500" doc:"The lines in state alike of which a person says that they are others."`
	}
}

// importLimits are of imports.
var importLimits = edge.Rules{
	reflect.TypeFor[imports.Line](): {
		"Line":    edge.Doc("Of the file, from 1: the one with the names of the columns."),
		"State":   edge.OneOf(imports.New, imports.Alike, imports.Double, imports.Refused, imports.Made).Doc("alike is written only when it is taken; double and refused never are."),
		"Name":    edge.Doc("Of whom it is about; none when it is refused."),
		"For":     edge.Doc("Paper consents: who may see something by it."),
		"Reasons": edge.Doc("Why it is refused: columns and codes, never what stands there."),
	},
	reflect.TypeFor[imports.Twin](): {
		"By":   edge.OneOf(imports.ByRecordNumber, imports.ByNameAndBirth, imports.ByName, imports.ByPhone, imports.ByConsent, imports.ByConsentInFile),
		"Line": edge.Doc("Of the file, where it is another line of it."),
	},
	reflect.TypeFor[people.Imported](): {
		"Ignored": edge.Doc("Columns, from 1, that are not read since their names are not known."),
		"Unread":  edge.Doc("Records that can't be read, so that nothing was held against them."),
	},
}

// imports registers what the office brings from elsewhere.
func (a *API) imports() {
	tag := []string{"Accounts"}
	door.Register(a.API, huma.Operation{OperationID: "lookAtImport", Method: http.MethodPost, Path: "/v1/imports/look", Tags: tag, DefaultStatus: http.StatusOK,
		Summary:     "Look at a spreadsheet of people or of consents on paper before it is imported (office)",
		Description: "Line by line: what is new, what is there already, what can't be read. Nothing is written.\n\nColumns of people: name, preferredname, role, discipline, birthdate, phone, recordnumber, zone, language, country. Of paper consents: patient and birthdate, or recordnumber; recipient, relationship, kind, scopes, purposes, discloser, signed, until, statements, signature, seenby."},
		func(ctx context.Context, in *lookAtImportInput) (*edge.Answer[people.Imported], error) {
			b := in.Body
			id, err := edge.CleanID("id", b.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(a.Care.People.LookAtImport(ctx, edge.ActorFrom(ctx), people.ImportFile{ID: id, Kind: b.Kind, CSV: b.CSV}))
		})
	door.Register(a.API, huma.Operation{OperationID: "importFile", Method: http.MethodPost, Path: "/v1/imports", Tags: tag, DefaultStatus: http.StatusOK,
		Summary:     "Import a spreadsheet of people or of consents on paper (office)",
		Description: "Each line is looked at again when it is written. An import that was cut off goes on when it is sent again. A patient hears of a consent that was recorded from paper, and takes it back as any other."},
		func(ctx context.Context, in *importInput) (*edge.Answer[people.Imported], error) {
			b := in.Body
			id, err := edge.CleanID("id", b.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(a.Care.People.Import(ctx, edge.ActorFrom(ctx), people.ImportFile{ID: id, Kind: b.Kind, CSV: b.CSV, Take: b.Take}))
		})
}
