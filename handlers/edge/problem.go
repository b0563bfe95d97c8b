package edge

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"handrail/models"
)

// Problem is how every refusal looks (RFC 9457). It never holds a value that was
// sent: a problem document ends up in logs and screenshots.
type Problem struct {
	Type     string         `json:"type" format:"uri-reference" doc:"Where this sort of problem is described." example:"/docs#problem-not-found"`
	Title    string         `json:"title" doc:"The sort of problem; the same for all of its sort." example:"Not found"`
	Status   int            `json:"status" doc:"The HTTP status." example:"404"`
	Detail   string         `json:"detail" doc:"One plain sentence that says what to do next." example:"There is nothing here for you."`
	Instance string         `json:"instance" format:"uri" doc:"The id of the request, as in X-Request-Id: tell it when you ask for help."`
	Code     string         `json:"code" doc:"Stable and machine-readable." example:"not-found"`
	Errors   []FieldProblem `json:"errors,omitempty" doc:"Which fields were refused, all at once."`
	Wipe     bool           `json:"wipe,omitempty" doc:"Of a 401: this device must forget all that it holds of its person, the crisis plan too. Somebody ended it on purpose; the code says how (ended-by-owner, reported-lost, given-back, shared-device, person-erased). A patient's device keeps what it has after every other 401."`

	// Extension is a struct whose members stand beside these (RFC 9457, section 3.2);
	// nil: none.
	Extension any `json:"-"`

	Ways []models.Way `json:"ways,omitempty" doc:"Of step-up-required: the ways that your account has to show that it is you."`

	headers map[string]string
	cause   error // for the log
}

// FieldProblem is the refusal of one field.
type FieldProblem struct {
	Field  string `json:"field" doc:"JSON path in the body, or query.…, path.…, header.…" example:"milestones[2].dueOn"`
	Code   string `json:"code" doc:"Stable and machine-readable." example:"too-long"`
	Detail string `json:"detail" doc:"One plain sentence." example:"This is too long."`
}

// ProblemType is the media type of a problem document.
const ProblemType = "application/problem+json"

// Error tells the code; Problem crosses Huma as an error.
func (p *Problem) Error() string { return p.Code }

// MarshalJSON writes the members of the extension behind the problem's own.
func (p *Problem) MarshalJSON() ([]byte, error) {
	type own Problem // without this method
	body, err := unescaped((*own)(p))
	if err != nil || p.Extension == nil {
		return body, err
	}
	more, err := unescaped(p.Extension)
	if err != nil || len(more) == len("{}") {
		return body, err
	}
	return append(append(body[:len(body)-1], ','), more[1:]...), nil
}

// unescaped is JSON in which "<" stays: who writes the whole decides about that.
func unescaped(v any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}

// GetStatus is how Huma asks for the status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is how Huma asks for the media type.
func (p *Problem) ContentType(string) string { return ProblemType }

// sort is what all problems of a status have in common.
type sort struct{ code, title, text string }

// sorts says how each status looks when nothing more exact is known.
var sorts = map[int]sort{
	400: {"bad-request", "Not understood", "The request can't be read. Please check how it is written."},
	401: {"not-signed-in", "Not signed in", "Please sign in."},
	403: {"forbidden", "Not allowed", "You may not do this."},
	404: {"not-found", "Not found", models.NotFound().Text},
	405: {"method-not-allowed", "Method not allowed", "This address can't do that."},
	406: {"not-acceptable", "Not acceptable", "Answers are written in JSON."},
	408: {"too-slow", "Too slow", "The request took too long to arrive. Please send it again."},
	409: {"conflict", "Conflict", "This clashes with what is here already."},
	410: {"gone", "Gone", "This has ended."},
	412: {"version-not-newest", "Changed meanwhile", "This was changed meanwhile. Load it again and repeat your change."},
	413: {"too-large", "Too large", "This is too large. Please send less at once."},
	416: {"range-not-there", "Not there", "The file ends before this."},
	415: {"unsupported-media-type", "Not JSON", "Please send JSON in UTF-8, not compressed, with Content-Type: application/json."},
	422: {"invalid-input", "Can't be used", "Some of what was sent can't be used. See the fields."},
	428: {"if-match-required", "Version needed", "Send If-Match with the ETag that you last read, so that nobody's change is lost."},
	429: {"too-many-requests", "Too many", "That was too often. Please wait a little."},
	431: {"headers-too-large", "Headers too large", "The headers of the request are too large."},
	500: {"internal", "Our mistake", "Something went wrong on our side. If it happens again, tell us the request id."},
	503: {"unavailable", "Not available", "We can't do this right now. Please try again in a moment."},
}

