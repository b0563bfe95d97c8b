package visits

import (
	"context"
	"maps"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models/schedule"
	"handrail/store"
)

// ledgers are day ledgers as they were read, with the versions at which they can
// be replaced (decision 0010). A day that was read and has none has version 0.
type ledgers struct {
	have    map[schedule.LedgerKey]schedule.DayLedger
	version map[schedule.LedgerKey]int64
}

func newLedgers() ledgers {
	return ledgers{map[schedule.LedgerKey]schedule.DayLedger{}, map[schedule.LedgerKey]int64{}}
}

// readLedgers reads the ledgers of people that a piece of time touches.
func (c *Service) readLedgers(ctx context.Context, who []string, span schedule.Span) (ledgers, error) {
	l := newLedgers()
	for _, w := range who {
		if err := c.addLedgers(ctx, l, w, span); err != nil {
			return l, err
		}
	}
	return l, nil
}

func (c *Service) addLedgers(ctx context.Context, l ledgers, who string, span schedule.Span) error {
	keys := slices.DeleteFunc(schedule.Ledgers(schedule.Claim{Who: who, Span: span}), func(k schedule.LedgerKey) bool {
		_, known := l.version[k]
		return known
	})
	if len(keys) == 0 {
		return nil
	}
	last := keys[len(keys)-1]
	last.Day++
	if err := c.readRange(ctx, l, keys[0].String(), last.String(), len(keys)); err != nil {
		return err
	}
	for _, k := range keys {
		if _, ok := l.version[k]; !ok {
			l.version[k] = 0
		}
	}
	return nil
}

// readRange reads the ledgers from one id to before another, of which there are at
// most max.
func (c *Service) readRange(ctx context.Context, l ledgers, from, to string, max int) error {
	q := store.Query{Index: store.IDIndex, From: from, To: to, Limit: min(max, store.MaxLimit)}
	for {
		page, err := c.store.Query(ctx, chart.ColLedgers, q)
		if err != nil {
			return chart.Refusal(err)
		}
		for _, d := range page.Docs {
			ledger, err := c.ledger(d)
			if err != nil {
				return err
			}
			l.have[ledger.Key()], l.version[ledger.Key()] = ledger, d.Version
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return nil
		}
	}
}

// complete reads the ledgers of keys that were not read yet.
func (c *Service) complete(ctx context.Context, l ledgers, keys []schedule.LedgerKey) error {
	for _, k := range keys {
		if _, ok := l.version[k]; ok {
			continue
		}
		l.version[k] = 0
		if err := c.readRange(ctx, l, k.String(), k.String()+"\x01", 1); err != nil {
			return err
		}
	}
	return nil
}

// add takes over what others were read.
func (l ledgers) add(others ledgers) {
	maps.Copy(l.have, others.have)
	maps.Copy(l.version, others.version)
}

// claims are what is taken of somebody in the ledgers that were read, but for visits
// that are leaving, each claim once though it stands in two days.
func (l ledgers) claims(leaving map[string]bool) map[string][]schedule.Claim {
	out := map[string][]schedule.Claim{}
	for _, d := range l.have {
		for _, c := range d.Claims {
			if leaving[c.Visit] {
				continue
			}
			if _, before := l.version[schedule.LedgerKey{Who: c.Who, Day: c.FirstDay()}]; c.FirstDay() == d.Day || !before {
				out[c.Who] = append(out[c.Who], c)
			}
		}
	}
	for _, claims := range out {
		schedule.SortClaims(claims)
	}
	return out
}

// ops writes changed ledgers, and those of same as they are, at the versions that
// were read.
func (l ledgers) ops(changed []schedule.DayLedger, same []schedule.LedgerKey) ([]store.Op, error) {
	var ops []store.Op
	done := map[schedule.LedgerKey]bool{}
	add := func(d schedule.DayLedger) error {
		k := d.Key()
		if done[k] {
			return nil
		}
		done[k] = true
		doc, err := chart.Encode(k.String(), k.Who, l.version[k], nil, d)
		if l.version[k] == 0 {
			ops = append(ops, store.Insert(chart.ColLedgers, doc))
		} else {
			ops = append(ops, store.Replace(chart.ColLedgers, doc))
		}
		return err
	}
	for _, d := range changed {
		if err := add(d); err != nil {
			return nil, err
		}
	}
	for _, k := range same {
		d := l.have[k]
		d.Who, d.Day = k.Who, k.Day
		if err := add(d); err != nil {
			return nil, err
		}
	}
	return ops, nil
}
