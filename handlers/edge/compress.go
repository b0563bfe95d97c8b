package edge

import (
	"bytes"
	"context"
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
	if !fctx.IsGet() || !shrinks(h.ContentType()) || e.NeverCompressed(string(fctx.Path())) || len(h.ContentEncoding()) > 0 || fctx.Response.IsBodyStream() {
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

// bestUpTo is the size up to which a file is packed as well as can be, in bytes: what is
// longer, such as the API document, takes seconds.
const bestUpTo = 256 << 10

// packedFile is a file in one coding.
type packedFile struct {
	body []byte
	best bool
}

// packed gives a body in a coding. Nobody waits for the best packing, which takes brotli
// fifty times as long: see PackBest.
func packed(fctx *fasthttp.RequestCtx, body []byte, coding string) []byte {
	quick := func() []byte {
		return pack(body, coding, fasthttp.CompressBrotliDefaultCompression, fasthttp.CompressDefaultCompression)
	}
	kept, ok := fctx.UserValue(keptPacked).(*sync.Map)
	if !ok {
		return quick()
	}
	done, ok := kept.Load(coding)
	if !ok {
		done, _ = kept.LoadOrStore(coding, packedFile{body: quick()})
	}
	return done.(packedFile).body
}

// PackBest packs the files of the page that somebody has asked for as well as can be, one
// after the other, in the codings that were asked for. It is for a worker.
func (e *Edge) PackBest(ctx context.Context) error {
	e.files.Range(func(_, kept any) bool {
		file := kept.(pageFile)
		file.packed.Range(func(coding, done any) bool {
			if !done.(packedFile).best && len(file.body) <= bestUpTo && ctx.Err() == nil {
				best := pack(file.body, coding.(string), fasthttp.CompressBrotliBestCompression, fasthttp.CompressBestCompression)
				file.packed.Store(coding, packedFile{best, true})
			}
			return true
		})
		return true
	})
	return nil
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
