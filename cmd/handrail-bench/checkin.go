package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"handrail/care"
	"handrail/care/signin"
	"handrail/client"
	"handrail/store"
)

func init() { benches["checkin"] = checkIn }

// bareCollection is a plain collection with the same index as check-ins.
var bareCollection = store.Collection{Name: "bare", Indexes: []store.Index{{Name: "patient", Keys: []string{"patientId", "answeredAt"}}}}

// checkIn measures a durable check-in through the whole program (token, validation,
// consent, audit, seal, fsync) beside a bare durable insert behind Fiber and a
// Fiber that answers a constant.
func checkIn(ctx context.Context, o options) (err error) {
	t := &tape{}
	b, err := open(ctx, 2*o.conns, time.Now, func(s store.Store) store.Store {
		t.Store = s
		return t
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	whole, err := b.serve()
	if err != nil {
		return err
	}
	insert, err := bareInsert(ctx, b)
	if err != nil {
		return err
	}
	people, others := b.people[:o.conns], b.people[o.conns:]
	alone, err := storedAlone(b, t, whole, others)
	if err != nil {
		return err
	}
	fixed, err := b.listen(bare(http.MethodPost, "/", func(c *fiber.Ctx) error { return c.SendStatus(http.StatusCreated) }))
	if err != nil {
		return err
	}
	post := func(address string) func(int64, *fasthttp.Request) {
		return func(i int64, r *fasthttp.Request) { fillCheckIn(r, people[i%int64(len(people))], address) }
	}
	direct := func(i int64, r *fasthttp.Request) {
		who := people[i%int64(len(people))]
		fillCheckIn(r, who, whole)
		r.SetRequestURI(whole + "/v1/patients/" + who.Session.PatientID + "/check-ins")
	}
	limit := func(i int64, r *fasthttp.Request) {
		n := i % int64(len(others))
		fillCheckIn(r, others[n], alone+"/"+strconv.FormatInt(n, 10))
	}
	return compare(ctx, o,
		target{name: "bare durable insert behind Fiber", request: post(insert), status: http.StatusCreated},
		target{name: "durable check-in, the whole program", request: direct, status: http.StatusCreated},
		target{name: "what a check-in stores, and no more", request: limit, status: http.StatusCreated},
		target{name: "Fiber with a constant answer", request: post(fixed), status: http.StatusCreated})
}

// bareInsert serves one durable insert of the body, on a store file of its own.
func bareInsert(ctx context.Context, b *bench) (string, error) {
	db, err := openBare(ctx, b)
	if err != nil {
		return "", err
	}
	return b.listen(bare(http.MethodPost, "/", func(c *fiber.Ctx) error {
		doc := store.Doc{ID: care.NewID(), Owner: store.Site, Body: append([]byte{}, c.Body()...),
			Keys: store.Keys{"patientId": "p", "answeredAt": time.Now().UnixMilli()}}
		if err := db.Insert(context.Background(), bareCollection.Name, doc); err != nil {
			return err
		}
		return c.SendStatus(http.StatusCreated)
	}))
}

// newCheckIn is a check-in of about half a kilobyte.
func newCheckIn() client.NewCheckIn {
	return client.NewCheckIn{ID: care.NewID(), FormVersion: 1, AnsweredAt: time.Now().UTC().Truncate(time.Second), Zone: "America/New_York",
		Answers: map[string]any{"mood": 6, "craving": 2, "sleep": 7.5, "medicines": "all", "use": "none", "safety": false,
			"note": "Slept better after the walk. Work was long, and the bus was late again, but I called Sam before it got hard."}}
}

// fillCheckIn writes the request of one. The load is sent by fasthttp: what it costs
// is in the figures, and is to be small.
func fillCheckIn(r *fasthttp.Request, who signin.SignedIn, address string) {
	body, err := json.Marshal(newCheckIn())
	if err != nil {
		panic(err) // built from constants
	}
	r.Header.SetMethod(http.MethodPost)
	r.Header.SetContentType("application/json")
	r.Header.Set("Authorization", "Bearer "+who.AccessToken)
	r.SetRequestURI(address)
	r.SetBodyRaw(body)
}
