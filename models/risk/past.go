package risk

import "handrail/models/checkin"

// comparedAnswers are the answers that Compare and Trends read of earlier check-ins.
var comparedAnswers = []string{"mood", "craving", "sleep", "use"}

// comparedItems are the items of instruments that they read, and the results.
var comparedItems = map[string]struct{ item, result string }{
	"phq-9":                 {"9", "score"},
	"bam-17":                {"7e", "use"},
	"cssrs-screener-recent": {"6", ""},
}

// ComparedShort is how far back before a check-in Compare and Trends read answers. Of
// what is older they read instruments, and whether use was told of.
const ComparedShort = 2 * BaselineDays

// Compared is what Compare and Trends need of an earlier check-in: no note, no words,
// nothing of the phone. Its moment is in AnsweredAt.
func Compared(c checkin.CheckIn) checkin.CheckIn {
	out := checkin.CheckIn{ID: c.ID}
	out.AnsweredAt = c.Moment().UTC()
	for _, s := range c.Scores {
		need, ok := comparedItems[s.Instrument]
		if !ok {
			continue
		}
		kept := checkin.ScoredResponse{Instrument: s.Instrument}
		if v, ok := s.Answers[need.item]; ok {
			kept.Answers = checkin.InstrumentAnswers{need.item: v}
		}
		if v, ok := points(s, need.result); ok {
			kept.Result = checkin.Result{need.result: v}
		}
		out.Scores = append(out.Scores, kept)
	}
	for _, q := range comparedAnswers {
		if v, ok := c.Answers[q]; ok {
			if out.Answers == nil {
				out.Answers = make(map[string]any, len(comparedAnswers))
			}
			out.Answers[q] = v
		}
	}
	return out
}
