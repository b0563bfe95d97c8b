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
	rights     map[right]bool                   // what decides is known
	consents   map[right][]models.Consent
	breakGlass map[right][]models.BreakGlass
	visits     map[string]bool // in which an interpreter is booked
}

// right is of an account to a patient's chart.
type right struct{ account, patient string }

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
	a.rights = map[right]bool{}
	for _, id := range patients {
		a.rights[right{actor.AccountID, id}] = true
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
	if actor.Role.Staff() {
		if err := a.Read(ctx, c.Store, ColRestrictions, patients...); err != nil {
			return err
		}
	}
	consents, bad, err := ReadableOnes[models.Consent](ctx, c.Store, ColConsents, store.Query{Index: "recipient", Equal: []any{actor.AccountID}, Desc: true}, 0)
	a.know(consents, c.Now())
	a.forget(bad)
	if err != nil || !actor.Discipline.Medical() {
		return err
	}
	broken, bad, err := ReadableOnes[models.BreakGlass](ctx, c.Store, ColBreakGlass, store.Query{Index: "account", Equal: []any{actor.AccountID},
		From: Millis(c.Now().Add(-models.BreakGlassMinutes * time.Minute))}, 0)
	a.knowBroken(broken)
	a.forget(bad)
	return err
}

// ReadAheadFor is ReadAhead for many accounts of the clinic and one chart.
func (c *Base) ReadAheadFor(ctx context.Context, a *Ahead, patientID string, accounts []string) error {
	places := make([]string, len(accounts))
	a.rights = map[right]bool{}
	for i, id := range accounts {
		places[i], a.rights[right{id, patientID}] = MembershipID(patientID, id), true
	}
	if err := a.Read(ctx, c.Store, ColMemberships, places...); err != nil {
		return err
	}
	if err := a.Read(ctx, c.Store, ColRestrictions, patientID); err != nil {
		return err
	}
	consents, bad, err := ReadableOnes[models.Consent](ctx, c.Store, ColConsents, store.Query{Index: "patient", Equal: []any{patientID}, Desc: true}, 0)
	a.know(consents, c.Now())
	a.forget(bad)
	if err != nil {
		return err
	}
	broken, bad, err := ReadableOnes[models.BreakGlass](ctx, c.Store, ColBreakGlass, store.Query{Index: "pair", Equal: []any{patientID}}, 0)
	a.knowBroken(slices.DeleteFunc(broken, func(v Versioned[models.BreakGlass]) bool {
		return v.Value.At.Before(c.Now().Add(-models.BreakGlassMinutes * time.Minute))
	}))
	a.forget(bad)
	return err
}

func (a *Ahead) know(consents []Versioned[models.Consent], now time.Time) {
	a.consents = map[right][]models.Consent{}
	for _, v := range consents {
		if r := (right{v.Value.Recipient, v.Value.PatientID}); a.rights[r] && v.Value.Active(now) {
			a.consents[r] = append(a.consents[r], v.Value)
		}
	}
}

func (a *Ahead) knowBroken(all []Versioned[models.BreakGlass]) {
	a.breakGlass = map[right][]models.BreakGlass{}
	for _, v := range all {
		r := right{v.Value.AccountID, v.Value.PatientID}
		a.breakGlass[r] = append(a.breakGlass[r], v.Value)
	}
}

// forget leaves the charts of whom something can't be read to who reads them by
// themselves: they are told what is wrong, and the others of the list are not.
func (a *Ahead) forget(bad []store.Doc) {
	for _, d := range bad {
		maps.DeleteFunc(a.rights, func(r right, _ bool) bool { return r.patient == d.Owner })
	}
}

// knows tells whether the rights of an account to a chart were read ahead.
func (a *Ahead) knows(accountID, patientID string) bool {
	return a != nil && a.rights[right{accountID, patientID}]
}
