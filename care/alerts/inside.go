package alerts

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/duty"
	"handrail/models/message"
	"handrail/models/risk"
	"handrail/models/task"
	"handrail/store"
)

// Inside is what other parts of care ask without a caller's right.
type Inside struct{ service *Service }

// Others is what else waits for a person, of another part of care, with a text that names
// its state. r are the reader's rights: they Know a patient before they decide.
type Others func(ctx context.Context, actor models.Actor, r chart.Rights) ([]Work, string, error)

// AlsoWaits adds to the worklist. It is called before the program serves.
func (i *Inside) AlsoWaits(o Others) { i.service.others = append(i.service.others, o) }

// Waiting is a thread with messages that the person has not read, or a worry.
type Waiting struct {
	Kind     message.Kind    `json:"kind,omitempty"`
	From     string          `json:"from,omitempty"`
	Urgency  message.Urgency `json:"urgency,omitempty"`
	Count    int             `json:"count,omitempty"`
	Text     string          `json:"text,omitempty"`
	AnswerBy *time.Time      `json:"answerBy,omitempty"`
}

// Standing is who reads for a patient now, and when somebody is there.
type Standing struct {
	On      bool // alerts, and messages to staff, are set up at this clinic
	Patient models.Patient
	Now     risk.Now
}

// Standing finds who may read a section of a patient, and write in it.
func (i *Inside) Standing(ctx context.Context, patientID string, section models.Section) (Standing, error) {
	c := i.service
	s, err := c.settings(ctx)
	if err != nil {
		return Standing{}, err
	}
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, patientID)
	if err != nil {
		return Standing{}, err
	}
	out := Standing{On: s.Value.On, Patient: p.Value}
	out.Now, err = c.momentAbout(ctx, patientID, s.Value, section)
	return out, err
}

// Reached tells whether a channel reaches somebody now. An account that is stopped is not.
func (i *Inside) Reached(ctx context.Context, accountID string) (bool, error) {
	p, ok, err := i.service.person(ctx, accountID)
	return ok && p.Reached, err
}

// Hours is when somebody answers at this clinic; false where it has not said so.
func (i *Inside) Hours(ctx context.Context) (risk.Hours, bool, error) {
	s, err := i.service.settings(ctx)
	return s.Value.Hours, s.Value.On, err
}

// HoursOf is Hours for a patient: those of their programme, where it has its own. own
// tells that it has.
func (i *Inside) HoursOf(ctx context.Context, patientID string) (h risk.Hours, on, own bool, err error) {
	s, err := i.service.settings(ctx)
	if err != nil {
		return h, false, false, err
	}
	in, err := i.service.programmeOf(ctx, patientID)
	return in.HoursOr(s.Value.Hours), s.Value.On, in.Hours != nil, err
}

// Monitoring is who reads what a patient sends, in the clinic's own words; none where
// their programme has hours of its own, or that is not known: the words are of the
// clinic's.
func (i *Inside) Monitoring(ctx context.Context, patientID string) models.Monitoring {
	if in, err := i.service.programmeOf(ctx, patientID); err != nil || in.Hours != nil {
		return models.Monitoring{}
	}
	return i.service.base.Site.Monitoring
}

// OwnHours tells whether any programme that has begun has hours of its own: then the
// clinic's are not those of everybody.
func (i *Inside) OwnHours(ctx context.Context) (bool, error) {
	all, err := i.service.programmes(ctx, false)
	return slices.ContainsFunc(all, func(v keptProgramme) bool { return v.Value.Asked() && v.Value.Hours != nil }), err
}

// FiredOps are the alerts of what fired at one moment about a patient, for the batch of what
// set it off; none while alerts are off. A batch that is refused as stale is to be made anew.
func (i *Inside) FiredOps(ctx context.Context, patientID string, fired ...risk.Evidence) ([]store.Op, error) {
	s, err := i.Standing(ctx, patientID, models.SectionCheckIns)
	if err != nil || !s.On || len(fired) == 0 {
		return nil, err
	}
	return i.service.firedOps(ctx, s.Patient, fired, s.Now)
}

// Chain finds who can be asked about a patient now; of nobody's chart, the fail-safe
// alone.
func (i *Inside) Chain(ctx context.Context, patientID string) (risk.Chain, error) {
	s, err := i.service.settings(ctx)
	if err != nil {
		return risk.Chain{}, err
	}
	if patientID == "" {
		f, err := i.service.failSafe(ctx, s.Value)
		return risk.Chain{FailSafe: f}, err
	}
	return i.service.chain(ctx, patientID, s.Value)
}

