package caretest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/anishathalye/porcupine"

	"handrail/care"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

// RaceTalk is the visit of a race: half an hour that begins on the quarter, so that
// two beginnings fit into a window, and never both.
var RaceTalk = schedule.VisitType{ID: "race", Name: "Race", Minutes: 30, GridMinutes: 15, HorizonDays: schedule.MaxHorizon,
	Modalities: []schedule.Modality{schedule.Video}, BookableBy: []models.Role{models.RolePatient}}

// raceHours are the hours of the day at which a window of 45 minutes opens.
var raceHours = []int{9, 12, 15}

// RaceHours are the hours of each clinician of a race.
func RaceHours() schedule.Availability {
	a := schedule.Availability{Zone: Site.Zone}
	for _, h := range raceHours {
		a.Hours = append(a.Hours, schedule.Hours{ID: fmt.Sprint("window-", h), Start: fmt.Sprintf("2026-03-01T%02d:00:00", h),
			End: fmt.Sprintf("%02d:45", h), RRule: "FREQ=DAILY"})
	}
	return a
}

// MaxRaceWindows is how many windows the horizon holds.
const MaxRaceWindows = 3 * 390

// Race is patients who want the same times at once. Each asks for two or all of the
// same three clinicians, so that of all who want a window exactly one can have it.
// Most book; some hold a time and book it, some hold one and walk away.
type Race struct {
	Attempts, Windows int
	Seed              uint64
	First             time.Time     // midnight of the first day, on the clinic's clock
	Charts            []*care.Chart // one worker each, of a patient who has all three on their team
	Clinicians        [3]string
	Booked            func(window int, visitID string) // told of each win; may be nil
}

// RaceResult is what the racers saw.
type RaceResult struct {
	Won      map[int]string // visit of each window
	Twice    int            // wins of windows that were won already
	Refused  int
	Claims   int // that the wins take
	Latency  []time.Duration
	history  []porcupine.Operation
	abandons []grip
}

// grip is a hold that a worker walked away from; window -1: none.
type grip struct {
	worker, window int
}

type racer struct {
	*Race
	began  time.Time
	mu     *sync.Mutex
	out    *RaceResult
	worker int
	chart  *care.Chart
	held   int // window of the hold that was walked away from; -1: none
}

// Run lets everybody race until the attempts are used up.
func (r *Race) Run(ctx context.Context) (*RaceResult, error) {
	out := &RaceResult{Won: map[int]string{}}
	var next atomic.Int64
	var mu sync.Mutex
	var all sync.WaitGroup
	errs := make([]error, len(r.Charts))
	began := time.Now()
	for i, chart := range r.Charts {
		all.Go(func() {
			x := racer{Race: r, began: began, mu: &mu, out: out, worker: i, chart: chart, held: -1}
			rng := rand.New(rand.NewPCG(r.Seed, uint64(i)))
			for errs[i] == nil && ctx.Err() == nil {
				n := int(next.Add(1)) - 1
				if n >= r.Attempts {
					break
				}
				// All look at the same few windows, so that they collide where nobody has won yet.
				errs[i] = x.attempt(ctx, (n*r.Windows/r.Attempts+rng.IntN(4))%r.Windows, rng)
			}
			mu.Lock()
			defer mu.Unlock()
			out.abandons = append(out.abandons, grip{i, x.held})
		})
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return out, err
		}
	}
	return out, ctx.Err()
}

// Fill tries each window once more. The caller has let the holds run out, so that
// nothing may stand in the way of a window that nobody won.
func (r *Race) Fill(ctx context.Context, out *RaceResult) error {
	x := racer{Race: r, began: time.Now().Add(-time.Hour * 24), mu: &sync.Mutex{}, out: out, chart: r.Charts[0], held: -1}
	for _, g := range out.abandons {
		if g.window >= 0 {
			x.record(g.worker, raceInput{g.window, g.worker, raceRelease}, true, x.now())
		}
	}
	out.abandons = nil
	rng := rand.New(rand.NewPCG(r.Seed, 1<<40))
	for w := range r.Windows {
		if err := x.book(ctx, w, rng); err != nil {
			return err
		}
	}
	return nil
}

