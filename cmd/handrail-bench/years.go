package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/valyala/fasthttp"

	"handrail/care"
	"handrail/care/people"
	"handrail/care/signin"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/message"
	"handrail/models/schedule"
)

func init() { benches["years"] = years }

const (
	clinicSize   = 2000 // patients
	clinicians   = 20   // with 100 of them each
	busyPatients = 10   // have a full history, all with the first clinician
	yearsMost    = 1.3  // p99 after ten years, as a part of that after one
	lifeStep     = 3 * 24 * time.Hour
)

// years measures what people look at each day in a clinic of 2,000 patients: beside each
// other after one year and after ten of it. Ten of the patients, all of one clinician,
// have the whole history, made by the use cases themselves with a clock that is moved: a
// check-in and a goal's or a message's word every three days, a visit every fortnight.
// What grows with a patient's or a clinician's past shows there; the other 1,990 have accounts
// and a clinician, a hundred each, and nothing else.
func years(ctx context.Context, o options) (err error) {
	var clinics [2]*oldClinic
	for i, n := range []int{1, 10} {
		began := time.Now()
		c, err := openOldClinic(ctx, n)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, c.close()) }()
		clinics[i] = c
		fmt.Printf("a clinic of %d patients with %d years of %d made in %s\n", clinicSize, n, busyPatients, time.Since(began).Round(time.Second))
	}
	o.conns = 1 // the time of one look, below the pace that one account may keep
	var missed error
	for _, look := range looks {
		if !strings.Contains(look.name, o.only) {
			continue
		}
		targets := make([]target, len(clinics))
		for i, c := range clinics {
			targets[i] = target{name: fmt.Sprintf("%s, %d years", look.name, c.years), status: http.StatusOK, request: func(n int64, r *fasthttp.Request) {
				p := c.people[n%busyPatients]
				who := p
				if !look.patient {
					who = c.clinician
				}
				r.Header.Set("Authorization", "Bearer "+who.AccessToken)
				r.SetRequestURI(c.address + look.path(c, p.Session.PatientID))
			}}
		}
		rounds, err := measure(ctx, o, targets...)
		if err != nil {
			return fmt.Errorf("%s: %w", look.name, err)
		}
		one, ten := medians(rounds[0]), medians(rounds[1])
		ratio := float64(ten.p99) / float64(one.p99)
		fmt.Printf("%-12s p50 %8s %8s  p99 %8s %8s (%.2fx)  cpu each %8s %8s  failed %d %d\n", look.name, tens(one.p50), tens(ten.p50), tens(one.p99), tens(ten.p99), ratio,
			tens(one.cpu), tens(ten.cpu), one.failures, ten.failures)
		if ratio > yearsMost {
			missed = errors.Join(missed, fmt.Errorf("%s: p99 is %.2f times as long", look.name, ratio))
		}
	}
	if missed != nil {
		fmt.Println("more than", yearsMost, "times:", missed)
	}
	return nil
}

func tens(d time.Duration) time.Duration { return d.Round(10 * time.Microsecond) }

// looks are what is asked for: by the clinician, or by the patient.
var looks = []struct {
	name    string
	patient bool
	path    func(c *oldClinic, patientID string) string
}{
	{"today", false, func(*oldClinic, string) string { return "/v1/worklist" }},
	{"patient page", false, func(_ *oldClinic, id string) string { return "/v1/patients/" + id + "/page" }},
	{"week", false, func(c *oldClinic, _ string) string {
		from, to := c.end.Truncate(24*time.Hour), c.end.Truncate(24*time.Hour).AddDate(0, 0, 7)
		return "/v1/clinicians/" + c.clinician.Session.AccountID + "/appointments?from=" + url.QueryEscape(from.Format(time.RFC3339)) + "&to=" + url.QueryEscape(to.Format(time.RFC3339))
	}},
	{"visits", false, func(_ *oldClinic, id string) string { return "/v1/patients/" + id + "/appointments?limit=30" }},
	{"latest", false, func(_ *oldClinic, id string) string {
		return "/v1/patients/" + id + "/appointments?order=latest&limit=30"
	}},
	{"check-ins", true, func(_ *oldClinic, id string) string { return "/v1/patients/" + id + "/check-ins?limit=30" }},
	{"sync", true, func(*oldClinic, string) string { return "/v1/sync" }},
}

// oldClinic is a program whose clock was moved through years.
type oldClinic struct {
	*bench
	clock     atomic.Int64 // ms
	years     int
	end       time.Time // now, and the end of its history
	clinician signin.SignedIn
	doctor    models.Account
	patients  []models.Account // the busy ones
	threads   []string
	booked    [busyPatients]bookedVisit // what is to be noted as held at the next step
	address   string
}

func (c *oldClinic) now() time.Time { return time.UnixMilli(c.clock.Load()).UTC() }

