// Package peers keeps who walks beside a patient: peer workers whom a patient finds by
// what they want, and contracts with somebody who keeps them to their word. Neither opens
// a chart (docs/intake.md).
package peers

import (
	"context"
	"crypto/sha256"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/peer"
	"handrail/models/task"
	"handrail/store"
)

// Service is the use cases of peers and contracts.
type Service struct {
	base  *chart.Base
	store store.Store
	now   models.Clock
	tasks *tasks.Inside
}

// New makes them. The worker of tasks ends what no peer answers in time.
func New(base *chart.Base, t *tasks.Inside) *Service {
	c := &Service{base, base.Store, base.Now, t}
	t.WhenLate(task.CodePeerAsked, c.unanswered)
	return c
}

// Part is peers and contracts of a patient's open chart. Do not keep it: a revocation
// holds from the next Open.
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

// mayOwn is of the patient alone: nobody of the team reads whom they ask, or what for.
func (ch *Part) mayOwn(ctx context.Context) (models.Decision, error) {
	d, err := ch.chart.May(ctx, models.SectionConsents, models.Write)
	if err == nil && ch.actor.Role != models.RolePatient {
		err = ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Your role does not allow this."))
	}
	return d, err
}

func isPeer(a models.Actor) bool {
	return a.Role == models.RoleClinician && a.Discipline == models.DisciplinePeer && !a.Outside
}

type (
	match    = chart.Versioned[peer.Match]
	contract = chart.Versioned[peer.Contract]
)

var space = uuid.MustParse("91a6b7de-0a52-4c7e-9d70-5b7f6f1f2a63")

func taskID(matchID string) string {
	return uuid.NewHash(sha256.New(), space, []byte(matchID), 8).String()
}

func matchOp(v match) (store.Op, error) {
	m := v.Value
	keys := store.Keys{"patientId": m.PatientID, "peerId": m.PeerID, "at": chart.Millis(m.AskedAt)}
	if m.Open() {
		keys["openSite"] = chart.OwnerSite
	}
	doc, err := chart.Encode(m.ID, m.PatientID, v.Version, keys, m)
	if v.IsNew() {
		return store.Insert(chart.ColPeerMatches, doc), err
	}
	return store.Replace(chart.ColPeerMatches, doc), err
}

func contractOp(v contract) (store.Op, error) {
	c := v.Value
	doc, err := chart.Encode(c.ID, c.PatientID, v.Version, store.Keys{"patientId": c.PatientID, "partnerId": c.PartnerID, "at": chart.Millis(c.WrittenAt)}, c)
	if v.IsNew() {
		return store.Insert(chart.ColContracts, doc), err
	}
	return store.Replace(chart.ColContracts, doc), err
}

// line is what the log says of what the other side did: the patient reads it.
func (c *Service) line(actor models.Actor, patientID, action, ref, whom string) models.AuditEvent {
	e := c.base.AuditEvent(actor, action)
	e.PatientID, e.Section, e.Basis, e.Ref, e.Whom, e.Changed = patientID, models.SectionConsents, models.BasisSelf, ref, whom, true
	return e
}

// again repeats a change until nobody came between.
func again[T any](ctx context.Context, do func() (T, error)) (out T, err error) {
	for range 20 {
		if out, err = do(); models.KindOf(err) != models.KindStale || ctx.Err() != nil {
			return out, err
		}
	}
	return out, err
}
