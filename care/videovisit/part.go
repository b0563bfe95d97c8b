package videovisit

import (
	"handrail/care/internal/chart"
	"handrail/models"
)

// Part is the video visits of a patient's open chart. Do not keep it: a
// revocation holds from the next Open.
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
