package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"time"
)

// Problem is a refusal (RFC 9457). It never holds a value that was sent, so it may be
// logged.
type Problem struct {
	Status   int            `json:"status"`   // of HTTP
	Code     string         `json:"code"`     // stable and machine-readable; empty when not Handrail answered, but something on the way
	Title    string         `json:"title"`    // the same for all of its sort
	Detail   string         `json:"detail"`   // one plain sentence that says what to do next
	Instance string         `json:"instance"` // the id of the request, for who asks for help
	Errors   []FieldProblem `json:"errors"`   // which fields were refused, all at once
	// Wipe, of a 401, says that this device was ended on purpose and must forget all that
	// it holds of its person. After every other 401 a patient's device keeps the crisis
	// plan and what waits to be sent.
	Wipe bool `json:"wipe"`

	Conflicts    []Conflict    `json:"conflicts"`    // of a time that is not possible: everything that is in the way
	Alternatives []Slot        `json:"alternatives"` // the nearest times that are possible
	Visits       []SeriesVisit `json:"visits"`       // of a series: the visits that can't be

	Checked json.RawMessage `json:"checked"` // of interrupted: what the rules of medicines found

	Ways []string `json:"ways"` // of step-up-required: the ways that your account has to show that it is you

	RetryAfter time.Duration `json:"-"` // what the server asks to wait; 0: it says nothing
}

// FieldProblem is the refusal of one field.
type FieldProblem struct {
	Field  string `json:"field"` // JSON path in the body, such as milestones[2].dueOn, or query.…, path.…, header.…
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// Error tells the status, the code and the sentence.
func (p *Problem) Error() string {
	if p.Code == "" {
		return fmt.Sprintf("%d %s", p.Status, p.Title)
	}
	return fmt.Sprintf("%d %s: %s", p.Status, p.Code, p.Detail)
}

// IsCode tells whether an error is a Problem of this code.
func IsCode(err error, code string) bool {
	var p *Problem
	return errors.As(err, &p) && p.Code == code
}

// problemOf reads a refusal. What is no problem document keeps its status only.
func problemOf(res *http.Response, body []byte, now time.Time) *Problem {
	p := &Problem{}
	kind, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	if kind != "application/problem+json" || json.Unmarshal(body, p) != nil {
		p = &Problem{Title: http.StatusText(res.StatusCode)}
	}
	p.Status = res.StatusCode
	p.RetryAfter = retryAfter(res.Header.Get("Retry-After"), now)
	return p
}

// retryAfter reads seconds or a date (RFC 9110, section 10.2.3).
func retryAfter(value string, now time.Time) time.Duration {
	if n, err := strconv.ParseInt(value, 10, 32); err == nil && n > 0 {
		return time.Duration(n) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}
