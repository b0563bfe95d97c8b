package fhirapi

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"handrail/fhir"
	"handrail/handlers/edge"
)

type peopleInput struct {
	Reading
	IDs string `query:"_id" required:"true" maxLength:"1000" doc:"One or more, at most 20, with commas between them."`
}

// people registers whom an Appointment points to: Patient, for those who may see
// the profile; Practitioner, for patients and the people of the clinic.
func (a *api) people() {
	patient := func(ctx context.Context, id string) (fhir.Patient, error) {
		ch, err := a.Open(ctx, id)
		if err != nil {
			return fhir.Patient{}, err
		}
		p, err := ch.People.Profile(ctx)
		if err != nil {
			return fhir.Patient{}, err
		}
		out := fhir.PatientOf(fhir.Person{ID: p.Value.ID, Name: p.Value.Name, PreferredName: p.Value.PreferredName, Phone: p.Value.Phone,
			BirthDate: p.Value.BirthDate, Language: p.Value.Language, Version: strconv.FormatInt(p.Version, 10)})
		return out, closed(ctx, a, id, out)
	}
	practitioner := func(ctx context.Context, id string) (fhir.Practitioner, error) {
		p, err := a.Care.People.Practitioner(ctx, edge.ActorFrom(ctx), id)
		return fhir.PractitionerOf(p.AccountID, p.Name, string(p.Discipline), true), err
	}
	registerPeople(a, "Patient", "A patient, as far as you may see the profile", patient)
	registerPeople(a, "Practitioner", "A clinician of this clinic", practitioner)
}

func registerPeople[T interface{ Path() string }](a *api, kind, summary string, read func(context.Context, string) (T, error)) {
	register(a, huma.Operation{OperationID: "readFHIR" + kind, Method: http.MethodGet, Path: "/" + kind + "/{id}", Summary: summary},
		func(ctx context.Context, in *Path) (*Answer, error) {
			return resource(read(ctx, fhir.IDOf(kind, in.ID)))
		})
	register(a, huma.Operation{OperationID: "listFHIR" + kind + "s", Method: http.MethodGet, Path: "/" + kind, Summary: summary + ": several by their ids"},
		func(ctx context.Context, in *peopleInput) (*Answer, error) {
			ids := idList(in.IDs)
			if len(ids) > maxIDs {
				return nil, edge.Invalid("query._id", "too-many", "At most 20 can be asked for at once.")
			}
			found, err := eachID(ids, func(id string) (T, error) { return read(ctx, id) })
			if err != nil {
				return nil, err
			}
			return searchset(a, found, self(kind, "", url.Values{"_id": {in.IDs}}), "")
		})
}
