package medicines

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/medicine"
	"handrail/store"
)

type (
	kept        = chart.Versioned[medicine.Medicine]
	keptAdverse = chart.Versioned[medicine.Adverse]
)

// known is what is stored of one patient's medicines, as far as somebody may see it. Of
// the lines that are not taken it has those alone that a rule may still count.
type known struct {
	lines   []kept
	adverse []keptAdverse
	facts   map[string]medicine.Fact
	told    []medicine.Item // substances of check-ins
	partly  bool            // something may be hidden from the reader
	// of all, seen or not: for limits, and for nothing that is answered
	active int
}

// rights are what a reader may see.
type rights struct{ usual, use, checkIns bool }

func all() rights { return rights{true, true, true} }

func (ch *Part) rights() rights {
	may := func(s models.Section) bool {
		d := ch.chart.Decide(s, models.Read)
		return d.Allowed && d.Whole
	}
	return rights{may(models.SectionMedicines), may(models.SectionUseMedicines), may(models.SectionCheckIns)}
}

func (r rights) sees(useRelated bool) bool { return useRelated && r.use || !useRelated && r.usual }

// stored is the document of facts; one a patient.
type stored struct {
	Facts map[string]medicine.Fact `json:"facts"`
}

const toldDays = 14 // a check-in that tells of alcohol or an opioid counts so long

func (c *Service) load(ctx context.Context, patientID string, r rights) (known, error) {
	k := known{facts: map[string]medicine.Fact{}, partly: !r.usual || !r.use || !r.checkIns}
	lines, err := c.lines(ctx, patientID, c.counting())
	if err != nil {
		return k, err
	}
	for _, v := range lines {
		if v.Value.Status == medicine.Taken {
			k.active++
		}
		if r.sees(v.Value.UseRelated) {
			k.lines = append(k.lines, v)
		}
	}
	slices.SortStableFunc(k.lines, func(a, b kept) int { return medicine.Order(a.Value, b.Value) })
	adverse, err := chart.Every[medicine.Adverse](ctx, c.store, chart.ColAdverse, store.Query{Index: "patient", Equal: []any{patientID}, Desc: true})
	if err != nil {
		return k, err
	}
	for _, v := range adverse {
		if r.sees(v.Value.UseRelated) {
			k.adverse = append(k.adverse, v)
		}
	}
	f, err := chart.Load[stored](ctx, c.store, chart.ColMedicineFacts, patientID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return k, err
	}
	for code, fact := range f.Value.Facts {
		if r.usual && (r.use || !useFact(code)) {
			k.facts[code] = fact
		}
	}
	if !r.checkIns {
		return k, nil
	}
	k.told, err = c.toldIn(ctx, patientID)
	return k, err
}

// useFact tells whether a fact tells of substance use.
func useFact(code string) bool { return code == "naloxone" || code == "opioid-free-days" }

// toldIn are alcohol and opioids that the patient told of in the last days, as
// substances of the list.
func (c *Service) toldIn(ctx context.Context, patientID string) ([]medicine.Item, error) {
	from := c.now().AddDate(0, 0, -toldDays)
	last := map[string]time.Time{}
	err := chart.Through(ctx, c.store, chart.ColCheckIns, store.Query{Index: "patient", Equal: []any{patientID}, From: chart.Millis(from), Desc: true},
		func(v chart.Versioned[checkin.CheckIn]) (bool, error) {
			for _, name := range toldBy[answerOf(v.Value)] {
				if v.Value.AnsweredAt.After(last[name]) {
					last[name] = v.Value.AnsweredAt
				}
			}
			return false, nil
		})
	var out []medicine.Item
	for _, name := range []string{"ethanol", "heroin"} {
		if at, told := last[name]; told {
			out = append(out, medicine.Item{ID: "check-in", Names: []string{name}, State: medicine.Active, Started: at})
		}
	}
	return out, err
}

func answerOf(in checkin.CheckIn) string {
	if in.Mistake != nil && slices.Contains(in.Mistake.Questions, "use") {
		return ""
	}
	word, _ := in.Answers["use"].(string)
	return word
}

// toldBy is what an answer tells of. An opioid of a check-in counts as heroin does: no
// rule knows which it was.
var toldBy = map[string][]string{"alcohol": {"ethanol"}, "opioid": {"heroin"}, "opioid-and-other": {"heroin", "ethanol"}}

// input is what a check looks at.
func (k known) input(now time.Time) medicine.Input {
	in := medicine.Input{Facts: k.facts, Passed: map[string]bool{}, At: now, Items: slices.Clone(k.told)}
	for _, v := range k.lines {
		if v.Value.Status == medicine.Mistake {
			continue
		}
		in.Items = append(in.Items, v.Value.Item(now))
		if v.Value.Status == medicine.Taken {
			for _, p := range v.Value.Passed {
				in.Passed[p.Key] = true
			}
		}
	}
	for _, v := range k.adverse {
		if r, counts := v.Value.Counts(); counts {
			in.Reactions = append(in.Reactions, r)
		}
	}
	return in
}

func (k known) line(id string) (kept, bool) {
	i := slices.IndexFunc(k.lines, func(v kept) bool { return v.Value.ID == id })
	if i < 0 {
		return kept{}, false
	}
	return k.lines[i], true
}
