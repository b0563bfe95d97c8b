package edge

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// Reading is embedded in the input of what can be cached.
type Reading struct {
	IfNoneMatch string `header:"If-None-Match" maxLength:"1000" doc:"The ETag of the copy that you hold: 304 when it is still the newest."`
}

// Editing is embedded in the input of every change to something that has versions.
type Editing struct {
	IfMatch string `header:"If-Match" required:"true" maxLength:"100" doc:"The ETag that you last read. 428 without it, 412 when somebody changed the thing meanwhile." example:"\"3\""`
}

// Tagged is an answer with the version of what it holds.
type Tagged[T any] struct {
	ETag string `header:"ETag" doc:"The version; send it back in If-Match or If-None-Match."`
	Body T
}

// NewTagged makes the answer for a document's version.
func NewTagged[T any](version int64, body T) *Tagged[T] { return &Tagged[T]{ETag(version), body} }

// ETag is the strong entity tag of a document's version.
func ETag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// tagSuffix is what programs that compress put at the end of a tag, inside the quotes:
// Apache and Caddy "-gzip", Jetty "--gzip", others ";br".
var tagSuffix = regexp.MustCompile(`(?:[-;:+.]{1,2}(?:x-)?(?:gzip|br|zstd|deflate))+"$`)

// BareTag is a tag as we made it. Those who compress on the way call it weak (W/), or
// put a word for it at its end.
func BareTag(tag string) string {
	return tagSuffix.ReplaceAllString(strings.TrimPrefix(strings.TrimSpace(tag), "W/"), `"`)
}

// Version is the version that the caller wants to change. It takes exactly one
// tag: with "*" or a list somebody's change could be lost. What proxies make of a tag
// is let pass: a version is exact anyway.
func (e Editing) Version() (int64, error) {
	tag, err := e.Tag()
	if err != nil {
		return 0, err
	}
	version, err := strconv.ParseInt(tag, 10, 64)
	if err != nil || version < 1 {
		return 0, problem(http.StatusPreconditionFailed, "", "") // not one of ours, so not the newest
	}
	return version, nil
}

// PartVersion is version for a thing of which only a part is for the caller to change: its
// tag is the version of that part, then a dot and what else a reader sees.
func (e Editing) PartVersion() (int64, error) {
	tag, err := e.Tag()
	if err != nil {
		return 0, err
	}
	part, _, _ := strings.Cut(tag, ".")
	return Editing{`"` + part + `"`}.Version()
}

// Tag is the text of the one tag.
func (e Editing) Tag() (string, error) {
	tag, ok := strings.CutPrefix(BareTag(e.IfMatch), `"`)
	tag, closed := strings.CutSuffix(tag, `"`)
	if !ok || !closed || strings.ContainsAny(tag, `", `) {
		return "", problem(http.StatusBadRequest, "bad-if-match", "If-Match holds one ETag, as you read it, in quotes.")
	}
	return tag, nil
}

// Unless answers 304 when the caller already holds what tag names (weak
// comparison, RFC 9110, section 13.1.2); nil when the whole must be sent.
func (r Reading) Unless(tag string) error {
	if r.IfNoneMatch == "" {
		return nil
	}
	for held := range strings.SplitSeq(r.IfNoneMatch, ",") {
		if held = BareTag(held); held == "*" || held == BareTag(tag) {
			return (&Problem{Status: http.StatusNotModified}).header("ETag", tag)
		}
	}
	return nil
}
