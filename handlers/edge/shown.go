package edge

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Records from before canonical.go may hold texts that it would refuse now. They are
// shown without what can't be shown: the record stays as it was written.

// shownJSON writes answers.
var shownJSON = huma.Format{
	Marshal: func(w io.Writer, v any) error {
		var out bytes.Buffer
		enc := json.NewEncoder(&out)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(v); err != nil {
			return err
		}
		_, err := w.Write(Shown(out.Bytes()))
		return err
	},
	Unmarshal: json.Unmarshal,
}

// unshown finds in JSON what is taken out: escaped controls, and marks that override or
// isolate direction (U+202A to U+202E, U+2066 to U+206F), which are not escaped.
var unshown = strings.NewReplacer(unshownPairs()...)

func unshownPairs() (out []string) {
	const hex = "0123456789abcdef"
	for c := range 0x20 {
		out = append(out, `\u00`+string(hex[c>>4])+string(hex[c&15]), "")
	}
	for r := rune(0x7f); r <= 0x9f; r++ {
		out = append(out, string(r), "")
	}
	for r := rune(0x202a); r <= 0x206f; r++ {
		if r <= 0x202e || r >= 0x2066 {
			out = append(out, string(r), "")
		}
	}
	return append(out, `\\`, `\\`, `\b`, "", `\f`, "") // a backslash that was typed is no escape
}

// Shown is JSON without what can't be shown. Nearly every answer has none, which costs one look.
func Shown(body []byte) []byte {
	if !bytes.Contains(body, []byte(`\u00`)) && !bytes.Contains(body, []byte(`\b`)) && !bytes.Contains(body, []byte(`\f`)) && !odd(body) {
		return body
	}
	return []byte(unshown.Replace(string(body)))
}

// odd tells whether there is one of the marks or controls beyond ASCII.
func odd(body []byte) bool {
	for i := 0; i+1 < len(body); i++ {
		switch {
		case body[i] == 0x7f, body[i] == 0xc2 && body[i+1] < 0xa0:
			return true
		case body[i] == 0xe2 && i+2 < len(body) && (body[i+1] == 0x80 && body[i+2] >= 0xaa && body[i+2] <= 0xae || body[i+1] == 0x81 && body[i+2] >= 0xa6 && body[i+2] <= 0xaf):
			return true
		}
	}
	return false
}
