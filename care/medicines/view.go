package medicines

import (
	"context"
	"slices"
	"time"

	"handrail/models"
	"handrail/models/medicine"
	"handrail/store"

	"handrail/care/internal/chart"
)

// Checked is what the rules say of a list, or that they could not be asked.
type Checked struct {
	Version    string             `json:"version,omitempty"`
	Refused    string             `json:"refused,omitempty"` // RefusedRules: nothing was checked
	Warning    string             `json:"warning,omitempty"` // WarnSoonOld or WarnOld
	Until      time.Time          `json:"until,omitzero"`    // when the rules are a year old
	Findings   []medicine.Finding `json:"findings"`
	Asks       []medicine.Ask     `json:"asks"`
	Duties     []medicine.Duty    `json:"duties"`
	NotChecked []string           `json:"notChecked"` // lines with an ingredient that no rule knows
	Incomplete bool               `json:"incomplete"`
}

// What a check says of itself.
const (
	RefusedRules = "rules-unreadable"
	WarnSoonOld  = "rules-soon-old"
	WarnOld      = "rules-old"
)

// List is the one list of a patient.
type List struct {
	Items      []medicine.Medicine `json:"items"`
	Next       string              `json:"next"`
	Adverse    []medicine.Adverse  `json:"adverse"`
	Facts      []medicine.Fact     `json:"facts"`
	Checked    *Checked            `json:"checked,omitempty"` // for people of the clinic
	Incomplete bool                `json:"incomplete"`
	ReviewedAt time.Time           `json:"reviewedAt,omitzero"`
	Tablets    string              `json:"tablets,omitempty"` // the mark of the tablets that hold now
	MayOrder   bool                `json:"mayOrder"`
	MayAdd     bool                `json:"mayAdd"`
}

// read decides about reading: one of the two parts is enough.
func (ch *Part) read(ctx context.Context, v models.Verb) (models.Decision, error) {
	if d := ch.chart.Decide(models.SectionUseMedicines, v); d.Allowed && !ch.chart.Decide(models.SectionMedicines, v).Allowed {
		return d, nil
	}
	d, err := ch.chart.May(ctx, models.SectionMedicines, v)
	if err == nil && !d.Whole {
		err = ch.chart.Refuse(ctx, d, notShared())
	}
	return d, err
}

func notShared() error {
	return models.E(models.KindForbidden, "not-shared-with-you", "This part has not been shared with you.")
}

// List reads the whole list: what is taken first, then what was stopped.
func (ch *Part) List(ctx context.Context) (List, error) {
	return ch.ListPage(ctx, "", 0)
}

// ListPage is a page of the list, with all that stands beside it. limit 0: all of it.
func (ch *Part) ListPage(ctx context.Context, cursor string, limit int) (List, error) {
	out := List{Items: []medicine.Medicine{}, Adverse: []medicine.Adverse{}, Facts: []medicine.Fact{}}
	d, err := ch.read(ctx, models.Read)
	if err != nil {
		return out, err
	}
	k, err := ch.care.load(ctx, ch.patient, ch.rights())
	if err != nil {
		return out, err
	}
	if out.Items, out.Next, err = ch.page(ctx, k, cursor, limit); err != nil {
		return out, err
	}
	for i, m := range out.Items {
		out.Items[i] = ch.shown(m)
	}
	for _, v := range k.adverse {
		out.Adverse = append(out.Adverse, v.Value)
	}
	for _, code := range medicine.FactCodes {
		if f, ok := k.facts[code]; ok {
			out.Facts = append(out.Facts, f)
		}
	}
	last, err := chart.List[medicine.Reconciliation](ctx, ch.care.store, chart.ColReconciliations,
		store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true, Limit: 1})
	if err != nil {
		return out, err
	}
	for _, v := range last.Items {
		out.ReviewedAt = v.Value.At
	}
	out.Incomplete = k.partly && ch.actor.Role != models.RolePatient
	if ch.actor.Role.Staff() {
		if out.Checked, err = ch.care.look(ctx, k, k.input(ch.care.now())); err != nil {
			return out, err
		}
	}
	plans, err := ch.care.tapers(ctx, ch.patient)
	if err != nil {
		return out, err
	}
	out.Tablets = markOf(plans, ch.rights())
	writes := ch.chart.Decide(models.SectionMedicines, models.Write).Allowed
	out.MayAdd, out.MayOrder = writes, writes && ch.actor.Role == models.RoleClinician && ch.actor.Discipline.Prescribes()
	return out, ch.chart.NoteRead(ctx, d, "medicines.read", "", len(out.Items))
}

// shown is a line as the reader sees it: why a prescriber went on is between prescribers.
func (ch *Part) shown(m medicine.Medicine) medicine.Medicine {
	if !ch.actor.Role.Staff() {
		m.Passed, m.Rules, m.Unchecked = nil, "", ""
	}
	return m
}

// Medicine reads one line.
func (ch *Part) Medicine(ctx context.Context, id string) (kept, error) {
	d, v, err := ch.one(ctx, id, models.Read)
	if err != nil {
		return v, err
	}
	v.Value = ch.shown(v.Value)
	return v, ch.chart.NoteRead(ctx, d, "medicines.read", id, 1)
}

// one loads a line that the actor may see, for reading or for a change. Who may not see
// it is told that there is none.
func (ch *Part) one(ctx context.Context, id string, verb models.Verb) (models.Decision, kept, error) {
	d, err := ch.read(ctx, verb)
	if err != nil {
		return d, kept{}, err
	}
	v, err := chart.Load[medicine.Medicine](ctx, ch.care.store, chart.ColMedicines, id)
	if err != nil {
		return d, v, err
	}
	if s := ch.chart.Decide(section(v.Value.UseRelated), models.Read); v.Value.PatientID != ch.patient || !s.Allowed || !s.Whole {
		return d, kept{}, models.NotFound()
	}
	d, err = ch.chart.May(ctx, section(v.Value.UseRelated), verb)
	return d, v, err
}

// look asks the rules, and says when they could not be asked.
func (c *Service) look(ctx context.Context, k known, in medicine.Input) (*Checked, error) {
	out := &Checked{Findings: []medicine.Finding{}, Asks: []medicine.Ask{}, Duties: []medicine.Duty{}, NotChecked: []string{}, Incomplete: k.partly}
	for _, v := range k.lines {
		if v.Value.Status == medicine.Taken && !v.Value.Known {
			out.NotChecked = append(out.NotChecked, v.Value.ID)
		}
	}
	s, err := c.current(ctx)
	if err != nil {
		return nil, err
	}
	if s == nil {
		out.Refused = RefusedRules
		return out, nil
	}
	age := s.AgeAt(c.now())
	out.Version, out.Until = s.Version, age.Until
	switch {
	case age.Old:
		out.Warning = WarnOld
	case age.Warn:
		out.Warning = WarnSoonOld
	}
	r := s.Check(in)
	out.Findings, out.Asks, out.Duties = append(out.Findings, r.Findings...), append(out.Asks, r.Asks...), append(out.Duties, r.Duties...)
	return out, nil
}

// stops are the findings that nobody has given a reason for.
func (c *Checked) stops(on []GoOn) (open []medicine.Finding, passed []GoOn) {
	for _, f := range c.Findings {
		i := slices.IndexFunc(on, func(g GoOn) bool { return g.Key == f.Key })
		switch {
		case f.Interrupts && i < 0:
			open = append(open, f)
		case f.Interrupts:
			passed = append(passed, on[i])
		}
	}
	return open, passed
}