func openOldClinic(ctx context.Context, years int) (_ *oldClinic, err error) {
	end := time.Now().UTC().Truncate(time.Minute)
	c := &oldClinic{years: years, end: end, threads: make([]string, busyPatients)}
	c.clock.Store(end.AddDate(-years, 0, 0).UnixMilli())
	if c.bench, err = open(ctx, 0, c.now, nil); err != nil {
		return nil, err
	}
	if err := c.history(ctx); err != nil {
		return nil, errors.Join(err, c.close())
	}
	return c, nil
}

func (c *oldClinic) history(ctx context.Context) error {
	talk, hours := benchTalk(c.now())
	doctors, err := c.clinicOf(ctx, clinicians, talk, hours)
	if err != nil {
		return err
	}
	c.doctor = doctors[0]
	var mu sync.Mutex
	var made atomic.Int64
	err = each(clinicSize, func() error {
		i := int(made.Add(1)) - 1
		a, err := c.care.People.CreateAccount(ctx, care.System(), people.NewAccount{Role: models.RolePatient, Name: "Patient"})
		if err == nil {
			err = c.join(ctx, a.PatientID, doctors[i*clinicians/clinicSize])
		}
		if i < busyPatients {
			mu.Lock()
			defer mu.Unlock()
			c.patients = append(c.patients, a)
		}
		return err
	})
	if err != nil {
		return err
	}
	for step := 0; c.now().Add(lifeStep).Before(c.end); step++ {
		errs := make([]error, len(c.patients))
		var all sync.WaitGroup
		for i := range c.patients {
			all.Go(func() { errs[i] = c.live(ctx, i, step) })
		}
		if all.Wait(); errors.Join(errs...) != nil {
			return errors.Join(errs...)
		}
		c.clock.Add(lifeStep.Milliseconds())
	}
	c.clock.Store(c.end.UnixMilli())
	for _, a := range append(c.patients, c.doctor) {
		code, err := c.care.Signin.NewEnrolmentCode(ctx, care.System(), a.ID, signin.CodeRequest{})
		if err != nil {
			return err
		}
		s, err := c.care.Signin.Enrol(ctx, "bench", code.Code, models.Device{ID: care.NewID(), Name: "Phone"})
		if err != nil {
			return err
		}
		c.people = append(c.people, s)
	}
	c.clinician, c.people = c.people[busyPatients], c.people[:busyPatients]
	c.address, err = c.serve()
	return err
}

// live is what a patient does in three days.
func (c *oldClinic) live(ctx context.Context, i, step int) error {
	a := c.patients[i]
	patient := models.Actor{AccountID: a.ID, Role: a.Role, PatientID: a.PatientID, Name: a.Name}
	doctor := models.Actor{AccountID: c.doctor.ID, Role: c.doctor.Role, Discipline: c.doctor.Discipline, Name: c.doctor.Name}
	own, err := c.care.Open(ctx, patient, a.PatientID, models.PurposeSelf)
	if err != nil {
		return err
	}
	sent := care.NewID()
	_, err = own.Record.SendCheckIn(ctx, sent, checkin.Submission{FormVersion: 1, AnsweredAt: c.now(), Zone: "UTC",
		Answers: map[string]any{"mood": float64(5 + (i+step)%3), "note": "A day like others, with a walk in it."}})
	if err != nil {
		return err
	}
	theirs, err := c.care.Open(ctx, doctor, a.PatientID, models.PurposeOf(doctor.Role))
	if err != nil {
		return err
	}
	if err := theirs.Alerts.MarkRead(ctx, []string{sent}); err != nil {
		return err
	}
	word := message.Draft{ID: care.NewID(), Text: "As every week.", Urgency: message.Routine}
	if c.threads[i] == "" {
		s, err := own.Messages.Begin(ctx, care.NewID(), message.Opening{Kind: message.WithPatient, First: word})
		c.threads[i] = s.Thread.ID
		if err != nil {
			return err
		}
	} else if step%4 == 0 {
		who := patient
		if step%8 == 0 {
			who = doctor
		}
		if _, err := c.care.Messages.Send(ctx, who, c.threads[i], word); err != nil {
			return err
		}
	}
	if v := c.booked[i]; v.id != "" {
		if _, err := theirs.Visits.MoveVisit(ctx, v.id, v.version, schedule.Fulfilled); err != nil {
			return err
		}
		c.booked[i] = bookedVisit{}
	}
	if step%5 != i%5 {
		return nil
	}
	day := c.now().AddDate(0, 0, 1) // at hours that the clinic has in summer and in winter
	at := time.Date(day.Year(), day.Month(), day.Day(), 14, 30*i, 0, 0, time.UTC)
	v, err := own.Visits.BookDirect(ctx, care.NewID(), talkWith(c.doctor), at)
	c.booked[i] = bookedVisit{v.Value.ID, v.Version}
	return err
}

type bookedVisit struct {
	id      string
	version int64
}
