package learn

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	texts "handrail/care/education"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

// TextFault is one thing that is wrong with a text, or missing.
type TextFault struct {
	Field string `json:"field" doc:"Of the front matter; body:N is line N."`
	Code  string `json:"code"`
	Text  string `json:"text"`
}

// CheckedText is what is to be said about a text before anything is kept.
type CheckedText struct {
	Faults  []TextFault `json:"faults" doc:"It can't be kept like this."`
	Missing []TextFault `json:"missing" doc:"It can be kept as a draft, and not be published."`
	texts.Checked
}

// TextPath names a text: a module in a language.
type TextPath struct {
	ID       string `path:"moduleId" maxLength:"64"`
	Language string `path:"language" maxLength:"35"`
}

type readTextInput struct {
	TextPath
	edge.Reading
}

type textFile struct {
	File string `json:"file" maxLength:"65536" text:"prose" doc:"Front matter between two lines ---, then Markdown (docs/education.md)."`
}

type checkTextInput struct{ Body textFile }

type draftTextInput struct {
	TextPath
	edge.Editing
	Body textFile
}

type wordsInput struct {
	TextPath
	edge.Editing
	Body struct {
		Fingerprint string `json:"fingerprint" minLength:"16" maxLength:"16" doc:"Of the words that you read: nothing else is meant."`
	}
}

type signInput struct {
	TextPath
	edge.Editing
	Body struct {
		Fingerprint string `json:"fingerprint" minLength:"16" maxLength:"16" doc:"Of the words that you read: nothing else is signed."`
		Next        string `json:"next" minLength:"10" maxLength:"10" doc:"YYYY-MM-DD: when somebody looks again, within three years."`
	}
}

type signWordsInput struct {
	ID       string `path:"wordsId" maxLength:"64"`
	Language string `path:"language" maxLength:"35"`
	Body     struct {
		Fingerprint string `json:"fingerprint" minLength:"16" maxLength:"16" doc:"Of the words that you read: nothing else is signed."`
		Next        string `json:"next" minLength:"10" maxLength:"10" doc:"YYYY-MM-DD: when somebody looks again, within three years."`
	}
}

// texts registers what the office does with texts: write, check, sign, publish
// and withdraw.
func (a *api) texts() {
	tag := []string{"Education"}
	const path, one = "/v1/education-texts", "/v1/education-texts/{moduleId}/{language}"
	door.Register(a.API, huma.Operation{OperationID: "listEducationTexts", Method: http.MethodGet, Path: path, Tags: tag, Summary: "All texts, and what the office has to look at"},
		func(ctx context.Context, in *edge.Pieces) (*edge.Answer[edge.List[texts.TextState]], error) {
			list, err := a.Care.Learn.Texts(ctx, edge.ActorFrom(ctx))
			return edge.Pieced(*in, list, func(s texts.TextState) string { return s.ID + ":" + s.Language }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "checkEducationText", Method: http.MethodPost, Path: path + "/check", Tags: tag,
		Summary: "What is wrong, missing or hard to read in a text; nothing is kept"},
		func(ctx context.Context, in *checkTextInput) (*edge.Answer[CheckedText], error) {
			found, err := a.Care.Learn.Check(ctx, edge.ActorFrom(ctx), in.Body.File)
			if err != nil {
				return nil, err
			}
			return edge.NewAnswer(CheckedText{faults(found.Faults), faults(found.Missing), found}), nil
		})
	door.Register(a.API, huma.Operation{OperationID: "readEducationText", Method: http.MethodGet, Path: one, Tags: tag, Summary: "A text with its draft, its signature and how it reads"},
		func(ctx context.Context, in *readTextInput) (*edge.Tagged[texts.Text], error) {
			v, err := a.Care.Learn.Text(ctx, edge.ActorFrom(ctx), in.ID, in.Language)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "draftEducationText", Method: http.MethodPut, Path: one + "/draft", Tags: tag,
		Summary: `Keep a draft; If-Match: "1" where the clinic has nothing of its own yet`},
		func(ctx context.Context, in *draftTextInput) (*edge.Tagged[texts.Text], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Learn.SaveDraft(ctx, edge.ActorFrom(ctx), in.ID, in.Language, version, in.Body.File))
		})
	door.Register(a.API, huma.Operation{OperationID: "signEducationText", Method: http.MethodPost, Path: one + "/signature", Tags: tag,
		Summary: "Say, as a clinician of the site, that you have read these words and that they are right"},
		func(ctx context.Context, in *signInput) (*edge.Tagged[texts.Text], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Learn.Sign(ctx, edge.ActorFrom(ctx), in.ID, in.Language, version, in.Body.Fingerprint, in.Body.Next))
		})
	const words = "/v1/education-words"
	door.Register(a.API, huma.Operation{OperationID: "listEducationWords", Method: http.MethodGet, Path: words, Tags: tag, Summary: "Words of the app that a clinician signs before they are shown, and whether one has"},
		func(ctx context.Context, in *edge.Pieces) (*edge.Answer[edge.List[texts.WordsState]], error) {
			list, err := a.Care.Learn.Words(ctx, edge.ActorFrom(ctx))
			return edge.Pieced(*in, list, func(s texts.WordsState) string { return s.ID + ":" + s.Language }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "signEducationWords", Method: http.MethodPost, Path: words + "/{wordsId}/{language}/signature", Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "Say, as a clinician of the site, that you have read these words of the app and that they are right"},
		func(ctx context.Context, in *signWordsInput) (*edge.Answer[texts.WordsState], error) {
			return edge.Answered(a.Care.Learn.SignWords(ctx, edge.ActorFrom(ctx), in.ID, in.Language, in.Body.Fingerprint, in.Body.Next))
		})
	a.words(tag, one+"/publication", "publishEducationText", "Publish the draft; a text of safety is signed before", (*texts.Service).Publish)
	a.words(tag, one+"/withdrawal", "withdrawEducationText", "Take a text back as dangerous, for good: nobody is shown it any more", (*texts.Service).Withdraw)
}

// words registers what is done to the words with one fingerprint.
func (a *api) words(tag []string, path, operation, summary string,
	do func(*texts.Service, context.Context, models.Actor, string, string, int64, string) (care.Versioned[texts.Text], error)) {
	door.Register(a.API, huma.Operation{OperationID: operation, Method: http.MethodPost, Path: path, Tags: tag, Summary: summary},
		func(ctx context.Context, in *wordsInput) (*edge.Tagged[texts.Text], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(do(a.Care.Learn, ctx, edge.ActorFrom(ctx), in.ID, in.Language, version, in.Body.Fingerprint))
		})
}

func faults(fields []models.FieldError) []TextFault {
	out := []TextFault{}
	for _, f := range fields {
		out = append(out, TextFault{f.Field, f.Code, f.Text})
	}
	return out
}

func pageTag(page []byte) string {
	sum := sha256.Sum256(page)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}
