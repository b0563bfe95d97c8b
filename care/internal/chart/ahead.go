package chart

import (
	"context"
	"maps"
	"slices"
	"time"

	"handrail/models"
	"handrail/store"
)

// Ahead is what a list has read in one go before it goes through its items, so that it
// asks the store as often for many as for few. Load finds in it what it would read one
// by one. It is as fresh as the list itself: use it for lists, and never where
// something is decided or written afterwards.
type Ahead struct {
	docs       map[string]map[string]*store.Doc // by collection and id; nil: there is none
	account    string                           // whose rights are known
	patients   map[string]bool                  // to whose charts
	consents   map[string][]models.Consent
	breakGlass map[string][]models.BreakGlass
	visits     map[string]bool // in which an interpreter is booked
}

type aheadKey struct{}

// NewAhead gives a context under which Load and AccessFacts look into an Ahead first.
func NewAhead(ctx context.Context) (context.Context, *Ahead) {
	a := &Ahead{docs: map[string]map[string]*store.Doc{}}
	return context.WithValue(ctx, aheadKey{}, a), a
}

func aheadOf(ctx context.Context) *Ahead {
	a, _ := ctx.Value(aheadKey{}).(*Ahead)
	return a
}

// Read reads the documents of ids. What is there already is not read again.
func (a *Ahead) Read(ctx context.Context, s store.Store, collection string, ids ...string) error {
	known := a.docs[collection]
	if known == nil {
		known = map[string]*store.Doc{}
		a.docs[collection] = known
	}
	wanted := map[string]bool{}
	for _, id := range ids {
		if _, is := known[id]; !is && id != "" {
			wanted[id] = true
		}
	}
	for part := range slices.Chunk(slices.Sorted(maps.Keys(wanted)), store.MaxLimit) {
		docs, err := s.GetMany(ctx, collection, part)
		if err != nil {
			return Refusal(err)
		}
		for _, id := range part {
			known[id] = nil
		}
		for _, d := range docs {
			if d.Bad != nil {
				delete(known, d.ID) // who reads it by itself is told what is wrong with it
				continue
			}
			known[d.ID] = &d
		}
	}
	return nil
}

// AlsoAhead reads documents in one go where the context reads ahead; elsewhere nothing.
func AlsoAhead(ctx context.Context, s store.Store, collection string, ids ...string) error {
	if a := aheadOf(ctx); a != nil {
		return a.Read(ctx, s, collection, ids...)
	}
	return nil
}

// get is store.Get.
func get(ctx context.Context, s store.Store, collection, id string) (store.Doc, error) {
	if a := aheadOf(ctx); a != nil {
		if d, known := a.docs[collection][id]; known && d == nil {
			return store.Doc{}, store.ErrNotFound
		} else if known {
			return *d, nil
		}
	}
	return s.Get(ctx, collection, id)
}

// ReadAhead reads what is asked for to decide about an actor and many charts, and the
// profiles of the charts.
func (c *Base) ReadAhead(ctx context.Context, a *Ahead, actor models.Actor, patients []string) error {
	if err := a.Read(ctx, c.Store, ColPatients, patients...); err != nil {
		return err
	}
	a.account, a.patients = actor.AccountID, map[string]bool{}
	for _, id := range patients {
		a.patients[id] = true
	}
	switch actor.Role {
	case models.RolePatient:
		return nil
	case models.RoleInterpreter:
		ids, err := c.Interpreting.InterpreterCharts(ctx, actor.AccountID)
		a.visits = map[string]bool{}
		for _, id := range ids {
			a.visits[id] = true
		}
		return err
	}
	places := make([]string, len(patients))
	for i, id := range patients {
		places[i] = MembershipID(id, actor.AccountID)
	}
	if err := a.Read(ctx, c.Store, ColMemberships, places...); err != nil {
		return err
	}
	consents, bad, err := ReadableOnes[models.Consent](ctx, c.Store, ColConsents, store.Query{Index: "recipient", Equal: []any{actor.AccountID}, Desc: true}, 0)
	a.consents = map[string][]models.Consent{}
	for _, v := range consents {
		if a.patients[v.Value.PatientID] && v.Value.Active(c.Now()) {
			a.consents[v.Value.PatientID] = append(a.consents[v.Value.PatientID], v.Value)
		}
	}
	a.forget(bad)
	if err != nil || !actor.Discipline.Medical() {
		return err
	}
	broken, bad, err := ReadableOnes[models.BreakGlass](ctx, c.Store, ColBreakGlass, store.Query{Index: "account", Equal: []any{actor.AccountID},
		From: Millis(c.Now().Add(-models.BreakGlassMinutes * time.Minute))}, 0)
	a.breakGlass = map[string][]models.BreakGlass{}
	for _, v := range broken {
		a.breakGlass[v.Value.PatientID] = append(a.breakGlass[v.Value.PatientID], v.Value)
	}
	a.forget(bad)
	return err
}

// forget leaves the charts of whom something can't be read to who reads them by
// themselves: they are told what is wrong, and the others of the list are not.
func (a *Ahead) forget(bad []store.Doc) {
	for _, d := range bad {
		delete(a.patients, d.Owner)
	}
}

// knows tells whether the rights of an account to a chart were read ahead.
func (a *Ahead) knows(accountID, patientID string) bool {
	return a != nil && a.account == accountID && a.patients[patientID]
}
