package risk

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"handrail/models/checkin"
)

// TestWhatIsRememberedOfACheckInAnswersAlike: over random histories, Compare and Trends
// say the same of what is remembered of earlier check-ins as of the check-ins themselves.
func TestWhatIsRememberedOfACheckInAnswersAlike(t *testing.T) {
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	fired := map[string]int{}
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 84))
		in := randomCheckIn(t, r, "in", at)
		in.Signals = nil
		var whole, kept []checkin.CheckIn
		for i := range r.IntN(30) {
			c := randomCheckIn(t, r, fmt.Sprint("before ", i), at.Add(-time.Duration(r.IntN(40*24))*time.Hour+24*time.Hour))
			whole, kept = append(whole, c), append(kept, Compared(c))
		}
		r.Shuffle(len(kept), reflect.Swapper(kept))
		a, b := Compare(in, whole), Compare(in, kept)
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("seed %d: %v of the whole, %v of what is remembered", seed, a, b)
		}
		if a, b := Trends(in, whole), Trends(in, kept); !reflect.DeepEqual(a, b) {
			t.Fatalf("seed %d: %v of the whole, %v of what is remembered", seed, a, b)
		} else if len(a) > 0 {
			fired["trend"]++
		}
		for _, s := range a {
			fired[s.Rule]++
		}
	}
	for _, r := range compared {
		if fired[r.rule] == 0 {
			t.Errorf("%s never fired: the histories do not try it", r.rule)
		}
	}
	if fired["trend"] == 0 {
		t.Error("no trend")
	}
}

// randomCheckIn is one as it is read from the store: out of JSON.
func randomCheckIn(t *testing.T, r *rand.Rand, id string, at time.Time) checkin.CheckIn {
	c := checkin.CheckIn{ID: id, PatientID: "p", ReceivedAt: at.Add(time.Duration(r.IntN(72)) * time.Hour)}
	c.AnsweredAt, c.Answers = at, map[string]any{"note": "words"}
	if r.IntN(8) == 0 { // a phone whose clock can't be believed
		c.AnsweredAt, c.ReceivedAt = at.AddDate(-3, 0, 0), at
		c.Notes = []checkin.Note{{Field: "answeredAt", Code: "clock-wrong"}}
	}
	for _, q := range []string{"mood", "craving", "sleep"} {
		if r.IntN(4) > 0 {
			c.Answers[q] = float64(r.IntN(3) + r.IntN(2)*7)
		}
	}
	if r.IntN(3) == 0 {
		c.Answers["use"] = []any{"none", "none", "alcohol", "opioid", "unknown-pill", nil, 3.5}[r.IntN(7)]
	}
	score := func(name string, answers checkin.InstrumentAnswers, result checkin.Result) {
		if r.IntN(4) == 0 {
			c.Scores = append(c.Scores, checkin.ScoredResponse{Instrument: name, Answers: answers, Result: result})
		}
	}
	score("phq-9", checkin.InstrumentAnswers{"9": r.IntN(2)}, checkin.Result{"score": r.IntN(28)})
	score("bam-17", checkin.InstrumentAnswers{"7e": r.IntN(2)}, checkin.Result{"use": r.IntN(2)})
	score("cssrs-screener-recent", checkin.InstrumentAnswers{"6": r.IntN(2)}, checkin.Result{"risk": "low"})
	raw, err := json.Marshal(c)
	if err == nil {
		c = checkin.CheckIn{}
		err = json.Unmarshal(raw, &c)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}