// Duty is who works on a patient's matters by being on duty, until when no rota that is
// asked for them says anything else, and who leads the team.
type Duty struct {
	OnDuty, Leads []string
	Until         time.Time
}

// OnDuty finds them: by the cover rotas that are asked for the patient, in their order; of
// nobody's chart, by the rotas for all. It asks no channel.
func (i *Inside) OnDuty(ctx context.Context, patientID string) (Duty, error) {
	c, out := i.service, Duty{}
	facts, err := c.duty.Facts(ctx)
	if err != nil {
		return out, err
	}
	programme, t := risk.ClinicProgramme, members{}
	if patientID != "" {
		in, err := c.programmeOf(ctx, patientID)
		if err != nil {
			return out, err
		}
		if t, err = c.team(ctx, patientID, models.SectionCheckIns, c.known); err != nil || t.unsure {
			return out, err
		}
		programme = in.ID
	}
	for _, n := range ranked(facts.Rotas, programme, t.asked) {
		if facts.Rotas[n].Serves != duty.ServesCover {
			continue
		}
		if who := facts.OnDuty[n]; who != "" {
			out.OnDuty = append(out.OnDuty, who)
		}
		if until := facts.Until(n); out.Until.IsZero() || until.Before(out.Until) {
			out.Until = until
		}
	}
	for _, p := range t.leads {
		out.Leads = append(out.Leads, p.AccountID)
	}
	return out, nil
}

// Person reads somebody who can be asked; ok is false for an account that is stopped, or
// can't be read.
func (i *Inside) Person(ctx context.Context, accountID string) (risk.Person, bool, error) {
	return i.service.person(ctx, accountID)
}

// Tasks is what the worklist and an alert's end need of the tasks.
type Tasks interface {
	// Waiting lists the open tasks that are an actor's, that they are asked for, or may
	// claim. marks name the state of each.
	Waiting(ctx context.Context, r chart.Rights) (found []task.View, marks []string, err error)
	// EndOps complete the open tasks about an alert that has ended.
	EndOps(ctx context.Context, actor models.Actor, alertID string) ([]store.Op, error)
}

// With joins the tasks. It is called once, by care.New.
func (i *Inside) With(t Tasks) { i.service.tasks = t }

// OpenOf lists the open alerts of an owner, for the office; those that can't be read as
// somebody who needs attention.
func (i *Inside) OpenOf(ctx context.Context, owner string) ([]risk.Alert, error) {
	found, bad, err := chart.ReadableOnes[risk.Alert](ctx, i.service.store, chart.ColAlerts, store.Query{Index: "openOwner", Equal: []any{owner}}, 0)
	for _, d := range bad {
		found = append(found, unreadableAlert(d, owner))
	}
	return plain(found), err
}

// Every hands every open alert to use, the one that is due first in front.
func (i *Inside) Every(ctx context.Context, use func(risk.Alert)) error {
	return chart.ThroughDocs(ctx, i.service.store, chart.ColAlerts, store.Query{Index: "due", From: store.LowestKey, Unopened: true}, func(d store.Doc) (bool, error) {
		if v, err := chart.Readable[risk.Alert](d); err == nil {
			use(v.Value)
		}
		return false, nil
	})
}

// HandOver gives an open alert to somebody for its owner, who leaves: at once, and they
// are called. ok is false when they can't answer for it, or it has ended.
func (i *Inside) HandOver(ctx context.Context, actor models.Actor, id, to string) (ok bool, err error) {
	c := i.service
	who, there, err := c.person(ctx, to)
	if err != nil || !there {
		return false, err
	}
	_, err = c.change(ctx, id, actor, "alert.handed-over", func(v kept) (risk.Alert, []store.Op, error) {
		s, err := c.settings(ctx)
		if err != nil {
			return risk.Alert{}, nil, err
		}
		n, err := c.moment(ctx, v.Value.PatientID, s.Value)
		if ok = err == nil && !v.Value.Status.Ended() && (v.Value.Owner == to || n.Chain.Holds(to)); !ok || v.Value.Owner == to {
			return v.Value, nil, err
		}
		next, err := v.Value.HandOver(risk.Person{AccountID: v.Value.Owner, Name: v.Value.OwnerName}, who, n)
		return next, nil, err
	})
	return ok, err
}