func (x *racer) now() int64 { return time.Since(x.began).Nanoseconds() }

func (x *racer) attempt(ctx context.Context, window int, rng *rand.Rand) error {
	switch rng.IntN(10) {
	case 0: // walks away
		_, err := x.hold(ctx, window, rng)
		return err
	case 1, 2:
		id, err := x.hold(ctx, window, rng)
		if id == "" || err != nil {
			return err
		}
		x.held = -1
		call := x.now()
		v, err := x.chart.Visits.Book(ctx, id)
		if err != nil {
			return fmt.Errorf("a hold was not booked: %w", err)
		}
		x.record(x.worker, raceInput{window, x.worker, raceConfirm}, true, call)
		x.won(window, v.Value)
		return nil
	default:
		return x.book(ctx, window, rng)
	}
}

func (x *racer) book(ctx context.Context, window int, rng *rand.Rand) error {
	call := x.now()
	v, err := x.chart.Visits.BookDirect(ctx, care.NewID(), x.ask(rng), x.start(window, rng))
	ok, err := x.seen(window, raceBook, call, err)
	if ok {
		x.held = -1
		x.won(window, v.Value)
	}
	return err
}

// hold answers with the hold, "" when the time was taken.
func (x *racer) hold(ctx context.Context, window int, rng *rand.Rand) (string, error) {
	id, call := care.NewID(), x.now()
	_, err := x.chart.Visits.Hold(ctx, id, x.ask(rng), x.start(window, rng))
	ok, err := x.seen(window, raceHold, call, err)
	if !ok {
		return "", err
	}
	x.held = window
	return id, nil
}

// seen notes what came of a wish for a window. A win gives back the hold that the
// patient had.
func (x *racer) seen(window int, what raceStep, call int64, err error) (bool, error) {
	if err != nil && models.KindOf(err) != models.KindConflict {
		return false, err
	}
	if err == nil && x.held >= 0 && x.held != window {
		x.record(x.worker, raceInput{x.held, x.worker, raceRelease}, true, call)
	}
	x.record(x.worker, raceInput{window, x.worker, what}, err == nil, call)
	return err == nil, nil
}

func (x *racer) won(window int, v visits.VisitView) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.out.Won[window] != "" {
		x.out.Twice++
	}
	x.out.Won[window] = v.ID
	x.out.Claims += len(v.Participants)
	if x.Booked != nil {
		x.Booked(window, v.ID)
	}
}

func (x *racer) record(client int, in raceInput, ok bool, call int64) {
	back := x.now()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.out.history = append(x.out.history, porcupine.Operation{ClientId: client, Input: in, Output: ok, Call: call, Return: back})
	if !ok {
		x.out.Refused++
	}
	x.out.Latency = append(x.out.Latency, time.Duration(back-call))
}

// ask wants two of the clinicians, or all three.
func (x *racer) ask(rng *rand.Rand) visits.VisitAsk {
	ask, without := visits.VisitAsk{VisitType: RaceTalk.ID, Modality: schedule.Video}, rng.IntN(4)
	for i, id := range x.Clinicians {
		if i != without {
			ask.Roles = append(ask.Roles, visits.VisitRole{Key: string(rune('a' + i)), Who: []string{id}})
		}
	}
	return ask
}

// start is one of the two beginnings that a window has.
func (x *racer) start(window int, rng *rand.Rand) time.Time {
	day := x.First.AddDate(0, 0, window/len(raceHours))
	return time.Date(day.Year(), day.Month(), day.Day(), raceHours[window%len(raceHours)], 15*rng.IntN(2), 0, 0, x.First.Location()).UTC()
}
