package fhirapi

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// before does for FHIR what must happen before a request is routed: it refuses
// what is to be written in anything but JSON, and makes a search that was posted as a
// form one that was asked for (http://hl7.org/fhir/R4/http.html#search). nil: go on.
func before(rq *fasthttp.Request) error {
	path := string(rq.URI().Path())
	if !writesJSON(string(rq.Header.Peek("Accept"))) || !jsonFormat(rq.URI().QueryArgs()) {
		return fiber.ErrNotAcceptable
	}
	base, posted := strings.CutSuffix(path, "/_search")
	if !posted || !rq.Header.IsPost() {
		return nil
	}
	kind, _, _ := bytes.Cut(rq.Header.ContentType(), []byte(";"))
	if len(rq.Body()) > 0 && !strings.EqualFold(strings.TrimSpace(string(kind)), "application/x-www-form-urlencoded") {
		return fiber.ErrUnsupportedMediaType
	}
	var form fasthttp.Args
	form.ParseBytes(rq.Body())
	if !jsonFormat(&form) {
		return fiber.ErrNotAcceptable
	}
	query := rq.URI().QueryArgs()
	for name, value := range form.All() {
		query.AddBytesKV(name, value)
	}
	rq.URI().SetPath(base)
	rq.URI().SetQueryStringBytes(bytes.Clone(query.QueryString()))
	rq.Header.SetRequestURIBytes(rq.URI().RequestURI())
	rq.Header.SetMethod(http.MethodGet)
	rq.Header.Del("Content-Type")
	rq.ResetBody()
	return nil
}

// jsonFormat tells whether the parameter _format, which counts more than Accept, asks
// for JSON or for nothing.
func jsonFormat(query *fasthttp.Args) bool {
	format := strings.ReplaceAll(string(query.Peek("_format")), " ", "+")
	return format == "" || writesJSON(format)
}

// writesJSON tells whether one of the types that are asked for is JSON.
func writesJSON(accept string) bool {
	if strings.TrimSpace(accept) == "" {
		return true
	}
	for part := range strings.SplitSeq(strings.ToLower(accept), ",") {
		kind, params, _ := strings.Cut(part, ";")
		if weight := strings.ReplaceAll(params, " ", ""); strings.Contains(weight, "q=0") && strings.Trim(weight[strings.Index(weight, "q=")+2:], "0.") == "" {
			continue
		}
		switch strings.TrimSpace(kind) {
		case "json", "application/json", "application/fhir+json", "text/json", "application/*", "*/*":
			return true
		}
	}
	return false
}
