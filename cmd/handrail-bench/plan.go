package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"handrail/care/crisis"
	"handrail/models"
	"handrail/models/crisisplan"
	"handrail/store"
	"handrail/store/sqlite"
)

func init() { benches["plan"] = plan }

// openBare opens a second store file with one plain collection.
func openBare(ctx context.Context, b *bench) (*sqlite.DB, error) {
	db, err := sqlite.Open(ctx, filepath.Join(b.dir, "bare.db"), []store.Collection{bareCollection})
	if err == nil {
		b.stop = append(b.stop, db.Close)
	}
	return db, err
}

// outage is a store that stops answering when it is told to: it refuses at once, or it
// hangs until whoever asked gives up.
type outage struct {
	store.Store
	state atomic.Int32
}

const (
	works int32 = iota
	refuses
	hangs
)

func (s *outage) away(ctx context.Context) error {
	switch s.state.Load() {
	case refuses:
		return store.ErrUnavailable
	case hangs:
		<-ctx.Done()
		return ctx.Err()
	}
	return nil
}

func (s *outage) Get(ctx context.Context, collection, id string) (store.Doc, error) {
	if err := s.away(ctx); err != nil {
		return store.Doc{}, err
	}
	return s.Store.Get(ctx, collection, id)
}

func (s *outage) GetMany(ctx context.Context, collection string, ids []string) ([]store.Doc, error) {
	if err := s.away(ctx); err != nil {
		return nil, err
	}
	return s.Store.GetMany(ctx, collection, ids)
}

func (s *outage) Query(ctx context.Context, collection string, q store.Query) (store.Page, error) {
	if err := s.away(ctx); err != nil {
		return store.Page{}, err
	}
	return s.Store.Query(ctx, collection, q)
}

func (s *outage) Batch(ctx context.Context, ops ...store.Op) error {
	if err := s.away(ctx); err != nil {
		return err
	}
	return s.Store.Batch(ctx, ops...)
}

func (s *outage) Insert(ctx context.Context, collection string, d store.Doc) error {
	return s.Batch(ctx, store.Insert(collection, d))
}

// plan measures the signed crisis plan beside a Fiber that answers the same bytes:
// with a fresh token, with one that has run out, with the copy in hand (304), and
// with the database stopped and with one that hangs.
func plan(ctx context.Context, o options) (err error) {
	var later atomic.Int64 // minutes by which the program's clock is ahead
	clock := func() time.Time { return time.Now().Add(time.Duration(later.Load()) * time.Minute) }
	var broken *outage
	b, err := open(ctx, 50, clock, func(s store.Store) store.Store {
		broken = &outage{Store: s}
		return broken
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	size, etags, err := writePlans(ctx, b)
	if err != nil {
		return err
	}
	whole, err := b.serve()
	if err != nil {
		return err
	}
	fmt.Printf("a plan of %d bytes\n", size)
	body := make([]byte, size)
	fixed, err := b.listen(bare(http.MethodGet, "/", func(c *fiber.Ctx) error { return c.Send(body) }))
	if err != nil {
		return err
	}
	var asks []asked // prepared: what the client does for a request is in the figures
	for _, who := range b.people {
		asks = append(asks, asked{"/v1/patients/" + who.Session.PatientID + "/crisis-plan/bundle", "Bearer " + who.AccessToken})
	}
	same, err := sameHeads(b, whole, asks[0])
	if err != nil {
		return err
	}
	ask := func(address string) func(int64, *fasthttp.Request) {
		uris := make([]string, len(asks))
		for i, a := range asks {
			uris[i] = address + a.path
		}
		return func(i int64, r *fasthttp.Request) {
			i %= int64(len(asks))
			r.Header.Set("Authorization", asks[i].authorization)
			r.SetRequestURI(uris[i])
		}
	}
	get := ask(whole)
	state := func(minutes int64, store int32, also func(int64, *fasthttp.Request)) func(int64, *fasthttp.Request) {
		return func(i int64, r *fasthttp.Request) {
			later.Store(minutes)
			broken.state.Store(store)
			get(i, r)
			if also != nil {
				also(i, r)
			}
		}
	}
	held := func(i int64, r *fasthttp.Request) { r.Header.Set("If-None-Match", etags[i%int64(len(etags))]) }
	return compare(ctx, o,
		target{name: "Fiber with the same number of bytes", request: func(_ int64, r *fasthttp.Request) { r.SetRequestURI(fixed) }, status: http.StatusOK},
		target{name: "Fiber with the same heads", request: ask(same), status: http.StatusOK},
		target{name: "crisis plan", request: state(0, works, nil), status: http.StatusOK},
		target{name: "crisis plan, token run out", request: state(60, works, nil), status: http.StatusOK},
		target{name: "crisis plan, database stopped", request: state(60, refuses, nil), status: http.StatusOK},
		target{name: "crisis plan, database hangs", request: state(60, hangs, nil), status: http.StatusOK},
		target{name: "crisis plan, copy in hand (304)", request: state(0, works, held), status: http.StatusNotModified})
}

// asked is what a request for a plan says.
type asked struct{ path, authorization string }

// sameHeads serves a Fiber that gets the very same requests and gives the same answers, with
// all their headers: what is between it and the plan is this program's own. What is between
// it and the other Fiber is what both sides do for the longer heads.
func sameHeads(b *bench, whole string, a asked) (string, error) {
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	req.SetRequestURI(whole + a.path)
	req.Header.Set("Authorization", a.authorization)
	if err := fasthttp.Do(req, res); err != nil {
		return "", err
	}
	var names, values []string
	for name, value := range res.Header.All() {
		if n := string(name); n != "Date" && n != "Content-Length" && n != "Connection" {
			names, values = append(names, n), append(values, string(value))
		}
	}
	return b.listen(bare(http.MethodGet, "/v1/patients/:patientId/crisis-plan/bundle", func(c *fiber.Ctx) error {
		for i, name := range names {
			c.Set(name, values[i])
		}
		return c.Send(res.Body())
	}))
}

// writePlans gives each patient a plan and tells the size of the signed document.
func writePlans(ctx context.Context, b *bench) (size int, etags []string, err error) {
	for _, s := range b.people {
		ch, err := b.care.Open(ctx, s.Session.Actor(), s.Session.PatientID, models.PurposeSelf)
		if err != nil {
			return 0, nil, err
		}
		content := crisisplan.Content{ReasonForLiving: "Leo"}
		for _, text := range []string{"I stop answering", "I hide", "I sleep by day"} {
			content.WarningSigns = append(content.WarningSigns, crisisplan.Sign{Text: text})
		}
		v, err := ch.Crisis.SavePlan(ctx, 0, content, "")
		if err == nil {
			_, err = ch.Crisis.ActivatePlan(ctx, v.Newest, crisisplan.Assent{})
		}
		var plan crisis.Bundle
		if err == nil {
			plan, err = b.care.Crisis.PlanBundle(ctx, s.AccessToken, s.Session.PatientID)
		}
		if err != nil {
			return 0, nil, err
		}
		size, etags = len(plan.JWS), append(etags, plan.ETag)
	}
	return size, etags, nil
}
