package planning

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"maps"
	"strings"
	"time"

	"github.com/google/uuid"

	"handrail/care"
	"handrail/models"
	"handrail/models/episode"
	"handrail/models/reminder"
	"handrail/notify"
	"handrail/store"
	"handrail/store/aside"
	"handrail/store/tail"
)

// Config is what a Planner needs.
type Config struct {
	Care   *care.Care
	Notify *notify.Notifier
	Store  store.Store
	Now    models.Clock // of what is stored; nil: the wall clock
	Wall   models.Clock // of this machine, by which ids of lines and leases go; nil: the wall clock
	Log    *slog.Logger // nil: slog.Default
}

// Planner follows the log over one store. Turn and Work are for one goroutine, Call for another.
type Planner struct {
	care     *care.Care
	notify   *notify.Notifier
	store    store.Store
	now      models.Clock
	wall     models.Clock
	log      *slog.Logger
	instance string
	lines    *tail.Follower[models.AuditEvent]
	calls    *tail.Follower[models.AuditEvent] // those of lines that call somebody
	cursor   cursor
	known    bool            // what is behind the cursor was read; the rest comes by lines
	seen     map[string]bool // lines that this instance has done, of the time that is looked back
	aside    *aside.Book
	sweep    sweep
}

// New makes a Planner over a store that has Collections.
func New(c Config) *Planner {
	p := &Planner{care: c.Care, notify: c.Notify, store: c.Store, now: c.Now, wall: c.Wall, log: c.Log,
		instance: uuid.NewString(), seen: map[string]bool{}}
	if p.now == nil {
		p.now = time.Now
	}
	if p.wall == nil {
		p.wall = time.Now
	}
	if p.log == nil {
		p.log = slog.Default()
	}
	p.lines = p.care.Upkeep.FollowLines(nil)
	p.calls = p.care.Upkeep.FollowLines(callsSomebody)
	p.aside = aside.New(p.store, colAside, p.now, p.log)
	return p
}

// Aside is what this worker has set aside.
func (p *Planner) Aside() *aside.Book { return p.aside }

// plan has notify plan a patient from what is stored now. Somebody who was erased
// needs no plan.
func (p *Planner) plan(ctx context.Context, patientID string) error {
	now := p.now()
	r, err := p.care.Upkeep.ToRemind(ctx, patientID, now.AddDate(1, 0, 0))
	if models.KindOf(err) == models.KindNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	err = p.notify.Enroll(ctx, notify.Person{AccountID: r.Account.ID, Owner: patientID, Home: r.Zone, Language: r.Language})
	if err != nil {
		return err
	}
	plans := sources(r, now)
	times, err := p.care.Medicine.PlanTimes(ctx, patientID)
	if err != nil {
		return err
	}
	if doses := reminder.ForDoses(times); len(doses) > 0 {
		plans["doses"] = doses
	}
	if r.Quiet.CheckIns {
		delete(plans, "check-in")
	}
	after, err := p.care.Episode.RemindersAfter(ctx, patientID)
	if err != nil {
		return err
	}
	maps.DeleteFunc(plans, func(source string, _ []reminder.Rule) bool {
		return after == episode.RemindVisits && source != "crisis-plan" && !strings.HasPrefix(source, "visit:")
	})
	if r.Account.Status != models.AccountActive || r.Quiet.All || after == episode.RemindNone {
		plans = nil
	}
	if err := p.notify.SetSources(ctx, r.Account.ID, plans); err != nil || r.Account.Status != models.AccountActive {
		return err
	}
	if after != episode.RemindAll { // nothing was asked of them: nothing did not come
		return errors.Join(p.planOld(ctx, patientID), p.care.Medicine.LookForGaps(ctx, patientID))
	}
	return errors.Join(p.planOld(ctx, patientID), p.care.Alerts.LookForSilence(ctx, patientID), p.care.Medicine.LookForGaps(ctx, patientID))
}

// people makes an account known that is not a patient's.
func (p *Planner) people(ctx context.Context, accountID string) error {
	a, err := p.care.Upkeep.Account(ctx, accountID)
	if models.KindOf(err) == models.KindNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return p.notify.Enroll(ctx, notify.Person{AccountID: a.ID, Owner: cmp.Or(a.PatientID, a.ID), Home: a.Zone, Language: a.Language})
}
