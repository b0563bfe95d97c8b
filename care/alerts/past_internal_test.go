package alerts

import (
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"strconv"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"handrail/models/checkin"
	"handrail/models/risk"
)

// TestTheDocumentOfEarlierCheckInsAnswersAsTheyDo: random histories come in any order,
// more than the bounds hold, and the document is made anew in the middle. Whatever it
// answers, the rules say the same of it as of the check-ins themselves.
func TestTheDocumentOfEarlierCheckInsAnswersAsTheyDo(t *testing.T) {
	rounds, _ := strconv.Atoi(os.Getenv("HANDRAIL_ROUNDS"))
	fired := map[string]int{}
	asked, answered := 0, 0
	for seed := range uint64(max(rounds, 4)) {
		r := rand.New(rand.NewPCG(seed, 85))
		now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
		perDay := 1 + r.IntN(5)
		p := pastOf("life", now.Add(-pastBack), nil)
		var history []checkin.CheckIn
		for n := range 60 + r.IntN(500) {
			now = now.Add(time.Duration(r.IntN(48/perDay)) * time.Hour)
			at := now
			if r.IntN(6) == 0 {
				at = now.Add(-time.Duration(r.IntN([]int{24, 24 * 20, 24 * 230}[r.IntN(3)])) * time.Hour)
			}
			in := anyCheckIn(r, fmt.Sprintf("%03d", r.IntN(1000)*1000+n), at)
			out, ok := p.before(in)
			asked++
			if whole := reading(in, history); ok {
				answered++
				signals := risk.Compare(in, whole)
				if again := risk.Compare(in, out); !reflect.DeepEqual(signals, again) {
					t.Fatalf("seed %d, check-in %d: %v of the check-ins, %v of the document", seed, n, signals, again)
				}
				if a, b := risk.Trends(in, whole), risk.Trends(in, out); !reflect.DeepEqual(a, b) || len(out) != len(whole) {
					t.Fatalf("seed %d, check-in %d: trends %v of %d check-ins, %v of %d in the document", seed, n, a, len(whole), b, len(out))
				}
				chosen, _ := p.chosen(in)
				if a, b := risk.Trends(in, whole), trendsAmong(in, chosen); !reflect.DeepEqual(a, b) {
					t.Fatalf("seed %d, check-in %d: trends %v, by the numbers alone %v", seed, n, a, b)
				}
				if !risk.Compares(in) && len(signals) > 0 {
					t.Fatalf("seed %d, check-in %d: %v of what no rule asks about", seed, n, signals)
				}
				for _, s := range signals {
					fired[s.Rule]++
				}
			}
			history = append(history, in)
			p.putTold(toldOf(in))
			p.trim(now.Add(-pastBack).UnixMilli())
			if r.IntN(40) == 0 {
				p = made(history, now)
			}
			p = stored(t, p)
			if p.Full > pastFull || len(p.Told) > pastMost {
				t.Fatalf("%d, %d of them in full", len(p.Told), p.Full)
			}
		}
	}
	for _, rule := range []string{"R-SI-2", "R-OD-1", "R-CR-1", "R-SC-1", "R-SC-3"} {
		if fired[rule] == 0 {
			t.Errorf("%s never fired: the histories do not try it", rule)
		}
	}
	if answered < asked*8/10 || answered == asked {
		t.Errorf("the document answered %d of %d", answered, asked)
	}
}

// made is the document as Service.past makes it.
func made(history []checkin.CheckIn, now time.Time) past {
	from := now.Add(-pastBack)
	var told []checkin.CheckIn
	for _, c := range history {
		if !c.Moment().Before(from) {
			told = append(told, c)
		}
	}
	p := pastOf("life", from, told)
	if len(told) < pastMost {
		return p
	}
	newest := p.Told // as the query gives the newest alone
	return past{Format: p.Format, Life: p.Life, Full: p.Full, Told: newest, From: newest[len(newest)-1].millis() + 1}
}

func stored(t *testing.T, p past) (out past) {
	body, err := shortly.Marshal(p)
	if err == nil {
		err = cbor.Unmarshal(body, &out)
	}
	if err != nil || len(body) > 32<<10 {
		t.Fatalf("%d bytes: %v", len(body), err)
	}
	return out
}

// anyCheckIn is one as it is read from the store.
func anyCheckIn(r *rand.Rand, id string, at time.Time) checkin.CheckIn {
	c := checkin.CheckIn{ID: id, PatientID: "p", ReceivedAt: at}
	c.AnsweredAt, c.Answers = at, map[string]any{"note": "words"}
	if r.IntN(12) == 0 { // a phone whose clock can't be believed
		c.AnsweredAt = at.AddDate(-3, 0, 0)
		c.Notes = []checkin.Note{{Field: "answeredAt", Code: "clock-wrong"}}
	}
	for _, q := range []string{"mood", "craving", "sleep"} {
		if r.IntN(4) > 0 {
			c.Answers[q] = float64(r.IntN(3))
			if r.IntN(12) == 0 {
				c.Answers[q] = 9.0
			}
		}
	}
	if r.IntN(3) == 0 {
		c.Answers["use"] = []any{"none", "none", "none", "alcohol", "unknown-pill", nil}[r.IntN(6)]
	}
	if r.IntN(40) == 0 {
		c.Answers["use"] = "opioid"
	}
	score := func(name string, answers checkin.InstrumentAnswers, result checkin.Result) {
		if r.IntN(30) == 0 {
			c.Scores = append(c.Scores, checkin.ScoredResponse{Instrument: name, Answers: answers, Result: result})
		}
	}
	score("phq-9", checkin.InstrumentAnswers{"1": 2, "9": r.IntN(2)}, checkin.Result{"score": float64(r.IntN(28)), "band": "mild"})
	score("bam-17", checkin.InstrumentAnswers{"7e": r.IntN(2)}, checkin.Result{"use": float64(r.IntN(2))})
	score("cssrs-screener-recent", checkin.InstrumentAnswers{"6": r.IntN(2)}, checkin.Result{"risk": "low"})
	score("gad-7", checkin.InstrumentAnswers{"1": 1}, checkin.Result{"score": 1.0})
	return c
}
