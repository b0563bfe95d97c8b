package upkeep

import (
	"context"
	"errors"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/visits"
	"handrail/models/schedule"
	"handrail/store"
)

// ClaimsReport tells whether what is taken of people's time equals the sum of the
// visits.
type ClaimsReport struct {
	Ledgers, Visits, Claims int
	Erased                  int // claims of visits whose patient was erased: the time stays taken
	Faults                  []schedule.Fault
}

// VerifyClaims holds every day ledger against the visits that it names, and every
// visit against the ledgers that it should stand in. A fault is looked at twice,
// because others may book meanwhile.
func VerifyClaims(ctx context.Context, s store.Store, now time.Time) (ClaimsReport, error) {
	v := claimsCheck{store: s, now: now.Unix()}
	if err := walk(ctx, s, chart.ColLedgers, v.ledger); err != nil {
		return v.ClaimsReport, err
	}
	err := walk(ctx, s, chart.ColVisits, v.visit)
	return v.ClaimsReport, err
}

type claimsCheck struct {
	ClaimsReport
	store store.Store
	now   int64
}

// walk reads a whole collection.
func walk[T any](ctx context.Context, s store.Store, collection string, each func(context.Context, T) error) error {
	q := store.Query{Index: store.IDIndex, Limit: 200}
	for {
		page, err := chart.List[T](ctx, s, collection, q)
		if err != nil {
			return err
		}
		for _, v := range page.Items {
			if err := each(ctx, v.Value); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		q.Cursor = page.Next
	}
}

// ledger checks that no two claims overlap and that each has its visit.
func (v *claimsCheck) ledger(ctx context.Context, l schedule.DayLedger) error {
	v.Ledgers++
	v.Claims += len(l.Live(v.now))
	faults, erased, err := v.ledgerFaults(ctx, l)
	v.Erased += erased
	if err != nil || len(faults) == 0 {
		return err
	}
	again, err := chart.Load[schedule.DayLedger](ctx, v.store, chart.ColLedgers, l.Key().String())
	if err != nil {
		return err
	}
	faults, _, err = v.ledgerFaults(ctx, again.Value)
	v.Faults = append(v.Faults, faults...)
	return err
}

func (v *claimsCheck) ledgerFaults(ctx context.Context, l schedule.DayLedger) ([]schedule.Fault, int, error) {
	var claims, gone []schedule.Claim
	for _, c := range l.Live(v.now) {
		d, err := v.store.Get(ctx, chart.ColVisits, c.Visit)
		switch {
		case errors.Is(err, store.ErrErased):
			gone = append(gone, c)
		case errors.Is(err, store.ErrNotFound):
		case err != nil:
			return nil, 0, chart.Refusal(err)
		default:
			visit, err := chart.Decode[visits.Visit](d)
			if err != nil {
				return nil, 0, err
			}
			for _, own := range visit.Value.Claims() {
				if own.Who == l.Who {
					claims = append(claims, own)
				}
			}
		}
	}
	var faults []schedule.Fault
	for _, f := range l.Verify(append(claims, gone...), v.now) {
		if f.Code != schedule.FaultMissing { // visit looks for those, in all days of a claim
			faults = append(faults, f)
		}
	}
	return faults, len(gone), nil
}

// visit checks that every claim of a visit stands in its ledgers.
func (v *claimsCheck) visit(ctx context.Context, visit visits.Visit) error {
	v.Visits++
	faults, err := v.visitFaults(ctx, visit)
	if err != nil || len(faults) == 0 {
		return err
	}
	again, err := chart.Load[visits.Visit](ctx, v.store, chart.ColVisits, visit.ID)
	if err != nil {
		return err
	}
	faults, err = v.visitFaults(ctx, again.Value)
	v.Faults = append(v.Faults, faults...)
	return err
}

func (v *claimsCheck) visitFaults(ctx context.Context, visit visits.Visit) ([]schedule.Fault, error) {
	var faults []schedule.Fault
	for _, c := range visit.Claims() {
		if !c.Live(v.now) {
			continue
		}
		for _, k := range schedule.Ledgers(c) {
			d, err := v.store.Get(ctx, chart.ColLedgers, k.String())
			if errors.Is(err, store.ErrErased) {
				continue
			}
			var l chart.Versioned[schedule.DayLedger]
			if err == nil {
				l, err = chart.Decode[schedule.DayLedger](d)
			}
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return nil, chart.Refusal(err)
			}
			if !slices.Contains(l.Value.Claims, c) {
				faults = append(faults, schedule.Fault{Code: schedule.FaultMissing, Claim: c})
			}
		}
	}
	return faults, nil
}
