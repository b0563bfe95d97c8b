package people

import (
	"handrail/models"
	"handrail/store"
)

// Inside is what the other parts of care ask of people. It asks for nobody's right, so
// nothing outside of care gets one.
type Inside struct{ service *Service }

// Prepare makes an account for who comes by a provider that the site lets make
// accounts: the ops and the event are for the batch of the one who asks.
func (i *Inside) Prepare(n NewAccount) (models.Account, []store.Op, models.AuditEvent, error) {
	a, ops, err := i.service.account(n)
	e := i.service.base.AuditEvent(models.Actor{AccountID: "system", Name: models.SystemName}, "account.created")
	e.Ref, e.PatientID = a.ID, a.PatientID
	return a, ops, e, err
}
