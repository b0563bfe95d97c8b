package edge

import (
	"errors"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"handrail/models"
)

// ownHumaErrors puts our problem documents in the place of Huma's, which echo the
// rejected value. Huma keeps these in package variables, so it is done once for
// the process.
var ownHumaErrors = sync.OnceFunc(func() {
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError {
		return refusedByHuma(nil, status, errs)
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
		return refusedByHuma(ctx.Operation(), status, errs)
	}
	huma.ValidateStrictCasing = true // "Name" is not "name"
	huma.DefaultArrayNullable = false
})

// refusedByHuma turns what Huma has to say into a Problem: the error of a use
// case, or its list of refused fields.
func refusedByHuma(op *huma.Operation, status int, errs []error) *Problem {
	var fields []FieldProblem
	for _, err := range errs {
		var detail *huma.ErrorDetail
		if !errors.As(err, &detail) {
			return ProblemOf(err)
		}
		if detail.Location == "header.If-Match" && strings.HasPrefix(detail.Message, "required") {
			return problem(http.StatusPreconditionRequired, "", "")
		}
		fields = append(fields, fieldProblem(op, detail))
	}
	if len(fields) > 0 {
		p := problem(http.StatusUnprocessableEntity, "", "")
		p.Errors = fields
		return p
	}
	if status == http.StatusBadRequest {
		return problem(status, "body-required", "Please send a JSON body.")
	}
	return problem(status, "", "")
}

// stampAnswers is Huma's last step before an answer is written. Problems get the
// id of their request and their headers here, wherever they came from.
func (e *Edge) stampAnswers(ctx huma.Context, status string, v any) (any, error) {
	if status == "201" {
		e.locate(ctx, v)
	}
	if p, ok := v.(*Problem); ok {
		e.stamp(requestOf(ctx.Context()), p)
		for name, value := range p.headers {
			ctx.SetHeader(name, value)
		}
		if d := e.config.Dialect; d.spoken(ctx.Operation().Path) {
			ctx.SetHeader("Content-Type", d.ContentType)
			return d.Refusal(p), nil
		}
	}
	return v, nil
}

// refuse answers from a Huma middleware.
func (e *Edge) refuse(ctx huma.Context, err error) {
	// WriteErr fails only when the connection does.
	_ = huma.WriteErr(e.huma, ctx, http.StatusInternalServerError, "", err)
}

// Invalid is the refusal of one field outside of a form.
func Invalid(field, code, text string) error {
	var c models.Checks
	c.Fail(field, code, text)
	return c.Err()
}
