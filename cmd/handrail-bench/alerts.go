package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/people"
	"handrail/care/signin"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/risk"
	"handrail/notify"
	"handrail/planning"
	"handrail/store"
	"handrail/store/tail"
)

func init() { benches["alerts"] = benchAlerts }

// How the clinic of the bench is: patients in the store, alerts that are open, and how
// many patients one list is about. Answers are as many as are measured.
const (
	alertPatients = 100_000
	openAlerts    = 10_000
	listPatients  = 500
	alertAnswers  = 200
)

// arrivals is a channel that notes when a push is handed over.
type arrivals chan time.Time

func (arrivals) Name() string                { return notify.ChannelFCM }
func (arrivals) Check(context.Context) error { return nil }

func (a arrivals) Send(_ context.Context, batch []notify.Message) []notify.Result {
	out := make([]notify.Result, len(batch))
	for i := range batch {
		a <- time.Now()
		out[i] = notify.Result{Outcome: notify.Accepted, ID: "x"}
	}
	return out
}

// benchAlerts measures the way from the durable write of an unsafe answer to the push of
// its urgent alert, with the workers as serve runs them, and the list of one clinician.
func benchAlerts(ctx context.Context, o options) (err error) {
	patients := alertPatients
	if o.count > 0 {
		patients = o.count
	}
	asked := &askedOf{}
	b, err := open(ctx, 0, time.Now, func(s store.Store) store.Store { asked.Store = s; return asked })
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	w := &alertBench{bench: b, asked: asked, pushes: make(arrivals, openAlerts)}
	if err := w.fill(ctx, patients, min(openAlerts, patients/10)); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if err := w.work(ctx); err != nil {
		return err
	}
	if err := w.answers(ctx); err != nil {
		return err
	}
	return w.lists(ctx)
}

type alertBench struct {
	*bench
	asked   *askedOf
	pushes  arrivals
	notify  *notify.Notifier
	admin   models.Actor
	others  models.Actor // who has the many alerts
	nurse   models.Actor
	own     []models.Actor // the nurse's patients
	planner *planning.Planner
}

// fill makes the people and the open alerts.
func (w *alertBench) fill(ctx context.Context, patients, open int) (err error) {
	began := time.Now()
	if w.admin, err = w.staff(ctx, models.RoleAdministrator, ""); err != nil {
		return err
	}
	if w.others, err = w.staff(ctx, models.RoleClinician, models.DisciplineTherapy); err != nil {
		return err
	}
	if w.nurse, err = w.staff(ctx, models.RoleClinician, models.DisciplineNursing); err != nil {
		return err
	}
	hours := risk.Hours{Zone: "UTC"}
	for day := 1; day <= 7; day++ {
		hours.Windows = append(hours.Windows, risk.Window{Day: day, From: "00:00", To: "24:00"})
	}
	if _, err = w.care.Alerts.Set(ctx, w.admin, 1, alerts.Terms{Hours: hours, FailSafe: w.admin.AccountID, Confirmed: true}); err != nil {
		return err
	}
	made := make([]models.Account, patients)
	var n atomic.Int64
	err = each(patients, func() error {
		i := n.Add(1) - 1
		a, err := w.care.People.CreateAccount(ctx, care.System(), people.NewAccount{Role: models.RolePatient, Name: fmt.Sprint("Patient ", i)})
		made[i] = a
		return err
	})
	if err != nil {
		return err
	}
	var k atomic.Int64
	err = each(open, func() error {
		p := made[k.Add(1)-1]
		if err := w.join(ctx, p.PatientID, models.Account{ID: w.others.AccountID}); err != nil {
			return err
		}
		ch, err := w.care.Open(ctx, w.others, p.PatientID, models.PurposeOf(w.others.Role))
		if err != nil {
			return err
		}
		_, err = ch.Alerts.Raise(ctx, care.NewID(), alerts.ByHand{Tier: checkin.Elevated, Words: "Please look."})
		return err
	})
	if err != nil {
		return err
	}
	for _, p := range made[max(0, patients-listPatients):] {
		if err := w.join(ctx, p.PatientID, models.Account{ID: w.nurse.AccountID}); err != nil {
			return err
		}
		w.own = append(w.own, models.Actor{AccountID: p.ID, PatientID: p.PatientID, Role: models.RolePatient, Name: p.Name})
	}
	fmt.Printf("%d patients, %d open alerts, %d patients of one nurse: made in %s\n", patients, open, len(w.own), time.Since(began).Round(time.Second))
	return nil
}

func (w *alertBench) staff(ctx context.Context, r models.Role, d models.Discipline) (models.Actor, error) {
	a, err := w.care.People.CreateAccount(ctx, care.System(), people.NewAccount{Role: r, Discipline: d, Name: string(r)})
	return models.Actor{AccountID: a.ID, Role: r, Discipline: d, Name: a.Name}, err
}

// work runs the workers as serve does.
func (w *alertBench) work(ctx context.Context) (err error) {
	w.notify, err = notify.New(ctx, notify.Config{Store: w.store, Channels: []notify.Channel{w.pushes}, Log: slog.New(slog.DiscardHandler),
		Wanted: func(ctx context.Context, account, ref string) (bool, error) {
			return planning.Wanted(ctx, w.care, account, ref)
		}})
	if err != nil {
		return err
	}
	if err := w.notify.Enroll(ctx, notify.Person{AccountID: w.nurse.AccountID, Owner: w.nurse.AccountID, Home: "UTC", Language: "en"}); err != nil {
		return err
	}
	code, err := w.care.Signin.NewEnrolmentCode(ctx, care.System(), w.nurse.AccountID, signin.CodeRequest{})
	if err != nil {
		return err
	}
	s, err := w.care.Signin.Enrol(ctx, "bench", code.Code, models.Device{ID: care.NewID(), Name: "Phone"})
	if err != nil {
		return err
	}
	if _, err := w.notify.Register(ctx, s.Session, notify.Registration{DeviceID: s.Session.Device.ID, Channel: notify.ChannelFCM, Address: notify.Address{To: "nurse"}}); err != nil {
		return err
	}
	w.care.Alerts.ReachedBy(w.notify.Reachable)
	w.planner = planning.New(planning.Config{Care: w.care, Notify: w.notify, Store: w.store, Log: slog.New(slog.DiscardHandler)})
	time.Sleep(tail.LookBack) // a new follower begins so long ago, and the clinic was not made by a bench
	began := time.Now()
	if err := w.planner.Turn(ctx); err != nil { // what filling the store left to do
		return err
	}
	fmt.Printf("the end of the log of all that: followed in %s\n", time.Since(began).Round(time.Second))
	go turns(ctx, 200*time.Millisecond, w.planner.Work, nil, nil)
	go turns(ctx, time.Second, w.planner.Call, w.planner.Came(), w.planner.Call)
	go turns(ctx, time.Second, w.care.Upkeep.LookForLines, nil, nil)
	go turns(ctx, 5*time.Second, w.care.Alerts.Follow, nil, nil)
	go func() { said(ctx, w.notify.Run(ctx)) }()
	return nil
}

// said tells of what a worker could not do: then the figures are none.
func said(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		fmt.Fprintln(os.Stderr, "a worker:", err)
	}
}

func turns(ctx context.Context, every time.Duration, do func(context.Context) error, came <-chan struct{}, woken func(context.Context) error) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			said(ctx, do(ctx))
		case <-came:
			said(ctx, woken(ctx))
		}
	}
}
