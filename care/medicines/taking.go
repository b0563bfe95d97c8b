package medicines

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/medicine"
	"handrail/models/reminder"
	"handrail/models/taper"
	"handrail/store"
)

type keptTaking = chart.Versioned[medicine.Taking]

// TakingOf is what is known of the doses of one line, a day each, the oldest first.
type TakingOf struct {
	MedicineID string               `json:"medicineId"`
	Name       string               `json:"name"`
	Late       string               `json:"late"` // names the words for who is late
	Days       []medicine.DayTaking `json:"days"`
}

// MaxTakingDays is how many days one look at the doses covers.
const MaxTakingDays = 31

// history is what is known of doses: what was told, and what the check-ins said.
type history struct {
	told     []keptTaking
	checkIns map[string]string // by day: all, some, none
	times    bool              // the patient has times of their own
	plans    []keptTaper
}

func (c *Service) history(ctx context.Context, patientID, from string, days int, checkIns bool) (history, error) {
	out := history{checkIns: map[string]string{}}
	at, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return out, err
	}
	of := store.Query{Index: "patient", Equal: []any{patientID}, From: chart.Millis(at), To: chart.Millis(at.AddDate(0, 0, days))}
	if out.told, err = chart.Every[medicine.Taking](ctx, c.store, chart.ColTakings, of); err != nil {
		return out, err
	}
	if out.plans, err = c.tapers(ctx, patientID); err != nil {
		return out, err
	}
	times, err := chart.Load[reminder.Medicines](ctx, c.store, chart.ColMedicineTimes, patientID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return out, err
	}
	out.times = len(times.Value.Items) > 0
	if !checkIns {
		return out, nil
	}
	zone, err := c.zoneOf(ctx, patientID)
	if err != nil {
		return out, err
	}
	of.From, of.To = chart.Millis(at.AddDate(0, 0, -1)), chart.Millis(at.AddDate(0, 0, days+1)) // days of zones
	last := map[string]time.Time{}
	err = chart.Through(ctx, c.store, chart.ColCheckIns, of, func(v chart.Versioned[checkin.CheckIn]) (bool, error) {
		day, word := models.LocalDay(v.Value.Moment(), zone), takenIn(v.Value)
		if word != "" && !v.Value.Moment().Before(last[day]) {
			out.checkIns[day], last[day] = word, v.Value.Moment()
		}
		return false, nil
	})
	return out, err
}

// takenIn is the answer of a check-in about medicines; "" for none.
func takenIn(in checkin.CheckIn) string {
	if in.Mistake != nil && slices.Contains(in.Mistake.Questions, "medicines") {
		return ""
	}
	word, _ := in.Answers["medicines"].(string)
	if !slices.Contains([]string{"all", "some", "none"}, word) {
		return ""
	}
	return word
}

// of are the days of one line, the oldest first.
func (h history) of(m medicine.Medicine, from string, days int) []medicine.DayTaking {
	out := []medicine.DayTaking{}
	for i := range days {
		on := taper.AddDays(from, i)
		var told []medicine.Taking
		for _, v := range h.told {
			if v.Value.MedicineID == m.ID && v.Value.On == on {
				told = append(told, v.Value)
			}
		}
		asked := h.times || slices.ContainsFunc(h.plans, func(p keptTaper) bool {
			day, ok := p.Value.On(on)
			return ok && p.Value.MedicineID == m.ID && len(day.Doses) > 0
		})
		word := h.checkIns[on]
		if m.EveryDays > 0 || m.Since > on {
			word = "" // a depot is given by the team
		}
		out = append(out, medicine.DayOf(on, told, word, asked && m.EveryDays == 0))
	}
	return out
}

// Taking reads what is known of the doses of the lines that are taken.
func (ch *Part) Taking(ctx context.Context, from string, days int) ([]TakingOf, error) {
	d, err := ch.read(ctx, models.Read)
	if err != nil {
		return nil, err
	}
	var c models.Checks
	at, err := time.Parse(time.DateOnly, from)
	c.Require(err == nil && at.Year() >= 2000 && at.Year() < 2200, "from", "not-a-day", "Write the day as YYYY-MM-DD.")
	c.Require(days >= 1 && days <= MaxTakingDays, "days", "out-of-range", "Ask for 1 to 31 days.")
	if err := c.Err(); err != nil {
		return nil, err
	}
	r := ch.rights()
	k, err := ch.care.load(ctx, ch.patient, r)
	if err != nil {
		return nil, err
	}
	h, err := ch.care.history(ctx, ch.patient, from, days, r.checkIns)
	if err != nil {
		return nil, err
	}
	out := []TakingOf{}
	for _, v := range k.lines {
		if m := v.Value; m.Status == medicine.Taken && m.Source != medicine.Street {
			out = append(out, TakingOf{m.ID, m.Name, medicine.LateWords(m), h.of(m, from, days)})
		}
	}
	return out, ch.chart.NoteRead(ctx, d, "taking.read", "", len(out))
}

// TellTaking writes down what became of one dose: the patient, once, or somebody of the
// team who saw it. The same again changes nothing; another word later is the one that
// counts. What a rule of missed doses finds is in the same batch.
func (ch *Part) TellTaking(ctx context.Context, t medicine.Taking) (medicine.Taking, error) {
	for {
		out, err := ch.tellTaking(ctx, t)
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil {
			continue
		}
		return out, err
	}
}

func (ch *Part) tellTaking(ctx context.Context, t medicine.Taking) (medicine.Taking, error) {
	d, line, err := ch.one(ctx, t.MedicineID, models.Write)
	if err != nil {
		return t, err
	}
	today, err := ch.care.todayOf(ctx, ch.patient)
	if err != nil {
		return t, err
	}
	if err := medicine.CheckTaking(t, today); err != nil {
		return t, err
	}
	if line.Value.Status == medicine.Mistake {
		return t, models.NotFound()
	}
	t.PatientID, t.By, t.ToldAt, t.Via = ch.patient, models.AuthorOf(ch.actor), ch.care.today(), medicine.ViaTeam
	if !ch.actor.Role.Staff() {
		t.Via = medicine.ViaReminder
	}
	id := t.MedicineID + ":" + t.On + ":" + t.At
	stands, err := chart.Load[medicine.Taking](ctx, ch.care.store, chart.ColTakings, id)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return t, err
	}
	if !stands.IsNew() && stands.Value.State == t.State && stands.Value.By.AccountID == t.By.AccountID {
		return stands.Value, nil
	}
	if !stands.IsNew() && stands.Value.Via == medicine.ViaTeam && t.Via != medicine.ViaTeam {
		return t, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "told-by-the-team", "Your team wrote this down. Please tell them."))
	}
	at, _ := time.Parse(time.DateOnly, t.On)
	doc, err := chart.Encode(id, ch.patient, stands.Version, store.Keys{"patientId": ch.patient, "on": chart.Millis(at)}, t)
	if err != nil {
		return t, err
	}
	op := store.Replace(chart.ColTakings, doc)
	if stands.IsNew() {
		op = store.Insert(chart.ColTakings, doc)
	}
	gaps, err := ch.care.gapOps(ctx, ch.patient, &t)
	if err != nil {
		return t, err
	}
	return t, ch.chart.Commit(ctx, d, "taking.told", t.MedicineID, append(gaps, op)...)
}
