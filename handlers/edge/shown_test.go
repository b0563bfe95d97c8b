package edge

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// TestOldTextsAreShownSafely: what was kept before texts were checked comes out without
// what turns or hides, and everything else as it was.
func TestOldTextsAreShownSafely(t *testing.T) {
	for kept, want := range map[string]string{
		"a\x00b\u202ec\u2066d\u2069\x1b[31m\u0085\x7f\b\f": "abcd[31m",
		"one\r\n\ttwo": "one\r\n\ttwo", `C:\new \u0000 \b \f "x" <b>&</b>`: `C:\new \u0000 \b \f "x" <b>&</b>`,
		"ليلى\u200f می\u200cخواهم 👩\u200d⚕\ufe0f\u00a0é\u2028": "ليلى\u200f می\u200cخواهم 👩\u200d⚕\ufe0f\u00a0é\u2028",
		`\` + "\x00": `\`,
	} {
		var out bytes.Buffer
		if err := shownJSON.Marshal(&out, map[string]string{"text": kept, kept: "k"}); err != nil {
			t.Fatal(err)
		}
		var got map[string]string
		if err := json.Unmarshal(out.Bytes(), &got); err != nil {
			t.Fatal(err, out.String())
		}
		if _, named := got[want]; got["text"] != want || !named {
			t.Errorf("%q came out as %q", kept, got)
		}
	}
}

func BenchmarkShown(b *testing.B) {
	body := []byte(`{"items":[` + strings.Repeat(`{"title":"Sleep before midnight","name":"José"},`, 100) + `{}]}`)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		Shown(body)
	}
}
