// Package learn is where people read: the library of education, packs for phones, pages
// without sign-in, a reader's own marks, and how the clinic writes and signs texts
// (docs/education.md).
package learn

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	texts "handrail/care/education"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/education"
)

// api is the API, as far as education asks it.
type api struct{ *door.API }

// Add registers the operations and the pages.
func Add(to *door.API) {
	a := &api{to}
	a.page()
	a.infobutton()
	a.library()
	a.search()
	a.own()
	a.texts()
}

// LibraryEntry is one module of the library, as a list shows it.
type LibraryEntry struct {
	ID          string             `json:"id"`
	Language    string             `json:"language"`
	Title       string             `json:"title"`
	Summary     string             `json:"summary"`
	Topic       education.Topic    `json:"topic"`
	Need        education.Need     `json:"need"`
	Audience    education.Audience `json:"audience"`
	Safety      bool               `json:"safety"`
	Fingerprint string             `json:"fingerprint"`
	Fallback    bool               `json:"fallback" doc:"It is not there in the language that was asked for."`
	Behind      bool               `json:"behind" doc:"The source text has changed since."`
	NotYet      bool               `json:"notYet" doc:"No clinician has reviewed it."`
	ReviewedOn  string             `json:"reviewedOn,omitempty" doc:"YYYY-MM-DD."`
}

func entryOf(s education.Shown) LibraryEntry {
	return LibraryEntry{s.ID, s.Language, s.Title, s.Summary, s.Topic, s.Need, s.Audience, s.Safety, s.Fingerprint(), s.Fallback, s.Behind, s.NotYet, s.SeenOn}
}

type libraryInput struct {
	edge.Pieces
	Language string             `query:"language" maxLength:"35" doc:"BCP 47. The clinic's own when left out."`
	Audience education.Audience `query:"audience" enum:"patient,family,both"`
	Need     education.Need     `query:"need" enum:"now,this-week,understand"`
}

type moduleInput struct {
	edge.Reading
	ID       string `path:"moduleId" maxLength:"64"`
	Language string `query:"language" maxLength:"35" doc:"BCP 47. The clinic's own when left out."`
}

type packInput struct {
	edge.Reading
	Language string `path:"language" maxLength:"35"`
}

// Signed is a compact JWS (RFC 7515).
type Signed struct {
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control"`
	ETag         string `header:"ETag"`
	Body         []byte
}

type packFileInput struct {
	Name  string `path:"name" minLength:"43" maxLength:"43" pattern:"^[A-Za-z0-9_-]+$" doc:"From the manifest."`
	Range string `header:"Range" maxLength:"100" doc:"bytes=N- for what is missing from byte N on (RFC 9110, section 14)."`
}

// PackFile is a file of a pack or the rest of it.
type PackFile struct {
	Status       int
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control"`
	AcceptRanges string `header:"Accept-Ranges"`
	ContentRange string `header:"Content-Range"`
	ETag         string `header:"ETag"`
	Body         []byte
}

// taggedView is a module with a tag of what is shown.
type taggedView struct {
	CacheControl string `header:"Cache-Control"`
	ETag         string `header:"ETag"`
	Body         education.View
}

const keepAsking = "public, no-cache" // keep it, but ask each time whether it changed

// viewTag is the tag of what a reader is shown of a module.
func viewTag(v education.View) string {
	flag := func(on bool) string {
		if on {
			return "1"
		}
		return "0"
	}
	return `"` + v.Language + "." + v.Fingerprint + "." + flag(v.Fallback) + flag(v.Behind) + flag(v.NotYet) + v.ReviewedOn + `"`
}

// reads are the languages that a reader of one reads, the best first.
func (a *api) reads(language string) []string {
	if language == "" {
		language = a.Care.Site().Language
	}
	return []string{language}
}

