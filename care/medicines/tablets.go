package medicines

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/models/reminder"
	"handrail/models/taper"
)

// Tablets is what a phone shows and keeps: the tablets of some days as prescribers wrote
// them, of plans that are in force. Mark names them: a phone that knows of another one
// holds a copy that was superseded.
type Tablets struct {
	At       time.Time         `json:"at"`
	Mark     string            `json:"mark"`
	Plans    []TabletsOf       `json:"plans"`
	Lines    []TakingLine      `json:"lines"`
	Told     []medicine.Taking `json:"told"`
	CheckIns []ToldInCheckIn   `json:"checkIns"`
}

// TabletsOf are those of one plan.
type TabletsOf struct {
	ID         string      `json:"id"`
	MedicineID string      `json:"medicineId"`
	Name       string      `json:"name"`
	Words      string      `json:"words,omitempty"`
	Call       taper.Call  `json:"call"`
	SignedBy   string      `json:"signedBy"`
	SignedAt   time.Time   `json:"signedAt"`
	Paused     bool        `json:"paused"`
	Days       []taper.Day `json:"days"`
}

// TakingLine is a line that can be told of, and which words are for who is late.
type TakingLine struct {
	MedicineID string `json:"medicineId"`
	Name       string `json:"name"`
	Late       string `json:"late"`
}

// ToldInCheckIn is that a check-in of a day told of all medicines at once.
type ToldInCheckIn struct {
	On   string `json:"on"`
	Says string `json:"says"` // all, some, none
}

// How many days a copy has: yesterday, since a phone may be a zone behind, and as many as
// it may show before it is too old.
const tabletDays = 6

// Tablets reads what the patient's phone shows. A plan that nobody signed, that is held or
// over, or whose medicine is not taken any more is not in it.
func (ch *Part) Tablets(ctx context.Context) (Tablets, error) {
	out := Tablets{At: ch.care.today(), Plans: []TabletsOf{}, Lines: []TakingLine{}, Told: []medicine.Taking{}, CheckIns: []ToldInCheckIn{}}
	d, err := ch.read(ctx, models.Read)
	if err != nil {
		return out, err
	}
	today, err := ch.care.todayOf(ctx, ch.patient)
	if err != nil {
		return out, err
	}
	r := ch.rights()
	k, err := ch.care.load(ctx, ch.patient, r)
	if err != nil {
		return out, err
	}
	from := taper.AddDays(today, -1)
	h, err := ch.care.history(ctx, ch.patient, from, tabletDays, r.checkIns)
	if err != nil {
		return out, err
	}
	taken := map[string]bool{}
	for _, v := range k.lines {
		if m := v.Value; m.Status == medicine.Taken {
			taken[m.ID] = true
			if m.Source != medicine.Street && m.EveryDays == 0 {
				out.Lines = append(out.Lines, TakingLine{m.ID, m.Name, medicine.LateWords(m)})
			}
		}
	}
	for _, v := range h.plans {
		if p := v.Value; p.Status.Shown() && r.sees(p.UseRelated) && taken[p.MedicineID] && len(p.Signatures) > 0 {
			if of := tabletsOf(&p, from); len(of.Days) > 0 {
				out.Plans = append(out.Plans, of)
			}
		}
	}
	for _, v := range h.told {
		if taken[v.Value.MedicineID] {
			out.Told = append(out.Told, v.Value)
		}
	}
	for i := range tabletDays {
		on := taper.AddDays(from, i)
		if word := h.checkIns[on]; word != "" {
			out.CheckIns = append(out.CheckIns, ToldInCheckIn{on, word})
		}
	}
	out.Mark = markOf(h.plans, r)
	return out, ch.chart.NoteRead(ctx, d, "tablets.read", "", len(out.Plans))
}

func tabletsOf(p *taper.Plan, from string) TabletsOf {
	last := p.Signatures[len(p.Signatures)-1]
	out := TabletsOf{ID: p.ID, MedicineID: p.MedicineID, Name: p.Name, Words: p.Words, Call: p.Call, SignedBy: last.By.Name, SignedAt: last.At,
		Paused: p.Status == taper.Paused, Days: p.Days(from, tabletDays)}
	if n := len(p.Acts); n > 0 { // the last act wrote what holds now
		out.SignedBy, out.SignedAt = p.Acts[n-1].By.Name, p.Acts[n-1].At
	}
	return out
}

// markOf names the state of all signed plans that a reader may see.
func markOf(plans []keptTaper, r rights) string {
	var parts []string
	for _, v := range plans {
		if len(v.Value.Signatures) > 0 && v.Value.Status != taper.Signed && r.sees(v.Value.UseRelated) {
			parts = append(parts, v.Value.ID+":"+strconv.FormatInt(v.Version, 10))
		}
	}
	return base64.RawURLEncoding.EncodeToString(chart.Hash([]byte(strings.Join(parts, ","))))[:16]
}

// most times of plans that a person is reminded of ahead.
const mostTimes = 40

// PlanTimes are the times at which a patient is reminded, out of their plans: of the next
// days, the first of them in front. The plans are where they stand; there is no copy of
// them that could fall behind. For the worker that plans reminders.
func (c *Service) PlanTimes(ctx context.Context, patientID string) ([]reminder.DoseTime, error) {
	plans, err := c.tapers(ctx, patientID)
	if err != nil || len(plans) == 0 {
		return nil, err
	}
	today, err := c.todayOf(ctx, patientID)
	if err != nil {
		return nil, err
	}
	from := taper.AddDays(today, -1)
	h, err := c.history(ctx, patientID, from, reminder.DoseDays, false)
	if err != nil {
		return nil, err
	}
	told := map[reminder.DoseTime]bool{}
	for _, v := range h.told {
		told[reminder.DoseTime{Ref: v.Value.MedicineID, On: v.Value.On, At: v.Value.At}] = true
	}
	var out []reminder.DoseTime
	for i := range reminder.DoseDays {
		for _, v := range plans {
			day, ok := v.Value.On(taper.AddDays(from, i))
			if !ok || !v.Value.Status.Shown() {
				continue
			}
			for _, dose := range day.Doses {
				at := reminder.DoseTime{Ref: v.Value.MedicineID, On: day.On, At: dose.At}
				if !told[at] && !told[reminder.DoseTime{Ref: at.Ref, On: at.On}] && len(out) < mostTimes {
					out = append(out, at)
				}
			}
		}
	}
	return out, nil
}
