package edge

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/valyala/fasthttp"
)

// compressFrom is the size from which an answer is compressed, in bytes: below it fits
// into one packet anyway.
const compressFrom = 1 << 10

// NeverCompressed tells whether a path is of those whose answers hold secrets, or give
// back what was asked beside what is private: from the length of such an answer,
// compressed, somebody who can choose the question learns the secret (BREACH). Answers to
// anything but GET are never compressed; all secrets that we make are answers to POST.
func (e *Edge) NeverCompressed(path string) bool {
	return slices.ContainsFunc(e.config.Uncompressed, func(begins string) bool { return strings.HasPrefix(path, begins) })
}

// compressible are the types that shrink. A signed plan (application/jose) does not: it
// is base64, and its tag is compared.
var compressible = [][]byte{[]byte("application/json"), []byte("application/problem+json"), []byte("application/manifest+json"),
	[]byte("text/"), []byte("image/svg+xml")}

// compress packs an answer to GET as the caller takes it. The tag of what is packed is
// weak: other bytes, the same thing (RFC 9110, section 8.8.1); as If-Match and
// If-None-Match we take it as the strong one.
func (e *Edge) compress(fctx *fasthttp.RequestCtx) {
	h := &fctx.Response.Header
	if !fctx.IsGet() || e.NeverCompressed(string(fctx.Path())) || !shrinks(h.ContentType()) || len(h.ContentEncoding()) > 0 || fctx.Response.IsBodyStream() {
		return
	}
	h.Add("Vary", "Accept-Encoding")
	body := fctx.Response.Body()
	if len(body) < compressFrom {
		return
	}
	coding := codingOf(string(fctx.Request.Header.Peek("Accept-Encoding")))
	if coding == "" {
		return
	}
	fctx.Response.SetBodyRaw(packed(fctx, body, coding))
	h.SetContentEncoding(coding)
	if tag := h.Peek("ETag"); len(tag) > 0 && !bytes.HasPrefix(tag, []byte("W/")) {
		h.Set("ETag", "W/"+string(tag))
	}
}

// keptPacked is where a file of the page, which never changes, leaves a place for its
// packed forms.
const keptPacked = "packed"

// bestUpTo is the size up to which the first caller can wait for the best packing, in
// bytes: what is longer, such as the API document, keeps them for seconds.
const bestUpTo = 256 << 10

func packed(fctx *fasthttp.RequestCtx, body []byte, coding string) []byte {
	kept, ok := fctx.UserValue(keptPacked).(*sync.Map)
	if !ok {
		return pack(body, coding, fasthttp.CompressBrotliDefaultCompression, fasthttp.CompressDefaultCompression)
	}
	if done, ok := kept.Load(coding); ok {
		return done.([]byte)
	}
	br, gzip := fasthttp.CompressBrotliBestCompression, fasthttp.CompressBestCompression
	if len(body) > bestUpTo {
		br, gzip = fasthttp.CompressBrotliDefaultCompression, fasthttp.CompressDefaultCompression
	}
	done, _ := kept.LoadOrStore(coding, pack(body, coding, br, gzip))
	return done.([]byte)
}

func pack(body []byte, coding string, br, gzip int) []byte {
	if coding == "br" {
		return fasthttp.AppendBrotliBytesLevel(nil, body, br)
	}
	return fasthttp.AppendGzipBytesLevel(nil, body, gzip)
}

func shrinks(kind []byte) bool {
	for _, k := range compressible {
		if bytes.HasPrefix(kind, k) {
			return true
		}
	}
	return false
}

// codingOf chooses what the caller likes best of what we can, br before gzip; "" for
// none (RFC 9110, section 12.5.3).
func codingOf(accept string) (best string) {
	weights := map[string]float64{}
	for part := range strings.SplitSeq(accept, ",") {
		name, rest, weighted := strings.Cut(part, ";")
		weight := 1.0
		if weighted {
			q, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(rest)), "q=")
			var err error
			if weight, err = strconv.ParseFloat(q, 64); err != nil || !ok || !(weight >= 0 && weight <= 1) {
				weight = 0
			}
		}
		weights[strings.ToLower(strings.TrimSpace(name))] = weight
	}
	top := 0.0
	for _, coding := range []string{"br", "gzip"} {
		weight, named := weights[coding]
		if !named && coding == "gzip" {
			weight, named = weights["x-gzip"]
		}
		if !named {
			weight = weights["*"]
		}
		if weight > top {
			best, top = coding, weight
		}
	}
	return best
}