// library registers the library: the same for everybody, without sign-in. What
// somebody reads leaves no trace; the log has the route and not the address.
func (a *api) library() {
	tag := []string{"Education"}
	const path = "/v1/education"
	door.Register(a.API, huma.Operation{OperationID: "listEducation", Method: http.MethodGet, Path: path, Tags: tag, Security: edge.Public,
		Summary: "Modules to read, what is needed now first"},
		func(ctx context.Context, in *libraryInput) (*edge.Answer[edge.List[LibraryEntry]], error) {
			shown, err := a.Care.Learn.Library(ctx, texts.Filter{Languages: a.reads(in.Language), Audience: in.Audience, Need: in.Need})
			out := make([]LibraryEntry, 0, len(shown))
			for _, s := range shown {
				out = append(out, entryOf(s))
			}
			return edge.Pieced(in.Pieces, out, func(e LibraryEntry) string { return e.ID }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "readEducation", Method: http.MethodGet, Path: path + "/{moduleId}", Tags: tag, Security: edge.Public,
		Summary: "A module, in the language that is asked for or the next best"},
		func(ctx context.Context, in *moduleInput) (*taggedView, error) {
			v, _, err := a.view(ctx, in.ID, in.Language)
			if err == nil {
				err = in.Unless(viewTag(v))
			}
			if err != nil {
				return nil, err
			}
			return &taggedView{keepAsking, viewTag(v), v}, nil
		})
	door.Register(a.API, huma.Operation{OperationID: "readEducationPack", Method: http.MethodGet, Path: path + "/packs/{language}", Tags: tag, Security: edge.Public,
		Summary: "All modules of a language for a phone to keep: their names, signed", Responses: map[string]*huma.Response{"200": {
			Description: "A compact JWS (RFC 7515) of the manifest, signed with a key of /.well-known/jwks.json. Each file is named by the SHA-256 of its bytes.",
			Content:     map[string]*huma.MediaType{"application/jose": {Schema: &huma.Schema{Type: "string"}}}}}},
		func(ctx context.Context, in *packInput) (*Signed, error) {
			jws, tag, err := a.Care.Learn.Pack(ctx, in.Language)
			if err == nil {
				err = in.Unless(tag)
			}
			if err != nil {
				return nil, err
			}
			return &Signed{"application/jose", keepAsking, tag, []byte(jws)}, nil
		})
	binary := func(says string) *huma.Response {
		return &huma.Response{Description: says, Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: "string"}}}}
	}
	door.Register(a.API, huma.Operation{OperationID: "readEducationFile", Method: http.MethodGet, Path: path + "/files/{name}", Tags: tag, Security: edge.Public,
		Summary: "A file of a pack, from any byte on", Errors: []int{http.StatusRequestedRangeNotSatisfiable},
		Responses: map[string]*huma.Response{"200": binary("The file: a module as JSON."), "206": binary("The part that was asked for.")}}, a.packFile)
}

// view is a module as it is shown, and the languages that it is there in.
func (a *api) view(ctx context.Context, id, language string) (education.View, []string, error) {
	reads := a.reads(language)
	s, in, err := a.Care.Learn.Module(ctx, id, reads)
	if err != nil {
		return education.View{}, nil, err
	}
	v, err := a.Care.Learn.View(ctx, s, reads)
	return v, in, err
}

func (a *api) packFile(ctx context.Context, in *packFileInput) (*PackFile, error) {
	data, err := a.Care.Learn.PackFile(ctx, in.Name)
	if err != nil {
		return nil, err
	}
	out := &PackFile{http.StatusOK, "application/octet-stream", "public, max-age=31536000, immutable", "bytes", "", `"` + in.Name + `"`, data}
	from, to, partial := ByteRange(in.Range, len(data))
	if !partial {
		return out, nil
	}
	if from >= to {
		return nil, edge.Unsatisfiable(len(data))
	}
	out.Status, out.ContentRange, out.Body = http.StatusPartialContent, fmt.Sprintf("bytes %d-%d/%d", from, to-1, len(data)), data[from:to]
	return out, nil
}

type answerInput struct {
	edge.Creating
	ID   string `path:"moduleId" maxLength:"64"`
	Body struct {
		ID          string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		Language    string `json:"language" maxLength:"35"`
		Fingerprint string `json:"fingerprint" maxLength:"16" doc:"Of the words that were read."`
		Answer      int    `json:"answer" minimum:"0" maximum:"9" doc:"0 is the first."`
	}
}

type markInput struct {
	ID   string `path:"moduleId" maxLength:"64"`
	Body struct {
		Useful string `json:"useful,omitempty" enum:",yes,no"`
	}
}

