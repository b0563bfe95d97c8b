package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"handrail/care"
	"handrail/care/signin"
	"handrail/store"
)

// tape keeps the last batch that each owner wrote, while it is on.
type tape struct {
	store.Store
	mu sync.Mutex
	of map[string][]store.Op // nil: off
}

func (t *tape) Batch(ctx context.Context, ops ...store.Op) error {
	t.mu.Lock()
	if t.of != nil {
		t.of[ops[0].Doc.Owner] = slices.Clone(ops)
	}
	t.mu.Unlock()
	return t.Store.Batch(ctx, ops...)
}

// Stamp is that of the store: without it the program reads each time what never changes.
func (t *tape) Stamp(collections ...string) (store.Stamp, bool) {
	return t.Store.(store.Stamper).Stamp(collections...)
}

// storedAlone serves what must be stored of a check-in and nothing else: documents of the same
// number, size and keys, sealed, chained and durable in one batch. Nobody is asked who they are,
// nothing is read, and no rule is held against anything. It is the limit of a program that keeps
// its promises on this store. Each of the people sends a check-in first, to see what it writes.
func storedAlone(b *bench, t *tape, whole string, people []signin.SignedIn) (string, error) {
	t.of = map[string][]store.Op{}
	for _, who := range slices.Concat(people, people) { // the second one is as all that follow
		req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
		fillCheckIn(req, who, whole+"/v1/patients/"+who.Session.PatientID+"/check-ins")
		if err := fasthttp.Do(req, res); err != nil || res.StatusCode() != http.StatusCreated {
			return "", fmt.Errorf("a check-in was answered with %d: %w", res.StatusCode(), err)
		}
	}
	seen := t.of
	t.mu.Lock()
	t.of = nil
	t.mu.Unlock()
	turns := make([]sync.Mutex, len(people))
	return b.listen(bare(http.MethodPost, "/:i", func(c *fiber.Ctx) error {
		i, err := c.ParamsInt("i")
		if err != nil {
			return err
		}
		turns[i].Lock()
		defer turns[i].Unlock()
		ops := seen[people[i].Session.PatientID]
		old := ops[0].Doc.ID
		id := care.NewID()
		for k := range ops {
			switch d := &ops[k].Doc; {
			case ops[k].Kind == store.OpReplace:
				d.Version++
			case d.ID == old:
				d.ID = id
			default:
				d.ID = care.NewID()
			}
		}
		if err := b.store.Batch(context.Background(), ops...); err != nil {
			return err
		}
		return c.SendStatus(http.StatusCreated)
	}))
}
