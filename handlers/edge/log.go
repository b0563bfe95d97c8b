package edge

import (
	"context"
	"log/slog"
	"regexp"
	"time"
)

// end writes the one line and counts the one request. It holds no URL, no query
// and no address that could point at a person.
func (e *Edge) end(rq *request, status int) {
	took := e.config.Now().Sub(rq.started)
	e.metrics.count(rq, status, took)
	level := slog.LevelInfo
	if rq.route == routeHealth {
		level = slog.LevelDebug
	}
	if !e.config.Log.Enabled(context.Background(), level) {
		return
	}
	attrs := make([]slog.Attr, 0, 8)
	attrs = append(attrs, slog.String("request", rq.id), slog.String("method", rq.method),
		slog.String("route", rq.route), slog.Int("status", status),
		slog.Float64("ms", float64(took.Round(10*time.Microsecond))/float64(time.Millisecond)),
		slog.String("from", logged(rq.from)))
	if rq.actor.AccountID != "" {
		attrs = append(attrs, slog.String("account", rq.actor.AccountID))
	}
	if rq.code != "" {
		attrs = append(attrs, slog.String("code", rq.code))
	}
	e.config.Log.LogAttrs(context.Background(), level, "request", attrs...)
}

// logFailure tells the operator why something was our mistake.
func (e *Edge) logFailure(rq *request, p *Problem) {
	cause := ""
	if p.cause != nil {
		cause = scrubbed(p.cause.Error())
	}
	e.config.Log.LogAttrs(context.Background(), slog.LevelError, "failed", slog.String("request", rq.id),
		slog.String("route", rq.route), slog.String("code", p.Code), slog.String("cause", cause))
}

// quoted finds what error texts of the standard library quote: values.
var quoted = regexp.MustCompile("\"[^\"]*\"?|`[^`]*`?|'[^']*'?|\\d{5,}")

// scrubbed takes values out of an error text. Errors from parsers quote what they
// could not read, and that may be a patient's.
func scrubbed(text string) string {
	const max = 600 // bytes
	text = quoted.ReplaceAllString(text, "…")
	if len(text) > max {
		text = text[:max]
	}
	return text
}
