package checkin

import (
	"encoding/json"
	"math"
	"reflect"
	"testing"
	"time"
)

// FuzzAppendJSON: what is written the short way is what encoding/json writes.
func FuzzAppendJSON(f *testing.F) {
	f.Add("0190a6c2-7d1e-7c3b-9a52-3f1d8e6b4c20", "America/New_York", "Slept well.", "", 7.5, int64(3), int64(1764450000), true)
	f.Add("a<b", "", "é", "\x7f", math.Copysign(0, -1), int64(-1), int64(0), false)
	f.Add("a", "\u2028", `"`, "&", 1e-7, int64(0), int64(1)<<40, false)
	f.Add("a", "b", "", "phone", math.Inf(1), int64(0), int64(-1)<<40, false)
	f.Add("a", "b", "", "phone", 1e20, int64(0), int64(5), false)
	f.Fuzz(func(t *testing.T, id, zone, text, device string, number float64, n, at int64, yes bool) {
		c := CheckIn{ID: id, PatientID: id, LocalDay: "2026-03-02", ReceivedAt: time.Unix(at, n).UTC(), ClockAhead: yes,
			Submission: Submission{FormVersion: n, AnsweredAt: time.Unix(at/2, 5).UTC(), Zone: zone, DeviceID: device, Sequence: n / 2,
				Answers: map[string]any{"safety": yes, "note": text, "sleep": number, id: text}}}
		got, ok := c.AppendJSON([]byte("before"))
		want, err := json.Marshal(c)
		if ok && (err != nil || string(got) != "before"+string(want)) {
			t.Fatalf("%s\nis not %s (%v)", got, want, err)
		}
		if !ok && string(got) != "before" {
			t.Fatalf("what was not written is %s", got)
		}
	})
}

// TestAppendJSONLeavesWhatHasMore: a field that it does not know is never left out.
func TestAppendJSONLeavesWhatHasMore(t *testing.T) {
	if in, of := reflect.TypeFor[CheckIn]().NumField(), reflect.TypeFor[Submission]().NumField(); in != 14 || of != 8 {
		t.Errorf("a check-in has %d fields and %d that were sent: AppendJSON must know all of them", in, of)
	}
	plain := CheckIn{Submission: Submission{Answers: map[string]any{}}}
	if _, ok := plain.AppendJSON(nil); !ok {
		t.Error("a plain one is not written")
	}
	for name, more := range map[string]func(*CheckIn){
		"scores": func(c *CheckIn) { c.Scores = make([]ScoredResponse, 1) }, "signals": func(c *CheckIn) { c.Signals = make([]Signal, 1) },
		"notes": func(c *CheckIn) { c.Notes = make([]Note, 1) }, "raw": func(c *CheckIn) { c.Raw = "a" }, "person": func(c *CheckIn) { c.NeedsPerson = &NeedsPerson{} },
		"read": func(c *CheckIn) { c.Read = &ReadBy{} }, "mistake": func(c *CheckIn) { c.Mistake = &Mistake{} }, "taken": func(c *CheckIn) { c.Taken = &Taken{} },
		"declined": func(c *CheckIn) { c.Declined = make([]string, 1) }, "instruments": func(c *CheckIn) { c.Instruments = make([]InstrumentSubmission, 1) },
		"no answers": func(c *CheckIn) { c.Answers = nil }, "an answer of another kind": func(c *CheckIn) { c.Answers = map[string]any{"a": []any{}} },
	} {
		c := plain
		more(&c)
		if _, ok := c.AppendJSON(nil); ok {
			t.Error(name, "is left out")
		}
	}
}
