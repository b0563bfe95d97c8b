package checkin

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestQuestionsAreWhole(t *testing.T) {
	for _, q := range Questions() {
		for _, lang := range []string{"en", "es", "ar"} {
			text := q.Text[lang]
			if text.Ask == "" || len(text.ChoiceTexts) != len(q.Choices) || q.Kind == "scale" && (text.Low == "" || text.High == "") {
				t.Errorf("%s is not whole in %s", q.ID, lang)
			}
			for _, choice := range q.Choices {
				if text.ChoiceTexts[choice] == "" {
					t.Errorf("%s: no word for a choice in %s", q.ID, lang)
				}
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	for _, q := range Questions() { // nothing of another kind is ever taken
		for range 200 {
			v := []any{nil, r.Float64() * 100, r.IntN(2) == 0, "x", []any{1.0}, map[string]any{}, math.NaN()}[r.IntN(7)]
			if !q.accepts(v) {
				continue
			}
			switch v.(type) {
			case float64:
				if q.Kind != "scale" && q.Kind != "number" {
					t.Errorf("%s took %T", q.ID, v)
				}
			case bool:
				if q.Kind != "yes-no" {
					t.Errorf("%s took %T", q.ID, v)
				}
			case string:
				if q.Kind != "text" {
					t.Errorf("%s took %T", q.ID, v)
				}
			default:
				t.Errorf("%s took %T", q.ID, v)
			}
		}
	}
}