type suggestInput struct {
	Body struct {
		Situations []education.Situation `json:"situations" maxItems:"12" enum:"after-break,after-use,strong-craving,poor-sleep,new-medicine,loss,work-goal,own-strain,fears-suicide,fears-overdose" doc:"What you say of yourself or fear, now. None of it is kept."`
	}
}

// own registers what a reader has of their own.
func (a *api) own() {
	tag := []string{"Education"}
	const own = "/v1/me/education"
	door.Register(a.API, huma.Operation{OperationID: "answerEducation", Method: http.MethodPost, Path: "/v1/education/{moduleId}/answers", Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Answer a module's question; nobody else sees it"},
		func(ctx context.Context, in *answerInput) (*edge.Answer[texts.AnswerTold], error) {
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(a.Care.Learn.Answer(ctx, edge.ActorFrom(ctx), id, education.Answered{Module: in.ID, Language: in.Body.Language,
				Fingerprint: in.Body.Fingerprint, Answer: in.Body.Answer}))
		})
	door.Register(a.API, huma.Operation{OperationID: "readMyEducation", Method: http.MethodGet, Path: own, Tags: tag, Summary: "What you have read, what your team gave you, what may help"},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[texts.Mine], error) {
			return edge.Answered(a.Care.Learn.Mine(ctx, edge.ActorFrom(ctx), nil))
		})
	door.Register(a.API, huma.Operation{OperationID: "suggestEducation", Method: http.MethodPost, Path: own + "/suggestions", Tags: tag,
		Summary: "What may help in what you name; nothing of it is kept"},
		func(ctx context.Context, in *suggestInput) (*edge.Answer[texts.Mine], error) {
			return edge.Answered(a.Care.Learn.Mine(ctx, edge.ActorFrom(ctx), in.Body.Situations))
		})
	door.Register(a.API, huma.Operation{OperationID: "markEducation", Method: http.MethodPut, Path: own + "/{moduleId}", Tags: tag, Summary: "Mark a module as read, for yourself"},
		func(ctx context.Context, in *markInput) (*edge.Answer[texts.Mark], error) {
			return edge.Answered(a.Care.Learn.MarkRead(ctx, edge.ActorFrom(ctx), in.ID, in.Body.Useful))
		})
	a.given(tag)
}

type giveInput struct {
	door.PatientPath
	edge.Creating
	Body struct {
		ID     string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		Module string `json:"module" maxLength:"64"`
		Why    string `json:"why" minLength:"1" maxLength:"300" text:"prose" doc:"The patient reads it."`
	}
}

type givenPath struct {
	door.PatientPath
	GivenID string `path:"givenId" format:"uuid"`
}

type listGivenInput struct {
	door.PatientPath
	edge.Pieces
}

func (a *api) given(tag []string) {
	const given = "/v1/patients/{patientId}/education"
	door.Register(a.API, huma.Operation{OperationID: "listGivenEducation", Method: http.MethodGet, Path: given, Tags: tag, Summary: "What the team gave the patient to read, newest first"},
		func(ctx context.Context, in *listGivenInput) (*edge.Answer[edge.List[texts.Given]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			list, err := ch.Learn.Given(ctx)
			return edge.Pieced(in.Pieces, list, func(g texts.Given) string { return g.ID }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "giveEducation", Method: http.MethodPost, Path: given, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Give the patient a module to read, with the reason that they see"},
		func(ctx context.Context, in *giveInput) (*edge.Answer[texts.Given], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Learn.Give(ctx, id, in.Body.Module, in.Body.Why))
		})
	door.Register(a.API, huma.Operation{OperationID: "takeOffEducation", Method: http.MethodDelete, Path: given + "/{givenId}", Tags: tag, DefaultStatus: http.StatusNoContent,
		Summary: "Take a module off the list; the patient may too"},
		func(ctx context.Context, in *givenPath) (*struct{}, error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return nil, ch.Learn.TakeOff(ctx, in.GivenID)
		})
	door.Register(a.API, huma.Operation{OperationID: "tellReadEducation", Method: http.MethodPut, Path: given + "/{givenId}/read", Tags: tag,
		Summary: "Tell your team that you have read it; nothing else tells them"},
		func(ctx context.Context, in *givenPath) (*edge.Answer[texts.Given], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Learn.TellRead(ctx, in.GivenID))
		})
}
