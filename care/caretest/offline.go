package caretest

import (
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"handrail/care"
	"handrail/models/checkin"
)

// Offline is a run of two phones with a bad network and wrong clocks: what they
// send is dropped, doubled and reordered, and answers get lost. Each phone sends
// again until it has an answer.
type Offline struct {
	Sends   int    // how many times anything is sent, by both phones together
	Seed    uint64 // of the chances
	Workers int    // how many requests are under way at once
	// Send hands one check-in to the server.
	Send func(id string, s checkin.Submission) error
	// Now is the server's clock.
	Now time.Time
}

// kept is a check-in that a phone holds until it is answered.
type kept struct {
	id string
	s  checkin.Submission
}

// Run sends until Sends is used up and then until nothing waits any more. It
// returns what was acknowledged, by id.
func (o Offline) Run() (map[string]checkin.Submission, error) {
	r := rand.New(rand.NewPCG(o.Seed, o.Seed))
	acknowledged := map[string]checkin.Submission{}
	var waiting []kept
	for sent := 0; sent < o.Sends || len(waiting) > 0; {
		for len(waiting) < 4*o.Workers && sent < o.Sends {
			waiting = append(waiting, o.answer(r, len(acknowledged)+len(waiting)))
			sent++
		}
		r.Shuffle(len(waiting), func(i, j int) { waiting[i], waiting[j] = waiting[j], waiting[i] })
		n := min(len(waiting), 2*o.Workers)
		heard, tries, err := o.burst(r, waiting[:n])
		if err != nil {
			return nil, err
		}
		sent += tries - n
		left := waiting[n:]
		for i, k := range waiting[:n] {
			if heard[i] {
				acknowledged[k.id] = k.s
			} else {
				left = append(left, k)
			}
		}
		waiting = left
	}
	return acknowledged, nil
}

// answer is a check-in on a phone whose clock is up to three days off.
func (o Offline) answer(r *rand.Rand, n int) kept {
	off := time.Duration(r.Int64N(int64(2*checkin.Skew))) - checkin.Skew
	zone := []string{"America/New_York", "Asia/Kathmandu"}[n%2]
	return kept{care.NewID(), checkin.Submission{FormVersion: 1, AnsweredAt: o.Now.Add(off).Truncate(time.Second), Zone: zone,
		DeviceID: []string{"first", "second"}[n%2], Sequence: int64(n), Answers: map[string]any{"mood": float64(n % 11), "safety": false}}}
}

// burst sends some check-ins at once. Of each try a fifth never arrives and a fifth
// of the answers is lost; a fifth is sent twice.
func (o Offline) burst(r *rand.Rand, ks []kept) (heard []bool, tries int, err error) {
	heard = make([]bool, len(ks))
	errs := make([]error, len(ks))
	work := make(chan func())
	var all sync.WaitGroup
	for range o.Workers {
		all.Go(func() {
			for do := range work {
				do()
			}
		})
	}
	var mu sync.Mutex
	for i, k := range ks {
		copies := 1 + r.IntN(5)/4
		tries += copies
		for range copies {
			arrives, answered := r.IntN(5) > 0, r.IntN(5) > 0
			if !arrives {
				continue
			}
			work <- func() {
				err := o.Send(k.id, k.s)
				mu.Lock()
				defer mu.Unlock()
				errs[i] = errors.Join(errs[i], err)
				heard[i] = heard[i] || err == nil && answered
			}
		}
	}
	close(work)
	all.Wait()
	return heard, tries, errors.Join(errs...)
}
