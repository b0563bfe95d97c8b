package alerts

import (
	"cmp"
	"math"
	"slices"
	"time"

	"handrail/models/checkin"
	"handrail/models/risk"
)

// Bounds of what a patient's document of earlier check-ins holds.
const (
	pastMost = 400 // check-ins: two a day of risk.LookBack, and some that come late
	pastFull = 60  // of them with all that is compared; of older ones risk reads less
	pastBack = risk.LookBack + 14*24*time.Hour
)

// pastAge is after how long a document is made from the check-ins again: an older program
// at the same store, as for a while when several machines are upgraded, adds nothing to it.
const pastAge = 7 * 24 * time.Hour

// pastFormat is the version of past. A document of another one is made anew, so that a
// change of its fields, or of what risk.Compared keeps, is a new version.
const pastFormat = 2

// past is what the rules compare a patient's next check-in with (decision 0084): of each
// earlier one what risk.Compared keeps, the newest first. It is derived: the check-ins
// themselves are the record.
type past struct {
	_      struct{} `cbor:",toarray"`
	Format int
	Life   string // the store's incarnation
	Made   int64  // ms: when it was made from the check-ins
	From   int64  // ms: each check-in from then on is in Told; older ones are not
	Full   int    // so many of Told have all their answers
	Told   []told

	room []told // Told is in it, with places before it
	free int    // so many of them
}

// told is one check-in.
type told struct {
	_      struct{} `cbor:",toarray"`
	ID     string   // "" in an older one that shares its moment with none
	At     int64    // ns
	Mood   float64  // NaN where there is no answer, as the two below
	Crave  float64
	Sleep  float64
	Use    string // "" where it was not told of, otherUse for what is no word of the form
	Scores []scored
}

// scored is a filling of an instrument: the one item, and the one result, of interest.
type scored struct {
	_          struct{} `cbor:",toarray"`
	Instrument string
	Answers    map[string]int
	Result     map[string]float64
}

const otherUse = "other"

func toldOf(in checkin.CheckIn) told {
	c := risk.Compared(in)
	number := func(q string) float64 {
		if v, ok := c.Answers[q].(float64); ok {
			return v
		}
		return math.NaN()
	}
	out := told{ID: c.ID, At: c.AnsweredAt.UnixNano(), Mood: number("mood"), Crave: number("craving"), Sleep: number("sleep")}
	if use, ok := c.Answers["use"]; ok {
		if out.Use, _ = use.(string); out.Use == "" {
			out.Use = otherUse
		}
	}
	for _, s := range c.Scores {
		v := scored{Instrument: s.Instrument, Answers: s.Answers}
		for name, points := range s.Result {
			if f, ok := points.(float64); ok {
				v.Result = map[string]float64{name: f}
			}
		}
		out.Scores = append(out.Scores, v)
	}
	return out
}

// checkIn is what risk.Compared gave, as far as the rules can tell.
func (t *told) checkIn() checkin.CheckIn {
	out := checkin.CheckIn{ID: t.ID}
	out.AnsweredAt, out.Answers = time.Unix(0, t.At).UTC(), make(map[string]any, 4)
	number := func(q string, v float64) {
		if !math.IsNaN(v) {
			out.Answers[q] = v
		}
	}
	number("mood", t.Mood)
	number("craving", t.Crave)
	number("sleep", t.Sleep)
	if t.Use != "" {
		out.Answers["use"] = t.Use
	}
	for _, s := range t.Scores {
		v := checkin.ScoredResponse{Instrument: s.Instrument, Answers: s.Answers, Result: checkin.Result{}}
		for name, points := range s.Result {
			v.Result[name] = points
		}
		out.Scores = append(out.Scores, v)
	}
	return out
}

// millis is the moment as the store's index has it.
func (t *told) millis() int64 { return time.Unix(0, t.At).UnixMilli() }

// later orders as the store does: the newest first, and by the id where two share one.
func later(a, b told) int {
	return cmp.Or(cmp.Compare(b.millis(), a.millis()), cmp.Compare(b.ID, a.ID))
}

