package checkin

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"time"
)

// AppendJSON writes a check-in as encoding/json does,
// where it has nothing but answers and none of them needs an escape, as nearly each. false:
// it has more, and b is as it was. encoding/json looks at each of 20 fields by reflection,
// three times for each check-in that comes.
func (c *CheckIn) AppendJSON(b []byte) ([]byte, bool) {
	if len(c.Scores)+len(c.Signals)+len(c.Notes)+len(c.Raw)+len(c.Declined)+len(c.Instruments) > 0 ||
		c.NeedsPerson != nil || c.Read != nil || c.Mistake != nil || c.Taken != nil || c.Answers == nil {
		return b, false
	}
	j := jsonForm{b: b}
	j.text(`{"id":`, c.ID)
	j.text(`,"patientId":`, c.PatientID)
	j.text(`,"localDay":`, c.LocalDay)
	j.moment(`,"receivedAt":`, c.ReceivedAt)
	if c.ClockAhead {
		j.b = append(j.b, `,"clockAhead":true`...)
	}
	j.b = strconv.AppendInt(append(j.b, `,"formVersion":`...), c.FormVersion, 10)
	j.moment(`,"answeredAt":`, c.AnsweredAt)
	j.text(`,"zone":`, c.Zone)
	j.answers(c.Answers)
	if c.DeviceID != "" {
		j.text(`,"deviceId":`, c.DeviceID)
	}
	if c.Sequence != 0 {
		j.b = strconv.AppendInt(append(j.b, `,"sequence":`...), c.Sequence, 10)
	}
	if j.odd {
		return b, false
	}
	return append(j.b, '}'), true
}

// jsonForm writes what needs no escape; odd: there was something else.
type jsonForm struct {
	b   []byte
	odd bool
}

func (j *jsonForm) text(before, s string) {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			j.odd = true
			return
		}
	}
	j.b = append(append(append(append(j.b, before...), '"'), s...), '"')
}

// AppendMoment writes a time as encoding/json does; false where it would refuse it.
func AppendMoment(b []byte, t time.Time) ([]byte, bool) {
	out, err := t.AppendText(append(b, '"'))
	if err != nil {
		return b, false
	}
	return append(out, '"'), true
}

func (j *jsonForm) moment(before string, t time.Time) {
	var ok bool
	j.b, ok = AppendMoment(append(j.b, before...), t)
	j.odd = j.odd || !ok
}

func (j *jsonForm) answers(all map[string]any) {
	var room [24]string
	ids := slices.AppendSeq(room[:0], maps.Keys(all))
	slices.Sort(ids)
	j.b = append(j.b, `,"answers":{`...)
	for i, id := range ids {
		if i > 0 {
			j.b = append(j.b, ',')
		}
		j.text("", id)
		j.b = append(j.b, ':')
		switch v := all[id].(type) {
		case string:
			j.text("", v)
		case bool:
			j.b = strconv.AppendBool(j.b, v)
		case float64:
			j.odd = j.odd || math.IsNaN(v) || v != 0 && math.Abs(v) < 1e-6 || math.Abs(v) >= 1e21
			j.b = strconv.AppendFloat(j.b, v, 'f', -1, 64)
		default:
			j.odd = true
		}
	}
	j.b = append(j.b, '}')
}
