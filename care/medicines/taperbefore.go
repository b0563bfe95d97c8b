package medicines

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/models/taper"
)

// knownBefore raises what is taken before a plan to what is known: a guard that believes a
// form alone is none. It is the most of any day from yesterday until the plan begins, by the
// plans of this line and of those that it replaced, and by their orders on days without a
// plan. It gives the days of the guard's window too, the oldest first.
func (ch *Part) knownBefore(ctx context.Context, m medicine.Medicine, p *taper.Plan, today string) ([]medicine.Amount, error) {
	begins := max(p.StartsOn, today)
	from := taper.AddDays(begins, -taper.WindowDays)
	lines, err := ch.lineage(ctx, m, from)
	if err != nil {
		return nil, err
	}
	plans, err := ch.care.tapers(ctx, ch.patient)
	if err != nil {
		return nil, err
	}
	zone, err := ch.care.zoneOf(ctx, ch.patient)
	if err != nil {
		return nil, err
	}
	var had []medicine.Amount
	for day := from; day < begins || day <= today; day = taper.AddDays(day, 1) {
		var known []medicine.Amount
		for _, l := range lines {
			known = append(known, takenOn(l, plans, day, zone, l.ID == m.ID && p.Kind == taper.Start, today)...)
		}
		most := taper.Most(known, p.Unit)
		had = append(had, most)
		if day >= taper.AddDays(today, -1) {
			p.AtLeastBefore(&most)
		}
	}
	return had, nil
}

// lineage is a line, and those that ended as it took their place since a day.
func (ch *Part) lineage(ctx context.Context, m medicine.Medicine, since string) ([]medicine.Medicine, error) {
	out := []medicine.Medicine{m}
	for m.Replaces != "" && len(out) < taper.WindowDays {
		v, err := chart.Load[medicine.Medicine](ctx, ch.care.store, chart.ColMedicines, m.Replaces)
		if err != nil || v.Value.Stop == nil || v.Value.Stop.On < since {
			return out, chart.UnlessGone(err)
		}
		m = v.Value
		out = append(out, m)
	}
	return out, nil
}

// takenOn is what is known of one line on a day: what its plans say, or else its order. What
// was ordered for a start counts once it has begun.
func takenOn(m medicine.Medicine, plans []keptTaper, day string, zone *time.Location, start bool, today string) (out []medicine.Amount) {
	for _, v := range plans {
		if d, ok := v.Value.On(day); ok && v.Value.MedicineID == m.ID {
			out = append(out, medicine.Amount{Value: d.Total, Unit: v.Value.Unit})
		}
	}
	since := m.Since
	if since == "" {
		since = m.AddedAt.In(zone).Format(time.DateOnly)
	}
	over := m.Stop != nil && m.Stop.On < day
	if len(out) == 0 && m.Daily != nil && !over && (!start || since < taper.AddDays(today, -taper.WindowDays)) {
		out = append(out, *m.Daily)
	}
	return out
}

// asDrafted holds a draft against what is known when it is signed: other plans, orders and
// strengths may have come since, and its signatures would be of another guard.
func (ch *Part) asDrafted(ctx context.Context, line medicine.Medicine, p taper.Plan, today string) error {
	now := p
	strengths, err := ch.care.strengthsOf(ctx, line)
	if err != nil {
		return err
	}
	had, err := ch.knownBefore(ctx, line, &now, today)
	if err != nil {
		return err
	}
	more := slices.ContainsFunc(now.Guard(strengths, had), func(f taper.Pace) bool {
		return !slices.ContainsFunc(p.Pace, func(was taper.Pace) bool { return was.Step == f.Step && was.Found == f.Found })
	})
	if more || !p.MadeOf(strengths) || taper.ForOpioidUse(line) && now.Reduces() && !p.OpioidUse {
		return models.E(models.KindConflict, "draft-again", "What is known has changed since this was written. Please look at it and write it anew.")
	}
	return nil
}