// pastOf is the document of a history: the check-ins from a moment on, the newest first,
// at most pastMost.
func pastOf(life string, from time.Time, history []checkin.CheckIn) past {
	p := past{Format: pastFormat, Life: life, From: from.UnixMilli()}
	for _, in := range history {
		p.Told = append(p.Told, toldOf(in))
	}
	slices.SortStableFunc(p.Told, later)
	p.Full = len(p.Told)
	if len(p.Told) >= pastMost {
		p.From = p.Told[len(p.Told)-1].millis() + 1 // of that moment some may be left out
	}
	p.trim(math.MinInt64)
	return p
}

// putTold adds one within the bounds on how many there are.
func (p *past) putTold(t told) {
	if t.millis() < p.From {
		return
	}
	i, _ := slices.BinarySearchFunc(p.Told, t, later)
	p.insert(i, t)
	if i <= p.Full {
		p.Full++
	} else {
		p.shorten(i)
	}
	p.trim(math.MinInt64)
}

// insertRoom is how many places are made before the others at a time.
const insertRoom = 32

// insert puts one at its place. Nearly each is the newest, which stands in front: those
// before its place move, not the hundreds behind it.
func (p *past) insert(i int, t told) {
	if p.free == 0 {
		p.room, p.free = make([]told, insertRoom+len(p.Told)), insertRoom
		copy(p.room[insertRoom:], p.Told)
	}
	p.free--
	end := p.free + 1 + len(p.Told)
	p.Told = p.room[p.free:end:end]
	copy(p.Told, p.Told[1:i+1])
	p.Told[i] = t
}

// trim keeps the bounds.
func (p *past) trim(from int64) {
	for ; p.Full > pastFull; p.Full-- {
		p.shorten(p.Full - 1)
	}
	for n := len(p.Told); n > 0 && (n > pastMost || p.Told[n-1].millis() < from); n = len(p.Told) {
		p.From = p.Told[n-1].millis() + 1
		p.Told = p.Told[:n-1]
	}
	p.Full = min(p.Full, len(p.Told))
}

// shorten takes from an older one what is compared within risk.ComparedShort alone.
func (p *past) shorten(i int) {
	t := &p.Told[i]
	t.Mood, t.Crave, t.Sleep = math.NaN(), math.NaN(), math.NaN()
	alike := func(j int) bool { return j >= 0 && j < len(p.Told) && p.Told[j].millis() == t.millis() }
	if !alike(i-1) && !alike(i+1) {
		t.ID = ""
	}
}

// before is what a check-in is compared with; ok is false where the document does not
// reach far enough back, as for a check-in that comes very late.
func (p *past) before(in checkin.CheckIn) (out []checkin.CheckIn, ok bool) {
	chosen, ok := p.chosen(in)
	if !ok {
		return nil, false
	}
	out = make([]checkin.CheckIn, 0, len(chosen))
	for i := range chosen {
		out = append(out, chosen[i].checkIn())
	}
	return out, true
}

// chosen is the same as the document has it.
func (p *past) chosen(in checkin.CheckIn) (out []told, ok bool) {
	back, most := risk.Past(in)
	from, to := in.Moment().Add(-back).UnixMilli(), in.Moment().UnixMilli()
	short := in.Moment().AddDate(0, 0, -risk.ComparedShort).UnixMilli()
	first := 0
	for first < len(p.Told) && p.Told[first].millis() > to {
		first++
	}
	for i := first; i < len(p.Told); i++ {
		switch at := p.Told[i].millis(); {
		case at < from:
			return p.Told[first:i], true
		case i >= p.Full && at >= short:
			return nil, false
		case i+1-first == most:
			return p.Told[first : i+1], true
		}
	}
	return p.Told[first:], from >= p.From
}

// baseline is what the trends need of it.
func (t *told) baseline() risk.Baseline {
	return risk.Baseline{ID: t.ID, At: time.Unix(0, t.At), Mood: t.Mood, Craving: t.Crave, Sleep: t.Sleep}
}

// trendsAmong compares with what was chosen.
func trendsAmong(in checkin.CheckIn, chosen []told) []risk.Trend {
	return risk.TrendsAmong(in, len(chosen), func(i int) risk.Baseline { return chosen[i].baseline() })
}
