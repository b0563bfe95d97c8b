package learn

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/education"
	"handrail/models/education/search"
)

type searchInput struct {
	Body struct {
		Typed    string             `json:"typed" minLength:"1" maxLength:"200" text:"prose" doc:"In the person's own words. It is kept nowhere."`
		Language string             `json:"language,omitempty" maxLength:"35" doc:"BCP 47. The clinic's own when left out."`
		Audience education.Audience `json:"audience,omitempty" enum:"patient,family,both"`
	}
}

// SearchAnswer is what a search gives, the best first, ten at most.
type SearchAnswer struct {
	Help  bool        `json:"help" doc:"Show the numbers to call above all that was found: the words may mean a life in danger."`
	Found []FoundPage `json:"found"`
}

// FoundPage is a page that was found.
type FoundPage struct {
	LibraryEntry
	Why []search.Why `json:"why" doc:"The words that led here, and what they stand for on the page."`
}

// search registers the search for a client that keeps no pack. The words come in the body:
// an address would be kept by whoever stands between.
func (a *api) search() {
	door.Register(a.API, huma.Operation{OperationID: "searchEducation", Method: http.MethodPost, Path: "/v1/education/search", Tags: []string{"Education"}, Security: edge.Public,
		Summary: "Find modules by what somebody types; nothing of it is kept"},
		func(ctx context.Context, in *searchInput) (*edge.Answer[SearchAnswer], error) {
			found, err := a.Care.Learn.Search(ctx, a.reads(in.Body.Language)[0], in.Body.Typed, in.Body.Audience)
			out := SearchAnswer{found.Help, make([]FoundPage, 0, len(found.Pages))}
			for _, p := range found.Pages {
				out.Found = append(out.Found, FoundPage{entryOf(p.Shown), p.Why})
			}
			return edge.Answered(out, err)
		})
}
