// Package medicines keeps the one list of medicines of a patient, and holds each order
// against the rules (models/medicine) before it stands. It asks nobody on the network.
// What it knows is what the asker may see: lines that tell of substance use are a part
// of the chart of their own (42 CFR Part 2).
package medicines

import (
	"context"
	"os"
	"time"

	"handrail/care/alerts"
	"handrail/care/crisis"
	"handrail/care/internal/chart"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/store"
	"handrail/store/aside"
)

// Service is the use cases of medicines.
type Service struct {
	base  *chart.Base
	store store.Store
	now   models.Clock
	aside *aside.Book
	tasks *tasks.Service
	rules *medicine.Set // nil: they can't be read

	alerts *alerts.Inside
	crisis *crisis.Inside

	agreed Agreed // nil: nothing is

	over chart.Filling // of lines that an older program stopped
}

// Rules reads the rules: those of a file, or with no name those that ship. What can't be
// trusted gives none, and the log says why: then nothing is checked, and each answer
// tells.
func Rules(base *chart.Base, file string) *medicine.Set {
	if file == "" {
		s, err := medicine.Shipped()
		if err != nil {
			base.Log.Error("the rules of medicines can't be used: nothing is checked", "cause", err.Error())
			return nil
		}
		return s
	}
	b, err := os.ReadFile(file)
	if err == nil {
		var s *medicine.Set
		if s, err = medicine.Parse(b); err == nil {
			return s
		}
	}
	base.Log.Error("the file of rules of medicines can't be used: nothing is checked", "cause", err.Error())
	return nil
}

// New makes them. rules nil: nothing is checked, and each answer says so.
func New(base *chart.Base, t *tasks.Service, a *alerts.Inside, plans *crisis.Inside, rules *medicine.Set) *Service {
	return &Service{base: base, store: base.Store, now: base.Now, aside: base.Aside, tasks: t, rules: rules, alerts: a, crisis: plans,
		over: chart.Filling{Collection: chart.ColMedicines, Key: "overAt", Keys: overKeys}}
}

// Part is the medicines of a patient's open chart. Do not keep it: a revocation holds
// from the next Open.
type Part struct {
	chart   *chart.Chart
	care    *Service
	actor   models.Actor
	patient string
}

// Part is the part of an open chart that this package answers for.
func (c *Service) Part(ch *chart.Chart) *Part {
	return &Part{chart: ch, care: c, actor: ch.Actor(), patient: ch.PatientID()}
}

// current are the rules with the clinic's changes that hold now. Changes that can't be
// used leave the rules as they ship, and the log says so.
func (c *Service) current(ctx context.Context) (*medicine.Set, error) {
	if c.rules == nil {
		return nil, nil
	}
	changes, err := c.changes(ctx)
	if err != nil {
		return nil, err
	}
	holds := false
	for _, v := range changes {
		holds = holds || v.Value.Holds(c.now())
	}
	if !holds {
		return c.rules, nil
	}
	s, err := c.rules.With(chart.Values(chart.Page[chart.Versioned[medicine.Change]]{Items: changes}).Items, c.now())
	if err != nil {
		if c.base.Told.Once("medicine rules") {
			c.base.Log.Error("the clinic's changes to the rules of medicines can't be used", "cause", err.Error())
		}
		return c.rules, nil
	}
	return s, nil
}

func (c *Service) today() time.Time { return c.now().UTC() }

// section is the part of the chart that a line is of.
func section(useRelated bool) models.Section {
	if useRelated {
		return models.SectionUseMedicines
	}
	return models.SectionMedicines
}
