package fhirapi

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"handrail/fhir"
)

type episodesInput struct {
	Reading
	Patient string `query:"patient" maxLength:"200" doc:"Patient/…; a patient's own when left out."`
}

// mostEpisodes is how many of a patient's are answered, the newest first.
const mostEpisodes = 100

// episodes registers a patient's ways through the clinic.
func (a *api) episodes() {
	register(a, huma.Operation{OperationID: "listFHIREpisodesOfCare", Method: http.MethodGet, Path: "/EpisodeOfCare", Errors: []int{http.StatusNotFound}, Summary: "The episodes of care of a patient, newest first, 100 at most"},
		func(ctx context.Context, in *episodesInput) (*Answer, error) {
			id, err := patientOf(ctx, in.Patient)
			if err != nil {
				return nil, err
			}
			ch, err := a.Open(ctx, id)
			if err != nil {
				return nil, err
			}
			page, err := ch.Episode.Episodes(ctx, "", mostEpisodes)
			if err != nil {
				return nil, err
			}
			found := make([]fhir.EpisodeOfCare, 0, len(page.Items))
			for _, e := range page.Items {
				out := fhir.Episode{ID: e.ID, PatientID: e.PatientID}
				for _, s := range e.History {
					out.Steps = append(out.Steps, fhir.EpisodeStep{Status: string(s.Status), At: s.At})
				}
				found = append(found, fhir.EpisodeOf(out))
			}
			if err := closed(ctx, a, id, found...); err != nil {
				return nil, err
			}
			return searchset(a, found, self("EpisodeOfCare", "", url.Values{"patient": {in.Patient}}), "")
		})
}
