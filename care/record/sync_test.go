package record_test

import (
	"encoding/base64"
	"fmt"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/record"
	"handrail/care/upkeep"
	"handrail/models"
)

// A position holds in its own chart, in its own life of the store, and at a line that
// is there. Everything else starts over, and is no error.
func TestAPositionThatDoesNotFitStartsOver(t *testing.T) {
	h := caretest.New(t)
	sam, kim := h.Patient(), h.Patient()
	own := h.Chart(sam, sam.PatientID)
	if _, err := own.Record.ProposeGoal(t.Context(), care.NewID(), models.GoalTerms{Title: "Walk", Domain: "health"}); err != nil {
		t.Fatal(err)
	}
	feed := func(c *care.Care, who models.Actor, since string) record.Feed {
		t.Helper()
		ch, err := c.Open(t.Context(), who, who.PatientID, models.PurposeSelf)
		if err != nil {
			t.Fatal(err)
		}
		f, err := ch.Record.Feed(t.Context(), since)
		if err != nil {
			t.Fatalf("%q: %v", since, err)
		}
		return f
	}
	fits := feed(h.Care, sam, "").Next
	if f := feed(h.Care, sam, fits); f.Reset || len(f.Changes) != 0 {
		t.Fatalf("its own position: %+v", f)
	}
	raw, err := base64.RawURLEncoding.DecodeString(fits)
	if err != nil {
		t.Fatal(err)
	}
	b64 := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	var seq int64
	if _, err := fmt.Sscanf(string(raw), "s2.%d.", &seq); err != nil {
		t.Fatal(err)
	}
	tag := string(raw[len(fmt.Sprintf("s2.%d.", seq)):])
	for name, since := range map[string]string{
		"of another chart": feed(h.Care, kim, "").Next, "from the future": b64(fmt.Sprintf("s2.%d.%s", seq+1000, tag)),
		"of another line": b64(fmt.Sprintf("s2.%d.%s", seq-1, tag)), "of today's phones": b64("s1.1"), "of today's phones, from the future": b64("s1.99999"),
		"below nought": b64("s2.-3." + tag), "nought": b64("s2.0." + tag), "beyond all numbers": b64("s2.9223372036854775807." + tag),
		"no number": b64("s2.x." + tag), "no base64": "%%%", "bytes": b64("\x00\xff"),
	} {
		if f := feed(h.Care, sam, since); !f.Reset || len(f.Goals) != 1 || f.Next == "" {
			t.Errorf("%s: %+v", name, f)
		}
	}
	if _, err := upkeep.NewIncarnation(t.Context(), h.Store, h.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	restored := h.Instance()
	after := feed(restored, sam, fits)
	if !after.Reset || len(after.Goals) != 1 {
		t.Errorf("of the life before a restore: %+v", after)
	}
	if f := feed(restored, sam, after.Next); f.Reset {
		t.Error("the position that a reset gave does not fit")
	}
}
