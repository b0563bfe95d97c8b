package checkin

import (
	"reflect"
	"testing"
)

// FuzzReadPlain: what the short way reads, the long one reads alike, to the last letter of
// what it is compared by.
func FuzzReadPlain(f *testing.F) {
	const id, at = `"id":"0190a6c2-7d1e-7c3b-9a52-3f1d8e6b4c20"`, `"formVersion":1,"answeredAt":"2026-11-29T21:00:00Z","zone":"America/New_York"`
	for _, text := range []string{
		`{` + id + `,` + at + `,"answers":{"mood":6,"craving":2,"sleep":7.5,"medicines":"all","use":"none","safety":false,"note":"é & <b>"}}`,
		` { ` + id + ` , ` + at + ` , "answers" : { "safety" : true , "use" : "opioid" , "sleep" : 7.50 } , "sequence" : 3 , "deviceId" : "a" } `,
		`{` + at + `,"answers":{}}`, `{` + at + `,"answers":{"mood":6,"mood":7}}`, `{` + at + `,` + at + `,"answers":{}}`, `{` + at + `,"answers":{"sleep":07}}`,
		`{` + at + `,"answers":{"sleep":7.}}`, `{` + at + `,"answers":{"sleep":.5}}`, `{` + at + `,"answers":{"sleep":-0}}`, `{` + at + `,"answers":{"sleep":1e0}}`,
		`{` + at + `,"answers":{"sleep":0.00000001}}`, `{` + at + `,"answers":{"note":"\u00e9"}}`, "{" + at + `,"answers":{"note":"` + "\u2028\x7f" + `"}}`,
		`{` + at + `,"answers":{"note":null}}`, `{` + at + `,"answers":{"mood":6},"declined":["use"]}`, `{` + at + `,"answers":{"mood":6},}`, `{` + at + `,"answers":{"mood":6}}x`,
		`{` + at + `,"answers":{"mood":6},"deviceId":""}`, `{` + at + `,"answers":{"mood":6},"deviceId":" a"}`, `{` + at + `,"answers":{"mood":6},"sequence":-1}`,
		`{` + at + `,"answers":{"mood":6},"sequence":9007199254740993}`, `{"formVersion":1,"answeredAt":"2026-11-29T21:00:00+24:00","zone":"","answers":{}}`,
		`{"formVersion":1,"answeredAt":"0000-01-01T00:00:00Z","zone":"UTC","answers":{}}`, `{"formVersion":1.0,"answeredAt":"2026-11-29T21:00:00.5+05:30","zone":"UTC","answers":{}}`,
		`{}`, `[]`, ``, `{"answers":{"6a":true}}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		short, ok := readPlain(raw, string(raw))
		if !ok {
			return
		}
		long, err := readAny(raw)
		if err != nil || !reflect.DeepEqual(short, long) {
			t.Fatalf("%q\nis %#v\nand is %#v (%v)", raw, short, long, err)
		}
	})
}

// TestWhatPhonesSendIsReadTheShortWay: otherwise nothing is gained, and FuzzReadPlain
// compares nothing.
func TestWhatPhonesSendIsReadTheShortWay(t *testing.T) {
	raw := `{"id":"0190a6c2-7d1e-7c3b-9a52-3f1d8e6b4c20","formVersion":1,"answeredAt":"2026-11-29T21:00:00Z","zone":"America/New_York",` +
		`"answers":{"craving":2,"medicines":"all","mood":6,"note":"Ich war müde.","safety":false,"sleep":7.5,"use":"none"},"deviceId":"phone","sequence":12}`
	if _, ok := readPlain([]byte(raw), raw); !ok {
		t.Error("it is read the long way")
	}
}
