package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/valyala/fasthttp"

	"handrail/care"
	"handrail/client"
	"handrail/models"
)

// bookings holds and books over HTTP, each connection a patient with a clinician of
// their own. A booking is the two requests of a hold and of the book that follows
// it: two durable batches with claims, audit lines and seals.
func bookings(ctx context.Context, o options) (err error) {
	o.conns = min(o.conns, 32)
	b, err := open(ctx, o.conns, time.Now, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	talk, hours := benchTalk(time.Now())
	clinicians, err := b.clinicOf(ctx, o.conns, talk, hours)
	if err != nil {
		return err
	}
	for i, p := range b.people {
		if err := b.join(ctx, p.Session.PatientID, clinicians[i]); err != nil {
			return err
		}
	}
	address, err := b.serve()
	if err != nil {
		return err
	}
	d := &desk{bench: b, clinicians: clinicians, address: address, next: make([]int, o.conns)}
	if d.zone, err = time.LoadLocation(hours.Zone); err != nil {
		return err
	}
	return compare(ctx, o, target{name: "book a time, no hold before", send: d.book, status: http.StatusCreated},
		target{name: "hold a time and book it (two requests)", send: d.holdAndBook, status: http.StatusCreated})
}

// desk sends the requests of patients who book one half hour after the other.
type desk struct {
	*bench
	clinicians []models.Account
	address    string
	zone       *time.Location
	next       []int // of each patient: one goroutine each
}

func (d *desk) start(conn int) time.Time {
	d.next[conn]++
	n := d.next[conn]
	day := time.Now().In(d.zone).AddDate(0, 0, 1+n/16)
	return time.Date(day.Year(), day.Month(), day.Day(), 9, 30*(n%16), 0, 0, d.zone).UTC()
}

func (d *desk) post(via *fasthttp.Client, conn int, path string, body any, r *fasthttp.Request, w *fasthttp.Response) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	r.Reset()
	r.Header.SetMethod(http.MethodPost)
	r.Header.SetContentType("application/json")
	r.Header.Set("Authorization", "Bearer "+d.people[conn].AccessToken)
	r.SetRequestURI(d.address + path)
	r.SetBodyRaw(data)
	return via.Do(r, w)
}

func (d *desk) book(via *fasthttp.Client, conn int, r *fasthttp.Request, w *fasthttp.Response) error {
	visit := d.visit(conn)
	return d.post(via, conn, "/v1/appointments", client.NewAppointment{ID: care.NewID(), PatientID: d.people[conn].Session.PatientID,
		Start: d.start(conn), Visit: &visit}, r, w)
}

func (d *desk) holdAndBook(via *fasthttp.Client, conn int, r *fasthttp.Request, w *fasthttp.Response) error {
	id, patient := care.NewID(), d.people[conn].Session.PatientID
	err := d.post(via, conn, "/v1/appointments/holds", client.NewHold{ID: id, PatientID: patient, Start: d.start(conn), VisitAsk: d.visit(conn)}, r, w)
	if err != nil || w.StatusCode() != http.StatusCreated {
		return errors.Join(err, fmt.Errorf("the hold was answered %d", w.StatusCode()))
	}
	return d.post(via, conn, "/v1/appointments", client.NewAppointment{PatientID: patient, HoldID: id}, r, w)
}

// visit is a talk of a patient with their clinician.
func (d *desk) visit(conn int) client.VisitAsk {
	return client.VisitAsk{VisitType: "talk", Modality: "video", Roles: []client.VisitRole{{Key: "part-0", Who: []string{d.clinicians[conn].ID}}}}
}
