package edge

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/go-json-experiment/json/jsontext"
)

// maxDepth is how deep objects and lists may be nested in each other.
const maxDepth = 32

// onlyGoodJSON stands before Huma's decoder, which would take the last of two
// equal keys, half a character, or a body of any depth. What two programs read
// in two ways must not become part of a record.
func (e *Edge) onlyGoodJSON(ctx huma.Context, next func(huma.Context)) {
	if ctx.Operation().RequestBody == nil {
		next(ctx)
		return
	}
	request := humafiber.Unwrap(ctx).Request()
	// Fiber would unpack a compressed body without a limit.
	if len(request.Header.ContentEncoding()) > 0 {
		e.refuse(ctx, problem(http.StatusUnsupportedMediaType, "", ""))
		return
	}
	body := request.Body()
	if ctx.Operation().Metadata[FormKey] != nil {
		if !isForm(ctx.Header("Content-Type")) {
			e.refuse(ctx, problem(http.StatusUnsupportedMediaType, "form-needed", "Please send a form (application/x-www-form-urlencoded)."))
			return
		}
		next(ctx)
		return
	}
	if len(body) > 0 {
		if !isJSON(ctx.Header("Content-Type"), e.config.Dialect, ctx.Operation().Path) {
			e.refuse(ctx, problem(http.StatusUnsupportedMediaType, "", ""))
			return
		}
		check := checkJSON
		if ctx.Operation().Metadata[AnyJSONKey] != nil {
			check = checkAnyJSON
		}
		if err := check(body); err != nil {
			e.refuse(ctx, err)
			return
		}
	}
	next(ctx)
}

// isJSON tells whether a Content-Type says JSON in UTF-8, that of a dialect where it is spoken.
func isJSON(contentType string, d Dialect, path string) bool {
	if contentType == "application/json" {
		return true
	}
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || kind != "application/json" && !(d.spoken(path) && kind == d.ContentType) {
		return false
	}
	charset, said := params["charset"]
	return !said || strings.EqualFold(charset, "utf-8")
}

// checkJSON reads a body once and refuses what is not exactly one JSON value in
// UTF-8 (RFC 8259), is nested deeper than maxDepth, or has an object with two
// keys that differ in nothing but case (RFC 7493, section 2.3; encoding/json
// takes "Name" for "name").
func checkJSON(body []byte) error {
	if !utf8.Valid(body) {
		return problem(http.StatusBadRequest, "bad-utf8", "The body is not text in UTF-8.")
	}
	in := jsontext.NewDecoder(bytes.NewReader(body), jsontext.AllowDuplicateNames(true)) // keys does better
	var seen keys
	for whole := false; ; whole = in.StackDepth() == 0 {
		token, err := in.ReadToken()
		switch {
		case whole && errors.Is(err, io.EOF):
			return nil
		case err != nil || whole: // whole: something follows the value
			return problem(http.StatusBadRequest, "bad-json", "The body is not one JSON value. Please check how it is written.")
		case in.StackDepth() > maxDepth:
			return problem(http.StatusBadRequest, "too-deep", "The body is nested too deep.")
		case token.Kind() == '0' && !isNumber(token.String()):
			return problem(http.StatusBadRequest, "bad-number", "A number is too big.")
		case !seen.add(in, token):
			return problem(http.StatusBadRequest, "duplicate-key", "An object has the same key twice.")
		}
	}
}

// AnyJSONKey marks in the metadata an operation that takes whatever is JSON, and reads it itself.
const AnyJSONKey = "any-object"

// checkAnyJSON refuses what is not JSON in UTF-8, and nothing else: what is nested
// deep, has two equal keys or a number that is too big is JSON all the same.
func checkAnyJSON(body []byte) error {
	switch {
	case !utf8.Valid(body):
		return problem(http.StatusBadRequest, "bad-utf8", "The body is not text in UTF-8.")
	case !json.Valid(body) && !closesWhatItOpens(body):
		return problem(http.StatusBadRequest, "bad-json", "The body is not one JSON value. Please check how it is written.")
	}
	return nil
}

// deeperThan is how deep encoding/json reads.
const deeperThan = 10_000

// closesWhatItOpens is the one look that is taken at what is nested deeper than any
// decoder goes.
func closesWhatItOpens(body []byte) bool {
	depth, deepest, inText := 0, 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case inText && c == '\\':
			i++
		case c == '"':
			inText = !inText
		case inText:
		case c == '{' || c == '[':
			depth++
			deepest = max(deepest, depth)
		case c == '}' || c == ']':
			depth--
		}
	}
	return depth == 0 && !inText && deepest > deeperThan
}

// isNumber tells whether a number fits what Huma's validation keeps it in (RFC
// 8259, section 6).
func isNumber(digits string) bool {
	_, err := strconv.ParseFloat(digits, 64)
	return err == nil
}

// keys holds the keys of the objects that are open, one set for each depth.
type keys struct{ open []map[string]bool }

// add notes a token and tells whether it is fine.
func (k *keys) add(in *jsontext.Decoder, token jsontext.Token) bool {
	depth := in.StackDepth()
	switch token.Kind() {
	case '{':
		for len(k.open) <= depth {
			k.open = append(k.open, map[string]bool{})
		}
		clear(k.open[depth])
	case '"':
		kind, read := in.StackIndex(depth)
		if kind != '{' || read%2 == 0 { // a value; after a key the count is odd
			return true
		}
		name := fold(token.String())
		if k.open[depth][name] {
			return false
		}
		k.open[depth][name] = true
	}
	return true
}

// fold makes names equal that encoding/json takes for equal: each rune becomes the
// smallest of those that differ from it only in case.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		for {
			next := unicode.SimpleFold(r)
			if next <= r {
				return next
			}
			r = next
		}
	}, name)
}