// statuses is the one place where a kind of error becomes a status.
var statuses = map[models.Kind]int{
	models.KindInvalid:     http.StatusUnprocessableEntity,
	models.KindUnsigned:    http.StatusUnauthorized,
	models.KindForbidden:   http.StatusForbidden,
	models.KindNotFound:    http.StatusNotFound,
	models.KindConflict:    http.StatusConflict,
	models.KindStale:       http.StatusPreconditionFailed,
	models.KindGone:        http.StatusGone,
	models.KindTooMany:     http.StatusTooManyRequests,
	models.KindTooLarge:    http.StatusRequestEntityTooLarge,
	models.KindUnavailable: http.StatusServiceUnavailable,
}

// Seconds to wait when the error does not say.
const (
	retryTooMany     = 60
	retryUnavailable = 5
)

// problem makes the problem of a status. Empty texts mean those of its sort.
func problem(status int, code, detail string) *Problem {
	s, known := sorts[status]
	if !known {
		if s = sorts[400]; status >= 500 {
			s = sorts[500]
		}
	}
	p := &Problem{Type: "/docs#problem-" + s.code, Title: s.title, Status: status, Detail: s.text, Code: s.code}
	if code != "" {
		p.Code, p.Detail = code, detail
	}
	switch status {
	case http.StatusUnauthorized:
		p.header("WWW-Authenticate", `Bearer realm="handrail"`)
	case http.StatusTooManyRequests:
		p.header("Retry-After", strconv.Itoa(retryTooMany))
	case http.StatusServiceUnavailable:
		p.header("Retry-After", strconv.Itoa(retryUnavailable))
	}
	return p
}

func (p *Problem) header(name, value string) *Problem {
	if p.headers == nil {
		p.headers = map[string]string{}
	}
	p.headers[name] = value
	return p
}

// ProblemOf turns any error into what is answered. What is not known is our
// mistake: its text stays here.
func ProblemOf(err error) *Problem {
	var known *models.Error
	var own *Problem
	var routing *fiber.Error
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &known):
		return problemOfKind(known)
	case errors.As(err, &routing):
		return problem(routing.Code, "", "")
	case errors.Is(err, context.DeadlineExceeded):
		p := problem(http.StatusServiceUnavailable, "took-too-long", "This took too long. Please try again in a moment.")
		p.cause = err
		return p
	}
	p := problem(http.StatusInternalServerError, "", "")
	p.cause = err
	return p
}

func problemOfKind(e *models.Error) *Problem {
	status, ok := statuses[e.Kind]
	if !ok {
		status = http.StatusInternalServerError
	}
	p := problem(status, e.Code, e.Text)
	p.cause = e.Err
	if e.Kind == models.KindUnsigned {
		_, p.Wipe = models.WipesDevice(e.Code)
	}
	for _, f := range e.Fields {
		p.Errors = append(p.Errors, FieldProblem{f.Field, f.Code, f.Text})
	}
	return p
}

// stamp ties a problem to its request and notes the cause of our own mistakes.
func (e *Edge) stamp(rq *request, p *Problem) {
	p.Instance = "urn:uuid:" + rq.id
	rq.code = p.Code
	if p.Status >= http.StatusInternalServerError {
		e.logFailure(rq, p)
	}
}

// answerProblem writes a problem outside of Huma.
func (e *Edge) answerProblem(c *fiber.Ctx, rq *request, p *Problem) {
	e.stamp(rq, p)
	c.Response().ResetBody()
	for name, value := range p.headers {
		c.Set(name, value)
	}
	var document any = p
	c.Set("Content-Type", ProblemType)
	if d := e.config.Dialect; d.spoken(c.Path()) {
		document = d.Refusal(p)
		c.Set("Content-Type", d.ContentType)
	}
	c.Set("Cache-Control", "no-store")
	c.Response().Header.Del("ETag")
	body, err := json.Marshal(document)
	if err != nil { // only strings and an int: can't be
		body = []byte("{}")
	}
	_ = c.Status(p.Status).Send(body) // never fails
}

// Unsatisfiable says that none of the bytes that were asked for are there (RFC 9110,
// section 15.5.17).
func Unsatisfiable(length int) error {
	return problem(http.StatusRequestedRangeNotSatisfiable, "", "").header("Content-Range", "bytes */"+strconv.Itoa(length))
}
