package crisis

import (
	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/crisisplan"
)

// Part is the crisis plan of a patient's open chart. Do not keep it: a
// revocation holds from the next Open.
type Part struct {
	chart   *chart.Chart
	care    *Service
	actor   models.Actor
	patient string

	sections []crisisplan.Section // nil: those that are shared; else a look at what these would show
}

// Part is the part of an open chart that this package answers for.
func (c *Service) Part(ch *chart.Chart) *Part {
	return &Part{chart: ch, care: c, actor: ch.Actor(), patient: ch.PatientID()}
}
