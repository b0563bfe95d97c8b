package medicines

import (
	"context"
	"slices"
	"strings"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/models/taper"
	"handrail/store"
)

// Strengths are those that exist, as the clinic entered them. Plans of steps are built of
// nothing else.
type Strengths struct {
	Items []StrengthOf `json:"items"`
}

// StrengthOf is a strength of a medicine, by the name that orders have.
type StrengthOf struct {
	Name string `json:"name"`
	taper.Strength
}

// MaxStrengths is how many a clinic can enter.
const MaxStrengths = 1000

const siteStrengths = "site"

func (c *Service) strengths(ctx context.Context) (chart.Versioned[Strengths], error) {
	v, err := chart.Load[Strengths](ctx, c.store, chart.ColStrengths, siteStrengths)
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[Strengths]{Value: Strengths{Items: []StrengthOf{}}}, nil
	}
	return v, err
}

// Strengths reads them. Everybody who works here may. What nobody entered is version 1;
// what is stored is one version later.
func (c *Service) Strengths(ctx context.Context, actor models.Actor) (chart.Versioned[Strengths], error) {
	if !actor.Role.Staff() || actor.Outside {
		return chart.Versioned[Strengths]{}, c.base.Forbid(ctx, actor, "medicine-strengths.read")
	}
	v, err := c.strengths(ctx)
	v.Version++
	return v, err
}

// SetStrengths enters the whole list anew: a prescriber, a pharmacist or an administrator.
// Plans that stand keep the strengths that they were built of.
func (c *Service) SetStrengths(ctx context.Context, actor models.Actor, version int64, s Strengths) (chart.Versioned[Strengths], error) {
	none := chart.Versioned[Strengths]{}
	if !mayRule(actor) {
		return none, c.base.Forbid(ctx, actor, "medicine-strengths.set")
	}
	if err := s.check(); err != nil {
		return none, err
	}
	v, err := c.strengths(ctx)
	if err != nil {
		return none, err
	}
	if v.Version+1 != version {
		if chart.SameJSON(v.Value, s) {
			v.Version++
			return v, nil
		}
		return none, chart.Refusal(store.ErrConflict)
	}
	doc, err := chart.Encode(siteStrengths, chart.OwnerSite, v.Version, nil, s)
	if err != nil {
		return none, err
	}
	op := store.Replace(chart.ColStrengths, doc)
	if v.IsNew() {
		op = store.Insert(chart.ColStrengths, doc)
	}
	err = c.base.Commit(ctx, c.base.AuditEvent(actor, "medicine-strengths.set"), op)
	if models.KindOf(err) == models.KindConflict {
		err = chart.Refusal(store.ErrConflict) // somebody was first to enter any
	}
	return chart.Versioned[Strengths]{Value: s, Version: v.Version + 2}, err
}

func (s Strengths) check() error {
	var c models.Checks
	c.Require(len(s.Items) <= MaxStrengths, "items", "too-many", "That is too many entries.")
	of := map[string]int{}
	for i, one := range s.Items[:min(len(s.Items), MaxStrengths)] {
		field := models.Indexed("items", i)
		c.Text(field+".name", one.Name, 1, medicine.MaxName)
		taper.CheckStrength(&c, field, one.Strength)
		key := keyOf(medicine.Medicine{Terms: medicine.Terms{Name: one.Name}})
		of[key]++
		c.Require(of[key] <= taper.MaxStrengths, field+".name", "too-many", "There can be twelve strengths of one medicine.")
		c.Require(!slices.ContainsFunc(s.Items[:i], func(b StrengthOf) bool {
			return strings.EqualFold(b.Name, one.Name) && b.Strength.Strength == one.Strength.Strength && b.Form == one.Form
		}), field, "used-twice", "This strength is in the list twice.")
	}
	return c.Err()
}

// keyOf is by what strengths belong to a medicine: its ingredients, or its name where they
// are not known.
func keyOf(m medicine.Medicine) string {
	m.Identify()
	if names := m.Names(); m.Known && len(names) > 0 {
		slices.Sort(names)
		return strings.Join(names, "+")
	}
	return strings.ToLower(strings.TrimSpace(m.Name))
}

// strengthsOf are those of one medicine: of its own name where there are any, else of what
// is in it, and of the form of the order where that is counted in pieces.
func (c *Service) strengthsOf(ctx context.Context, m medicine.Medicine) ([]taper.Strength, error) {
	v, err := c.strengths(ctx)
	named, others := []taper.Strength{}, []taper.Strength{}
	for _, s := range v.Value.Items {
		switch {
		case m.Form != "" && s.Form != m.Form:
		case strings.EqualFold(strings.TrimSpace(s.Name), strings.TrimSpace(m.Name)):
			named = append(named, s.Strength)
		case keyOf(medicine.Medicine{Terms: medicine.Terms{Name: s.Name}}) == keyOf(m):
			others = append(others, s.Strength)
		}
	}
	if len(named) > 0 {
		return named, err
	}
	return others, err
}
